"""`{% load people %}`: what the sign-in page shows of the demonstration."""

from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone

from motcua.base.clock import day_of
from motcua.people import queries

register = template.Library()


@register.simple_tag
def demo_sign_ins() -> dict[str, Any]:
    """Sign-ins by role and their password, in the demonstration only."""
    if not settings.MOTCUA_DEMO:
        return {"people": [], "password": ""}
    return {"people": queries.sample_sign_ins(day=day_of(timezone.now())), "password": settings.DEMO_PASSWORD}
