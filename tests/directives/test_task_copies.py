"""Copies of histories are what the histories would have been on their days: rows, days, chains, tallies."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.base.models import Entry
from motcua.base.verify import verify_journal
from motcua.directives.actions import bulk
from motcua.directives.actions.bulk import Act, History
from motcua.directives.actions.tallying import recount_closed
from motcua.directives.models import ClosedTally, ClosingTally, Task
from motcua.directives.terms import GivenBy
from tests.directives import make_tasks as make
from tests.directives.test_task_bulk import histories, seen

pytestmark = pytest.mark.django_db


def tallies() -> list[tuple[object, ...]]:
    return [
        *ClosedTally.objects.order_by("lead", "month", "field").values_list(
            "lead", "month", "in_time", "late", "cancelled"
        ),
        *ClosingTally.objects.order_by("grain", "since", "lead").values_list(
            "grain", "since", "lead", "in_time", "late", "cancelled"
        ),
    ]


def test_a_copy_is_its_history_as_far_as_it_had_come():
    world = make.world()
    now = make.DAY + timedelta(days=5, hours=1)
    told = histories(world)
    so_far = [replace(one, acts=tuple(act for act in one.acts if act.at < now)) for one in told]
    assert so_far != told
    by_hand = [Task.objects.get(pk=key) for key in bulk.write(so_far)]
    counted, last = tallies(), Task.objects.order_by("pk").last()
    assert last is not None
    written = bulk.write_copies(told, len(told), days=0, now=now)
    copies = list(Task.objects.filter(pk__gt=last.pk).order_by("title"))
    for one, other in zip(seen(sorted(by_hand, key=lambda one: one.title)), seen(copies), strict=True):
        assert one == other
    assert written == Entry.objects.filter(stream__in=[one.stream for one in copies]).count()
    assert [one.search for one in copies] == [f"{one.code.lower()} {words(one, by_hand)}" for one in copies]
    assert verify_journal().ok
    assert [row[-3:] for row in tallies()] == [tuple(2 * one for one in row[-3:]) for row in counted]


def words(copy: Task, told: list[Task]) -> str:
    """What stands behind the code in the words of the same task told by hand."""
    return next(one.search.split(" ", 1)[1] for one in told if one.title == copy.title)


def test_copies_move_to_earlier_days_and_say_who_gave_them():
    world = make.world()
    lead, doer, giver, day = world.finance.leader, world.finance.specialist, world.office.specialist, timedelta(days=1)
    wish = make.TaskIn(title="Việc", lead=world.finance.agency, due_on=(make.DAY + 30 * day).date())
    acts = (
        Act("accept", lead, make.DAY + day, {"assignee": doer.id}),
        Act("report", doer, make.DAY + 9 * day, {"text": "Xong.", "result_number": "1/BC"}),
        Act("confirm", world.chairman, make.DAY + 11 * day, {}),
    )
    givers = [GivenBy.CHAIR, GivenBy.PRIME_MINISTER]
    history = History(world.root, wish, giver, make.DAY, acts)
    bulk.write_copies([history], 60, days=40, now=make.DAY, givers=givers)
    tasks = list(Task.objects.order_by("pk"))
    assert len({one.given_on for one in tasks}) > 10
    assert [one.given_on for one in tasks] == sorted(one.given_on for one in tasks)
    assert {one.given_by for one in tasks} == {str(one) for one in givers}
    assert {one.status for one in tasks} == {"done", "doing", "reported", "assigned"} - (
        set() if any(one.status == "assigned" for one in tasks) else {"assigned"}
    )
    for one in tasks:
        gone = (make.DAY.date() - one.given_on).days
        assert one.due_on == one.given_on + timedelta(days=30)
        assert (one.closed_on is not None) == (gone > 11)
        assert one.code.endswith(f"{one.pk:06d}")
    kept = tallies()
    assert sum(row[-3] for row in kept if row[0] == "ever") == sum(one.closed_on is not None for one in tasks)
    recount_closed()
    assert tallies() == kept
    assert verify_journal().ok
