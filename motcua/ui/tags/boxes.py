"""What holds other things: panels, notes, slips, dialogs, parts of other apps."""

# ruff: noqa: A002  `id` is the word of HTML, and of those who write templates

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.ui.tags.part import part_of

register = template.Library()
NOTE_ICONS = {"nuoc": "info", "nghe": "triangle-alert", "son": "circle-x", "la": "circle-check"}


@register.simple_block_tag
def card(content: str, title: str = "", facts: str = "", url: str = "", link: str = "", id: str = "") -> SafeString:
    """`{% card _("Ai giữ hồ sơ") %}…{% endcard %}`: a panel with room inside."""
    return part_of("panel", content=content, title=title, facts=facts, url=url, link=link, id=id, padded=True)


@register.simple_block_tag
def panel_box(
    content: str, title: str = "", facts: str = "", url: str = "", link: str = "", id: str = ""
) -> SafeString:
    """The same without room inside: for tables and lists that reach the border."""
    return part_of("panel", content=content, title=title, facts=facts, url=url, link=link, id=id, padded=False)


@register.simple_block_tag
def note(content: str, kind: str = "nuoc") -> SafeString:
    """`{% note "nghe" %}…{% endnote %}`: nuoc information, nghe care, son failed, la good news. One per view."""
    return part_of("note", content=content, kind=kind, icon=NOTE_ICONS[kind])


@register.simple_block_tag
def slip(content: str, label: str = "", answer: str = "", white: bool = False, big: bool = False) -> SafeString:
    """A slip of paper: the answer on the stub, then parts (`{% part %}`) below the tear."""
    return part_of("slip", content=content, label=label, answer=answer, white=white, big=big)


@register.simple_block_tag
def part(content: str, extra: str = "") -> SafeString:
    """One part of a slip, below a tear."""
    return format_html('<div class="part{}">{}</div>', f" {extra}" if extra else "", content)


@register.simple_block_tag
def more(content: str, title: str, opened: bool = False) -> SafeString:
    """`{% more _("Căn cứ pháp lý") %}…{% endmore %}`: opens in place, without scripts."""
    return part_of("more", content=content, title=title, opened=opened)


@register.simple_block_tag
def confirm(content: str, id: str, title: str) -> SafeString:
    """A dialog before what cannot be undone; a button with `dialog="<id>"` opens it."""
    return part_of("confirm", content=content, id=id, title=title)


@register.simple_tag
def panel(where: str, *args: Any, title: str = "") -> SafeString:
    """Another app's part, loaded by URL, failing alone; a link without scripts; nothing when that app is absent."""
    try:
        url = where if where.startswith("/") else reverse(where, args=args)
    except NoReverseMatch:
        return SafeString("")
    return part_of("remote", url=url, title=title)
