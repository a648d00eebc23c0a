"""A document is read in: proposals with their place in the text, names of the day, and nothing without a person's yes."""

from datetime import date

import pytest

from motcua.base.errors import Refused
from motcua.base.files import keep
from motcua.base.models import Entry
from motcua.directives import actions, queries
from motcua.directives.actions import ProposalIn
from motcua.directives.models import Directive, Proposal, Task
from motcua.directives.terms import GivenBy, ProposalState, Reading, Recurrence, Status
from tests.directives import make_tasks as make

pytestmark = pytest.mark.django_db


def test_a_notice_becomes_proposals_and_no_task():
    world = make.world()
    directive = make.read(world)
    rows = queries.proposals_of(directive)
    assert directive.number == "512/TB-VPUBND"
    assert directive.issued_on == date(2026, 9, 28)
    assert directive.given_by == GivenBy.VICE_CHAIR
    assert directive.issuer_id == world.office.agency
    assert len(rows) == directive.undecided == 4
    assert not Task.objects.exists()
    first = rows[0]
    assert first.lead[0].agencies == (world.finance.agency,)
    assert [one.printed for one in first.partners] == ["Sở Nội vụ", "Công an tỉnh"]
    assert first.partners[0].agencies == (world.interior.agency,)
    assert "Công an tỉnh" in first.partners[1].sentence
    assert first.proposal.due_on == date(2026, 10, 31)


def test_proposals_and_what_decided_them_stand_where_the_text_says_so():
    directive = make.read(make.world())
    first = queries.proposals_of(directive)[0].proposal
    words = directive.text[first.start : first.end]
    assert words.startswith("Giao Sở Tài chính chủ trì")
    assert words.rstrip(" .").endswith("31/10/2026")
    deadline = first.why["deadline"]
    assert directive.text[deadline["start"] : deadline["end"]] == deadline["words"] == "trước ngày 31/10/2026"
    shown = queries.pieces(directive, [first], first)
    assert "".join(one.text for one in shown) == directive.text
    assert {one.why for one in shown if one.proposals} >= {"lead", "deadline", ""}


def test_an_agency_that_ended_before_the_document_is_said_and_not_taken_in_silence():
    world = make.world()
    second = queries.proposals_of(make.read(world))[1]
    assert second.lead[0].agencies == ()
    assert second.lead[0].suggested == ((world.finance.agency, "Sở Tài chính"),)
    assert "nay là Sở Tài chính" in second.proposal.flags[0]
    with pytest.raises(Refused, match="nay là Sở Tài chính"):
        actions.accept_proposal(second.proposal, by=world.office.specialist, at=make.DAY)
    assert not Task.objects.exists()


def test_an_old_name_is_read_by_the_agencies_of_the_day_of_the_document():
    world = make.world()
    text = make.NOTICE.replace("ngày 28 tháng 9 năm 2026", "ngày 28 tháng 9 năm 2024").replace("/2026", "/2024")
    directive = make.read(world, text)
    second = queries.proposals_of(directive)[1].proposal
    assert second.lead[0]["agencies"] == [world.planning]
    assert second.flags == []
    tasks = actions.accept_proposal(second, by=world.office.specialist, at=make.DAY)
    assert [one.lead_id for one in tasks] == [world.finance.agency]  # who stands in its place today
    assert tasks[0].given_on == date(2024, 9, 28)


def test_a_group_becomes_one_task_for_each_member_of_the_day():
    world = make.world()
    directive = make.read(world)
    third = queries.proposals_of(directive)[2]
    assert third.lead[0].group == "UBND các xã, phường, đặc khu"
    tasks = actions.accept_proposal(third.proposal, by=world.office.specialist, at=make.DAY)
    assert {one.lead_id for one in tasks} == {world.ba_to.agency, world.tinh_khe.agency}
    assert {one.directive_id for one in tasks} == {directive.pk}
    assert {one.proposal_id for one in tasks} == {third.proposal.pk}


def test_a_yes_makes_the_task_with_partners_words_and_source():
    world = make.world()
    directive = make.read(world)
    first = queries.proposals_of(directive)[0].proposal
    [task] = actions.accept_proposal(
        first, follower=world.office.specialist.id, by=world.office.specialist, at=make.DAY
    )
    view = queries.task_view(task, by=world.office.specialist, at=make.DAY)
    assert task.status == Status.ASSIGNED
    assert view.partners == ((world.interior.agency, "Sở Nội vụ"),)
    assert view.wording.partner_words == "Công an tỉnh"
    assert view.wording.content.startswith("Giao Sở Tài chính")
    assert (task.due_on, task.given_on, task.given_by) == (date(2026, 10, 31), date(2026, 9, 28), "vice_chair")
    assert task.giver_id == world.root


def test_a_recurring_instruction_gives_the_task_of_its_first_period():
    world = make.world()
    fourth = queries.proposals_of(make.read(world))[3].proposal
    [task] = actions.accept_proposal(fourth, due_day=25, by=world.office.specialist, at=make.DAY)
    assert task.period == "tháng 10/2026"
    assert task.due_on == date(2026, 10, 25)
    assert task.series is not None and task.series.lead_id == world.interior.agency


def test_what_comes_every_week_is_proposed_as_weekly_and_not_as_a_day_nobody_can_reckon():
    world = make.world()
    weekly = (
        "1. Sở Nội vụ tổng hợp các nhiệm vụ quá hạn, chiều thứ Sáu hằng tuần báo cáo Chủ tịch UBND tỉnh.\n\n"
        "2. Sở Tài chính phân tích số liệu trong tuần tới."
    )
    row = actions.read_in(
        text=make.NOTICE[: make.NOTICE.index("1. ")] + weekly, by=world.office.specialist, at=make.DAY
    )
    first, second = queries.proposals_of(row)
    assert (first.proposal.recurrence, first.proposal.flags) == (Recurrence.WEEKLY, [])
    assert second.proposal.recurrence == Recurrence.NONE


def test_with_the_last_decision_the_document_is_read():
    world = make.world()
    directive = make.read(world)
    who = world.office.specialist
    first, second, third, fourth = (one.proposal for one in queries.proposals_of(directive))
    actions.accept_proposal(first, by=who, at=make.DAY)
    actions.edit_proposal(second, ProposalIn(lead=(world.finance.agency,)), by=who, at=make.DAY)
    assert second.state == ProposalState.EDITED and second.flags == []
    actions.accept_proposal(second, by=who, at=make.DAY)
    actions.reject_proposal(third, reason="Đã giao ở văn bản khác.", by=who, at=make.DAY)
    directive.refresh_from_db()
    assert (directive.state, directive.undecided) == (Reading.READING, 1)
    actions.accept_proposal(fourth, by=who, at=make.DAY)
    directive.refresh_from_db()
    assert (directive.state, directive.undecided) == (Reading.READ, 0)
    names = [one.name for one in Entry.objects.filter(stream=directive.stream).order_by("seq")]
    assert names[0] == "directives.DirectiveReadIn"
    assert names[-1] == "directives.DirectiveFinished"


def test_a_decided_proposal_is_not_decided_again():
    world = make.world()
    first = queries.proposals_of(make.read(world))[0].proposal
    actions.accept_proposal(first, by=world.office.specialist, at=make.DAY)
    with pytest.raises(Refused, match="Chuyên Viên vp đã quyết định"):
        actions.accept_proposal(Proposal.objects.get(pk=first.pk), by=world.office.head, at=make.DAY)
    assert Task.objects.count() == 1


def test_splitting_and_merging_keep_the_place_in_the_text():
    world = make.world()
    directive = make.read(world)
    who = world.office.specialist
    first = queries.proposals_of(directive)[0].proposal
    parts = [
        ProposalIn(title="Rà soát hồ sơ"),
        ProposalIn(title="Báo cáo UBND tỉnh", lead=(world.interior.agency,), partners=()),
    ]
    one, two = actions.split_proposal(first, parts, by=who, at=make.DAY)
    assert (one.start, one.end, one.anchor) == (first.start, first.end, "1.1")
    assert two.lead[0]["agencies"] == [world.interior.agency]
    merged = actions.merge_proposals([two, one], title="Rà soát và báo cáo", by=who, at=make.DAY)
    assert (merged.start, merged.end) == (first.start, first.end)
    assert {Proposal.objects.get(pk=each.pk).state for each in (one, two)} == {ProposalState.MERGED}
    order = [each.proposal.title for each in queries.proposals_of(directive) if each.undecided]
    assert order[0] == "Rà soát và báo cáo" and len(order) == 4


def test_a_stretch_the_reader_did_not_see_can_be_proposed_by_hand():
    world = make.world()
    directive = make.read(world)
    start = directive.text.index("Văn phòng UBND tỉnh thông báo")
    made = actions.add_proposal(
        directive,
        ProposalIn(start=start, end=start + 40, title="Thông báo", lead=(world.office.agency,)),
        by=world.office.specialist,
        at=make.DAY,
    )
    directive.refresh_from_db()
    assert (made.state, directive.undecided) == (ProposalState.EDITED, 5)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (ProposalIn(start=5, end=3), "không nằm trong văn bản"),
        (ProposalIn(start=0, end=10_000_000), "không nằm trong văn bản"),
        (ProposalIn(title="  "), "Ghi nội dung"),
        (ProposalIn(), "Không có gì thay đổi"),
        (ProposalIn(lead=(999_999,)), "Không có cơ quan này"),
    ],
)
def test_a_senseless_edit_is_refused(change, sentence):
    world = make.world()
    first = queries.proposals_of(make.read(world))[0].proposal
    with pytest.raises(Refused, match=sentence):
        actions.edit_proposal(first, change, by=world.office.specialist, at=make.DAY)
    first.refresh_from_db()
    assert first.state == ProposalState.PROPOSED


def test_a_scan_without_text_is_refused_by_its_name_and_nothing_is_written():
    world = make.world()
    file = keep(b"%PDF-1.4\n%%EOF", name="ban-quet.pdf", media_type="application/pdf", at=make.DAY)
    with pytest.raises(Refused, match=r"ban-quet\.pdf"):
        actions.read_in(file=file, by=world.office.specialist, at=make.DAY)
    with pytest.raises(Refused, match="không có chữ"):
        actions.read_in(text="12 / 34", by=world.office.specialist, at=make.DAY)
    assert not Directive.objects.exists()


def test_a_stored_file_is_read_and_stays_with_the_document():
    world = make.world()
    file = keep(make.NOTICE.encode(), name="tb512.txt", media_type="text/plain", at=make.DAY)
    directive = actions.read_in(file=file, by=world.office.records, at=make.DAY)
    assert directive.file == file
    assert directive.undecided == 4


def test_two_documents_in_one_file_are_said_with_the_line_where_the_second_begins():
    world = make.world()
    directive = make.read(world, make.NOTICE + "\n\n" + make.NOTICE.replace("512/", "513/"))
    assert directive.undecided == 4
    [remark] = [one for one in directive.remarks if "hai văn bản" in one["message"]]
    assert remark["line"] and remark["line"] > 30


def test_a_day_that_no_calendar_holds_is_flagged_at_its_proposal():
    world = make.world()
    directive = make.read(world, make.NOTICE.replace("ngày 31/10/2026", "ngày 31/11/2026"))
    first = queries.proposals_of(directive)[0].proposal
    assert first.due_on is None
    assert any("31/11/2026" in one and "Dòng" in one for one in first.flags)


def test_the_same_document_twice_is_refused_with_the_day_of_the_first():
    world = make.world()
    make.read(world)
    with pytest.raises(Refused, match="đã được nhập ngày 01/10/2026"):
        make.read(world)


def test_a_document_without_number_or_date_waits_for_a_person_to_write_them():
    world = make.world()
    text = make.NOTICE.replace("Số: 512/TB-VPUBND          Quảng Ngãi, ngày 28 tháng 9 năm 2026\n", "")
    directive = make.read(world, text)
    first = queries.proposals_of(directive)[0].proposal
    with pytest.raises(Refused, match="chưa có số hoặc ngày"):
        actions.accept_proposal(first, by=world.office.specialist, at=make.DAY)
    actions.correct_header(
        directive,
        number="512/TB-VPUBND",
        issued_on=date(2024, 9, 28),
        issuer_name="Văn phòng UBND tỉnh",
        title="Kết luận",
        given_by=GivenBy.CHAIR,
        by=world.office.specialist,
        at=make.DAY,
    )
    second = queries.proposals_of(directive)[1]
    assert second.lead[0].agencies == (world.planning,)  # looked up anew on the day of the document
    assert [one for one in directive.remarks if "Không thấy" in one["message"]] == []


def test_only_the_house_that_reads_the_document_decides():
    world = make.world()
    directive = make.read(world)
    first = queries.proposals_of(directive)[0].proposal
    with pytest.raises(Refused, match="cơ quan khác"):
        actions.accept_proposal(first, by=world.finance.leader, at=make.DAY)
    assert queries.directive_for(directive.pk, by=world.finance.leader, at=make.DAY) is None
    assert queries.directive_for(directive.pk, by=world.controller, at=make.DAY) == directive


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("UBND xã Ba Tơ", "ba_to"),
        ("Chủ tịch Ủy ban nhân dân xã Ba Tơ, tỉnh Quảng Ngãi", "ba_to"),
        ("xã Ba Tô", "other"),
        ("UBND xã Ba To", None),
        ("Sở Tài chính tỉnh Quảng Ngãi", "finance"),
        ("UBND tỉnh", "root"),
        ("Văn phòng UBND tỉnh", "office"),
    ],
)
def test_names_that_differ_in_their_marks_are_two_agencies(name, expected):
    world = make.world()
    other = make.another_commune(world, "Ba Tô")
    known = {
        "ba_to": world.ba_to.agency,
        "other": other,
        "finance": world.finance.agency,
        "root": world.root,
        "office": world.office.agency,
    }
    found = queries.resolve(name, day=make.DAY.date(), root=world.root)
    assert found.agencies == ((known[expected],) if expected else ())
    if not expected:
        assert "nhiều cơ quan" in found.sentence and set(found.suggested) == {known["ba_to"], other}


def test_a_task_without_a_lead_is_refused_by_its_number_in_the_document():
    world = make.world()
    first = queries.proposals_of(make.read(world))[0].proposal
    actions.edit_proposal(first, ProposalIn(lead=()), by=world.office.specialist, at=make.DAY)
    assert "Chưa rõ cơ quan chủ trì." in first.flags
    with pytest.raises(Refused, match="Nhiệm vụ 1 chưa có cơ quan chủ trì"):
        actions.accept_proposal(first, by=world.office.specialist, at=make.DAY)
    assert not Task.objects.exists()
