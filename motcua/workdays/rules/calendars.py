"""Calendars: when an office is open, on which days it is not, and by which document."""

import itertools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, TypeAlias

from motcua.base.errors import Refused
from motcua.workdays.terms import Comparison, DayKind, DayStatus, _

DAY = 1440
"""Minutes of a day. Inside the rules a moment is a whole number of minutes since day 0, in Vietnamese clock time."""

_FURTHEST = 800
"""So many days without one open hour, and the calendar itself must be wrong."""

Minutes: TypeAlias = tuple[int, int]
Week: TypeAlias = tuple[tuple[Minutes, ...], ...]


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """Ngày nghỉ or ngày làm bù, with the document that decides it; `hours` only where the day has hours of its own."""

    name: str
    document: str = ""
    status: DayStatus = DayStatus.DECIDED
    hours: tuple[Minutes, ...] | None = None

    def why(self) -> str:
        """The reason with its document: "Nghỉ lễ Quốc khánh (theo Điều 112 Bộ luật Lao động 2019)"."""
        notes = [] if self.status is DayStatus.DECIDED else [self.status.label]
        if self.document:
            notes.append(_("theo %(document)s") % {"document": self.document})
        return f"{self.name} ({', '.join(notes)})" if notes else self.name


class OfficeHours(NamedTuple):
    """The weekly hours of an office from a day on, Monday first; each window is half-open, in minutes of the day."""

    since: date
    week: Week
    document: str = ""


class ClockSetting(NamedTuple):
    """From a day on: how many hours make a working day, and how being late is compared."""

    since: date
    hours_per_day: Decimal = Decimal(8)
    comparison: Comparison = Comparison.BY_DATE


class DayOff(NamedTuple):
    """Why an office is closed all day; `special` is None on an ordinary weekend."""

    special: SpecialDay | None


@dataclass(frozen=True)
class OfficeCalendar:
    """All that is known of one office's working time: a plain value, dated within."""

    version: str
    hours: tuple[OfficeHours, ...]
    days_off: Mapping[date, SpecialDay] = field(default_factory=dict)
    days_worked: Mapping[date, SpecialDay] = field(default_factory=dict)
    settings: tuple[ClockSetting, ...] = (ClockSetting(date.min),)
    _windows: dict[int, tuple[Minutes, ...]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.hours:
            raise Refused(_("Lịch làm việc chưa có giờ mở cửa nào."))

    def week_on(self, day: date) -> Week:
        """The weekly hours in force on the day (the earliest known ones before that)."""
        found = self.hours[0]
        for version in self.hours:
            if version.since <= day:
                found = version
        return found.week

    def setting_on(self, day: date) -> ClockSetting:
        found = self.settings[0]
        for setting in self.settings:
            if setting.since <= day:
                found = setting
        return found

    def hours_per_day(self, day: date) -> Decimal:
        return self.setting_on(day).hours_per_day

    def windows(self, ordinal: int) -> tuple[Minutes, ...]:
        """Open windows of the day, as absolute minutes; empty on a day off."""
        found = self._windows.get(ordinal)
        if found is None:
            base = ordinal * DAY
            found = tuple((base + start, base + end) for start, end in self._day_hours(date.fromordinal(ordinal)))
            self._windows[ordinal] = found
        return found

    def _day_hours(self, day: date) -> tuple[Minutes, ...]:
        week = self.week_on(day)
        extra, off = self.days_worked.get(day), self.days_off.get(day)
        if extra is not None:
            return extra.hours or week[day.weekday()] or next((hours for hours in week if hours), ())
        if off is not None:
            return off.hours or ()
        return week[day.weekday()]

    def is_working_day(self, day: date) -> bool:
        return bool(self.windows(day.toordinal()))

    def extra_day(self, day: date) -> SpecialDay | None:
        """The decision that makes people work on this day."""
        return self.days_worked.get(day)

    def why_off(self, day: date) -> DayOff | None:
        """Why nobody works on this day; None on a working day."""
        return None if self.is_working_day(day) else DayOff(self.days_off.get(day))

    def opening(self, moment: int) -> int:
        """The moment itself if the office is open then, or else the next opening."""
        for ordinal in range(moment // DAY, moment // DAY + _FURTHEST):
            for start, end in self.windows(ordinal):
                if moment < end:
                    return max(moment, start)
        raise closed_for_ever()

    def next_working_day(self, ordinal: int) -> int:
        """The first working day after the given one."""
        for later in range(ordinal + 1, ordinal + _FURTHEST):
            if self.windows(later):
                return later
        raise closed_for_ever()

    def unknown_years(self, start: date, end: date) -> list[int]:
        """Years of the period for which the calendar holds no day off at all: a due date there is only an estimate."""
        known = {day.year for day in self.days_off}
        return [year for year in range(start.year, end.year + 1) if year not in known]


def closed_for_ever() -> Refused:
    """The objection against a calendar in which no office ever opens."""
    return Refused(_("Lịch làm việc không có giờ mở cửa nào trong hai năm tới, hãy xem lại giờ làm việc."))


def windows(*pairs: tuple[str, str]) -> tuple[Minutes, ...]:
    """Windows of a day from clock times: `windows(("07:00", "11:30"), ("13:30", "17:00"))`."""
    found = tuple((_minute(start), _minute(end)) for start, end in pairs)
    for start, end in found:
        if start >= end:
            raise Refused(_("Giờ mở cửa phải trước giờ đóng cửa."))
    for before, after in itertools.pairwise(found):
        if before[1] > after[0]:
            raise Refused(_("Các buổi làm việc trong ngày không được chồng lên nhau."))
    return found


def _minute(text: str) -> int:
    if text == "24:00":
        return DAY
    try:
        moment = time.fromisoformat(text)
    except ValueError:
        raise Refused(_("Không đọc được giờ “%(text)s”. Viết như 07:30.") % {"text": text[:20]}) from None
    return moment.hour * 60 + moment.minute


def monday_to_friday(*pairs: tuple[str, str]) -> Week:
    """The same windows on five days, and a free weekend."""
    day = windows(*pairs)
    return (day, day, day, day, day, (), ())


def read_special_days(rows: Iterable[Mapping[str, str]]) -> tuple[dict[date, SpecialDay], dict[date, SpecialDay]]:
    """Days off and make-up days from rows of our own holiday file."""
    off: dict[date, SpecialDay] = {}
    worked: dict[date, SpecialDay] = {}
    for row in rows:
        target = off if DayKind(row["kind"]) is DayKind.HOLIDAY else worked
        target[date.fromisoformat(row["day"])] = SpecialDay(row["name"], row["document"], DayStatus(row["status"]))
    return off, worked


def holiday_rows() -> list[dict[str, str]]:
    """The rows of `fixtures/holidays.json`: Vietnamese days off and make-up days, 2018 to 2030."""
    path = Path(__file__).resolve().parent.parent / "fixtures" / "holidays.json"
    rows: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))["days"]
    return rows


DEFAULT_WEEK = monday_to_friday(("07:00", "11:30"), ("13:30", "17:00"))
_OFF, _WORKED = read_special_days(holiday_rows())
DEFAULT = OfficeCalendar("mặc định 2018–2030", (OfficeHours(date.min, DEFAULT_WEEK),), _OFF, _WORKED)
"""The office hours common in the province and the holidays of the country: used where no database is at hand."""
