"""What acts on tasks and proposals refuse besides the table of moves, in the words that are shown; a refusal leaves no trace."""

from datetime import date
from decimal import Decimal

import pytest

from motcua.base.actors import SYSTEM
from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.directives import actions, queries
from motcua.directives.actions import ProposalIn
from motcua.directives.actions.making import LONGEST
from motcua.directives.models import Proposal
from motcua.directives.rules import Step
from motcua.directives.terms import GivenBy, Kind, Receiver, Recurrence
from tests import make as moments
from tests.directives import make_tasks as make
from tests.refusing import refused

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = date(2026, 9, 30), date(2026, 10, 2)


def test_a_task_is_given_within_the_province_and_not_before_its_day() -> None:
    world = make.world()
    with refused("Ngày giao chưa tới."):
        make.given(world, given_on=TOMORROW)
    recurring = {"kind": Kind.RECURRING, "recurrence": Recurrence.MONTHLY, "due_day": 25, "due_on": None}
    with refused("Ngày kết thúc định kỳ đã qua."):
        make.given(world, **recurring, until=YESTERDAY)


def test_a_task_goes_to_another_with_a_day_to_come() -> None:
    world = make.world()
    task, open_ended = make.given(world), make.given(world, kind=Kind.OPEN_ENDED, due_on=None)
    facts = {"lead": world.interior.agency, "reason": "Nhầm cơ quan", "by": world.office.specialist, "at": make.DAY}
    with refused("Hạn mới đã qua."):
        actions.reassign(task, due_on=YESTERDAY, **facts)
    with refused("Nhiệm vụ này không có thời hạn."):
        actions.reassign(open_ended, due_on=TOMORROW, **facts)


def test_a_part_of_a_task_stays_in_the_house_that_leads_it() -> None:
    world = make.world()
    task = make.doing(world)
    part = actions.divide(
        task,
        title="Phần của phòng",
        lead=world.finance.division,
        due_on=date(2026, 10, 20),
        by=world.finance.leader,
        at=make.DAY,
    )
    with refused("Nhiệm vụ con chỉ giao cho đơn vị thuộc cơ quan chủ trì."):
        actions.reassign(part, lead=world.interior.agency, reason="Nhầm", by=world.finance.leader, at=make.DAY)


def test_a_granted_day_lies_after_the_one_it_replaces() -> None:
    world = make.world()
    task = make.doing(world)
    actions.ask_extension(
        task, wanted_on=date(2026, 11, 15), reason="Chờ số liệu", by=world.finance.leader, at=make.DAY
    )
    entries = Entry.objects.count()
    with pytest.raises(Refused):
        actions.grant_extension(task, new_due_on=date(2026, 10, 30), by=world.office.head, at=make.DAY)
    assert Entry.objects.count() == entries
    task.refresh_from_db()
    assert task.asking and task.due_on == date(2026, 10, 31)


def test_what_is_put_right_changes_something_and_names_no_house_twice() -> None:
    world = make.world()
    task, facts = make.given(world), {"reason": "Ghi nhầm", "by": world.office.specialist, "at": make.DAY}
    with refused("Cơ quan chủ trì không đồng thời là cơ quan phối hợp."):
        actions.correct(task, partners=[world.finance.agency], **facts)
    with refused("Không có gì thay đổi."):
        actions.correct(task, title=task.title, **facts)


def test_a_task_is_made_public_once() -> None:
    world = make.world()
    task, who = make.given(world), {"by": world.office.leader, "at": make.DAY}
    with refused("Nhiệm vụ chưa công khai."):
        actions.publish(task, public=False, **who)
    actions.publish(task, public=True, **who)
    with refused("Nhiệm vụ đã công khai."):
        actions.publish(task, public=True, **who)


def test_only_somebody_of_the_house_works_on_it() -> None:
    world = make.world()
    task = make.doing(world)
    for other in (world.interior.specialist, world.finance.records):
        with refused("Người được phân công không làm việc ở cơ quan chủ trì."):
            actions.appoint(task, to=other.id or 0, by=world.finance.leader, at=make.DAY)


@pytest.mark.parametrize("progress", [-1, 101])
def test_progress_is_a_share(progress: int) -> None:
    world = make.world()
    task = make.doing(world)
    with refused("Tiến độ ghi từ 0 đến 100 phần trăm."):
        actions.update_progress(task, progress=progress, text="Đang làm", by=world.finance.leader, at=make.DAY)


def test_a_report_shows_what_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make.world()
    task, who = make.doing(world), {"text": "Đã xong.", "by": world.finance.specialist, "at": make.DAY}
    with refused("Đính kèm minh chứng, hoặc ghi số văn bản kết quả."):
        actions.report(task, **who)
    with refused("Ngày văn bản kết quả chưa tới."):
        actions.report(task, result_number="12/BC-STC", result_on=TOMORROW, **who)
    monkeypatch.setattr("motcua.directives.actions.working.MOST_FILES", 1)
    files = [moments.scan(), moments.scan(content=b"%PDF-1.7 hai")]
    with refused("Đính kèm tối đa 1 tệp."):
        actions.report(task, files=files, **who)
    with pytest.raises(Refused, match="dài quá"):
        actions.report(task, result_number="12/BC-STC", **{**who, "text": "a" * (LONGEST + 1)})


def test_a_series_is_ended_once_by_who_gives_it() -> None:
    world = make.world()
    recurring = {"kind": Kind.RECURRING, "recurrence": Recurrence.MONTHLY, "due_day": 25, "due_on": None}
    series = make.given(world, **recurring).series
    assert series is not None
    for stranger in (world.finance.leader, world.office.records):
        with refused("Chỉ cơ quan giao được dừng nhiệm vụ định kỳ."):
            actions.end_series(series, by=stranger, at=make.DAY)
    actions.end_series(series, by=world.office.specialist, at=make.DAY)
    with refused("Nhiệm vụ định kỳ này đã dừng từ trước."):
        actions.end_series(series, by=world.office.specialist, at=make.DAY)


def test_a_ladder_is_set_by_a_decision_from_today_on() -> None:
    world = make.world()
    steps = [Step(3, (Receiver.LEAD_HEADS,))]
    with refused("Ghi quyết định ban hành thang đôn đốc.", "Thang đôn đốc chỉ đặt từ hôm nay trở đi."):
        actions.set_ladder(world.root, steps, since=YESTERDAY, decision=" ", by=SYSTEM, at=make.DAY)
    entries = Entry.objects.count()
    with pytest.raises(Refused, match="Cần quyền"):
        actions.set_ladder(world.root, steps, since=TOMORROW, decision="QĐ 1", by=world.chairman, at=make.DAY)
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("code", "value", "sentence"),
    [
        (" ", Decimal(1), "Ghi mã số liệu."),
        ("dn.moi", Decimal("NaN"), "Giá trị số liệu không dùng được."),
        ("dn.moi", Decimal(10) ** 16, "Giá trị số liệu không dùng được."),
    ],
)
def test_a_figure_has_a_code_and_a_value(code: str, value: Decimal, sentence: str) -> None:
    world = make.world()
    with refused(sentence):
        actions.record_figure(code, value=value, as_of=YESTERDAY, by=world.controller, at=make.DAY)


def test_proposals_are_split_and_merged_into_something() -> None:
    world = make.world()
    who = {"by": world.office.specialist, "at": make.DAY}
    first, second, *_others = [one.proposal for one in queries.proposals_of(make.read(world))]
    with refused("Tách thành ít nhất hai nhiệm vụ."):
        actions.split_proposal(first, [ProposalIn(title="Một")], **who)
    with refused("Tách thành nhiều nhất 20 nhiệm vụ."):
        actions.split_proposal(first, [ProposalIn(title="Một")] * 21, **who)
    with refused("Ghi nội dung của từng nhiệm vụ sau khi tách."):
        actions.split_proposal(first, [ProposalIn(title="Một"), ProposalIn(title=" ")], **who)
    with refused("Chọn ít nhất hai nhiệm vụ của cùng một văn bản để gộp."):
        actions.merge_proposals([first], **who)
    with refused("Một nhiệm vụ được chọn hai lần."):
        actions.merge_proposals([first, Proposal.objects.get(pk=first.pk)], **who)
    assert [one.state for one in Proposal.objects.filter(pk__in=[first.pk, second.pk])] == [first.state, second.state]


def test_a_document_is_read_in_and_put_right_by_who_reads_here() -> None:
    world = make.world()
    with refused("Chỉ lãnh đạo, trưởng phòng, chuyên viên, văn thư được nhập văn bản chỉ đạo."):
        actions.read_in(text=make.NOTICE, by=world.controller, at=make.DAY)
    with refused("Ngày văn bản 02/10/2026 chưa tới. Xem lại ngày ban hành."):
        actions.read_in(text=make.NOTICE, issued_on=TOMORROW, by=world.office.records, at=make.DAY)
    with refused("Văn bản dài quá 1.000.000 chữ. Tách thành nhiều tệp."):
        actions.read_in(text="a" * 1_000_001, by=world.office.records, at=make.DAY)
    directive = make.read(world)
    header = {"issuer_name": "UBND tỉnh", "title": "Kết luận", "given_by": GivenBy.COMMITTEE}
    with refused("Ghi số văn bản.", "Ngày văn bản chưa tới."):
        actions.correct_header(
            directive, number=" ", issued_on=TOMORROW, **header, by=world.office.specialist, at=make.DAY
        )
