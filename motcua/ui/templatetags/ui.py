"""`{% load ui %}`: every component of the design language as a tag. The README shows each in a line."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zlib import crc32

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.ui import calendar as calendars
from motcua.ui import charts, controls, icons, navigation, words

register = template.Library()
Context = template.Context

DUE_ICONS = {
    "in": "clock",
    "near": "hourglass",
    "late": "clock-alert",
    "paused": "circle-pause",
    "done": "circle-check",
}
NOTE_ICONS = {"nuoc": "info", "nghe": "triangle-alert", "son": "circle-x", "la": "circle-check"}


def _part(component: str, /, **values: Any) -> SafeString:
    """A component's own template, with exactly the values it was given."""
    return mark_safe(render_to_string(f"ui/components/{component}.html", values))  # noqa: S308  rendered with escaping


# Words ----------------------------------------------------------------------------------------------------------------


@register.filter
def money(amount: Any) -> str:
    """50000 → "50.000 đồng"."""
    return "" if amount in (None, "") else words.money(amount)


@register.filter
def hours(amount: Any) -> str:
    """6.4 → "6,4 giờ"."""
    return "" if amount in (None, "") else words.hours(amount)


@register.filter
def number(amount: Any) -> str:
    """1284.5 → "1.284,5"."""
    return "" if amount in (None, "") else words.decimal_words(amount)


@register.filter
def vn_moment(value: datetime | None) -> str:
    """A moment: "09:42, thứ Năm 26/11/2026"."""
    return "" if not value else words.moment(value)


@register.filter
def vn_day(value: date | datetime | None) -> str:
    """A day: "thứ Năm 26/11/2026"."""
    return "" if not value else words.day(value)


@register.filter
def vn_short(value: date | datetime | None) -> str:
    """Short: "09:42, 26/11"."""
    return "" if not value else words.short(value)


@register.filter
def initials(name: Any) -> str:
    """Two letters for the round of a person: "Phạm Thị Thử" → "PT"."""
    parts = str(name).split()
    return (parts[0][:1] + parts[-1][:1] if len(parts) > 1 else str(name)[:2]).upper()


@register.filter
def called(name: Any) -> str:
    """What a person is called in a narrow place: "Nguyễn Thị Thuỳ Dương" → "Thuỳ Dương"."""
    return " ".join(str(name).split()[-2:])


# Small pieces ---------------------------------------------------------------------------------------------------------


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
    sentences = [why] if isinstance(why, str) and why else list(why or ())
    values = {"kind": kind, "icon": DUE_ICONS[kind], "words": words or remaining.words}
    return _part("due_chip", **values, title=title, sentences=sentences, url=url, sub=sub)


@register.simple_tag
def meter(share: float, label: str = "", over: bool = False) -> SafeString:
    """A thin bar of a share of 100."""
    width = round(min(max(float(share), 0), 100), 1)
    return _part("meter", width=width, label=label or _("%(share)s phần trăm") % {"share": round(float(share))}, over=over)


@register.simple_tag
def bar(share: float, label: str = "") -> SafeString:
    """A thick bar in a table cell, a share of 100."""
    width = round(min(max(float(share), 0), 100), 1)
    return _part("bar", width=width, label=label or _("%(share)s phần trăm") % {"share": round(float(share))})


@register.simple_tag
def kpi(
    value: Any, label: str, sub: str = "", url: str = "", on: bool = False, row: bool = True
) -> SafeString:
    """A figure that opens the rows behind it; give a `sub` with the denominator or the comparison."""
    return _part("kpi", value=value, label=label, sub=sub, url=url, on=on, row=row, long=len(str(value)) > 6)


@register.simple_tag
def empty_state(
    title: str, text: str = "", url: str = "", link: str = "", boxed: bool = True
) -> SafeString:
    """What is empty, why that is so or good, one way on. (`empty` belongs to `{% for %}`.)"""
    return _part("empty", title=title, text=text, url=url, link=link, boxed=boxed)


@register.simple_tag
def pager(page: Any, unit: str = "") -> SafeString:
    """Keyset pages: an object with `shown`, `count_words`, `newer_url`, `older_url` (the last three may be empty)."""
    return _part(
        "pager",
        shown=getattr(page, "shown", ""),
        count_words=getattr(page, "count_words", ""),
        newer_url=getattr(page, "newer_url", ""),
        older_url=getattr(page, "older_url", ""),
        unit=unit or _("hồ sơ"),
    )


# Time -----------------------------------------------------------------------------------------------------------------


@register.simple_tag
def day_calendar(
    cells: Sequence[Any], strip: bool = False, label: str = "", key: bool = True,
    used: str = "", wait: str = "", left: str = "", url: str = "",
) -> SafeString:
    """Why this date: a row of days or weeks of seven, a bar of working hours in each."""
    days = calendars.days(cells)
    marks = calendars.marks(days)
    return _part(
        "day_calendar", days=days, before=[] if strip else calendars.blanks(days), strip=strip,
        weekdays=words.WEEKDAYS_SHORT, label=label or calendars.label(cells), with_key=key, marks=marks,
        used=used or _("đã tính"), wait=wait or _("đồng hồ dừng"), left=left or _("còn lại"), url=url,
    )


@register.simple_tag
def due_lines(steps: Sequence[Any], total: Any = None) -> SafeString:
    """The count line by line, with its sum: the calendar for those who cannot see it, and for those who doubt.

    A step has `from_words to_words counted_hours why` (`workdays.rules.Step`).
    """
    counted = sum(step.counted_hours for step in steps) if total is None else total
    return _part("due_lines", steps=steps, total=counted)


@register.simple_tag
def timeline(entries: Sequence[Any]) -> SafeString:
    """What happened, newest first: `title when text icon state(now|todo|warn) url link` each."""
    return _part("timeline", entries=entries)


@register.simple_tag
def route(steps: Sequence[Any]) -> SafeString:
    """Where the paper is: `name who hours state(done|at) share over` each."""
    return _part("route", steps=steps)


@register.simple_tag
def step_line(number: int, total: int, title: str = "") -> SafeString:
    """ "Phần 3 trong 6 · Đăng ký hộ kinh doanh"; the bars are decoration."""
    return _part("step_line", number=number, total=total, title=title, bars=[one < number for one in range(total)])


# Forms ----------------------------------------------------------------------------------------------------------------


@register.simple_tag
def field(
    bound: BoundField, hint: str = "", affix: str = "", rows: int = 0, near: bool = False,
    label: str = "", placeholder: str = "",
) -> SafeString:
    """Label, hint, error, control, in this order; the control knows its hint and its error."""
    shown = controls.shown(bound, hint=hint, affix=affix, rows=rows, label=label, placeholder=placeholder)
    return _part("field", **shown, near=near)


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """Every field of a form, the hidden ones first."""
    hidden = [str(one) for one in form.hidden_fields()]
    return mark_safe("".join(hidden) + "".join(field(one) for one in form.visible_fields()))  # noqa: S308  safe parts


@register.simple_tag
def error_summary(*forms: Any) -> SafeString:
    """At the top of the page: how many places to mend, each a link with the same words as beside the field."""
    return _part("error_summary", errors=controls.errors(forms))


@register.simple_tag
def error_title(*forms: Any) -> str:
    """ "Lỗi: " before the title of a page with mistakes, nothing otherwise."""
    return _("Lỗi: ") if controls.errors(forms) else ""


@register.simple_tag
def fact(label: str, value: Any, source: str = "", url: str = "") -> SafeString:
    """What the state knows already: shown, not asked; with "Không đúng?"."""
    return _part("fact", label=label, value=value, source=source, url=url)


@register.simple_tag(takes_context=True)
def move_button(
    context: Context, label: str, objections: Iterable[str] = (), *, action: str = "", href: str = "", name: str = "",
    value: str = "", main: bool = False, hard: bool = False, quiet: bool = False, icon: str = "", key: str = "",
    busy: str = "", dialog: str = "", form: str = "",
) -> SafeString:
    """An act: open, or closed with all its reasons. `action` posts, `href` links, neither submits the form around it."""
    token = str(context.get("csrf_token", "") or "")
    return _part(
        "move_button", label=label, objections=[str(one) for one in objections], action=action, href=href, name=name,
        value=value, main=main, hard=hard, quiet=quiet, icon_name=icon, key=key, dialog=dialog, form=form,
        busy=busy or _("Đang gửi…"), ident=f"vi-sao-{crc32('|'.join((label, action, href, name, value)).encode()):08x}",
        token="" if token == "NOTPROVIDED" else token,
    )


# Boxes ----------------------------------------------------------------------------------------------------------------


@register.simple_block_tag
def card(content: str, title: str = "", facts: str = "", url: str = "", link: str = "", id: str = "") -> SafeString:
    """`{% card _("Ai giữ hồ sơ") %}…{% endcard %}`: a panel with room inside."""
    return _part("panel", content=content, title=title, facts=facts, url=url, link=link, id=id, padded=True)


@register.simple_block_tag
def panel_box(
    content: str, title: str = "", facts: str = "", url: str = "", link: str = "", id: str = ""
) -> SafeString:
    """The same without room inside: for tables and lists that reach the border."""
    return _part("panel", content=content, title=title, facts=facts, url=url, link=link, id=id, padded=False)


@register.simple_block_tag
def note(content: str, kind: str = "nuoc") -> SafeString:
    """`{% note "nghe" %}…{% endnote %}`: nuoc information, nghe care, son failed, la good news. One per view."""
    return _part("note", content=content, kind=kind, icon=NOTE_ICONS[kind])


@register.simple_block_tag
def slip(content: str, label: str = "", answer: str = "", white: bool = False, big: bool = False) -> SafeString:
    """A slip of paper: the answer on the stub, then parts (`{% part %}`) below the tear."""
    return _part("slip", content=content, label=label, answer=answer, white=white, big=big)


@register.simple_block_tag
def part(content: str, extra: str = "") -> SafeString:
    """One part of a slip, below a tear."""
    return format_html('<div class="part{}">{}</div>', f" {extra}" if extra else "", content)


@register.simple_block_tag
def more(content: str, title: str, opened: bool = False) -> SafeString:
    """`{% more _("Căn cứ pháp lý") %}…{% endmore %}`: opens in place, without scripts."""
    return _part("more", content=content, title=title, opened=opened)


@register.simple_block_tag
def confirm(content: str, id: str, title: str) -> SafeString:
    """A dialog before what cannot be undone; a button with `dialog="<id>"` opens it."""
    return _part("confirm", content=content, id=id, title=title)


@register.simple_tag
def panel(where: str, *args: Any, title: str = "") -> SafeString:
    """Another app's part, loaded by URL, failing alone; a link without scripts; nothing when that app is absent."""
    try:
        url = where if where.startswith("/") else reverse(where, args=args)
    except NoReverseMatch:
        return SafeString("")
    return _part("remote", url=url, title=title)


# Charts ---------------------------------------------------------------------------------------------------------------


@register.simple_tag
def bar_chart(title: str, rows: Sequence[Sequence[Any]], unit: str = "") -> SafeString:
    """Rows of (label, value[, url]); bars start at 0; the table stands behind one link."""
    return _part("bar_chart", **charts.bars(title, rows, unit))


@register.simple_tag
def line_chart(
    title: str, points: Sequence[Sequence[Any]], unit: str = "", forecast: Sequence[Any] = (), table: bool = True
) -> SafeString:
    """Points of (label, value[, url]) over time; `forecast` is (label, value, low, high), drawn dashed in its band."""
    return _part("line_chart", **charts.line(title, points, unit, forecast), with_table=table)


@register.simple_tag
def heat_table(label: str, heads: Sequence[str], rows: Sequence[Any], unit: str = "") -> SafeString:
    """Rows of (name, url, [(value, url), …]), shares of 100; darker needs a look; every figure is printed."""
    return _part("heat_table", label=label, heads=heads, rows=charts.heat(rows), unit=unit or _("Đơn vị"))


# The frame of a page --------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def desk_places(context: Context) -> list[navigation.Place]:
    """The places of the desk that exist, the current one marked; `place_counts` in the context gives figures."""
    return navigation.places(navigation.DESK, context.get("request"), context.get("place_counts"))


@register.simple_tag(takes_context=True)
def public_places(context: Context) -> list[navigation.Place]:
    """The places of the public door that exist."""
    return navigation.places(navigation.PUBLIC, context.get("request"))


@register.simple_tag
def address(name: str) -> str:
    """The URL of a name, or nothing when no app has defined it."""
    return navigation.address(name)


@register.simple_tag
def province() -> str:
    """The province this installation serves; known also on a page without context (500)."""
    return str(settings.MOTCUA_PROVINCE)


@register.simple_tag
def hotline() -> str:
    """The telephone for help."""
    return str(settings.MOTCUA_HOTLINE)


@register.simple_tag(takes_context=True)
def told(context: Context) -> SafeString:
    """What the last act did. An `undo:<url>` among the extra tags of a message offers "Lấy lại"."""
    said = []
    for message in context.get("messages") or ():
        undo = next((one[5:] for one in str(message.extra_tags or "").split() if one.startswith("undo:")), "")
        said.append({"text": str(message), "level": message.level_tag, "undo": undo})
    if not said:
        return SafeString("")
    token = str(context.get("csrf_token", "") or "")
    return _part("told", said=said, token="" if token == "NOTPROVIDED" else token)
