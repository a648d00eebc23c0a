from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motcua.workdays.rules import Limit, Pause, day_cells, due, minutes_between
from motcua.workdays.terms import AfterPause
from tests.workdays import oracle
from tests.workdays.cases import CALENDAR

pytestmark = pytest.mark.slow

START, END = datetime(2026, 8, 17), datetime(2026, 9, 8)
moments = st.datetimes(START, END).map(lambda one: one.replace(microsecond=0))
working_limits = st.one_of(
    st.integers(1, 40).map(lambda number: f"{Decimal(number) / 4}wd"),
    st.integers(1, 60).map(lambda number: f"{number}wh"),
)
any_limits = st.one_of(
    working_limits,
    st.integers(1, 20).map(lambda number: f"{number}cd"),
    st.integers(1, 3).map(lambda number: f"{number}mo"),
    st.lists(working_limits, min_size=2, max_size=4).map(" ".join),
    st.tuples(working_limits, st.just("2cd"), working_limits).map("+".join),
)


@st.composite
def stops(draw: st.DrawFn, *, may_be_open: bool = False) -> list[oracle.Stop]:
    """Up to three pauses, in whole minutes, that do not touch each other."""
    edges = sorted(draw(st.lists(moments.map(lambda one: one.replace(second=0)), max_size=6, unique=True)))
    found: list[oracle.Stop] = [(edges[i], edges[i + 1]) for i in range(0, len(edges) - 1, 2)]
    if may_be_open and found and draw(st.booleans()):
        found[-1] = found[-1][0], None
    return found


def pauses(of: list[oracle.Stop]) -> list[Pause]:
    return [Pause(start, end) for start, end in of]


@settings(max_examples=60, deadline=None)
@given(received=moments, limit=working_limits, stopped=stops(may_be_open=True))
def test_working_time_agrees_with_a_walk_minute_by_minute(
    received: datetime, limit: str, stopped: list[oracle.Stop]
) -> None:
    read = Limit.parse(limit)
    answer = due(received, read, CALENDAR, pauses=pauses(stopped))
    hours = read.hours(Decimal(8))
    assert hours is not None
    assert answer.due == oracle.working_due(received, int(hours * 60), stopped)
    if answer.due is not None:
        assert sum(step.counted_hours for step in answer.steps) == hours


@settings(max_examples=40, deadline=None)
@given(received=moments, days=st.integers(1, 12), stopped=stops(may_be_open=True))
def test_calendar_days_agree_with_a_walk_minute_by_minute(
    received: datetime, days: int, stopped: list[oracle.Stop]
) -> None:
    raw_end = received.replace(second=0) + timedelta(days)
    assume(all(start < raw_end for start, _end in stopped))  # later pauses: see test_deadlines
    answer = due(received, Limit.parse(f"{days}cd"), CALENDAR, pauses=pauses(stopped))
    assert answer.due == oracle.calendar_due(received, days, stopped)


@settings(max_examples=150, deadline=None)
@given(received=moments, limit=any_limits, stopped=stops(may_be_open=True), restart=st.booleans())
def test_the_lines_follow_each_other_and_every_due_moment_lies_in_office_hours_or_at_a_closing(
    received: datetime, limit: str, stopped: list[oracle.Stop], restart: bool
) -> None:
    mode = AfterPause.RESTART if restart else AfterPause.CONTINUE
    answer = due(received, Limit.parse(limit), CALENDAR, pauses=pauses(stopped), after_pause=mode)
    assert answer.steps[0].start == answer.received
    assert answer.steps[-1].end == answer.due
    for before, after in zip(answer.steps, answer.steps[1:], strict=False):
        assert before.end == after.start
    assert all(step.counted_hours >= 0 and step.why for step in answer.steps)
    assert all(step.end is None or step.start < step.end for step in answer.steps)
    total = answer.limit.hours(Decimal(8))
    if answer.due is not None:
        assert CALENDAR.is_working_day(answer.due.date())
        naive = answer.due.replace(tzinfo=None)
        assert oracle.is_open(naive) or naive.time() in (time(11, 30), time(17))
        assert total is None or sum(step.counted_hours for step in answer.steps) == total
        assert answer.due >= answer.original
    cells = day_cells(answer, CALENDAR, now=received + timedelta(days=3))
    for cell in cells:
        assert not cell.segments or sum(part.width for part in cell.segments) == 100


@settings(max_examples=100, deadline=None)
@given(received=moments, later=st.timedeltas(timedelta(0), timedelta(days=9)), limit=any_limits, stopped=stops())
def test_a_later_receipt_never_gives_an_earlier_due_moment(
    received: datetime, later: timedelta, limit: str, stopped: list[oracle.Stop]
) -> None:
    if "mo" in limit:  # 31/8 and 24/8 both end in September: months are of unequal length, so a pause may overtake
        stopped = []
    read = Limit.parse(limit)
    first = due(received, read, CALENDAR, pauses=pauses(stopped)).due
    second = due(received + later, read, CALENDAR, pauses=pauses(stopped)).due
    assert first is not None
    assert second is not None
    assert first <= second


@settings(max_examples=100, deadline=None)
@given(received=moments, limit=any_limits, stopped=stops(), still=moments, restart=st.booleans())
def test_a_pause_of_no_length_changes_nothing(
    received: datetime, limit: str, stopped: list[oracle.Stop], still: datetime, restart: bool
) -> None:
    mode = AfterPause.RESTART if restart else AfterPause.CONTINUE
    read = Limit.parse(limit)
    with_it = due(received, read, CALENDAR, pauses=[*pauses(stopped), Pause(still, still)], after_pause=mode)
    assert with_it == due(received, read, CALENDAR, pauses=pauses(stopped), after_pause=mode)


@settings(max_examples=60, deadline=None)
@given(start=moments, end=moments)
def test_working_minutes_between_two_moments_agree_with_a_walk(start: datetime, end: datetime) -> None:
    start, end = start.replace(second=0), end.replace(second=0)
    walked, moment = 0, start
    while moment < end:
        walked += oracle.is_open(moment)
        moment += oracle.MINUTE
    assert minutes_between(start, end, CALENDAR) == walked
