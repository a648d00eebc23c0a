"""`{% load dossiers %}`: personal values as lists show them."""

from django import template

from motcua.base.masking import mask_identity, mask_phone

register = template.Library()


@register.filter
def masked_identity(number: str) -> str:
    """`051 ••• ••• 114`."""
    return mask_identity(number) if number else ""


@register.filter
def masked_phone(number: str) -> str:
    """`0905 ••• 456`."""
    return mask_phone(number) if number else ""
