"""Why this date, where the paper is, what happened."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.ui import calendar as calendars
from motcua.ui import words
from motcua.ui.tags.part import part_of

register = template.Library()


@register.simple_tag
def day_calendar(
    cells: Sequence[Any],
    strip: bool = False,
    label: str = "",
    key: bool = True,
    used: str = "",
    wait: str = "",
    left: str = "",
    url: str = "",
) -> SafeString:
    """Why this date: a row of days or weeks of seven, a bar of working hours in each."""
    days = calendars.days(cells, strip=strip)
    marks = calendars.marks(days)
    return part_of(
        "day_calendar",
        days=days,
        before=[] if strip else calendars.blanks(days),
        strip=strip,
        weekdays=words.WEEKDAYS_SHORT,
        label=label or calendars.label(cells),
        with_key=key,
        marks=marks,
        used=used or _("đã tính"),
        wait=wait or _("đồng hồ dừng"),
        left=left or _("còn lại"),
        url=url,
    )


@register.simple_tag
def due_lines(steps: Sequence[Any], total: Any = None) -> SafeString:
    """The count line by line, with its sum: the calendar for those who cannot see it, and for those who doubt.

    A step has `from_words to_words counted_hours why` and a `kind` (`workdays.rules.Step`): limits in calendar days and
    months count the hours of the clock, nights and days off among them.
    """
    counted = sum(step.counted_hours for step in steps) if total is None else total
    by_clock = any(getattr(step, "kind", "") == "calendar" for step in steps)
    return part_of("due_lines", steps=steps, total=counted, by_clock=by_clock)


@register.simple_tag
def timeline(entries: Sequence[Any]) -> SafeString:
    """What happened, newest first: `title when text icon state(now|todo|warn) url link` each."""
    return part_of("timeline", entries=entries)


@register.simple_tag
def route(steps: Sequence[Any]) -> SafeString:
    """Where the paper is: `name who hours state(done|at) share over` each."""
    return part_of("route", steps=steps)


@register.simple_tag
def step_line(number: int, total: int, title: str = "") -> SafeString:
    """ "Phần 3 trong 6 · Đăng ký hộ kinh doanh"; the bars are decoration."""
    return part_of("step_line", number=number, total=total, title=title, bars=[one < number for one in range(total)])
