"""The life of a task, move by move: what changes, who is told, what is refused, what the days say afterwards."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.base.errors import Conflict, Refused
from motcua.base.models import Entry
from motcua.base.refs import Ref
from motcua.directives import actions, queries
from motcua.directives.actions import TaskIn
from motcua.directives.models import Extension, Note, Series, Task, TaskSpan
from motcua.directives.terms import Kind, Move, Part, Recurrence, Side, Status
from motcua.notifications.models import Message
from tests import make as moments
from tests.directives import make_tasks as make

pytestmark = pytest.mark.django_db
LATER = make.DAY + timedelta(days=10)


def told(template: str) -> set[str]:
    """The sign-in names of those who got a line in the app."""
    rows = Message.objects.filter(template=template, channel="in_app").order_by("pk")
    return set(rows.values_list("person__username", flat=True))


def names_of(task: Task) -> list[str]:
    rows = Entry.objects.filter(stream=task.stream).order_by("seq")
    return [one.name.removeprefix("directives.") for one in rows]


def test_from_giving_to_confirming():
    world = make.world()
    task = make.given(world, partners=(world.interior.agency,), follower=world.office.specialist.id)
    assert task.code == f"NV26-{task.pk:06d}"
    assert (task.giver_id, task.status) == (world.root, Status.ASSIGNED)
    assert told("directives.given") == {"lanhdao.stc"}
    actions.accept(task, assignee=world.finance.specialist.id, by=world.finance.leader, at=make.DAY)
    assert told("directives.appointed") == {"chuyenvien.stc"}
    actions.update_progress(task, progress=40, text="Đã rà soát 3 phòng.", by=world.finance.specialist, at=make.DAY)
    file = moments.scan()
    actions.report(task, text="Đã xong.", files=[file], by=world.finance.specialist, at=LATER)
    assert (task.status, task.reported_on) == (Status.REPORTED, LATER.date())
    assert told("directives.reported") == {"chuyenvien.vp"}
    actions.confirm(task, opinion="Đạt.", by=world.office.head, at=LATER + timedelta(days=40))
    task.refresh_from_db()
    assert (task.status, task.closed_on) == (Status.DONE, LATER.date() + timedelta(days=40))
    view = queries.task_view(task, by=world.office.head, at=LATER + timedelta(days=41))
    assert view.state == "Hoàn thành đúng hạn"  # the giver took forty days; the lead was in time
    assert [one.file for one in view.reports[0].evidence.all()] == [file]
    assert names_of(task) == ["TaskGiven", "TaskAccepted", "TaskUpdated", "TaskReported", "TaskConfirmed"]
    assert [one.words for one in view.history][-1] == "Giao Sở Tài chính, hạn 31/10/2026"


def test_a_refusal_and_the_giving_to_another():
    world = make.world()
    task = make.given(world)
    actions.refuse(task, reason="Không đúng thẩm quyền.", by=world.finance.leader, at=make.DAY)
    assert told("directives.refused") == {"lanhdao.vp"}
    assert list(queries.refused(world.office.specialist, make.DAY)) == [task]
    actions.reassign(
        task, lead=world.interior.agency, reason="Thuộc Sở Nội vụ.", by=world.office.specialist, at=make.DAY
    )
    assert (task.status, task.lead_id) == (Status.ASSIGNED, world.interior.agency)
    actions.accept(task, by=world.interior.head, at=make.DAY)
    assert queries.task_for(task.code, by=world.finance.leader, at=make.DAY) is None
    assert list(queries.worklist(world.interior.specialist, make.DAY)) == [task]


def test_an_extension_is_asked_before_the_day_and_granted_by_the_giver():
    world = make.world()
    task = make.doing(world)
    asked = actions.ask_extension(
        task, wanted_on=date(2026, 11, 30), reason="Chờ số liệu.", by=world.finance.leader, at=LATER
    )
    assert queries.open_request(task) == asked
    assert [option.move for option in queries.options(task, by=world.chairman, at=LATER) if option.open][:2] == [
        Move.REASSIGN,
        Move.GRANT_EXTENSION,
    ]
    with pytest.raises(Refused, match="lãnh đạo cơ quan"):
        actions.grant_extension(task, by=world.office.specialist, at=LATER)
    actions.grant_extension(task, by=world.chairman, at=LATER)
    assert (task.due_on, task.first_due_on, task.extensions, task.asking) == (
        date(2026, 11, 30),
        date(2026, 10, 31),
        1,
        False,
    )


def test_an_extension_may_be_denied_and_is_not_asked_after_the_day():
    world = make.world()
    task = make.doing(world)
    actions.ask_extension(task, wanted_on=date(2026, 11, 30), reason="Chờ.", by=world.finance.leader, at=LATER)
    actions.deny_extension(task, reason="Việc gấp.", by=world.chairman, at=LATER)
    assert task.due_on == date(2026, 10, 31)
    late = moments.at("2026-11-01 08:00")
    with pytest.raises(Refused, match="Đã quá hạn ngày 31/10/2026"):
        actions.ask_extension(task, wanted_on=date(2026, 11, 30), reason="Chờ.", by=world.finance.leader, at=late)
    assert Extension.objects.filter(task=task).count() == 1


def test_a_report_sent_back_counts_as_not_made():
    world = make.world()
    task = make.reported(world)
    actions.send_back(task, reason="Thiếu phụ lục.", by=world.office.specialist, at=LATER)
    assert (task.status, task.reported_on, task.returns) == (Status.RETURNED, None, 1)
    after = moments.at("2026-11-02 08:00")
    [row] = queries.page_by_due(
        queries.late(queries.worklist(world.finance.leader, after), after.date()), day=after.date()
    ).rows
    assert (row.task, row.late) == (task, 2)
    actions.report(task, text="Đã bổ sung.", result_number="13/BC-STC", by=world.finance.head, at=after)
    actions.confirm(task, by=world.office.head, at=after)
    assert queries.task_view(task, by=world.office.head, at=after).state == "Hoàn thành, quá hạn 2 ngày"


def test_a_report_shows_something():
    world = make.world()
    task = make.doing(world)
    with pytest.raises(Refused, match="Đính kèm minh chứng"):
        actions.report(task, text="Xong.", by=world.finance.specialist, at=LATER)
    with pytest.raises(Refused, match="Ghi kết quả thực hiện"):
        actions.report(task, text=" ", result_number="1/BC", by=world.finance.specialist, at=LATER)
    assert not task.reports.exists()


def test_nobody_confirms_their_own_report():
    world = make.world()
    task = make.given(world, lead=world.office, by=world.chairman)
    actions.accept(task, by=world.office.leader, at=make.DAY)
    actions.report(task, text="Xong.", result_number="1/BC", by=world.office.leader, at=make.DAY)
    with pytest.raises(Refused, match="không tự xác nhận"):
        actions.confirm(task, by=world.office.leader, at=LATER)
    actions.confirm(task, by=world.chairman, at=LATER)


def test_put_off_no_day_counts_and_it_goes_on_with_a_new_one():
    world = make.world()
    task = make.doing(world)
    actions.suspend(task, reason="Chờ Trung ương.", by=world.chairman, at=make.DAY)
    assert (task.due_on, task.held_due_on) == (None, date(2026, 10, 31))
    after = moments.at("2026-12-01 08:00")
    assert not queries.late(queries.seen_by(world.chairman, after), after.date()).exists()
    with pytest.raises(Refused, match="Hạn 31/10/2026 đã qua"):
        actions.resume(task, by=world.chairman, at=after)
    actions.resume(task, due_on=date(2026, 12, 31), by=world.chairman, at=after)
    assert (task.status, task.due_on, task.held_due_on) == (Status.DOING, date(2026, 12, 31), None)


def test_what_is_put_off_or_given_to_another_waits_for_no_answer_about_its_day():
    world = make.world()
    acts = (
        lambda one: actions.suspend(one, reason="Chờ Trung ương.", by=world.chairman, at=make.DAY),
        lambda one: actions.reassign(
            one, lead=world.interior.agency, reason="Đổi việc.", by=world.chairman, at=make.DAY
        ),
        lambda one: actions.cancel(one, reason="Đã giao ở văn bản khác.", by=world.chairman, at=make.DAY),
    )
    for act in acts:
        task = make.doing(world)
        asked = {"wanted_on": date(2026, 12, 31), "reason": "Chờ số liệu.", "by": world.finance.leader, "at": make.DAY}
        actions.ask_extension(task, **asked)
        act(task)
        assert not task.asking and queries.open_request(task) is None


def test_what_is_taken_back_stays_in_the_book():
    world = make.world()
    task = make.reported(world)
    actions.cancel(task, reason="Đã giao ở văn bản khác.", by=world.chairman, at=LATER)
    assert (task.status, task.closed_on) == (Status.CANCELLED, LATER.date())
    assert queries.options(task, by=world.chairman, at=LATER) == []
    sums = queries.totals(queries.spec_for(world.chairman, LATER))
    assert (sums.given, sums.cancelled) == (0, 1)


def test_parts_go_to_units_and_hold_back_the_report():
    world = make.world()
    task = make.doing(world)
    with pytest.raises(Refused, match="đơn vị thuộc cơ quan chủ trì"):
        actions.divide(task, title="Việc", lead=world.interior.agency, due_on=None, by=world.finance.head, at=make.DAY)
    with pytest.raises(Refused, match="sau hạn"):
        actions.divide(
            task,
            title="Việc",
            lead=world.finance.division,
            due_on=date(2026, 12, 1),
            by=world.finance.head,
            at=make.DAY,
        )
    part = actions.divide(
        task,
        title="Rà soát phần đầu tư",
        lead=world.finance.division,
        due_on=date(2026, 10, 20),
        by=world.finance.leader,
        at=make.DAY,
    )
    with pytest.raises(Refused, match="Còn 1 nhiệm vụ con"):
        actions.report(task, text="Xong.", result_number="1", by=world.finance.specialist, at=LATER)
    actions.accept(part, by=world.finance.head, at=make.DAY)
    actions.report(part, text="Xong.", result_number="2", by=world.finance.specialist, at=LATER)
    actions.confirm(part, by=world.finance.leader, at=LATER)
    actions.report(task, text="Xong.", result_number="1", by=world.finance.specialist, at=LATER)
    assert queries.totals(queries.spec_for(world.chairman, LATER)).given == 1  # parts are not counted beside it


def test_a_correction_keeps_the_old_words_and_changes_no_day():
    world = make.world()
    task = make.given(world)
    actions.correct(
        task,
        title="Rà soát hồ sơ quá hạn năm 2026",
        partners=(world.interior.agency,),
        reason="Ghi nhầm.",
        by=world.office.specialist,
        at=make.DAY,
    )
    assert "Nội dung cũ: Rà soát hồ sơ quá hạn" in Note.objects.get(task=task).text
    assert queries.search("nam 2026", by=world.interior.specialist, at=make.DAY)[0].task == task
    with pytest.raises(Refused, match="Không có gì thay đổi"):
        actions.correct(task, title=task.title, reason="Thử.", by=world.office.specialist, at=make.DAY)


def test_the_slower_of_two_is_told_who_was_quicker():
    world = make.world()
    task = make.given(world)
    seen = task.version
    actions.accept(Task.objects.get(pk=task.pk), by=world.finance.head, at=make.DAY)
    with pytest.raises(Conflict, match="Trưởng Phòng stc vừa cập nhật nhiệm vụ này lúc 09:00"):
        actions.refuse(task, reason="Không.", by=world.finance.leader, at=make.DAY, seen=seen)


def test_a_refused_move_leaves_no_trace():
    world = make.world()
    task = make.given(world)
    before = (Entry.objects.count(), Message.objects.count(), TaskSpan.objects.count(), Note.objects.count())
    with pytest.raises(Refused):
        actions.confirm(task, by=world.office.head, at=LATER)
    with pytest.raises(Refused, match="Ghi lý do"):
        actions.refuse(task, reason="  ", by=world.finance.leader, at=LATER)
    task.refresh_from_db()
    assert (task.status, task.version) == (Status.ASSIGNED, 1)
    assert before == (Entry.objects.count(), Message.objects.count(), TaskSpan.objects.count(), Note.objects.count())


def test_an_app_above_asks_once_and_is_answered_with_the_task_it_has():
    world = make.world()
    about = Ref("indices.indicator", "par-2026-1.1")
    asked = {"about": about, "owner": world.interior.agency, "due": date(2026, 12, 31), "title": "Lấy lại điểm"}
    task = actions.propose(**asked, by=world.controller, at=make.DAY)
    assert task.giver_id == world.root
    assert actions.propose(**asked, by=world.controller, at=LATER) == task
    assert list(queries.about(str(about))) == [task]
    actions.refuse(task, reason="Không đúng.", by=world.interior.leader, at=LATER)
    assert queries.task_view(task, by=world.chairman, at=LATER).state == "Từ chối nhận, trong hạn"


def test_a_declared_figure_fills_itself():
    from decimal import Decimal

    world = make.world()
    task = make.doing(world, figure_code="dn.moi", figure_target=Decimal(200))
    view = queries.task_view(task, by=world.chairman, at=make.DAY)
    assert view.figure is not None and view.figure.value is None and view.figure.reached is None
    for value, as_of, agency in ((150, date(2026, 9, 30), None), (205, date(2026, 10, 5), world.finance.agency)):
        actions.record_figure("dn.moi", value=Decimal(value), as_of=as_of, agency=agency, by=world.controller, at=LATER)
    shown = queries.task_view(task, by=world.chairman, at=LATER).figure
    assert shown is not None and (shown.value, shown.as_of, shown.reached) == (205, date(2026, 10, 5), True)
    with pytest.raises(Refused, match="chưa tới"):
        actions.record_figure("dn.moi", value=Decimal(1), as_of=date(2027, 1, 1), by=world.controller, at=LATER)


def test_a_recurring_task_opens_each_period_once():
    world = make.world()
    first = make.given(
        world, title="Báo cáo hộ tịch", kind=Kind.RECURRING, recurrence=Recurrence.MONTHLY, due_day=25, due_on=None
    )
    series = first.series
    assert (first.period, first.due_on) == ("tháng 10/2026", date(2026, 10, 25))
    november = moments.at("2026-11-02 07:30")
    assert actions.open_next_period(series, at=november) is not None
    assert actions.open_next_period(series, at=november) is None
    assert [one.due_on for one in Task.objects.order_by("pk")] == [date(2026, 10, 25), date(2026, 11, 25)]
    actions.end_series(series, by=world.office.specialist, at=november)
    assert actions.open_next_period(series, at=moments.at("2026-12-02 07:30")) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=first.pk).update(period_begin=date(2026, 11, 1))


def test_a_recurring_task_given_after_its_day_begins_with_the_next_period():
    world = make.world()
    first = make.given(
        world,
        when=moments.at("2026-10-28 09:00"),
        kind=Kind.RECURRING,
        recurrence=Recurrence.MONTHLY,
        due_day=25,
        due_on=None,
    )
    assert (first.period, first.due_on) == ("tháng 11/2026", date(2026, 11, 25))
    assert Series.objects.get().opened_until == date(2026, 11, 30)


def test_who_sees_what():
    world = make.world()
    task = make.given(world, partners=(world.interior.agency,))
    actions.refuse(task, reason="Bí mật giữa hai bên.", by=world.finance.leader, at=make.DAY)
    for who in (world.chairman, world.controller, world.office.specialist, world.finance.specialist):
        assert queries.parts_seen(task, by=who, at=make.DAY) == frozenset(Part)
    partner = queries.task_view(task, by=world.interior.specialist, at=make.DAY)
    assert Part.TALK not in partner.seen
    assert [one.note for one in partner.history] == ["", ""]
    assert queries.task_for(task.code, by=world.ba_to.leader, at=make.DAY) is None
    assert queries.parts_seen(task, by=world.ba_to.leader, at=make.DAY) == {Part.FIGURES}
    assert [one.sums.given for one in queries.figures_of_others(world.ba_to.leader, make.DAY)] == [1]
    assert queries.sides_of(task, queries.desk_of(world.ba_to.leader, make.DAY)) == {Side.OTHER}


def test_only_published_tasks_are_public_and_no_person_is_named():
    world = make.world()
    task, other = make.given(world), make.given(world, title="Việc khác")
    with pytest.raises(Refused, match="lãnh đạo"):
        actions.publish(task, public=True, by=world.office.specialist, at=make.DAY)
    actions.publish(task, public=True, by=world.chairman, at=make.DAY)
    rows, older = queries.public_tasks(at=make.DAY)
    assert ([one.code for one in rows], older) == ([task.code], None)
    assert queries.public_task(other.code, at=make.DAY) is None
    assert rows[0].lead_name == "Sở Tài chính" and rows[0].state == "Chờ tiếp nhận, trong hạn"
    actions.publish(task, public=False, by=world.chairman, at=make.DAY)
    assert queries.public_tasks(at=make.DAY) == ([], None)


def test_giving_says_everything_that_is_wrong():
    world = make.world()
    wish = TaskIn(title="", lead=world.planning, partners=(world.planning,), due_on=date(2026, 9, 1))
    with pytest.raises(Refused) as refused:
        actions.give(wish, by=world.office.specialist, at=make.DAY)
    assert len(refused.value.objections) == 4
    with pytest.raises(Refused, match="Chỉ lãnh đạo"):
        make.given(world, by=world.office.records)
    assert not Task.objects.exists()


def test_a_recurring_task_given_to_another_stays_with_the_other():
    world = make.world()
    first = make.given(world, kind=Kind.RECURRING, recurrence=Recurrence.MONTHLY, due_on=None)
    actions.refuse(first, reason="Không đúng.", by=world.finance.leader, at=make.DAY)
    actions.reassign(first, lead=world.interior.agency, reason="Đúng nơi.", by=world.office.specialist, at=make.DAY)
    following = actions.open_next_period(Series.objects.get(), at=moments.at("2026-11-02 07:30"))
    assert following is not None and following.lead_id == world.interior.agency
