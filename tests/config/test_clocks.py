"""What the job worker does by the clock comes as often as its docstring says: cron's sixth field is the second, not its first."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicTask

NAMES = {
    "motcua.base.jobs.answer_events": 2,
    "motcua.measures.jobs.fold_news": 5,
    "motcua.notifications.jobs.deliver_due": 5,
    "motcua.base.jobs.sign_checkpoint": 60,
}


def clocks() -> Iterator[PeriodicTask]:
    yield from app.periodic_registry.periodic_tasks.values()


def runs(task: PeriodicTask, count: int) -> list[float]:
    iterator = task.croniter
    iterator.set_current(start_time=datetime(2026, 3, 2, 0, 0, tzinfo=ZoneInfo("UTC")).timestamp())
    return [iterator.get_next(ret_type=float) for _ in range(count)]


@pytest.mark.parametrize(("name", "seconds"), NAMES.items())
def test_what_never_rests_comes_evenly_through_the_whole_hour(name: str, seconds: int) -> None:
    [task] = [one for one in clocks() if one.task.name == name]
    moments = runs(task, 3600 // seconds)
    assert {later - earlier for earlier, later in pairwise(moments)} == {seconds}


def test_everything_else_comes_once_a_day_or_once_a_week() -> None:
    others = [one for one in clocks() if one.task.name not in NAMES]
    assert len(others) >= 9
    for task in others:
        first, second = runs(task, 2)
        assert second - first in (86_400, 7 * 86_400), task.task.name


def test_what_is_said_to_be_done_at_night_does_not_meet_the_morning_at_the_counters() -> None:
    """The clock of cron is UTC, seven hours behind the offices."""
    said = {one.task.name: (one.task.func.__doc__ or "", one) for one in clocks()}
    nightly = [one for doc, one in said.values() if doc.startswith(("Each night", "Nightly"))]
    assert len(nightly) >= 5
    for task in nightly:
        assert datetime.fromtimestamp(runs(task, 1)[0], ZoneInfo("Asia/Ho_Chi_Minh")).hour < 5, task.task.name
