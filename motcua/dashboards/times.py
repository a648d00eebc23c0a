"""Procedures by the working time they really took: what may be told of it to everybody, and the rows it adds up from.

A procedure that few people need would tell of each of them, day by day or by subtracting one period from another. So only
months that have ended are counted, and months with few results are joined with the next ones until there are enough:
whatever is published, and whatever is left when two published numbers are subtracted, is a sum of such stretches.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import ceil
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.measures.queries.boards import Hours, Taken, hours_by_month, sum_of_hours, taken
from motcua.measures.rules import small
from motcua.measures.rules.periods import Period

EDGES: Final = (4, 8, 16, 24, 40, 80, 160)
"""Hours up to which a row counts; the last row has no upper end. Eight are a working day."""


class Stretch(NamedTuple):
    """Consecutive months with enough results of a procedure to be told: the first days of the first and of the last."""

    first: date
    last: date
    hours: Hours

    @property
    def months(self) -> str:
        """Tháng 3/2026, tháng 1–3/2026."""
        if self.first == self.last:
            return _("tháng %(month)s/%(year)s") % {"month": self.first.month, "year": self.first.year}
        told = {"first": self.first.month, "last": self.last.month, "year": self.first.year}
        return _("tháng %(first)s–%(last)s/%(year)s") % told


class Line(NamedTuple):
    """One procedure: how many results, half and nine tenths of them, and which months those are."""

    taken: Taken
    months: str


class Row(NamedTuple):
    """So many results of some months that took so long."""

    months: str
    hours: str
    results: int


def ended_months(period: Period, at: datetime) -> list[date]:
    """The months of the year of a period that are over, from January on, by their first days."""
    running = day_of(at).replace(day=1)
    return [month for n in range(1, 13) if (month := date(period.first.year, n, 1)) < running]


def lines(top: int, period: Period, at: datetime) -> list[Line]:
    """Every procedure with enough results in the ended months of the period, the most frequent first."""
    found = hours_by_month(top, first=period.first.replace(month=1), at=at)
    made = [
        Line(taken(code, sum_of_hours(one.hours for one in told)), _joined(told))
        for code, months in found.items()
        if (told := _within(stretches(months, ended_months(period, at)), period))
    ]
    return sorted(made, key=lambda one: (-one.taken.results, one.taken.procedure))


def of_procedure(top: int, period: Period, code: str, at: datetime) -> tuple[Taken, list[Row]] | None:
    """One procedure with the rows that add up to its results; None where there are too few."""
    months = hours_by_month(top, first=period.first.replace(month=1), at=at, procedures=[code]).get(code, {})
    told = _within(stretches(months, ended_months(period, at)), period)
    if not told:
        return None
    rows = [row for one in told for row in rows_of(one)]
    return taken(code, sum_of_hours(one.hours for one in told)), rows


def stretches(found: Mapping[date, Hours], ended: Sequence[date]) -> list[Stretch]:
    """The ended months of a year joined until each stretch may be told; the same whatever period is asked for."""
    counts = [sum(found.get(month, {}).values()) for month in ended]
    return [
        Stretch(ended[first], ended[last], sum_of_hours(found.get(one, {}) for one in ended[first : last + 1]))
        for first, last in small.stretches(counts)
    ]


def _within(found: Sequence[Stretch], period: Period) -> list[Stretch]:
    return [one for one in found if period.first <= one.first and one.last <= period.last]


def _joined(told: Sequence[Stretch]) -> str:
    """From which to which month; they follow one another."""
    return Stretch(told[0].first, told[-1].last, {}).months


def rows_of(one: Stretch) -> list[Row]:
    """The results of a stretch by the hours they took; hours with few results are joined with the next ones."""
    lows = (0, *EDGES)
    counts = [
        sum(n for hours, n in one.hours.items() if low < hours <= high or (low == hours == 0))
        for low, high in zip(lows, (*EDGES, 10**9), strict=True)
    ]
    bands = small.stretches(counts)
    # What is left over at the slow end goes with the last band: it is told once, as it stands, and changes no more.
    ends = [last for _first, last in bands[:-1]] + [len(counts) - 1]
    begins = [0, *(last + 1 for last in ends[:-1])]
    return [
        Row(one.months, _hours(begin, end), sum(counts[begin : end + 1]))
        for begin, end in zip(begins, ends, strict=True)
    ]


def _hours(begin: int, end: int) -> str:
    low = EDGES[begin - 1] if begin else 0
    if end == len(EDGES):
        return _("trên %(low)s giờ") % {"low": low} if low else _("mọi thời gian")
    told = {"low": low, "high": EDGES[end]}
    return _("trên %(low)s đến %(high)s giờ") % told if low else _("đến %(high)s giờ") % told


def place_of(results: int, tenths: int) -> int:
    """Which result, from the quickest on, so many tenths of all are reached with."""
    return ceil(results * tenths / 10)
