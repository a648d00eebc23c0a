"""What falls due in the days ahead, and how much of it will be late at the pace of the days behind."""

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from motcua.base.clock import day_of
from motcua.dashboards import forecast
from motcua.measures.queries import figures, live, tree
from motcua.measures.terms import Part
from motcua.organisations.terms import Reading

PACE_DAYS: Final = 90
"""The days behind from which the pace is read."""


class Ahead(NamedTuple):
    """Each day with what falls due on it; the sum, and what of it will be late."""

    days: list[tuple[date, int]]
    due: int
    expected: forecast.Expected | None
    pace_days: int


def ahead_of(unit: int, part: Part, *, at: datetime) -> Ahead:
    """The next days of a unit with everything under it."""
    today = day_of(at)
    below = tree.members(unit, today, reading=Reading.THEN, today=today)
    due = live.due_in_days(part, list(below), today, today + timedelta(days=forecast.AHEAD))
    span = live.Span.now(at, today - timedelta(days=PACE_DAYS))
    pace = figures.figures(figures.Asked(unit, span, today, part), ("handled_late", "handled")).whole
    expected = forecast.expected_late(sum(due.values()), pace["handled_late"].numerator, pace["handled"].numerator)
    return Ahead(sorted(due.items()), sum(due.values()), expected, PACE_DAYS)
