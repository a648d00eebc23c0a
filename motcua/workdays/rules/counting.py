"""Counting: pure arithmetic over whole minutes of Vietnamese clock time. What it means is told in `deadlines`."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from motcua.base.clock import VIET_NAM, local
from motcua.base.errors import Refused
from motcua.workdays.rules.calendars import DAY, Minutes, OfficeCalendar, closed_for_ever
from motcua.workdays.rules.limits import Limit, Stage
from motcua.workdays.terms import Unit, _

_FIRST_YEAR, _LAST_YEAR = 1990, 2150
_MOST_EMPTY_DAYS = 800


def to_minute(moment: datetime) -> int:
    """Whole minutes since day 0; seconds are dropped. A year that can only be a slip of the pen is refused."""
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise Refused(
            _("Năm %(year)d không hợp lý: phải từ %(first)d đến %(last)d.")
            % {"year": moment.year, "first": _FIRST_YEAR, "last": _LAST_YEAR}
        )
    here = local(moment)
    return here.toordinal() * DAY + here.hour * 60 + here.minute


def to_moment(minute: int) -> datetime:
    """The moment in Viet Nam, with its zone."""
    ordinal, rest = divmod(minute, DAY)
    return datetime.combine(date.fromordinal(ordinal), time(rest // 60, rest % 60), VIET_NAM)


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still from `start` until, but not including, `end`; an open pause has no end yet."""

    start: datetime
    end: datetime | None = None
    reason: str = ""
    document: str = ""

    def why(self) -> str:
        text = self.reason or _("Chờ bổ sung hồ sơ")
        return _("%(text)s (theo %(document)s)") % {"text": text, "document": self.document} if self.document else text


class Span(NamedTuple):
    """A pause in minutes, cut so that spans follow each other without overlapping."""

    start: int
    end: int | None
    pause: Pause


def spans_of(pauses: Iterable[Pause], since: int) -> list[Span]:
    """Pauses in order, from the receipt on; those of no length and those before the receipt vanish."""
    found: list[Span] = []
    edge: int = since
    for pause in sorted(pauses, key=lambda one: to_minute(one.start)):
        start, end = to_minute(pause.start), to_minute(pause.end) if pause.end else None
        if end is not None and end < start:
            raise Refused(_("Lúc đồng hồ chạy lại phải sau lúc dừng."))
        start = max(start, edge)
        if end is not None and end <= start:
            continue
        found.append(Span(start, end, pause))
        if end is None:
            break
        edge = end
    return found


class Run(NamedTuple):
    """How one stage was counted: `end` is its due moment, None while a pause is open."""

    stage: Stage
    start: int
    counted: list[Minutes]
    end: int | None


def count(start: int, limit: Limit, calendar: OfficeCalendar, spans: Sequence[Span], per_day: Decimal) -> list[Run]:
    """Count every stage; the last run is the one that ended, or the one that an open pause holds."""
    runs: list[Run] = []
    for stage in limit.stages:
        hours = stage.hours(per_day)
        if hours is None:
            run = _count_calendar(start, stage, calendar, spans)
        else:
            minutes = int((hours * 60).to_integral_value(ROUND_CEILING))
            counted, end = count_open(start, minutes, calendar, spans)
            run = Run(stage, start, counted, end)
        runs.append(run)
        if run.end is None:
            break
        start = run.end
    return runs


def count_open(
    start: int, minutes: int, calendar: OfficeCalendar, spans: Sequence[Span] = ()
) -> tuple[list[Minutes], int | None]:
    """The open minutes counted from `start` on, and the earliest moment at which there are enough of them."""
    counted: list[Minutes] = []
    left, ordinal, empty = minutes, start // DAY, 0
    following = bisect_right([span.end or start + 1 for span in spans], start)
    while True:
        opened = calendar.windows(ordinal)
        empty = 0 if opened else empty + 1
        if empty > _MOST_EMPTY_DAYS:
            raise closed_for_ever()
        for begin, close in opened:
            begin = max(begin, start)
            while begin < close:
                stop = close
                if following < len(spans):
                    span = spans[following]
                    if span.start <= begin:
                        if span.end is None:
                            return counted, None
                        begin = start = max(begin, span.end)
                        following += 1
                        continue
                    stop = min(close, span.start)
                taken = min(stop - begin, left)
                counted.append((begin, begin + taken))
                left -= taken
                if not left:
                    return counted, begin + taken
                begin = stop
        ordinal += 1


def _count_calendar(start: int, stage: Stage, calendar: OfficeCalendar, spans: Sequence[Span]) -> Run:
    """Days and months by the calendar, moved by each pause's length, rolled to the next opening (Điều 148 BLDS)."""
    length = (
        add_months(start, int(stage.amount)) if stage.unit is Unit.MONTHS else start + int(stage.amount) * DAY
    ) - start
    counted: list[Minutes] = []
    here, left, raw, resumed = start, length, start + length, start
    for span in spans:
        if span.end is not None and span.end <= start:
            continue
        stop = max(span.start, start)
        if stop >= calendar.opening(raw):
            break
        taken = min(stop - here, left)
        if taken:
            counted.append((here, here + taken))
        left -= taken
        if span.end is None:
            return Run(stage, start, counted, None)
        raw += span.end - stop
        here = resumed = span.end
    if left:
        counted.append((here, here + left))
    return Run(stage, start, counted, calendar.opening(max(raw, resumed)))


def add_months(minute: int, months: int) -> int:
    """The same day and clock time so many months later; a missing day becomes the month's last (Điều 148 BLDS)."""
    ordinal, rest = divmod(minute, DAY)
    day = date.fromordinal(ordinal)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)).toordinal() * DAY + rest


def open_minutes(start: int, end: int, calendar: OfficeCalendar) -> int:
    """Open minutes from `start` until `end`."""
    total = 0
    for ordinal in range(start // DAY, (end + DAY - 1) // DAY):
        for begin, close in calendar.windows(ordinal):
            total += max(0, min(close, end) - max(begin, start))
    return total


def minutes_between(start: datetime, end: datetime, calendar: OfficeCalendar) -> int:
    """Working minutes from one moment to another; 0 when the second is not later."""
    return open_minutes(to_minute(start), to_minute(end), calendar)


def add_working_days(day: date, days: int, calendar: OfficeCalendar) -> date:
    """So many working days later (or earlier, when negative); 0 gives the day itself. The first day is not counted."""
    ordinal, step = day.toordinal(), 1 if days >= 0 else -1
    left, empty = abs(days), 0
    while left:
        ordinal += step
        worked = bool(calendar.windows(ordinal))
        left -= worked
        empty = 0 if worked else empty + 1
        if empty > _MOST_EMPTY_DAYS:
            raise closed_for_ever()
    return date.fromordinal(ordinal)


def working_days_between(start: date, end: date, calendar: OfficeCalendar) -> int:
    """Working days after the first day up to and including the last; 0 when that is not later."""
    return sum(bool(calendar.windows(ordinal)) for ordinal in range(start.toordinal() + 1, end.toordinal() + 1))
