"""Giao – hoàn thành – chưa, as of any day: equal to its lists, to its lines, and to the journal read from the beginning."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actors import SYSTEM
from motcua.base.clock import VIET_NAM, day_of
from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.directives import actions, queries, rules
from motcua.directives.actions.tallying import recount_closed
from motcua.directives.models import Task, TaskSpan
from motcua.directives.terms import COUNTED, Field, GivenBy, GroupBy, Kind, Standing, Status
from tests.directives import make_tasks as make

pytestmark = pytest.mark.django_db
BEGIN = date(2026, 8, 3)
DAYS = 90
TODAY = datetime(2026, 11, 10, 9, tzinfo=VIET_NAM)


def live(world: make.World, random: Random, count: int) -> None:
    """Tasks that live for some weeks through the real actions, day by day."""
    tasks: list[Task] = []
    for day in range(DAYS):
        at = datetime(BEGIN.year, BEGIN.month, BEGIN.day, 8, tzinfo=VIET_NAM) + timedelta(days=day)
        if len(tasks) < count and random.random() < 0.8:
            dated = random.random() < 0.85
            tasks.append(
                make.given(
                    world,
                    when=at,
                    lead=random.choice([world.finance, world.interior, world.ba_to]),
                    kind=Kind.DATED if dated else Kind.OPEN_ENDED,
                    due_on=at.date() + timedelta(days=random.randint(0, 25)) if dated else None,
                    field=random.choice([Field.FINANCE, Field.LAND]),
                    given_by=random.choice([GivenBy.CHAIR, GivenBy.VICE_CHAIR]),
                )
            )
        for task in tasks:
            if random.random() < 0.12:
                step(world, task, random, at)


def step(world: make.World, task: Task, random: Random, at: datetime) -> None:
    """One of the things that may happen next."""
    match task.status:
        case Status.ASSIGNED if random.random() < 0.8:
            actions.accept(task, by=SYSTEM, at=at)
        case Status.ASSIGNED:
            actions.refuse(task, reason="Không đúng thẩm quyền.", by=SYSTEM, at=at)
        case Status.REFUSED:
            other = random.choice([world.finance, world.interior, world.tinh_khe])
            actions.reassign(task, lead=other.agency, reason="Giao lại.", by=SYSTEM, at=at)
        case Status.REPORTED if random.random() < 0.7:
            actions.confirm(task, by=SYSTEM, at=at)
        case Status.REPORTED:
            actions.send_back(task, reason="Thiếu.", by=SYSTEM, at=at)
        case Status.SUSPENDED:
            actions.resume(task, due_on=at.date() + timedelta(days=9), by=SYSTEM, at=at)
        case Status.DOING | Status.RETURNED:
            work(task, random, at)


def work(task: Task, random: Random, at: datetime) -> None:
    chance = random.random()
    if task.asking and random.random() < 0.6:
        new = max(at.date(), task.due_on or at.date()) + timedelta(days=5)
        actions.grant_extension(task, new_due_on=new, by=SYSTEM, at=at)
    elif task.asking:
        actions.deny_extension(task, reason="Việc gấp.", by=SYSTEM, at=at)
    elif chance < 0.15 and task.due_on and at.date() <= task.due_on:
        wanted = task.due_on + timedelta(days=7)
        actions.ask_extension(task, wanted_on=wanted, reason="Chờ.", by=SYSTEM, at=at)
    elif chance < 0.2:
        actions.suspend(task, reason="Chờ.", by=SYSTEM, at=at)
    elif chance < 0.25:
        actions.cancel(task, reason="Thôi.", by=SYSTEM, at=at)
    elif chance < 0.7:
        actions.report(task, text="Xong.", result_number="1/BC", by=SYSTEM, at=at)
    else:
        actions.update_progress(task, progress=random.randint(0, 99), text="Đang làm.", by=SYSTEM, at=at)


def by_the_journal(as_of: date) -> tuple[Counter[Standing], Counter[tuple[int, Standing]]]:
    """The same figures from the entries alone: the last one of each task by that day."""
    last: dict[str, Entry] = {}
    for entry in Entry.objects.filter(stream__startswith="directives.task:").order_by("seq"):
        if day_of(entry.at) <= as_of:
            last[entry.stream] = entry
    all_of_them: Counter[Standing] = Counter()
    of_leads: Counter[tuple[int, Standing]] = Counter()
    for entry in last.values():
        facts = entry.facts
        due, reported = (
            date.fromisoformat(one) if one else None for one in (facts.get("due_on"), facts.get("reported_on"))
        )
        found = rules.standing(facts["status"], due, reported, as_of)
        all_of_them[found] += 1
        of_leads[facts["lead"], found] += 1
    return all_of_them, of_leads


@pytest.mark.slow
def test_the_report_of_any_day_is_what_the_journal_says_and_what_its_lists_hold():
    world = make.world()
    live(world, Random(1), 40)
    assert {one.status for one in Task.objects.all()} >= {
        Status.DONE,
        Status.CANCELLED,
    } and Task.objects.open().exists()
    seen: set[Standing] = set()
    for after in (0, 9, 20, 33, 47, 60, DAYS, 99):
        as_of = BEGIN + timedelta(days=after)
        spec = queries.spec_for(world.chairman, TODAY, as_of=as_of)
        totals, (expected, of_leads) = queries.totals(spec), by_the_journal(as_of)
        assert {one: getattr(totals, one) for one in Standing} == {one: expected[one] for one in Standing}
        assert totals.given == totals.done_in_time + totals.done_late + totals.open_in_time + totals.open_late
        for group_by in GroupBy:
            lines = queries.report(spec, group_by)
            assert sum((line.sums for line in lines), queries.Sums()) == totals
        for line in queries.report(spec, GroupBy.LEAD):
            own = queries.narrowed_to(spec, GroupBy.LEAD, line.key)
            for one in Standing:
                rows = listed(own, one)
                assert len(rows) == getattr(line.sums, one) == of_leads[int(line.key), one]
                assert {row.standing for row in rows} <= {one}
                seen |= {row.standing for row in rows}
        everything = listed(spec, None)
        assert len(everything) == totals.given
        assert len({row.task.pk for row in everything}) == len(everything)
    assert seen >= set(COUNTED)
    today = queries.spec_for(world.chairman, TODAY)
    kept = queries.totals(today)
    recount_closed()
    assert queries.totals(today) == kept
    spans = replace(today, as_of=TODAY.date(), today=TODAY.date() + timedelta(days=1))  # counted without the tally
    for group_by in GroupBy:
        assert queries.report(today, group_by) == queries.report(spans, group_by)
    narrowed = {"given_from": date(2026, 9, 1), "given_until": date(2026, 9, 30), "field": Field.LAND}
    assert queries.totals(replace(today, **narrowed)) == queries.totals(replace(spans, **narrowed))
    assert queries.totals(replace(today, given_from=date(2026, 9, 9))).given < kept.given


def listed(spec: queries.ReportSpec, standing: Standing | None) -> list[queries.ReportRow]:
    """All pages of a list, three lines at a time."""
    found, after = [], ""
    while True:
        rows, after = queries.report_list(spec, standing, after=after, size=3)
        found += rows
        if not after:
            return found


def test_figures_of_a_past_day_do_not_change_with_what_happens_later():
    world = make.world()
    task = make.doing(world)
    as_of = make.DAY.date()
    before = queries.totals(queries.spec_for(world.chairman, make.DAY, as_of=as_of))
    actions.cancel(task, reason="Thôi.", by=world.chairman, at=make.DAY + timedelta(days=5))
    after = queries.totals(queries.spec_for(world.chairman, make.DAY + timedelta(days=9), as_of=as_of))
    assert before == after and after.given == 1


def test_the_report_is_narrowed_by_what_was_given_when_and_by_whom():
    world = make.world()
    make.given(world, field=Field.LAND, follower=world.office.specialist.id)
    make.given(world, title="Việc khác", field=Field.HEALTH, given_by=GivenBy.PRIME_MINISTER)
    who, at = world.chairman, make.DAY
    assert queries.totals(queries.spec_for(who, at, field=Field.LAND)).given == 1
    assert queries.totals(queries.spec_for(who, at, given_by=GivenBy.PRIME_MINISTER)).given == 1
    assert queries.totals(queries.spec_for(who, at, given_from=date(2026, 10, 2))).given == 0
    assert queries.totals(queries.spec_for(who, at, given_until=date(2026, 10, 1))).given == 2
    lines = {line.name: line.key for line in queries.report(queries.spec_for(who, at), GroupBy.FOLLOWER)}
    assert lines == {"(chưa ghi)": "", "Chuyên Viên vp": str(world.office.specialist.id)}
    with pytest.raises(Refused, match="Không có dòng này"):
        queries.narrowed_to(queries.spec_for(who, at), GroupBy.LEAD, "x")
    with pytest.raises(Refused, match="chưa tới"):
        queries.spec_for(who, at, as_of=date(2026, 10, 2))


def test_a_department_reports_of_its_own_work_only():
    world = make.world()
    make.given(world)
    make.given(world, lead=world.interior)
    assert queries.totals(queries.spec_for(world.finance.leader, make.DAY)).given == 1
    asked = frozenset({world.interior.agency})
    assert queries.totals(queries.spec_for(world.finance.leader, make.DAY, leads=asked)).given == 0
    assert queries.totals(queries.spec_for(world.office.specialist, make.DAY, leads=asked)).given == 1


def test_the_brief_names_who_is_behind_and_what_comes():
    world = make.world()
    late = make.doing(world, due_on=date(2026, 10, 5))
    soon = make.given(world, lead=world.interior, due_on=date(2026, 10, 22))
    waiting = make.reported(world, title="Đã báo cáo")
    brief = queries.brief(queries.spec_for(world.chairman, make.DAY + timedelta(days=19)))
    assert [row.task for row in brief.latest] == [late]
    assert [row.task for row in brief.coming] == [soon]
    assert [row.task for row in brief.waiting] == [waiting]
    assert [(line.name, line.sums.open_late) for line in brief.behind] == [("Sở Tài chính", 1)]
    assert brief.latest[0].late == 15


def test_one_row_of_days_at_a_time():
    task = make.given(make.world())
    with pytest.raises(IntegrityError, match="directives_span_one_at_a_time"), transaction.atomic():
        span = TaskSpan.objects.get(task=task)
        span.pk, span.during = None, DateRange(date(2026, 12, 1), None)
        span.save(force_insert=True)


def test_changes_of_one_day_are_one_row_of_days():
    world = make.world()
    task = make.reported(world)
    assert [(one.during.lower, one.status) for one in TaskSpan.objects.filter(task=task)] == [
        (make.DAY.date(), Status.REPORTED)
    ]


def test_pages_of_the_board_cost_a_bounded_number_of_statements(django_assert_max_num_queries):
    world = make.world()
    for number in range(8):
        make.given(world, title=f"Việc {number}", lead=[world.finance, world.interior][number % 2])
    who, at = world.chairman, make.DAY
    spec = queries.spec_for(who, at)
    with django_assert_max_num_queries(3):
        queries.report(spec, GroupBy.LEAD)
    with django_assert_max_num_queries(2):
        queries.report_list(spec)
    with django_assert_max_num_queries(2):
        queries.desk_counts(who, at)
    with django_assert_max_num_queries(2):
        queries.page_by_due(queries.given_open(who, at), day=at.date())
    with django_assert_max_num_queries(20):
        queries.task_view(Task.objects.order_by("pk")[0], by=who, at=at)


def test_pages_by_deadline_hold_every_task_once():
    world = make.world()
    for number in range(7):
        dated = number % 3 != 0
        make.given(
            world,
            title=f"Việc {number}",
            kind=Kind.DATED if dated else Kind.CONSTANT,
            due_on=date(2026, 10, 20 + number // 2) if dated else None,
        )
    rows, after, found = queries.given_open(world.chairman, make.DAY), "", []
    while True:
        page = queries.page_by_due(rows, day=make.DAY.date(), after=after, size=2)
        found += [one.task.pk for one in page.rows]
        after = page.older
        if not after:
            break
    assert len(found) == len(set(found)) == 7
    assert queries.page_by_due(rows, day=make.DAY.date(), after="forged").rows
