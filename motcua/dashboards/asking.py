"""What an address asks for: the period, the unit, and the figures as words."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.measures.queries.figures import Asked, Figure
from motcua.measures.queries.live import Span
from motcua.measures.rules.declared import Measure
from motcua.measures.rules.periods import Period
from motcua.measures.terms import Part, Unit
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version
from motcua.organisations.terms import Level, Reading
from motcua.ui import words

TOO_EARLY: Final = 8
"""Before this day of a month there is little to see of it: the month before is shown unless another is asked for."""


class Choice(NamedTuple):
    """One period that can be chosen."""

    text: str
    label: str
    chosen: bool


def period_of(text: str, at: datetime, *, whole_year: bool = False) -> Period:
    """The period in the address; unreadable, not begun or missing: the month of now, in its first days the one before.

    `whole_year`: the year instead, where units are compared and a month would be too little.
    """
    today = day_of(at)
    try:
        asked = Period.parse(text)
        if asked.first <= today:
            return asked
    except Refused:
        pass
    shown = today if today.day >= TOO_EARLY else today.replace(day=1) - timedelta(days=1)
    return Period.parse(f"{shown.year}" if whole_year else f"{shown:%Y-%m}")


def this_month(at: datetime) -> Period:
    """The month of now."""
    return Period.parse(f"{day_of(at):%Y-%m}")


def running(period: Period, at: datetime) -> bool:
    """Whether the period has begun and is not over."""
    return period.first <= day_of(at) <= period.last


def before(period: Period) -> Period:
    """The period of the same length before this one."""
    last = period.first - timedelta(days=1)
    if len(period.text) == 4:
        return Period.of(f"{last.year}")
    if "Q" in period.text:
        return Period.of(f"{last.year}-Q{(last.month + 2) // 3}")
    return Period.of(f"{last:%Y-%m}")


def months_until(period: Period, count: int) -> list[Period]:
    """So many months, the last one being the last of the period."""
    found = [Period.of(f"{period.last:%Y-%m}")]
    while len(found) < count:
        found.append(before(found[-1]))
    return found[::-1]


def months_of(period: Period) -> list[Period]:
    """The months of a period, one after another."""
    return months_until(period, period.months)


def choices(period: Period, at: datetime) -> list[Choice]:
    """The months of a year back, this year and the last, and the quarters begun in them."""
    today = day_of(at)
    months = [one.text for one in reversed(months_until(Period.parse(f"{today:%Y-%m}"), 13))]
    quarters = [
        f"{year}-Q{quarter}"
        for year in (today.year, today.year - 1)
        for quarter in (4, 3, 2, 1)
        if date(year, 3 * quarter - 2, 1) <= today
    ]
    years = [str(today.year), str(today.year - 1)]
    offered = [*months, *quarters[:5], *years]
    if period.text not in offered:
        offered.insert(0, period.text)
    return [Choice(one, label(Period.of(one)), one == period.text) for one in offered]


def label(period: Period) -> str:
    """Tháng 11/2026, quý 3/2026, năm 2026."""
    if len(period.text) == 4:
        return _("năm %(year)s") % {"year": period.text}
    year, part = period.text.split("-")
    if part.startswith("Q"):
        return _("quý %(quarter)s/%(year)s") % {"quarter": part[1:], "year": year}
    return _("tháng %(month)s/%(year)s") % {"month": int(part), "year": year}


def span_of(period: Period, at: datetime) -> Span:
    """The days of the period; of one still running, up to this moment."""
    today = day_of(at)
    return Span(min(period.last, today), period.first, at if today <= period.last else None)


def beside(other: Period, period: Period, at: datetime) -> date:
    """The last day of another period that is held against this one: of one still running only so many days of the other."""
    today = day_of(at)
    if today >= period.last or other.months != period.months or other.first >= period.first:
        return min(other.last, today)
    return min(other.last, other.first + (today - period.first))


def label_beside(other: Period, period: Period, at: datetime) -> str:
    """What the other period is called, with the day it is read to where that is not its end."""
    last = beside(other, period, at)
    if last == min(other.last, day_of(at)):
        return label(other)
    return _("%(period)s (đến %(day)s)") % {"period": label(other), "day": f"{last:%d/%m}"}


def asked_beside(
    top: int,
    other: Period,
    period: Period,
    at: datetime,
    part: Part = Part.DECIDING,
    reading: Reading = Reading.THEN,
) -> Asked:
    """The figures of a unit in the other period, of as many days as this one has had."""
    last = beside(other, period, at)
    return Asked(top, Span(last, other.first, at if last == day_of(at) else None), day_of(at), part, reading)


def asked(top: int, period: Period, at: datetime, part: Part = Part.DECIDING, reading: Reading = Reading.THEN) -> Asked:
    """The figures of a unit in a period, the tree read as it stood then or, if so asked, as it stands now."""
    return Asked(top, span_of(period, at), day_of(at), part, reading)


def province(day: date) -> Version | None:
    """The province itself: the top of the tree on that day."""
    tops = [node.version for node in organisations.tree_on(day) if node.version.parent is None]
    return next((one for one in tops if one.level == Level.PROVINCE), tops[0] if tops else None)


def told(figure: Figure) -> str:
    """The value in words: 1.284 · 92,4% · 6,4 giờ · 4,4 · 50.000 đồng; a dash where there is nothing to take a share of."""
    if figure.value is None:
        return "–"
    match figure.measure.unit:
        case Unit.PER_CENT:
            return f"{words.decimal_words(figure.value, 1)}%"
        case Unit.HOURS:
            return words.hours(figure.value)
        case Unit.STARS:
            return words.decimal_words(figure.value, 1)
        case Unit.VND:
            return words.money(figure.value)
        case _:
            return words.whole(figure.value)


def behind(figure: Figure) -> str:
    """Both sides of a share; nothing for a count."""
    return sides(figure.measure, figure.numerator, figure.denominator)


def sides(measure: Measure, numerator: int, denominator: int | None) -> str:
    """181 trong 195; of working time 928,7 trong 2.519 giờ; nothing where it is no share."""
    if denominator is None or measure.unit is not Unit.PER_CENT:
        return ""
    pair = {"n": words.whole(numerator), "of": words.whole(denominator)}
    if measure.of_minutes:
        hours = round(Decimal(numerator) / 60, 1), round(Decimal(denominator) / 60, 1)
        pair = {"n": words.decimal_words(hours[0], 1), "of": words.hours(hours[1])}
    return _("%(n)s trong %(of)s") % pair


def moved(now: Decimal | None, then: Decimal | None) -> str:
    """By how much a figure moved against the period before: +1,3 · −0,4; nothing where one side has no value."""
    if now is None or then is None:
        return ""
    change = round(now - then, 1)
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return f"{sign}{words.decimal_words(abs(change), 1)}"
