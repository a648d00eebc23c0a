"""Fields, mistakes, and acts that are open or closed with their reasons."""

from collections.abc import Iterable
from typing import Any
from zlib import crc32

from django import template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.ui import controls
from motcua.ui.tags.part import part_of, seal

register = template.Library()


@register.simple_tag
def field(
    bound: BoundField,
    hint: str = "",
    affix: str = "",
    rows: int = 0,
    near: bool = False,
    label: str = "",
    placeholder: str = "",
    quiet: bool = False,
) -> SafeString:
    """Label, hint, error, control, in this order; the control knows its hint and its error.

    `quiet` leaves "(không bắt buộc)" out, for lines of a table of which the page says once what must be written.
    """
    shown = controls.shown(bound, hint=hint, affix=affix, rows=rows, label=label, placeholder=placeholder)
    if quiet:
        shown["optional"] = False
    return part_of("field", **shown, near=near)


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """Every field of a form, the hidden ones first."""
    hidden = [str(one) for one in form.hidden_fields()]
    return mark_safe("".join(hidden) + "".join(field(one) for one in form.visible_fields()))


@register.simple_tag
def error_summary(*forms: Any, title: str = "", kept: bool = True) -> SafeString:
    """At the top of the page: how many places to mend, each a link with the same words as beside the field.

    Where nothing that was typed is wrong, `title` says what happened instead. Passwords are not kept: `kept=False`.
    """
    return part_of("error_summary", errors=controls.errors(forms), title=title, kept=kept)


@register.simple_tag
def error_title(*forms: Any) -> str:
    """ "Lỗi: " before the title of a page with mistakes, nothing otherwise."""
    return _("Lỗi: ") if controls.errors(forms) else ""


@register.simple_tag
def fact(label: str, value: Any, source: str = "", url: str = "") -> SafeString:
    """What the state knows already: shown, not asked; with "Không đúng?"."""
    return part_of("fact", label=label, value=value, source=source, url=url)


@register.simple_tag(takes_context=True)
def move_button(
    context: template.Context,
    label: str,
    objections: Iterable[str] = (),
    *,
    action: str = "",
    href: str = "",
    name: str = "",
    value: str = "",
    main: bool = False,
    hard: bool = False,
    quiet: bool = False,
    icon: str = "",
    key: str = "",
    busy: str = "",
    dialog: str = "",
    form: str = "",
) -> SafeString:
    """An act: open, or closed with all its reasons.

    `action` posts, `href` links, neither submits the form around it.
    """
    return part_of(
        "move_button",
        label=label,
        objections=[str(one) for one in objections],
        action=action,
        href=href,
        name=name,
        value=value,
        main=main,
        hard=hard,
        quiet=quiet,
        icon_name=icon,
        key=key,
        dialog=dialog,
        form=form,
        busy=busy or _("Đang gửi…"),
        ident=f"vi-sao-{crc32('|'.join(map(str, (label, action, href, name, value))).encode()):08x}",
        token=seal(context),
    )
