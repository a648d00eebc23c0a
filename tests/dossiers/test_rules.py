"""The table of moves: every status leads on, no way back from an end, each objection said, none twice."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.errors import Refused
from motcua.dossiers import drawing, rules
from motcua.dossiers.rules import PATHS, SYSTEM_ROLE, Situation, check, objections
from motcua.dossiers.terms import NATIONAL, Move, Status
from motcua.people.terms import Role
from tests.make import at

ENDS = {Status.REFUSED, Status.RETURNED, Status.WITHDRAWN, Status.STOPPED, Status.CLOSED_NO_RESPONSE}
CLERK, SPECIALIST, LEADER = (frozenset({one.value}) for one in (Role.CLERK, Role.SPECIALIST, Role.LEADER))
AT_COUNTER = Situation(Status.SUBMITTED, CLERK, turn="clerk")
IN_HAND = Situation(Status.PROCESSING, SPECIALIST, turn="specialist", next_role="leader")
BEFORE_LEADER = Situation(Status.SIGNING, LEADER, turn="leader")


@pytest.mark.parametrize(
    ("move", "now", "objection"),
    [
        (Move.RECEIVE, AT_COUNTER, None),
        (Move.RECEIVE, replace(AT_COUNTER, missing_papers=("Đơn", "Bản vẽ")), "Còn thiếu: Đơn, Bản vẽ."),
        (Move.RECEIVE, replace(AT_COUNTER, answered_at_once=True), "Thủ tục này trả kết quả ngay, không cần giấy hẹn."),
        (Move.ANSWER_AT_ONCE, AT_COUNTER, "Thủ tục này có thời hạn giải quyết: tiếp nhận và in giấy hẹn."),
        (
            Move.ASK_BEFORE,
            replace(AT_COUNTER, supplements=1),
            "Đã yêu cầu bổ sung một lần; chỉ được tiếp nhận, hoặc từ chối và ghi lý do.",
        ),
        (Move.RECEIVE, replace(AT_COUNTER, roles=SPECIALIST), "Việc này của cán bộ một cửa."),
        (Move.RECEIVE, replace(AT_COUNTER, own_office=False), "Hồ sơ do cơ quan khác giải quyết."),
        (Move.ANSWER_SUPPLEMENT, Situation(Status.NEED_MORE, CLERK, own_office=False), None),
        (Move.WITHDRAW, Situation(Status.NEED_MORE, CLERK, own_office=False), "Hồ sơ do cơ quan khác giải quyết."),
        (Move.SUBMIT_RESULT, IN_HAND, None),
        (
            Move.SUBMIT_RESULT,
            replace(IN_HAND, next_role="unit_head"),
            "Theo quy trình, bước tiếp theo chưa phải là ký.",
        ),
        (Move.SUBMIT_RESULT, replace(IN_HAND, assignee_name="Phạm Thị Thử"), "Hồ sơ đã phân công cho Phạm Thị Thử."),
        (
            Move.SUBMIT_RESULT,
            replace(IN_HAND, own_turn_office=False),
            "Hồ sơ đang ở phòng, cơ quan khác.",
        ),
        (
            Move.SUBMIT_RESULT,
            replace(IN_HAND, turn="leader", supplement_drafted=True),
            "Chưa đến lượt: hồ sơ đang ở lãnh đạo cơ quan.",
        ),
        (Move.ADVANCE, IN_HAND, "Bước tiếp theo là ký: dùng “Trình ký”."),
        (Move.ADVANCE, replace(IN_HAND, next_role=""), "Đây là bước cuối của quy trình."),
        (Move.SEND_BACK, replace(IN_HAND, first_step=True), "Đây là bước đầu, không có bước trước để trả lại."),
        (
            Move.DRAFT_SUPPLEMENT,
            replace(IN_HAND, supplements=1, supplement_number="12/PBS-TTPVHCC"),
            "Đã yêu cầu bổ sung một lần (phiếu 12/PBS-TTPVHCC). Mỗi hồ sơ chỉ được yêu cầu một lần.",
        ),
        (
            Move.SUBMIT_RESULT,
            replace(IN_HAND, supplement_drafted=True),
            "Đang chờ lãnh đạo ký phiếu yêu cầu bổ sung.",
        ),
        (Move.ADVANCE, replace(IN_HAND, supplement_drafted=True), "Đang chờ lãnh đạo ký phiếu yêu cầu bổ sung."),
        (Move.SEND_BACK, replace(IN_HAND, supplement_drafted=True), "Đang chờ lãnh đạo ký phiếu yêu cầu bổ sung."),
        (
            Move.ASSIGN,
            replace(IN_HAND, roles=LEADER, supplement_drafted=True),
            "Đang chờ lãnh đạo ký phiếu yêu cầu bổ sung.",
        ),
        (
            Move.DRAFT_SUPPLEMENT,
            replace(IN_HAND, supplement_drafted=True),
            "Đã có một phiếu yêu cầu bổ sung đang chờ ký.",
        ),
        (
            Move.SIGN_SUPPLEMENT,
            Situation(Status.PROCESSING, LEADER, turn="leader"),
            "Chưa có phiếu yêu cầu bổ sung nào chờ ký.",
        ),
        (
            Move.DROP_SUPPLEMENT,
            Situation(Status.PROCESSING, LEADER, turn="leader"),
            "Chưa có phiếu yêu cầu bổ sung nào chờ ký.",
        ),
        (Move.SIGN, BEFORE_LEADER, None),
        (Move.SIGN, replace(BEFORE_LEADER, result_file=False), "Chưa có dự thảo kết quả."),
        (
            Move.EXTEND,
            replace(BEFORE_LEADER, extended=True),
            "Đã xin lỗi và hẹn lại một lần. Mỗi hồ sơ chỉ được hẹn lại một lần.",
        ),
        (
            Move.RETURN_RESULT,
            Situation(Status.DONE, CLERK, turn="clerk", fee_due_vnd=75000),
            "Còn 75.000 đồng lệ phí chưa nộp.",
        ),
        (
            Move.CLOSE_UNANSWERED,
            Situation(Status.NEED_MORE, {SYSTEM_ROLE}, at=at("2026-12-01 23:59"), answer_until=date(2026, 12, 1)),
            "Người nộp còn hạn bổ sung đến hết ngày 01/12/2026.",
        ),
    ],
)
def test_each_objection_is_a_sentence(move: Move, now: Situation, objection: str | None) -> None:
    assert objections(move, now) == ([objection] if objection else [])


def test_all_reasons_are_given_not_only_the_first() -> None:
    found = objections(Move.SIGN, replace(BEFORE_LEADER, status=Status.RECEIVED, roles=CLERK))
    assert found == [
        "Hồ sơ đang ở trạng thái “Đã tiếp nhận” nên không làm được việc này.",
        "Việc này của lãnh đạo cơ quan.",
    ]


def test_every_status_that_is_no_end_leads_on_and_no_end_does() -> None:
    for status in Status:
        leaving = [move for move, path in PATHS.items() if status in path.sources and path.target not in (None, status)]
        goes_on = leaving or status in (Status.NEED_MORE, Status.NEED_MORE_PRE)
        assert bool(goes_on) is (status not in ENDS), status
    assert set(PATHS) == set(Move)


def test_no_path_leads_from_an_end_to_a_decision() -> None:
    reached, frontier = set(ENDS), set(ENDS)
    while frontier:
        frontier = {
            path.target
            for path in PATHS.values()
            if path.target and path.sources & frontier and path.target not in reached
        }
        reached |= frontier
    assert Status.DONE not in reached


def test_the_national_map_is_total_and_never_sends_a_wait_as_done() -> None:
    assert set(NATIONAL) == set(Status)
    assert {NATIONAL[one] for one in Status if one is not Status.DRAFT} == {1, 2, 3, 4, 5, 7, 8, 9, 10}
    for waiting in (Status.NEED_MORE, Status.NEED_MORE_PRE, Status.STOPPED, Status.WITHDRAWN):
        assert NATIONAL[waiting] not in (9, 10)


@given(
    st.sampled_from(Move),
    st.builds(
        Situation,
        status=st.sampled_from(Status),
        roles=st.frozensets(st.sampled_from([one.value for one in Role]), max_size=3),
        turn=st.sampled_from(["clerk", "specialist", "leader", "applicant", "nobody", ""]),
        own_office=st.booleans(),
        own_turn_office=st.booleans(),
        is_applicant=st.booleans(),
        supplements=st.integers(0, 2),
        supplement_drafted=st.booleans(),
        next_role=st.sampled_from(["", "leader", "specialist"]),
    ),
)
def test_check_refuses_exactly_when_there_is_an_objection(move: Move, now: Situation) -> None:
    found = objections(move, now)
    assert len(found) == len(set(found))
    if found:
        with pytest.raises(Refused):
            check(move, now)
    else:
        assert check(move, now) in (PATHS[move].target, now.status)


@pytest.mark.parametrize(
    ("number", "code"), [(1, "H48.115-261120-0001"), (9999, "H48.115-261120-9999"), (12345, "H48.115-261120-12345")]
)
def test_the_official_code_grows_when_a_day_needs_more(number: int, code: str) -> None:
    assert rules.official_code("H48.115", date(2026, 11, 20), number) == code


def test_the_readme_draws_the_table_of_now() -> None:
    text = drawing.README.read_text(encoding="utf-8")
    assert drawing.drawn(text) == text, "run `make states`"
