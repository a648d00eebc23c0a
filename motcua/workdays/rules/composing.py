"""Composing: the calendar of one office from what is stored for the province, the offices above it, and itself."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from motcua.workdays.rules.calendars import (
    DEFAULT,
    DEFAULT_WEEK,
    ClockSetting,
    Minutes,
    OfficeCalendar,
    OfficeHours,
    SpecialDay,
    Week,
    windows,
)
from motcua.workdays.terms import DayKind, _


class StoredDay(NamedTuple):
    """A special day of the province (agency None) or of one agency."""

    agency: int | None
    day: date
    kind: DayKind
    special: SpecialDay


class StoredHours(NamedTuple):
    """Weekly hours of the province or of one agency during [since, until)."""

    agency: int | None
    since: date
    until: date | None
    week: Week
    document: str


class Stored(NamedTuple):
    """Everything stored about working time, under one mark of revision."""

    stamp: str
    days: tuple[StoredDay, ...]
    hours: tuple[StoredHours, ...]
    settings: tuple[ClockSetting, ...]

    @property
    def agencies(self) -> frozenset[int]:
        """Agencies that differ from the province in anything."""
        found = {one.agency for one in self.days} | {one.agency for one in self.hours}
        return frozenset(agency for agency in found if agency is not None)


NOTHING = Stored("", (), (), ())


def compose(stored: Stored, chain: Sequence[int]) -> OfficeCalendar:
    """The calendar of an office; `chain` names the office and those above it, the nearest first.

    The nearest decision holds. Where nothing is stored the hours of the default calendar are in force, and its
    holidays as long as nobody has ever written a calendar.
    """
    if not stored.stamp:
        return DEFAULT
    levels: list[int | None] = [None, *reversed(chain)]
    chosen: dict[date, StoredDay] = {}
    for level in levels:
        chosen.update({one.day: one for one in stored.days if one.agency == level})
    return OfficeCalendar(
        version=stored.stamp[:8],
        hours=tuple(_hours(stored.hours, levels)),
        days_off={day: one.special for day, one in chosen.items() if one.kind is DayKind.HOLIDAY},
        days_worked={day: one.special for day, one in chosen.items() if one.kind is DayKind.EXTRA},
        settings=(ClockSetting(date.min), *sorted(stored.settings)),
    )


def _hours(stored: Iterable[StoredHours], levels: Sequence[int | None]) -> list[OfficeHours]:
    mine = [one for one in stored if one.agency in levels]
    turns = {date.min} | {one.since for one in mine} | {one.until for one in mine if one.until is not None}
    found = []
    for turn in sorted(turns):
        holding = [one for one in mine if one.since <= turn and (one.until is None or turn < one.until)]
        nearest = max(holding, key=lambda one: levels.index(one.agency), default=None)
        found.append(OfficeHours(turn, nearest.week, nearest.document) if nearest else OfficeHours(turn, DEFAULT_WEEK))
    return found


def read_week(rows: Sequence[Iterable[Sequence[str]]]) -> Week:
    """A stored week as windows, Monday first."""
    return tuple(read_windows(day) for day in rows)


def read_windows(pairs: Iterable[Sequence[str]]) -> tuple[Minutes, ...]:
    """Stored pairs of clock times as windows."""
    return windows(*((pair[0], pair[1]) for pair in pairs))


def write_windows(opened: Iterable[Minutes]) -> list[list[str]]:
    """Windows as pairs of clock times, to be stored."""
    return [[f"{minute // 60:02}:{minute % 60:02}" for minute in window] for window in opened]


def day_objections(day: date, kind: DayKind, name: str, document: str, calendar: OfficeCalendar) -> list[str]:
    """Every reason against deciding this day so."""
    found = []
    if not name.strip():
        found.append(_("Ghi tên ngày nghỉ hoặc ngày làm bù."))
    if len(name) > 120:
        found.append(_("Tên ngày dài quá 120 ký tự."))
    found += _document_objections(document, _("Ghi số, ký hiệu văn bản quyết định ngày này."))
    if not 1990 <= day.year <= 2150:
        found.append(_("Năm %(year)d không hợp lý.") % {"year": day.year})
    elif kind is DayKind.EXTRA and day not in calendar.days_off and calendar.week_on(day)[day.weekday()]:
        found.append(_("Ngày %(day)s vốn là ngày làm việc, không cần làm bù.") % {"day": f"{day:%d/%m/%Y}"})
    return found


def hours_objections(week: Week, document: str) -> list[str]:
    """Every reason against these weekly hours."""
    found = []
    if len(week) != 7:
        found.append(_("Giờ làm việc phải ghi đủ bảy ngày trong tuần."))
    if not any(week):
        found.append(_("Trong tuần phải có ít nhất một buổi làm việc."))
    return found + _document_objections(document, _("Ghi số, ký hiệu văn bản quyết định giờ làm việc."))


def clock_objections(hours_per_day: Decimal, document: str) -> list[str]:
    """Every reason against this length of a working day."""
    found = [] if 0 < hours_per_day <= 24 else [_("Số giờ của một ngày làm việc phải lớn hơn 0, không quá 24.")]
    return found + _document_objections(document, _("Ghi số, ký hiệu văn bản quyết định cách tính giờ."))


def _document_objections(document: str, missing: str) -> list[str]:
    if not document.strip():
        return [missing]
    return [_("Tên văn bản dài quá 200 ký tự.")] if len(document) > 200 else []
