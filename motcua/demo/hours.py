"""Arithmetic of office time for inventing a past: so many minutes of work later, the next opening, a moment in a day."""

from bisect import bisect_right
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from motcua.base.clock import VIET_NAM, local
from motcua.workdays.rules import Limit, OfficeCalendar
from motcua.workdays.terms import Unit

DAY: Final = 1440
WHEN_PEOPLE_COME: Final = (0, 0, 0, 0, 0, 0, 0, 11, 17, 18, 13, 4, 0, 5, 13, 12, 7, 0, 0, 0, 0, 0, 0, 0)
"""Of a hundred people at the counter, how many come in each hour: the morning is full, after four hardly anybody comes."""
WHEN_PEOPLE_CLICK: Final = (1, 0, 0, 0, 0, 1, 2, 4, 7, 9, 8, 6, 5, 5, 6, 6, 6, 5, 4, 6, 8, 7, 4, 2)
WEEKDAYS: Final = (1.25, 1.05, 1.0, 0.95, 0.8)
"""Monday is the day of the counter; on Friday it is quiet."""


class Hours:
    """The open minutes of a calendar between two days, laid end to end."""

    def __init__(self, calendar: OfficeCalendar, first: date, last: date) -> None:
        self.calendar = calendar
        windows = [
            one for ordinal in range(first.toordinal(), last.toordinal() + 1) for one in calendar.windows(ordinal)
        ]
        self.starts = [start for start, _end in windows]
        self.ends = [end for _start, end in windows]
        self.before = [0]
        for start, end in windows:
            self.before.append(self.before[-1] + end - start)

    def after(self, moment: datetime, minutes: float) -> datetime:
        """The moment at which so many minutes of work have passed; seconds are kept so that no two acts fall together."""
        here = local(moment)
        index, spent = self._position(here)
        goal = self.before[index] + spent + max(0, int(minutes))
        found = min(bisect_right(self.before, goal) - 1, len(self.starts) - 1)
        return _moment(self.starts[found] + goal - self.before[found], here.second)

    def opening(self, moment: datetime) -> datetime:
        """The moment itself in office hours, else the next opening."""
        return self.after(moment, 0)

    def between(self, begin: datetime, end: datetime) -> int:
        """Minutes of work between two moments."""
        return self._total(end) - self._total(begin)

    def minutes_of(self, limit: str, received: datetime) -> int:
        """About how many minutes of work a limit leaves."""
        total = 0.0
        for stage in Limit.parse(limit).stages:
            amount = float(stage.amount)
            match stage.unit:
                case Unit.WORKING_DAYS:
                    total += amount * 480
                case Unit.WORKING_HOURS:
                    total += amount * 60
                case Unit.CALENDAR_DAYS:
                    total += self.between(received, received + timedelta(days=amount))
                case _:
                    total += self.between(received, received + timedelta(days=30 * amount))
        return max(30, int(total))

    def working_days(self, first: date, last: date) -> list[date]:
        """The days of work from the first to the last, both included."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if self.calendar.is_working_day(day)]

    def _total(self, moment: datetime) -> int:
        index, spent = self._position(local(moment))
        return self.before[index] + spent

    def _position(self, here: datetime) -> tuple[int, int]:
        """The window the moment lies in or before, and the minutes of it already gone."""
        minute = here.toordinal() * DAY + here.hour * 60 + here.minute
        index = min(bisect_right(self.ends, minute), len(self.starts) - 1)
        return index, max(0, minute - self.starts[index])


def at_counter(random: Random, day: date) -> datetime:
    """A moment at which somebody stands at the counter on that day."""
    hour = random.choices(range(24), WHEN_PEOPLE_COME)[0]
    minute = random.randint(0, 29) if hour == 11 else random.randint(30, 59) if hour == 13 else random.randint(0, 59)
    return datetime(day.year, day.month, day.day, hour, minute, random.randint(0, 59), tzinfo=VIET_NAM)


def online(random: Random, day: date) -> datetime:
    """A moment at which somebody sends a form from home."""
    hour = random.choices(range(24), WHEN_PEOPLE_CLICK)[0]
    return datetime(day.year, day.month, day.day, hour, random.randint(0, 59), random.randint(0, 59), tzinfo=VIET_NAM)


def _moment(minute: int, second: int) -> datetime:
    day = date.fromordinal(minute // DAY)
    hour, rest = divmod(minute % DAY, 60)
    return datetime(day.year, day.month, day.day, hour, rest, second, tzinfo=VIET_NAM)
