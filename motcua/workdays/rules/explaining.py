"""Explaining: the lines under a due date, which days did not count, why, and by which document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from motcua.workdays.rules.calendars import DAY, OfficeCalendar
from motcua.workdays.rules.counting import Run, Span, to_moment
from motcua.workdays.rules.limits import Limit, number_in_words
from motcua.workdays.terms import StepKind, _

_FINE = Decimal("0.0001")
_OFF = (StepKind.WEEKEND, StepKind.HOLIDAY)


@dataclass(frozen=True, slots=True)
class Step:
    """One line: from, to (None while a pause is open), the hours that count, and why."""

    start: datetime
    end: datetime | None
    counted_hours: Decimal
    why: str
    kind: StepKind
    days_off: tuple[date, date] | None = None
    """The first and the last whole day off that the line speaks of."""

    @property
    def from_words(self) -> str:
        """As the table shows it: days off by their days, all else to the minute."""
        if self.days_off and (self.start.date() < self.days_off[0] or not (self.start.hour or self.start.minute)):
            return f"{self.days_off[0]:%d/%m}"
        return f"{self.start:%d/%m %H:%M}"

    @property
    def to_words(self) -> str:
        if self.end is None:
            return ""
        if self.days_off and self.end.date() > self.days_off[1]:
            return f"{self.days_off[1]:%d/%m}"
        return f"{self.end:%d/%m %H:%M}"

    @property
    def hours_words(self) -> str:
        return number_in_words(round(self.counted_hours, 2))


class _Piece(NamedTuple):
    start: int
    end: int | None
    minutes: int
    kind: StepKind
    why: str
    days_off: tuple[int, int] | None = None


@dataclass(slots=True)
class _Line:
    """Working days that follow each other, while they are being joined; `extra` says why a make-up day counts."""

    start: int
    end: int
    minutes: int
    extra: str = ""
    joined: bool = False
    nights: bool = False


class Explanation:
    """Collects the pieces of one count, then merges them into readable lines that follow each other without a gap."""

    def __init__(self, calendar: OfficeCalendar) -> None:
        self.calendar = calendar
        self.pieces: list[_Piece] = []
        self.counted_hours = Decimal(0)
        self.extra = frozenset(day.toordinal() for day in calendar.days_worked)
        self.words = {
            StepKind.WORK: _("Giờ làm việc"),
            StepKind.LUNCH: _("Nghỉ trưa"),
            StepKind.CLOSED: _("Ngoài giờ làm việc"),
            StepKind.WEEKEND: _("Cuối tuần"),
        }

    def cutoff(self, start: int, begin: int, why: str) -> None:
        """The rule set makes the count begin later than the receipt."""
        if begin > start:
            self.pieces.append(_Piece(start, begin, 0, StepKind.CUTOFF, why))

    def dropped(self, start: int, span: Span) -> None:
        """What was worked before a supplement that makes the clock start afresh."""
        if span.start > start:
            why = _("Trước khi bổ sung, không tính: thời hạn tính lại từ đầu")
            self.pieces.append(_Piece(start, span.start, 0, StepKind.DROPPED, why))
        self.pieces.append(_Piece(span.start, span.end, 0, StepKind.PAUSE, span.pause.why()))

    def extended(self, start: int, end: int, reason: str, spans: Sequence[Span]) -> None:
        """From the counted due moment to the one new date of the apology slip."""
        why = _("Hẹn lại theo phiếu xin lỗi")
        if reason:
            why = _("Hẹn lại theo phiếu xin lỗi: %(reason)s") % {"reason": reason}
        for span in spans:
            if span.start >= start:
                self._add(start, span.start, StepKind.EXTENDED, why)
                self.pieces.append(_Piece(span.start, span.end, 0, StepKind.PAUSE, span.pause.why()))
                start = span.end if span.end is not None else end
        self._add(start, end, StepKind.EXTENDED, why)

    def stopped_late(self, start: int, span: Span) -> None:
        """The clock was stopped when the due moment had already passed."""
        self._add(start, span.start, StepKind.CLOSED, _("Đã quá ngày hẹn"))
        self.pieces.append(_Piece(max(start, span.start), None, 0, StepKind.PAUSE, span.pause.why()))

    def kept(self, start: int, end: int) -> None:
        """From the moment the count reaches today to the one the applicant holds in writing, which stays."""
        why = _("Lịch làm việc đổi sau khi tiếp nhận: vẫn giữ ngày hẹn đã ghi trên giấy")
        self._add(start, end, StepKind.KEPT, why)

    def run(self, run: Run, spans: Sequence[Span], *, stage: int) -> None:
        """One counted stage: what counted, and what lay between."""
        pieces = self._lines(run, spans) if run.stage.unit.in_working_time else self._stretches(run, spans)
        here = run.counted[-1][1] if run.counted else run.start
        if run.end is None:
            held = next(span for span in spans if span.end is None)
            pieces += self._between(here, held.start, spans)
            pieces.append(_Piece(max(here, held.start), None, 0, StepKind.PAUSE, held.pause.why()))
        else:
            if stage and pieces:
                note = _("%(why)s; hết chặng %(number)d (%(stage)s)")
                last = {"why": pieces[-1].why, "number": stage, "stage": run.stage.in_words()}
                pieces[-1] = pieces[-1]._replace(why=note % last)
            if here < run.end:
                pieces.append(_Piece(here, run.end, 0, StepKind.ROLLED, self._rolled(here)))
        self.pieces += pieces

    def steps(self, limit: Limit, per_day: Decimal, *, finished: bool) -> tuple[Step, ...]:
        """The lines; their counted hours add up to the limit, to the last digit."""
        total = limit.hours(per_day) if finished else None
        last = max((index for index, piece in enumerate(self.pieces) if piece.minutes), default=-1)
        found: list[Step] = []
        minutes, before = 0, Decimal(0)
        for index, piece in enumerate(self.pieces):
            minutes += piece.minutes
            after, why = before, piece.why
            if piece.minutes:
                after = (Decimal(minutes) / 60).quantize(_FINE)
            if total is not None and piece.minutes:
                after = total if index == last else min(after, total)
            if finished and index == last:
                enough = (
                    _("%(number)s giờ") % {"number": number_in_words(total)} if total is not None else limit.in_words()
                )
                why = _("%(why)s; đủ %(enough)s") % {"why": why, "enough": enough}
            start = found[-1].end if found and self.pieces[index - 1].end == piece.start else None
            end = None if piece.end is None else to_moment(piece.end)
            days = piece.days_off and (date.fromordinal(piece.days_off[0]), date.fromordinal(piece.days_off[1]))
            found.append(Step(start or to_moment(piece.start), end, after - before, why, piece.kind, days))
            before = after
        self.counted_hours = before
        return tuple(found)

    def _add(self, start: int, end: int, kind: StepKind, why: str) -> None:
        if end > start:
            self.pieces.append(_Piece(start, end, 0, kind, why))

    def _lines(self, run: Run, spans: Sequence[Span]) -> list[_Piece]:
        """Working days that follow each other become one line; a stage of a single day keeps its lunch break apart."""
        found: list[_Piece] = []
        one_day = not run.counted or run.counted[0][0] // DAY == run.counted[-1][0] // DAY
        line, here = _Line(0, 0, 0), run.start
        for start, end in run.counted:
            nights = start // DAY - (here - 1) // DAY  # none: a lunch break lies between; more than one: days off
            extra = self._extra_day(start // DAY) if start // DAY in self.extra else ""
            apart = one_day or nights > 1 or extra != line.extra or (spans and _paused(here, start, spans))
            if apart or not line.minutes or start == here:
                found += self._as_pieces(line)
                found += self._between(here, start, spans)
                line = _Line(start, end, end - start, extra)
            else:
                line.end, line.minutes, line.joined = end, line.minutes + end - start, True
                line.nights = line.nights or nights == 1
            here = end
        return found + self._as_pieces(line)

    def _as_pieces(self, line: _Line) -> list[_Piece]:
        """The line as it is told; none where nothing was counted."""
        if not line.minutes:
            return []
        kind, why = (StepKind.EXTRA, line.extra) if line.extra else (StepKind.WORK, self.words[StepKind.WORK])
        if line.joined:
            told = _("%(why)s (trừ nghỉ trưa và ngoài giờ)") if line.nights else _("%(why)s (trừ nghỉ trưa)")
            why = told % {"why": why}
        return [_Piece(line.start, line.end, line.minutes, kind, why)]

    def _stretches(self, run: Run, spans: Sequence[Span]) -> list[_Piece]:
        """A limit by the calendar: its days, and the pauses between them."""
        found: list[_Piece] = []
        here = run.start
        for start, end in run.counted:
            found += self._between(here, start, spans)
            found.append(self._by_calendar(start, end, run))
            here = end
        return found

    def _extra_day(self, ordinal: int) -> str:
        return self.calendar.days_worked[date.fromordinal(ordinal)].why()

    def _by_calendar(self, start: int, end: int, run: Run) -> _Piece:
        why = _("%(stage)s theo lịch, tính cả ngày nghỉ") % {"stage": run.stage.in_words()}
        return _Piece(start, end, end - start, StepKind.CALENDAR, why)

    def _rolled(self, raw: int) -> str:
        day = date.fromordinal(raw // DAY)
        off = self.calendar.why_off(day)
        if off is None:
            return _("Hết hạn ngoài giờ làm việc: chuyển sang giờ mở cửa kế tiếp")
        reason = off.special.name if off.special else _("cuối tuần")
        note = _(
            "Hết hạn vào ngày nghỉ, %(reason)s: chuyển sang ngày làm việc kế tiếp "
            "theo khoản 5 Điều 148 Bộ luật Dân sự 2015"
        )
        return note % {"reason": reason}

    def _between(self, start: int, end: int, spans: Sequence[Span]) -> list[_Piece]:
        """A stretch that did not count: pauses as they are, the rest by the calendar."""
        found: list[_Piece] = []
        for span in spans:
            if span.end is None or not _paused(start, end, (span,)):
                continue
            if span.start > start:
                found += self._idle(start, span.start)
                start = span.start
            stop = min(span.end, end)
            found.append(_Piece(start, stop, 0, StepKind.PAUSE, span.pause.why()))
            start = stop
        return found + self._idle(start, end) if start < end else found

    def _idle(self, start: int, end: int) -> list[_Piece]:
        """Nights, lunch breaks and days off; the evening before and the morning after belong to the days off."""
        if (rest := self._plain_rest(start, end)) is not None:
            return [_Piece(start, end, 0, rest, self.words[rest])]
        found: list[_Piece] = []
        for ordinal in range(start // DAY, (end - 1) // DAY + 1):
            low, high = max(start, ordinal * DAY), min(end, (ordinal + 1) * DAY)
            kind, why = self._why_idle(ordinal, low, high)
            days = (ordinal, ordinal) if kind in _OFF else None
            before = found[-1] if found else None
            if before and (kind, why) == (before.kind, before.why):
                days = (before.days_off[0], ordinal) if before.days_off else None
                found[-1] = before._replace(end=high, days_off=days)
            elif before and kind is StepKind.CLOSED and before.kind in _OFF:
                found[-1] = before._replace(end=high)
            elif before and before.kind is StepKind.CLOSED and kind in _OFF:
                found[-1] = before._replace(end=high, kind=kind, why=why, days_off=days)
            else:
                found.append(_Piece(low, high, 0, kind, why, days))
        return found

    def _plain_rest(self, start: int, end: int) -> StepKind | None:
        """A lunch break, or the night between two working days: nearly every stretch of a count is one of these."""
        first, last = start // DAY, (end - 1) // DAY
        opened = self.calendar.windows(first)
        if end <= start or not opened or last - first > 1 or not self.calendar.windows(last):
            return None
        return StepKind.LUNCH if opened[0][1] <= start and end <= opened[-1][0] else StepKind.CLOSED

    def _why_idle(self, ordinal: int, low: int, high: int) -> tuple[StepKind, str]:
        opened = self.calendar.windows(ordinal)
        if opened:
            lunch = opened[0][1] <= low and high <= opened[-1][0]
            kind = StepKind.LUNCH if lunch else StepKind.CLOSED
            return kind, self.words[kind]
        special = self.calendar.days_off.get(date.fromordinal(ordinal))
        return (StepKind.HOLIDAY, special.why()) if special else (StepKind.WEEKEND, self.words[StepKind.WEEKEND])


def _paused(start: int, end: int, spans: Sequence[Span]) -> bool:
    """Whether a pause that has ended lies within the stretch."""
    return any(span.end is not None and span.start < end and span.end > start for span in spans)
