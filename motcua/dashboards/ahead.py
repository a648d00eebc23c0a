"""What falls due in the days ahead, and how much of it will be late at the pace of the days behind."""

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from motcua.base.clock import day_of
from motcua.dashboards import forecast
from motcua.measures.queries import figures, live, tree
from motcua.measures.queries.late import DueUnit, due_ahead
from motcua.measures.queries.rows import Page, due_rows
from motcua.measures.terms import Part
from motcua.organisations.terms import Reading

PACE_DAYS: Final = 90
"""The days behind from which the pace is read."""


class Ahead(NamedTuple):
    """Each day with what falls due on it; the sum, and what of it will be late."""

    days: list[tuple[date, int]]
    due: int
    expected: forecast.Expected | None
    late: int
    """Handled late in the days behind, of so many handled."""
    handled: int
    pace_days: int


def days_ahead(at: datetime) -> tuple[date, date]:
    """Today, and the last of the days that are looked ahead."""
    return day_of(at), day_of(at) + timedelta(days=forecast.AHEAD)


def ahead_of(unit: int, part: Part, *, at: datetime) -> Ahead:
    """The next days of a unit with everything under it."""
    today, last = days_ahead(at)
    below = tree.members(unit, today, reading=Reading.THEN, today=today)
    due = live.due_in_days(part, list(below), today, last)
    span = live.Span.now(at, today - timedelta(days=PACE_DAYS))
    pace = figures.figures(figures.Asked(unit, span, today, part), ("handled_late", "handled")).whole
    late, handled = pace["handled_late"].numerator, pace["handled"].numerator
    expected = forecast.expected_late(sum(due.values()), late, handled)
    return Ahead(sorted(due.items()), sum(due.values()), expected, late, handled, PACE_DAYS)


def units_ahead(unit: int, *, at: datetime) -> list[DueUnit]:
    """The same days unit by unit; what stands directly under the top is a line too, so that they add up."""
    return due_ahead(unit, *days_ahead(at), at=at)


def rows_ahead(unit: int, part: Part, day: date | None, *, at: datetime, after: int) -> Page:
    """The dossiers that fall due on one of the days, or on any of them."""
    today, last = days_ahead(at)
    below = tree.members(unit, today, reading=Reading.THEN, today=today)
    return due_rows(list(below), part, day or today, day or last, after=after)
