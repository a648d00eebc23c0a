"""Small pieces: icons, statuses, chips, figures, empty states, pages."""

import html
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.formats import localize
from django.utils.html import conditional_escape as escape
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.ui import icons
from motcua.ui.tags.part import part_of

register = template.Library()
DUE_ICONS = {
    "in": "clock",
    "near": "hourglass",
    "late": "clock-alert",
    "paused": "circle-pause",
    "done": "circle-check",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "clock" %}` beside a word; `{% icon "search" label=_("Tìm") %}` alone."""
    return icons.svg(name, label=label)


@register.simple_tag
def tag(kind: str, icon_name: str, text: str) -> SafeString:
    """A status: square, flat, icon and word. Kinds: nuoc la nghe son cham, or "" for waiting."""
    shade = f" tag--{kind}" if kind and kind != "khoi" else ""
    return format_html('<span class="tag{}">{}{}</span>', shade, icons.svg(icon_name) if icon_name else "", text)


@register.simple_tag
def due_chip(
    remaining: Any, title: str = "", why: str | Iterable[str] = "", url: str = "", sub: str = "", words: str = ""
) -> SafeString:
    """How long is left. With `why` or `title` the chip opens: the moment, why, and the way to the lines."""
    kind = str(remaining.kind)
    if not title and not why:
        return plain_chip(kind, words or remaining.words, url, sub)
    sentences = [why] if isinstance(why, str) and why else list(why or ())
    values = {"kind": kind, "icon": DUE_ICONS[kind], "words": words or remaining.words}
    return part_of("due_chip", **values, title=title, sentences=sentences, url=url, sub=sub)


def plain_chip(kind: str, words: str, url: str = "", sub: str = "") -> SafeString:
    """The chip of a list: drawn here, for a page has fifty of them."""
    below = f'<span class="due-sub">{_written(sub)}</span>' if sub else ""
    begin = f'a class="due due--{kind}" href="{_written(url)}"' if url else f'span class="due due--{kind} due--plain"'
    return mark_safe(f"<{begin}>{icons.svg(DUE_ICONS[kind])}{_written(words)}</{'a' if url else 'span'}>{below}")


def _written(value: str) -> str:
    """As Django's conditional escape, without its look for lazy words in every argument."""
    return value if hasattr(value, "__html__") else html.escape(str(value))


@register.simple_tag
def meter(share: float, label: str = "", over: bool = False) -> SafeString:
    """A thin bar of a share of 100."""
    width = round(min(max(float(share), 0), 100), 1)
    return part_of(
        "meter", width=width, label=label or _("%(share)s phần trăm") % {"share": round(float(share))}, over=over
    )


@register.simple_tag
def bar(share: float, label: str = "") -> SafeString:
    """A thick bar in a table cell, a share of 100."""
    width = round(min(max(float(share), 0), 100), 1)
    return part_of("bar", width=width, label=label or _("%(share)s phần trăm") % {"share": round(float(share))})


@register.simple_tag
def kpi(value: Any, label: str, sub: str = "", url: str = "", on: bool = False, row: bool = True) -> SafeString:
    """A figure that opens the rows behind it; give a `sub` with the denominator or the comparison."""
    name = f"kpi{' kpi--row' if row else ''}{' kpi--on' if on else ''}"
    current = ' aria-current="true"' if on else ""
    begin, end = (
        (f'<a class="{name}" href="{escape(url)}"{current}>', "</a>") if url else (f'<div class="{name}">', "</div>")
    )
    figure = f'<span class="v{" v20" if len(str(value)) > 6 else ""}">{escape(localize(value))}</span>'
    below = f'<span class="s">{escape(sub)}</span>' if sub else ""
    return mark_safe(f'{begin}{figure}<span class="l">{escape(label)}</span>{below}{end}')


@register.simple_tag
def empty_state(title: str, text: str = "", url: str = "", link: str = "", boxed: bool = True) -> SafeString:
    """What is empty, why that is so or good, one way on. (`empty` belongs to `{% for %}`.)"""
    return part_of("empty", title=title, text=text, url=url, link=link, boxed=boxed)


@register.simple_tag
def pager(page: Any, unit: str = "") -> SafeString:
    """Keyset pages: an object with `shown`, `count_words`, `newer_url`, `older_url` (the last three may be empty)."""
    return part_of(
        "pager",
        shown=getattr(page, "shown", ""),
        count_words=getattr(page, "count_words", ""),
        newer_url=getattr(page, "newer_url", ""),
        older_url=getattr(page, "older_url", ""),
        unit=unit or _("hồ sơ"),
    )
