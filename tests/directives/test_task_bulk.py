"""Histories written in bulk are the rows, the days and the chains that the actions would have written."""

from datetime import date, timedelta

import pytest
from django.db import models

from motcua.base.models import Entry
from motcua.base.verify import verify_journal
from motcua.directives import actions
from motcua.directives.actions import TaskIn, bulk
from motcua.directives.actions.bulk import Act, History
from motcua.directives.models import ClosedTally, Coordination, Extension, Note, Report, Task, TaskSpan, TaskText
from tests.directives import make_tasks as make

pytestmark = pytest.mark.django_db
MODELS: tuple[type[models.Model], ...] = (TaskText, Coordination, TaskSpan, Note, Report, Extension)
OWN = {"id", "task_id", "code", "search"}


def histories(world: make.World) -> list[History]:
    """Every verb at least once."""
    day, lead, giver, boss = timedelta(days=1), world.finance.leader, world.office.specialist, world.chairman
    doer = world.finance.specialist
    start = make.DAY

    def at(days: int):
        return start + days * day

    def one(title: str, *acts: Act, **more) -> History:
        values = {"title": title, "lead": world.finance.agency, "due_on": date(2026, 10, 31), **more}
        return History(world.root, TaskIn(**values), giver, start, acts)

    accepted = Act("accept", lead, at(1), {"assignee": doer.id})
    return [
        one("Chưa ai nhận", partners=(world.interior.agency,), product="Báo cáo", about="x.y:1"),
        one("Từ chối", Act("refuse", lead, at(1), {"reason": "Không đúng."})),
        one(
            "Giao lại",
            Act("refuse", lead, at(1), {"reason": "Không đúng."}),
            Act("reassign", giver, at(2), {"lead": world.interior.agency, "reason": "Đúng nơi."}),
            partners=(world.interior.agency, world.ba_to.agency),
        ),
        one(
            "Xong",
            accepted,
            Act("update_progress", doer, at(3), {"progress": 50, "text": "Một nửa."}),
            Act("report", doer, at(4), {"text": "Xong.", "result_number": "1/BC"}),
            Act("send_back", giver, at(5), {"reason": "Thiếu."}),
            Act("report", doer, at(6), {"text": "Đủ.", "result_number": "2/BC"}),
            Act("confirm", giver, at(6), {"opinion": "Đạt."}),
        ),
        one(
            "Gia hạn",
            accepted,
            Act("ask_extension", lead, at(2), {"wanted_on": date(2026, 11, 9), "reason": "Chờ."}),
            Act("deny_extension", boss, at(3), {"reason": "Gấp."}),
            Act("ask_extension", lead, at(4), {"wanted_on": date(2026, 11, 9), "reason": "Chờ thật."}),
            Act("grant_extension", boss, at(5), {"opinion": "Được."}),
            Act("ask_extension", lead, at(6), {"wanted_on": date(2026, 11, 19), "reason": "Nữa."}),
            Act("suspend", boss, at(7), {"reason": "Chờ."}),
            Act("resume", boss, at(8), {"due_on": date(2026, 12, 1)}),
        ),
        one("Thu hồi", accepted, Act("cancel", boss, at(9), {"reason": "Trùng."})),
    ]


def seen(tasks: list[Task]) -> list[dict[str, object]]:
    """All that is stored of the tasks, without the keys."""
    found = []
    for task in tasks:
        rows: dict[str, object] = {"task": plain(task)}
        for model in MODELS:
            kept = model._default_manager.filter(task=task).order_by("pk")
            rows[model.__name__] = [plain(one) for one in kept]
        rows["journal"] = [
            (one.seq, one.name, one.at, one.by, without_keys(one.facts))
            for one in Entry.objects.filter(stream=task.stream).order_by("seq")
        ]
        found.append(rows)
    return found


def plain(row: models.Model) -> dict[str, object]:
    values = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    return {name: value for name, value in values.items() if name not in OWN}


def without_keys(facts: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if name not in ("task", "code", "report", "extension")}


def test_bulk_writes_what_the_actions_write():
    world = make.world()
    wanted = histories(world)
    by_actions = []
    for one in wanted:
        task = actions.give(one.wish, by=one.by, at=one.at)
        for act in one.acts:
            getattr(actions, act.verb)(task, by=act.by, at=act.at, **act.values)
        by_actions.append(task)
    keys = bulk.write(wanted)
    for task in by_actions:
        task.refresh_from_db()
    in_bulk = [Task.objects.get(pk=key) for key in keys]
    for one, other in zip(seen(by_actions), seen(in_bulk), strict=True):
        assert one == other
    assert verify_journal().ok
    tally = list(ClosedTally.objects.order_by("pk").values_list("in_time", "late", "cancelled"))
    assert [sum(column) for column in zip(*tally, strict=True)] == [2, 0, 2]
