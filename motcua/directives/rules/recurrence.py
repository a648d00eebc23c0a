"""Periods of recurring tasks: pure counting of days, weeks, months."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, assert_never

from motcua.directives.terms import Recurrence

MOST_PERIODS: Final = 400
_MONTHS: Final = {
    Recurrence.MONTHLY: 1,
    Recurrence.QUARTERLY: 3,
    Recurrence.HALF_YEARLY: 6,
    Recurrence.YEARLY: 12,
}
_ROMAN: Final = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Period:
    """One round of a recurring task: its days, the day it is due, and its name."""

    begin: date
    end: date
    due_on: date
    name: str


def period_of(recurrence: Recurrence, day: date, due_day: int | None = None) -> Period:
    """The period in which a day lies.

    `due_day` is the weekday (1 Monday … 7 Sunday) of a weekly task, the day of the month of a monthly one, and of the last
    month of longer periods; a month too short for it ends earlier. Without it a period is due on its last day.
    """
    match recurrence:
        case Recurrence.NONE:
            raise ValueError("a task that comes once has no periods")
        case Recurrence.DAILY:
            return Period(day, day, day, f"{day:%d/%m/%Y}")
        case Recurrence.WEEKLY:
            begin = day - timedelta(days=day.weekday())
            due = begin + timedelta(days=min(max(due_day or 7, 1), 7) - 1)
            year, week, _weekday = day.isocalendar()
            return Period(begin, begin + timedelta(days=6), due, f"tuần {week}/{year}")
        case Recurrence.MONTHLY | Recurrence.QUARTERLY | Recurrence.HALF_YEARLY | Recurrence.YEARLY:
            return _of_months(recurrence, day, due_day)
        case _:
            assert_never(recurrence)


def _of_months(recurrence: Recurrence, day: date, due_day: int | None) -> Period:
    length = _MONTHS[recurrence]
    first = (day.month - 1) // length * length + 1
    last = first + length - 1
    days = monthrange(day.year, last)[1]
    end = date(day.year, last, days)
    due = date(day.year, last, min(max(due_day, 1), days)) if due_day else end
    return Period(date(day.year, first, 1), end, due, _name(recurrence, day.year, first))


def _name(recurrence: Recurrence, year: int, first: int) -> str:
    """Stored with the task, so Vietnamese whoever gives it."""
    match recurrence:
        case Recurrence.MONTHLY:
            return f"tháng {first:02d}/{year}"
        case Recurrence.QUARTERLY:
            return f"quý {_ROMAN[(first - 1) // 3]}/{year}"
        case Recurrence.HALF_YEARLY:
            return f"6 tháng {'đầu' if first == 1 else 'cuối'} năm {year}"
        case _:
            return f"năm {year}"


def periods_between(recurrence: Recurrence, since: date, until: date, due_day: int | None = None) -> Iterator[Period]:
    """The periods that begin with the one of `since` and have begun by `until`, in order; at most 400."""
    day, count = since, 0
    while day <= until and count < MOST_PERIODS:
        period = period_of(recurrence, day, due_day)
        yield period
        day, count = period.end + timedelta(days=1), count + 1
