"""Worked examples of deadlines, on a made-up calendar: 1 and 2 September 2026 are off, Saturday 22 August is worked."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.workdays.rules import DEFAULT_WEEK, OfficeCalendar, OfficeHours, SpecialDay

CALENDAR = OfficeCalendar(
    "thí dụ",
    (OfficeHours(date.min, DEFAULT_WEEK),),
    {
        date(2026, 9, 1): SpecialDay("Nghỉ lễ Quốc khánh", "Quyết định 1/QĐ"),
        date(2026, 9, 2): SpecialDay("Nghỉ lễ Quốc khánh", "Quyết định 1/QĐ"),
    },
    {date(2026, 8, 22): SpecialDay("Làm bù", "Thông báo 2/TB")},
)


def at(text: str) -> datetime:
    """A moment in Viet Nam, from its clock time."""
    return datetime.fromisoformat(text)


@dataclass(frozen=True)
class Case:
    """One receipt and what must come of it; `pause` is (asked, completed)."""

    name: str
    received: str
    limit: str
    due: str
    pause: tuple[str, str] | None = None
    restart: bool = False


STANDARD_CASES = [
    Case("three working days", "2026-08-24T10:00", "3wd", "2026-08-27T10:00"),
    Case("a make-up Saturday counts", "2026-08-21T10:00", "2wd", "2026-08-24T10:00"),
    Case("holidays do not count", "2026-08-31T10:00", "2wd", "2026-09-04T10:00"),
    Case("eight hours are one day", "2026-08-24T10:30", "8wh", "2026-08-25T10:30"),
    Case("a quarter of a day over lunch", "2026-08-24T10:30", "0.25wd", "2026-08-24T14:30"),
    Case("fifteen calendar days end on a Saturday", "2026-08-21T10:00", "15cd", "2026-09-07T07:00"),
    Case("a month from the 31st", "2026-08-31T10:00", "1mo", "2026-09-30T10:00"),
    Case(
        "a supplement, the clock starts afresh",
        "2026-08-24T10:00",
        "5wd",
        "2026-09-09T09:00",
        ("2026-08-26T15:00", "2026-08-31T09:00"),
        restart=True,
    ),
    Case(
        "a supplement, the clock goes on",
        "2026-08-24T10:00",
        "5wd",
        "2026-09-04T16:00",
        ("2026-08-26T15:00", "2026-08-31T09:00"),
    ),
    # Our own, at the edges the issue names.
    Case("reached exactly at the lunch closing", "2026-08-24T07:00", "4.5wh", "2026-08-24T11:30"),
    Case("reached exactly at the evening closing", "2026-08-24T07:00", "1wd", "2026-08-24T17:00"),
    Case("received at the opening", "2026-08-24T07:00", "5wd", "2026-08-28T17:00"),
    Case("received at the evening closing", "2026-08-24T17:00", "1wd", "2026-08-25T17:00"),
    Case("received at night", "2026-08-24T22:15", "1wh", "2026-08-25T08:00"),
    Case("received at lunch", "2026-08-24T12:00", "1wh", "2026-08-24T14:30"),
    Case("received on a holiday", "2026-09-01T09:00", "1wh", "2026-09-03T08:00"),
    Case("seconds are dropped", "2026-08-24T10:00:59", "1wh", "2026-08-24T11:00"),
    Case("one minute before lunch", "2026-08-24T11:29", "0.5wh", "2026-08-24T13:59"),
    Case("calendar days to a clock time inside hours", "2026-08-24T10:00", "3cd", "2026-08-27T10:00"),
    Case("calendar days to the lunch closing roll", "2026-08-24T11:30", "3cd", "2026-08-27T13:30"),
    Case("calendar days to the evening closing roll", "2026-08-24T17:00", "3cd", "2026-08-28T07:00"),
    Case("calendar days run from the receipt itself at night", "2026-08-24T23:00", "1cd", "2026-08-26T07:00"),
    Case("calendar days received on a Sunday", "2026-08-23T10:00", "1cd", "2026-08-24T10:00"),
    Case("calendar days end on a make-up Saturday", "2026-08-21T10:00", "1cd", "2026-08-22T10:00"),
    Case("a month to a holiday rolls", "2026-08-01T10:00", "1mo", "2026-09-03T07:00"),
    Case("two months over the end of the year", "2026-12-31T10:00", "2mo", "2027-03-01T07:00"),
    Case("stages add up", "2026-08-24T10:30", "0.25wd 6wh", "2026-08-25T10:30"),
    Case(
        "a stage in calendar days starts at the due moment before", "2026-08-24T10:40", "1wh + 2cd", "2026-08-26T13:40"
    ),
    Case("a working stage after a calendar stage", "2026-08-27T10:00", "2cd 1wh", "2026-08-31T08:00"),
    Case(
        "a pause moves calendar days by its length",
        "2026-08-24T10:00",
        "3cd",
        "2026-08-28T08:30",
        ("2026-08-25T08:00", "2026-08-26T06:30"),
    ),
    Case(
        "a pause at night counts for nothing",
        "2026-08-24T10:00",
        "1wd",
        "2026-08-25T10:00",
        ("2026-08-24T18:00", "2026-08-25T06:00"),
    ),
    Case(
        "a pause over the receipt is cut",
        "2026-08-24T10:00",
        "1wh",
        "2026-08-24T11:15",
        ("2026-08-24T08:00", "2026-08-24T10:15"),
    ),
    Case(
        "a pause before the receipt is nothing",
        "2026-08-24T10:00",
        "1wh",
        "2026-08-24T11:00",
        ("2026-08-24T08:00", "2026-08-24T09:00"),
    ),
    Case(
        "a pause after the count was reached is nothing",
        "2026-08-24T10:00",
        "1wh",
        "2026-08-24T11:00",
        ("2026-08-24T11:00", "2026-08-26T09:00"),
    ),
    Case(
        "a pause of no length is nothing",
        "2026-08-24T10:00",
        "1wd",
        "2026-08-25T10:00",
        ("2026-08-24T11:00", "2026-08-24T11:00"),
        restart=True,
    ),
]

ND297_STARTS = [
    ("2026-08-24T10:00", "2026-08-24T10:00"),
    ("2026-08-24T15:59", "2026-08-24T15:59"),
    ("2026-08-24T16:00", "2026-08-25T07:00"),
    ("2026-08-24T16:59", "2026-08-25T07:00"),
    ("2026-08-24T17:00", "2026-08-25T08:00"),
    ("2026-08-24T17:01", "2026-08-25T08:00"),
    ("2026-09-01T09:00", "2026-09-03T08:00"),
    ("2026-08-21T17:30", "2026-08-22T08:00"),
    ("2026-08-22T10:00", "2026-08-22T10:00"),
    ("2026-08-24T05:00", "2026-08-24T07:00"),
    ("2026-08-24T12:00", "2026-08-24T13:30"),
]
