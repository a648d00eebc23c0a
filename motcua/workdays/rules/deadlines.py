"""Deadlines: one pure function from receipt, limit and calendar to a due moment that explains itself.

Decided where the law is silent: a moment equal to a closing (11:30, 17:00) is outside office hours, because windows are
half-open; a count may nevertheless be reached exactly then. A pause that begins when the count has already been
reached moves nothing: what is late stays late. As long as it is open there is no due moment, as in every open pause.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from motcua.base.errors import Refused
from motcua.workdays.rules import counting
from motcua.workdays.rules.calendars import DAY, OfficeCalendar
from motcua.workdays.rules.counting import Pause, Run, Span, to_minute, to_moment
from motcua.workdays.rules.explaining import Explanation, Step
from motcua.workdays.rules.limits import Limit
from motcua.workdays.terms import AfterPause, _


@dataclass(frozen=True, slots=True)
class RuleSet:
    """How receipt becomes the start of the count. Clock times are minutes of the day."""

    name: str
    after_pause: AfterPause = AfterPause.CONTINUE
    evening: int | None = None
    """Received from this moment of the day on, or on a day off: `morning` of the next working day."""
    morning: int = 0
    last_minutes: int = 0
    """Received within so many minutes before closing: the next working day."""

    def begin(self, received: int, calendar: OfficeCalendar) -> tuple[int, str]:
        """The moment from which the count looks for open hours, and why it is not the receipt itself."""
        if self.evening is None:
            return received, ""
        ordinal = received // DAY
        opened = calendar.windows(ordinal)
        if not opened or received >= ordinal * DAY + self.evening:
            why = _(
                "Tiếp nhận sau 17:00 hoặc vào ngày nghỉ: tính từ 08:00 ngày làm việc kế tiếp "
                "(khoản 5 Điều 3 Nghị định 297/2025/NĐ-CP)"
            )
            return calendar.opening(calendar.next_working_day(ordinal) * DAY + self.morning), why
        if received >= opened[-1][1] - self.last_minutes:
            why = _(
                "Tiếp nhận trong giờ cuối của ngày: tính từ ngày làm việc kế tiếp "
                "(khoản 3 Điều 6 Nghị định 297/2025/NĐ-CP)"
            )
            return calendar.opening(calendar.next_working_day(ordinal) * DAY), why
        return received, ""


STANDARD = RuleSet("standard")
ND297 = RuleSet("nd297", AfterPause.RESTART, evening=17 * 60, morning=8 * 60, last_minutes=60)
"""Cut-offs of Nghị định 297/2025/NĐ-CP (articles 3.5, 6.3, 6.4a), for the procedures that name it only."""
RULE_SETS = MappingProxyType({rules.name: rules for rules in (STANDARD, ND297)})


def rule_set(name: str) -> RuleSet:
    """The rule set of that name; empty means the standard one."""
    found = RULE_SETS.get(name or STANDARD.name)
    if found is None:
        raise Refused(
            _("Không có bộ quy tắc “%(name)s”; chọn một trong: %(known)s.")
            % {"name": name[:40], "known": ", ".join(RULE_SETS)}
        )
    return found


@dataclass(frozen=True, slots=True)
class Extension:
    """The one new date of the apology slip (M04): replaces the due moment from `at` on."""

    new_due: datetime
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A due moment and how it came about; `due` is None while a pause is open, `original` is the promise at receipt."""

    due: datetime | None
    original: datetime
    steps: tuple[Step, ...]
    counted_hours: Decimal
    limit: Limit
    received: datetime
    paused_minutes: int = 0
    """Working minutes (calendar minutes, for calendar limits) during which the clock stood still."""
    pauses: tuple[Pause, ...] = ()
    after_pause: AfterPause = AfterPause.CONTINUE
    hours_per_day: Decimal = Decimal(8)
    extension: Extension | None = None
    calendar: str = ""
    rules: str = STANDARD.name
    kept: bool = False
    """The calendar of today would make it due earlier than was promised in writing; the promise stays."""
    passed: datetime | None = None
    """Reached before the open pause began: in force again, unmoved, when the pause ends."""


def clock_start(received: datetime, calendar: OfficeCalendar, rules: RuleSet = STANDARD) -> datetime:
    """The moment from which working hours are counted."""
    return to_moment(calendar.opening(rules.begin(to_minute(received), calendar)[0]))


def due(
    received: datetime,
    limit: Limit,
    calendar: OfficeCalendar,
    *,
    pauses: Iterable[Pause] = (),
    extensions: Sequence[Extension] = (),
    rules: RuleSet = STANDARD,
    after_pause: AfterPause | None = None,
    promised: datetime | None = None,
) -> Due:
    """When the result is due, line by line. `after_pause` overrides what the rule set says about supplements.

    `promised` is the moment the applicant holds in writing: a calendar that changed since then may move it later, for days
    off do not count by law, and never brings it forward.
    """
    receipt = to_minute(received)
    moment = to_moment(receipt)
    per_day = calendar.hours_per_day(moment.date())
    spans = counting.spans_of(pauses, receipt)
    extension = max(extensions, key=lambda one: one.at, default=None)
    count = _Count(receipt, limit, calendar, spans, per_day, rules, after_pause or rules.after_pause, extension)
    count.make()
    kept = count.keep(promised)
    count.stand_still()
    original = count.reached if not count.used else count.plain_end(receipt)
    assert original is not None
    return Due(
        due=None if count.final is None else to_moment(count.final),
        original=to_moment(original),
        steps=count.story.steps(limit, per_day, finished=count.reached is not None),
        counted_hours=count.story.counted_hours,
        limit=limit,
        received=moment,
        paused_minutes=sum(count.length(span) for span in count.used),
        pauses=tuple(span.pause for span in count.used),
        after_pause=count.after_pause,
        hours_per_day=per_day,
        extension=count.extension,
        calendar=calendar.version,
        rules=rules.name,
        kept=kept,
        passed=None if count.passed is None else to_moment(count.passed),
    )


@dataclass
class _Count:
    """One computation: `reached` is where the count ends, `final` the due moment with the extension."""

    receipt: int
    limit: Limit
    calendar: OfficeCalendar
    spans: list[Span]
    per_day: Decimal
    rules: RuleSet
    after_pause: AfterPause
    extension: Extension | None

    def make(self) -> None:
        self.story = Explanation(self.calendar)
        self.used: list[Span] = []
        self.passed: int | None = None
        if self.after_pause is AfterPause.RESTART:
            self._restart()
        else:
            self._continue()
        self._extend()

    def plain_end(self, receipt: int) -> int | None:
        """Where the count would end without any pause."""
        begin = self.rules.begin(receipt, self.calendar)[0]
        return counting.count(begin, self.limit, self.calendar, (), self.per_day)[-1].end

    def length(self, span: Span) -> int:
        if span.end is None:
            return 0
        if self.limit.in_working_time:
            return counting.open_minutes(span.start, span.end, self.calendar)
        return span.end - span.start

    def _tell(self, receipt: int, spans: Sequence[Span]) -> list[Run]:
        begin, why = self.rules.begin(receipt, self.calendar)
        self.story.cutoff(receipt, begin, why)
        runs = counting.count(begin, self.limit, self.calendar, spans, self.per_day)
        for number, run in enumerate(runs, 1):
            self.story.run(run, spans, stage=number if len(self.limit.stages) > 1 else 0)
        return runs

    def _continue(self) -> None:
        self.reached = self._tell(self.receipt, self.spans)[-1].end
        self.used = [span for span in self.spans if self.reached is None or span.start < self.reached]

    def _restart(self) -> None:
        """After each supplement the whole limit is counted afresh, as if the complete dossier had just come in."""
        receipt = self.receipt
        for span in self.spans:
            end = self.plain_end(receipt)
            assert end is not None
            if self._limit_of_effect(end, span) <= span.start:
                break
            self.used.append(span)
            self.story.dropped(receipt, span)
            if span.end is None:
                self.reached = None
                return
            receipt = span.end
        self.reached = self._tell(receipt, ())[-1].end

    def _limit_of_effect(self, end: int, span: Span) -> int:
        extended = self.extension and to_minute(self.extension.at) <= span.start
        return max(end, to_minute(self.extension.new_due)) if self.extension and extended else end

    def _extend(self) -> None:
        """The new date replaces the counted one; a later pause moves it again; a later restart puts it out of force."""
        self.final = self.reached
        if self.extension is None or self.reached is None:
            return
        at = to_minute(self.extension.at)
        later = [span for span in self.spans if span.start >= at]
        if self.after_pause is AfterPause.RESTART and any(span in self.used for span in later):
            self.extension = None
            return
        new, shown = to_minute(self.extension.new_due), self.used[:]
        for span in later:
            if span.start >= new:
                break
            if span not in self.used:
                self.used.append(span)
            if span.end is None:
                self.final = None
                self.story.extended(self.reached, span.start, self.extension.reason, later)
                return
            new = self._moved(new, span.start, span.end)
        new = self.final = self._on_a_working_day(new)
        self.story.extended(self.reached, new, self.extension.reason, [span for span in later if span not in shown])

    def stand_still(self) -> None:
        """An open pause that began when the count had been reached: no due moment until it ends, and then the old one."""
        open_one = self.spans[-1] if self.spans and self.spans[-1].end is None else None
        if open_one is None or self.final is None:
            return
        self.story.stopped_late(self.final, open_one)
        self.used.append(open_one)
        self.passed, self.final = self.final, None

    def keep(self, promised: datetime | None) -> bool:
        """The promise in writing stays where the count would now end before it; an apology has its own date."""
        if promised is None or self.final is None or self.extension is not None or to_minute(promised) <= self.final:
            return False
        kept = self._on_a_working_day(to_minute(promised))
        self.story.kept(self.final, kept)
        self.final = kept
        return True

    def _on_a_working_day(self, moment: int) -> int:
        """A given date on which, as was decided later, nobody works: the next opening (Bộ luật Dân sự, điều 148)."""
        return moment if self.calendar.windows(moment // DAY) else self.calendar.opening(moment)

    def _moved(self, new: int, start: int, end: int) -> int:
        if not self.limit.in_working_time:
            return self.calendar.opening(new + end - start)
        rest = counting.open_minutes(start, new, self.calendar)
        if not rest:
            return max(new, self.calendar.opening(end))
        moved = counting.count_open(end, rest, self.calendar)[1]
        assert moved is not None
        return moved
