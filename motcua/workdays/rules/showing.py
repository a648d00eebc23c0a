"""Showing: the chip, the summary in words and the day calendar of a due date. Values only; templates draw them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from motcua.base.clock import local
from motcua.workdays.rules.calendars import DAY, OfficeCalendar
from motcua.workdays.rules.counting import minutes_between, to_minute, working_days_between
from motcua.workdays.rules.deadlines import Due
from motcua.workdays.rules.explaining import Step
from motcua.workdays.rules.outcomes import late_before, outcome_of
from motcua.workdays.terms import AfterPause, DayLook, Outcome, SegmentKind, StepKind, Urgency, _, ngettext

_NEAR = 8 * 60
_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_LONG_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_MOST_CELLS = 400
_LATE_CELLS = 31
_USED = (StepKind.WORK, StepKind.EXTRA, StepKind.CALENDAR, StepKind.EXTENDED, StepKind.KEPT)


class Remaining(NamedTuple):
    """What the due chip says: its kind, its words, and the working minutes left (negative words never)."""

    kind: Urgency
    words: str
    minutes: int


def remaining(
    now: datetime,
    due: datetime | None,
    calendar: OfficeCalendar,
    *,
    finished: datetime | None = None,
    received: datetime | None = None,
) -> Remaining:
    """The due chip in working time. No due moment means that the clock stands still; late is told by dates, what is
    finished as was decided for the day it was `received`."""
    if due is None:
        return Remaining(
            Urgency.DONE if finished else Urgency.PAUSED, _("Đã xong") if finished else _("Đồng hồ dừng"), 0
        )
    if finished is not None:
        return Remaining(Urgency.DONE, _finished_in_words(finished, due, calendar, received or due), 0)
    if due < late_before(now):
        return Remaining(Urgency.LATE, _late_in_words(_days_late(due, now, calendar)), 0)
    minutes = minutes_between(now, due, calendar)
    if local(now) >= local(due):
        return Remaining(Urgency.NEAR, _("Hẹn hôm nay"), 0)
    if minutes <= _NEAR:
        return Remaining(Urgency.NEAR, _near_in_words(minutes), minutes)
    per_day = int(calendar.hours_per_day(local(now).date()) * 60)
    days = max(1, minutes // per_day)
    return Remaining(Urgency.IN, ngettext("Còn %(days)d ngày", "Còn %(days)d ngày", days) % {"days": days}, minutes)


def _late_in_words(days: int) -> str:
    return ngettext("Trễ %(days)d ngày", "Trễ %(days)d ngày", days) % {"days": days}


def _days_late(due: datetime, now: datetime, calendar: OfficeCalendar) -> int:
    """Late on a day off before the next working day is late by one day already."""
    return max(1, working_days_between(local(due).date(), local(now).date(), calendar))


def _finished_in_words(finished: datetime, due: datetime, calendar: OfficeCalendar, received: datetime) -> str:
    match outcome_of(finished, due, calendar, received=received):
        case Outcome.LATE if local(finished).date() == local(due).date():
            return _("Xong trễ, cùng ngày hẹn")
        case Outcome.LATE:
            days = _days_late(due, finished, calendar)
            return ngettext("Xong trễ %(days)d ngày", "Xong trễ %(days)d ngày", days) % {"days": days}
        case Outcome.EARLY:
            days = max(1, working_days_between(local(finished).date(), local(due).date(), calendar))
            return ngettext("Xong sớm %(days)d ngày", "Xong sớm %(days)d ngày", days) % {"days": days}
        case _:
            return _("Xong đúng hẹn")


def _near_in_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return _("Sắp đến hẹn")
    if not hours:
        return ngettext("Còn %(minutes)d phút", "Còn %(minutes)d phút", rest) % {"minutes": rest}
    if hours < 3 and rest:
        return _("Còn %(hours)d giờ %(minutes)d") % {"hours": hours, "minutes": rest}
    return ngettext("Còn %(hours)d giờ", "Còn %(hours)d giờ", hours) % {"hours": hours}


def moment_in_words(moment: datetime) -> str:
    """ "09:42, thứ Năm 26/11/2026"."""
    here = local(moment)
    return f"{here:%H:%M}, {_(_LONG_WEEKDAYS[here.weekday()])} {here:%d/%m/%Y}"


def duration_in_words(minutes: int, minutes_per_day: int) -> str:
    """ "3 ngày 2 giờ"; minutes only where there are no whole days."""
    days, rest = divmod(minutes, minutes_per_day)
    hours, left = divmod(rest, 60)
    parts = [ngettext("%(number)d ngày", "%(number)d ngày", days) % {"number": days}] if days else []
    if hours:
        parts.append(ngettext("%(number)d giờ", "%(number)d giờ", hours) % {"number": hours})
    if left and not days:
        parts.append(ngettext("%(number)d phút", "%(number)d phút", left) % {"number": left})
    return " ".join(parts) or _("dưới 1 giờ")


def sentence(due: Due) -> str:
    """Two sentences under the date: the limit, and what moved the date. Page, slip, QR page and API say the same."""
    first = _("Thời hạn %(limit)s.") % {"limit": due.limit.in_words()}
    if due.extension is not None and due.due is not None:
        words = {"old": f"{due.original:%d/%m}", "new": f"{due.due:%d/%m}", "reason": due.extension.reason}
        if not due.extension.reason:
            return f"{first} " + _("Ngày hẹn đã dời từ %(old)s sang %(new)s theo phiếu xin lỗi.") % words
        return f"{first} " + _("Ngày hẹn đã dời từ %(old)s sang %(new)s theo phiếu xin lỗi: %(reason)s.") % words
    if due.kept and due.due is not None:
        words = {"due": moment_in_words(due.due)}
        return f"{first} " + _("Lịch làm việc đã đổi; ngày hẹn ghi trên giấy vẫn giữ: %(due)s.") % words
    if due.pauses:
        return f"{first} {_pause_sentence(due)}"
    off, made_up = _days_off_in_words(due.steps), _make_up_days_in_words(due.steps)
    begun = due.steps[0].end if due.steps[0].kind is StepKind.CUTOFF else None
    words = {"from": moment_in_words(begun or due.received), "due": moment_in_words(due.original)}
    words |= {"off": off, "extra": made_up}
    if off and made_up:
        text = _("Tính từ %(from)s, không tính %(off)s, có tính ngày làm bù %(extra)s, nên hẹn trả %(due)s.")
        return f"{first} " + text % words
    if made_up:
        return f"{first} " + _("Tính từ %(from)s, có tính ngày làm bù %(extra)s, nên hẹn trả %(due)s.") % words
    if off:
        return f"{first} " + _("Tính từ %(from)s, không tính %(off)s, nên hẹn trả %(due)s.") % words
    return f"{first} " + _("Tính từ %(from)s, nên hẹn trả %(due)s.") % words


def _pause_sentence(due: Due) -> str:
    last = due.pauses[-1]
    words = {"why": _pauses_in_words(due), "old": f"{due.original:%d/%m}"}
    if due.passed is not None:
        words |= {"from": moment_in_words(last.start), "old": moment_in_words(due.passed)}
        text = _("Đồng hồ đang dừng từ %(from)s %(why)s. Lúc đó đã tính đủ thời hạn, nên ngày hẹn vẫn là %(old)s.")
        return text % words
    if due.due is None:
        start = _("Đồng hồ đang dừng từ %(from)s %(why)s; ngày hẹn sẽ tính lại khi đồng hồ chạy tiếp.")
        return start % (words | {"from": moment_in_words(last.start)})
    words["new"] = f"{due.due:%d/%m}"
    if due.after_pause is AfterPause.RESTART and last.end is not None:
        text = _(
            "Thời hạn tính lại từ đầu từ %(from)s, sau khi dừng %(why)s, nên ngày hẹn dời từ %(old)s sang %(new)s."
        )
        return text % (words | {"from": moment_in_words(last.end)})
    per_day = int(due.hours_per_day * 60) if due.limit.in_working_time else DAY
    words["length"] = duration_in_words(due.paused_minutes, per_day)
    if words["old"] == words["new"]:
        return _("Đồng hồ đã dừng %(length)s %(why)s; ngày hẹn vẫn là %(new)s.") % words
    return _("Đồng hồ đã dừng %(length)s %(why)s, nên ngày hẹn dời từ %(old)s sang %(new)s.") % words


def _pauses_in_words(due: Due) -> str:
    reasons = list(dict.fromkeys(_lowered(pause.reason.rstrip(". ")) or _("chờ bổ sung hồ sơ") for pause in due.pauses))
    meanwhile = all(reason.startswith(_("chờ")) for reason in reasons)
    return (_("trong lúc %(reasons)s") if meanwhile else _("vì %(reasons)s")) % {"reasons": "; ".join(reasons)}


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _days_off_in_words(steps: Iterable[Step]) -> str:
    names = dict.fromkeys(_lowered(step.why) for step in steps if step.kind in (StepKind.WEEKEND, StepKind.HOLIDAY))
    return _(" và ").join(filter(None, [", ".join(list(names)[:-1]), *list(names)[-1:]]))


def _make_up_days_in_words(steps: Iterable[Step]) -> str:
    """ "22/08", "10/01 và 22/08": the days of rest on which people worked, so that time was counted."""
    worked: dict[date, None] = {}
    for step in steps:
        if step.kind is StepKind.EXTRA and step.end is not None:
            first, last = step.start.date().toordinal(), step.end.date().toordinal()
            worked |= dict.fromkeys(date.fromordinal(number) for number in range(first, last + 1))
    names = [f"{day:%d/%m}" for day in worked]
    return _(" và ").join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


class Segment(NamedTuple):
    """A part of a day's bar, in hundredths of its open hours; the kind is the class of the SVG rectangle."""

    kind: SegmentKind
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the day calendar."""

    date: date
    weekday_word: str
    kind: DayLook
    off_word: str = ""
    segments: tuple[Segment, ...] = ()
    note: str = ""
    is_today: bool = False
    is_due: bool = False


def day_cells(due: Due, calendar: OfficeCalendar, *, now: datetime, whole_weeks: bool = False) -> list[DayCell]:
    """The days from receipt to due date (or to today, while the clock stands or the date is past).

    `whole_weeks` fills up to Monday and Sunday, for the calendar in seven columns.
    """
    today, first = local(now).date(), due.received.date()
    last = max(due.due.date(), min(today, due.due.date() + timedelta(_LATE_CELLS))) if due.due else max(today, first)
    if due.due is None:
        last = max(last, local(due.steps[-1].start).date())
    low, high = first, min(last, first + timedelta(_MOST_CELLS))
    if whole_weeks:
        low -= timedelta(low.weekday())
        high += timedelta(6 - high.weekday())
    days = (date.fromordinal(number) for number in range(low.toordinal(), high.toordinal() + 1))
    return [_cell(day, due, calendar, now, out=not first <= day <= last) for day in days]


def _cell(day: date, due: Due, calendar: OfficeCalendar, now: datetime, *, out: bool) -> DayCell:
    is_today, is_due = day == local(now).date(), due.due is not None and day == due.due.date()
    off, extra = calendar.why_off(day), calendar.extra_day(day)
    look, word = DayLook.WORK, ""
    if off is not None:
        look = DayLook.HOLIDAY if off.special else DayLook.OFF
        word = _("nghỉ") if off.special is None else _("Tết") if "Tết" in off.special.name else _("lễ")
    elif out:
        look = DayLook.OUT
    elif extra is not None:
        look = DayLook.EXTRA
    notes = [(is_due, _("hẹn trả")), (is_today, _("hôm nay")), (day == due.received.date(), _("nhận"))]
    note = next((text for holds, text in notes if holds), _("làm bù") if look is DayLook.EXTRA else "")
    segments = () if off is not None or out else _segments(day, due, calendar, to_minute(now))
    return DayCell(day, _(_WEEKDAYS[day.weekday()]), look, word, segments, note, is_today, is_due)


def _segments(day: date, due: Due, calendar: OfficeCalendar, now: int) -> tuple[Segment, ...]:
    """The open hours of the day, cut where the lines of the count and the present moment cut them."""
    opened = calendar.windows(day.toordinal())
    length = sum(close - begin for begin, close in opened)
    parts: list[tuple[SegmentKind, int]] = []
    for begin, close in opened:
        cuts = {begin, close, now}
        lines = [(to_minute(step.start), to_minute(step.end) if step.end else None, step.kind) for step in due.steps]
        for start, end, _kind in lines:
            cuts |= {start, close if end is None else end}
        edges = sorted(cut for cut in cuts if begin <= cut <= close)
        for low, high in pairwise(edges):
            inside = (kind for start, end, kind in lines if start <= low and (end is None or high <= end))
            parts.append((_look(next(inside, None), past=high <= now), high - low))
    return _scaled(parts, length)


def _look(kind: StepKind | None, *, past: bool) -> SegmentKind:
    if kind is StepKind.PAUSE:
        return SegmentKind.WAIT if past else SegmentKind.NONE
    if kind in _USED:
        return SegmentKind.USED if past else SegmentKind.REST
    return SegmentKind.NONE


def _scaled(parts: list[tuple[SegmentKind, int]], length: int) -> tuple[Segment, ...]:
    """Neighbours alike become one; widths add up to a hundred exactly."""
    found: list[Segment] = []
    done = 0
    for kind, minutes in parts:
        x, done = round(done * 100 / length), done + minutes
        width = round(done * 100 / length) - x
        if found and found[-1].kind is kind:
            found[-1] = found[-1]._replace(width=found[-1].width + width)
        elif width:
            found.append(Segment(kind, x, width))
    return tuple(found)
