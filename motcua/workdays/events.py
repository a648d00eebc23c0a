"""What this app announces. Streams: "workdays.calendar:0" for the whole province, else the number of the agency."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.base.events import Event


@dataclass(frozen=True, kw_only=True)
class HolidaysSeeded(Event):
    """The holidays of the country were written into the calendar."""

    days: int
    first_year: int
    last_year: int


@dataclass(frozen=True, kw_only=True)
class DaySet(Event):
    """A day off or a make-up day was decided, or decided anew."""

    day: date
    kind: str
    status: str
    name: str
    document: str
    agency: int | None


@dataclass(frozen=True, kw_only=True)
class DayRemoved(Event):
    """The day is an ordinary day of the week again."""

    day: date
    kind: str
    name: str
    document: str
    agency: int | None


@dataclass(frozen=True, kw_only=True)
class OfficeHoursSet(Event):
    """Weekly hours are in force from a day on; one line of text for each day of the week, Monday first."""

    since: date
    week: tuple[str, ...]
    document: str
    agency: int | None


@dataclass(frozen=True, kw_only=True)
class ClockSet(Event):
    """From a day on a working day has so many hours, and being late is compared so."""

    since: date
    hours_per_day: Decimal
    comparison: str
    document: str
