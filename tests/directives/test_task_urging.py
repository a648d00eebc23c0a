"""Timers with a moved clock: each declared rung fires once, on its day, to the people named; asleep days are not made up."""

from datetime import date, datetime, timedelta

import pytest

from motcua.base.actors import SYSTEM
from motcua.base.clock import VIET_NAM
from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.directives import actions, queries
from motcua.directives.models import Task, Urging, WeeklyList
from motcua.directives.rules import DEFAULT_LADDER, Step
from motcua.directives.terms import Kind, Receiver, Recurrence
from motcua.notifications.models import Message
from tests import make as moments
from tests.directives import make_tasks as make

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 31)


def early(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, 30, tzinfo=VIET_NAM)


def lines(day: date) -> list[tuple[str, str]]:
    rows = Message.objects.filter(template="directives.reminder", channel="in_app", created_at=early(day))
    return sorted(rows.values_list("person__username", "subject"))


def test_every_rung_of_the_ladder_fires_once_on_its_day_to_the_people_it_names():
    world = make.world()
    task = make.given(world, follower=world.office.specialist.id, giver_person=world.chairman.id)
    actions.accept(task, assignee=world.finance.specialist.id, by=world.finance.leader, at=make.DAY)
    day, sent = make.DAY.date(), {}
    while day <= DUE + timedelta(days=20):
        if actions.morning(at=early(day)).reminded:
            assert actions.morning(at=early(day)).reminded == 0
            sent[(day - DUE).days] = {name for name, _subject in lines(day)}
        day += timedelta(days=1)
    names = {
        Receiver.DOER: "chuyenvien.stc",
        Receiver.LEAD_HEADS: "lanhdao.stc",
        Receiver.FOLLOWER: "chuyenvien.vp",
        Receiver.OFFICE_HEADS: "lanhdao.vp",
        Receiver.GIVER: "chutich",
    }
    assert sent == {step.days: {names[one] for one in step.to} for step in DEFAULT_LADDER}
    assert [one.days for one in Urging.objects.order_by("pk")] == [step.days for step in DEFAULT_LADDER]
    urged = Entry.objects.filter(stream=task.stream, name="directives.TaskUrged")
    assert urged.count() == len(DEFAULT_LADDER)


def test_the_line_counts_from_today_and_not_from_the_rung():
    world = make.world()
    make.doing(world)
    actions.morning(at=early(DUE + timedelta(days=3)))  # asleep since the task was given
    [(name, subject)] = lines(DUE + timedelta(days=3))
    assert (name, subject.endswith("quá hạn 3 ngày")) == ("lanhdao.stc", True)
    assert [one.days for one in Urging.objects.all()] == [1]  # the newest word, not the four that were missed


@pytest.mark.parametrize("how", ["reported", "suspended", "done", "cancelled"])
def test_what_waits_for_the_giver_or_rests_is_not_urged(how):
    world = make.world()
    task = make.doing(world)
    if how in ("reported", "done"):
        actions.report(task, text="Xong.", result_number="1", by=world.finance.specialist, at=make.DAY)
    if how == "done":
        actions.confirm(task, by=world.chairman, at=make.DAY)
    if how == "suspended":
        actions.suspend(task, reason="Chờ.", by=world.chairman, at=make.DAY)
    if how == "cancelled":
        actions.cancel(task, reason="Thôi.", by=world.chairman, at=make.DAY)
    assert actions.morning(at=early(DUE + timedelta(days=1))).reminded == 0


def test_a_new_deadline_begins_the_ladder_anew():
    world = make.world()
    task = make.doing(world)
    actions.morning(at=early(DUE - timedelta(days=3)))
    actions.ask_extension(
        task, wanted_on=date(2026, 11, 30), reason="Chờ.", by=world.finance.leader, at=early(DUE - timedelta(days=2))
    )
    actions.grant_extension(task, by=world.chairman, at=early(DUE - timedelta(days=2)))
    assert actions.morning(at=early(DUE)).reminded == 0
    assert actions.morning(at=early(date(2026, 11, 27))).reminded == 1
    assert list(Urging.objects.order_by("pk").values_list("due_on", "days")) == [(DUE, -3), (date(2026, 11, 30), -3)]


def test_a_task_given_within_the_last_days_is_not_reminded_on_the_same_day():
    world = make.world()
    when = early(DUE - timedelta(days=2))
    make.given(world, when=when)
    assert actions.morning(at=when).reminded == 0
    assert actions.morning(at=when + timedelta(days=1)).reminded == 1


def test_a_ladder_of_the_provinces_own_counts_from_its_day_on():
    world = make.world()
    make.doing(world)
    steps = (Step(2, (Receiver.LEAD_HEADS,)), Step(-5, (Receiver.DOER,)))
    actions.set_ladder(
        world.root, steps, since=date(2026, 10, 20), decision="QĐ 12/QĐ-UBND", by=world.controller, at=make.DAY
    )
    assert queries.ladder_on(world.root, date(2026, 10, 19)) == DEFAULT_LADDER
    assert [one.days for one in queries.ladder_on(world.root, date(2026, 10, 20))] == [-5, 2]
    fired = [day for day in range(1, 60) if actions.morning(at=early(date(2026, 10, 1) + timedelta(days=day))).reminded]
    assert [date(2026, 10, 1) + timedelta(days=day) for day in fired] == [date(2026, 10, 26), date(2026, 11, 2)]
    with pytest.raises(Refused, match="Cần quyền"):
        actions.set_ladder(
            world.root, steps, since=date(2026, 12, 1), decision="QĐ 13", by=world.finance.leader, at=make.DAY
        )
    with pytest.raises(Refused, match="bắt đầu từ ngày này hoặc sau đó"):
        actions.set_ladder(world.root, steps, since=date(2026, 10, 19), decision="QĐ 13", by=SYSTEM, at=make.DAY)


def test_heads_get_their_weekly_list_on_mondays_once():
    world = make.world()
    make.doing(world)
    make.doing(world, title="Việc khác", due_on=date(2026, 11, 6))
    monday = date(2026, 11, 2)
    assert actions.morning(at=early(monday - timedelta(days=1))).weekly == 0
    assert actions.morning(at=early(monday)).weekly == 1
    assert actions.morning(at=early(monday)).weekly == 0
    [sent] = Message.objects.filter(template="directives.weekly", channel="in_app")
    assert sent.person is not None and sent.person.username == "lanhdao.stc"
    assert "1 nhiệm vụ quá hạn, 1 nhiệm vụ đến hạn" in sent.subject
    assert WeeklyList.objects.get().week == monday


def test_the_morning_opens_the_periods_of_recurring_tasks():
    world = make.world()
    make.given(world, kind=Kind.RECURRING, recurrence=Recurrence.WEEKLY, due_on=None, due_day=5)
    opened = sum(actions.morning(at=early(date(2026, 10, 1) + timedelta(days=day))).opened for day in range(28))
    assert opened == 4
    assert Task.objects.count() == 5
    assert actions.morning(at=early(date(2027, 1, 4))).opened == 1  # weeks asleep are not made up


def test_a_letter_reaches_the_heads_and_is_acknowledged_once():
    world = make.world()
    task = make.doing(world, follower=world.office.specialist.id)
    letter = actions.urge(
        task, text="Đề nghị khẩn trương.", letter_number="99/UBND-TH", by=world.office.specialist, at=make.DAY
    )
    assert letter.receivers == 1
    with pytest.raises(Refused, match="Hôm nay đã có"):
        actions.urge(task, text="Nữa.", by=world.office.head, at=make.DAY)
    assert list(queries.unseen_urgings({world.finance.agency})) == [letter]
    with pytest.raises(Refused, match="cơ quan chủ trì"):
        actions.acknowledge(letter, by=world.interior.leader, at=make.DAY)
    actions.acknowledge(letter, by=world.finance.leader, at=make.DAY)
    with pytest.raises(Refused, match="Đã có người xác nhận"):
        actions.acknowledge(letter, by=world.finance.head, at=make.DAY)
    assert not queries.unseen_urgings({world.finance.agency}).exists()
    told = Message.objects.filter(template="directives.acknowledged", channel="in_app")
    assert [one.person.username for one in told if one.person] == ["chuyenvien.vp"]


def test_one_run_costs_few_statements_however_many_tasks(django_assert_max_num_queries):
    world = make.world()
    for number in range(12):
        make.given(world, title=f"Việc {number}", follower=world.office.specialist.id)
    at = moments.at("2026-10-24 07:30")
    with django_assert_max_num_queries(12 * 2 + 16):  # a row and an entry for each task, and what is asked once
        assert actions.morning(at=at).reminded == 12
