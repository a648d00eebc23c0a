"""Who may do what with a dossier, and why not: one table and one function for buttons, guards, API and tests."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext as _

from motcua.base.clock import local
from motcua.base.errors import Refused
from motcua.dossiers.terms import DAYS_TO_ANSWER, DRAFTS_KEPT, DraftKeeping, Move, Status
from motcua.people.terms import Role
from motcua.ui.words import whole

APPLICANT: Final = Role.CITIZEN
SYSTEM_ROLE: Final = "system"


@dataclass(frozen=True)
class Path:
    """One line of the table: from where, to where (None: the status stays), by whom."""

    sources: frozenset[Status]
    target: Status | None
    roles: frozenset[str]
    needs_turn: bool = True
    """Only the office and role whose turn it is may make the move."""
    any_office: bool = False
    """Reception does not depend on boundaries: an official of that role at any office may make the move."""


def _path(
    *sources: Status, to: Status | None, by: Collection[str], needs_turn: bool = True, any_office: bool = False
) -> Path:
    return Path(frozenset(sources), to, frozenset(str(role) for role in by), needs_turn, any_office)


_CLERK: Final = (Role.CLERK,)
_WORKER: Final = (Role.SPECIALIST, Role.UNIT_HEAD, Role.LEADER, Role.RECORDS)

PATHS: Final[Mapping[Move, Path]] = MappingProxyType(
    {
        Move.SUBMIT: _path(Status.DRAFT, to=Status.SUBMITTED, by=(APPLICANT, Role.CLERK), needs_turn=False),
        Move.RECEIVE: _path(Status.SUBMITTED, to=Status.RECEIVED, by=_CLERK),
        Move.ASK_BEFORE: _path(Status.SUBMITTED, to=Status.NEED_MORE_PRE, by=_CLERK),
        Move.REFUSE: _path(Status.SUBMITTED, to=Status.REFUSED, by=_CLERK),
        Move.ANSWER_AT_ONCE: _path(Status.SUBMITTED, to=Status.RETURNED, by=_CLERK),
        Move.CORRECT: _path(Status.RECEIVED, to=None, by=_CLERK),
        Move.HAND_OVER: _path(Status.RECEIVED, to=Status.PROCESSING, by=_CLERK),
        Move.ASSIGN: _path(Status.PROCESSING, to=None, by=(Role.UNIT_HEAD, Role.LEADER), needs_turn=False),
        Move.ADVANCE: _path(Status.PROCESSING, Status.DONE, to=None, by=_WORKER),
        Move.SEND_BACK: _path(Status.PROCESSING, to=None, by=_WORKER),
        Move.DRAFT_SUPPLEMENT: _path(Status.PROCESSING, to=None, by=(Role.SPECIALIST, Role.UNIT_HEAD)),
        Move.SIGN_SUPPLEMENT: _path(Status.PROCESSING, to=Status.NEED_MORE, by=(Role.LEADER,)),
        Move.DROP_SUPPLEMENT: _path(Status.PROCESSING, to=None, by=(Role.LEADER,)),
        Move.ANSWER_SUPPLEMENT: _path(
            Status.NEED_MORE_PRE,
            Status.NEED_MORE,
            to=None,
            by=(APPLICANT, Role.CLERK),
            needs_turn=False,
            any_office=True,
        ),
        Move.SUBMIT_RESULT: _path(Status.PROCESSING, to=Status.SIGNING, by=(Role.SPECIALIST, Role.UNIT_HEAD)),
        Move.GIVE_BACK: _path(Status.SIGNING, to=Status.PROCESSING, by=(Role.LEADER,)),
        Move.SIGN: _path(Status.SIGNING, to=Status.DONE, by=(Role.LEADER,)),
        Move.EXTEND: _path(
            Status.RECEIVED,
            Status.PROCESSING,
            Status.SIGNING,
            to=None,
            by=(Role.UNIT_HEAD, Role.LEADER),
            needs_turn=False,
        ),
        Move.WITHDRAW: _path(
            Status.SUBMITTED,
            Status.NEED_MORE_PRE,
            Status.RECEIVED,
            Status.PROCESSING,
            Status.NEED_MORE,
            Status.SIGNING,
            to=Status.WITHDRAWN,
            by=(APPLICANT, Role.CLERK),
            needs_turn=False,
        ),
        Move.STOP: _path(
            Status.RECEIVED,
            Status.PROCESSING,
            Status.NEED_MORE,
            Status.SIGNING,
            to=Status.STOPPED,
            by=(Role.LEADER,),
            needs_turn=False,
        ),
        Move.CLOSE_UNANSWERED: _path(
            Status.NEED_MORE_PRE, Status.NEED_MORE, to=Status.CLOSED_NO_RESPONSE, by=(SYSTEM_ROLE,), needs_turn=False
        ),
        Move.RETURN_RESULT: _path(Status.DONE, to=Status.RETURNED, by=_CLERK),
        Move.RATE: _path(Status.DONE, Status.RETURNED, Status.REFUSED, to=None, by=(APPLICANT,), needs_turn=False),
    }
)


@dataclass(frozen=True)
class Situation:
    """All that the rules need to know about one dossier and the person before it."""

    status: Status
    roles: Collection[str]
    turn: str = ""
    own_office: bool = True
    """The person's post belongs to an office that has to do with this dossier."""
    own_turn_office: bool = True
    """The person's post belongs to the office that holds it now."""
    assignee_name: str = ""
    """Who it is assigned to, if that is another person; empty when it is nobody or the person before it."""
    is_applicant: bool = False
    at: datetime | None = None
    missing_papers: Collection[str] = ()
    answered_at_once: bool = False
    supplements: int = 0
    """Requests for more papers already made in this part of its life: before receipt, or in processing."""
    supplement_drafted: bool = False
    supplement_number: str = ""
    answer_until: date | None = None
    extended: bool = False
    fee_due_vnd: int = 0
    next_role: str = ""
    """The role of the next step of the route; empty after the last."""
    first_step: bool = False
    result_file: bool = True
    rated: bool = False


def objections(move: Move, now: Situation) -> list[str]:
    """Every reason against this move, as sentences for the person before it; empty when it may be made."""
    path = PATHS[move]
    found: list[str] = []
    if now.status not in path.sources:
        found.append(
            _("Hồ sơ đang ở trạng thái “%(status)s” nên không làm được việc này.") % {"status": now.status.label}
        )
    found += _who(path, now)
    if not found:
        found += _why(move, now)
    return found


def _who(path: Path, now: Situation) -> list[str]:
    """Reasons that lie in the person: role, office, turn."""
    if SYSTEM_ROLE in now.roles:
        return []
    if APPLICANT in path.roles and now.is_applicant:
        return []
    roles = path.roles & {str(role) for role in now.roles}
    if not roles or roles == {APPLICANT}:
        names = ", ".join(str(Role(role).label).lower() for role in sorted(path.roles) if role != SYSTEM_ROLE)
        return [_("Việc này của %(roles)s.") % {"roles": names or _("hệ thống")}]
    if not now.own_office and not path.any_office:
        return [_("Hồ sơ do cơ quan khác giải quyết.")]
    if not path.needs_turn or now.status not in path.sources:
        return []
    found = []
    if now.turn in roles and not now.own_turn_office:
        found.append(_("Hồ sơ đang ở phòng, cơ quan khác."))
    elif now.turn not in roles:
        found.append(_("Chưa đến lượt: hồ sơ đang ở %(turn)s.") % {"turn": _turn_name(now.turn)})
    elif now.assignee_name:
        found.append(_("Hồ sơ đã phân công cho %(name)s.") % {"name": now.assignee_name})
    return found


def _turn_name(turn: str) -> str:
    return str(Role(turn).label).lower() if turn in Role.values else _("người nộp")


def _why(move: Move, now: Situation) -> list[str]:
    """Reasons that lie in the dossier itself."""
    match move:
        case Move.RECEIVE | Move.ANSWER_AT_ONCE:
            return _why_not_receive(move, now)
        case Move.ASK_BEFORE if now.supplements:
            return [_("Đã yêu cầu bổ sung một lần; chỉ được tiếp nhận, hoặc từ chối và ghi lý do.")]
        case Move.ADVANCE:
            return _why_not_advance(now)
        case Move.ASSIGN | Move.SEND_BACK if now.supplement_drafted:
            return [_("Đang chờ lãnh đạo ký phiếu yêu cầu bổ sung.")]
        case Move.SEND_BACK if now.first_step:
            return [_("Đây là bước đầu, không có bước trước để trả lại.")]
        case Move.DRAFT_SUPPLEMENT:
            return _why_not_ask(now)
        case Move.SIGN_SUPPLEMENT | Move.DROP_SUPPLEMENT if not now.supplement_drafted:
            return [_("Chưa có phiếu yêu cầu bổ sung nào chờ ký.")]
        case Move.SUBMIT_RESULT | Move.SIGN:
            return _why_not_decide(move, now)
        case Move.EXTEND | Move.CLOSE_UNANSWERED | Move.RETURN_RESULT | Move.RATE:
            return _why_not_end(move, now)
        case _:
            return []


def _why_not_receive(move: Move, now: Situation) -> list[str]:
    if move is Move.RECEIVE and now.answered_at_once:
        return [_("Thủ tục này trả kết quả ngay, không cần giấy hẹn.")]
    if move is Move.ANSWER_AT_ONCE and not now.answered_at_once:
        return [_("Thủ tục này có thời hạn giải quyết: tiếp nhận và in giấy hẹn.")]
    if now.missing_papers:
        return [_("Còn thiếu: %(papers)s.") % {"papers": ", ".join(now.missing_papers)}]
    return []


def _why_not_decide(move: Move, now: Situation) -> list[str]:
    if move is Move.SIGN:
        return [] if now.result_file else [_("Chưa có dự thảo kết quả.")]
    if now.supplement_drafted:
        return [_("Đang chờ lãnh đạo ký phiếu yêu cầu bổ sung.")]
    if now.next_role != Role.LEADER:
        return [_("Theo quy trình, bước tiếp theo chưa phải là ký.")]
    return []


def _why_not_end(move: Move, now: Situation) -> list[str]:
    match move:
        case Move.EXTEND if now.extended:
            return [_("Đã xin lỗi và hẹn lại một lần. Mỗi hồ sơ chỉ được hẹn lại một lần.")]
        case Move.CLOSE_UNANSWERED if now.answer_until and now.at and local(now.at).date() <= now.answer_until:
            return [_("Người nộp còn hạn bổ sung đến hết ngày %(day)s.") % {"day": f"{now.answer_until:%d/%m/%Y}"}]
        case Move.RETURN_RESULT if now.fee_due_vnd:
            amount = whole(now.fee_due_vnd)
            return [_("Còn %(amount)s đồng lệ phí chưa nộp.") % {"amount": amount}]
        case Move.RATE if now.rated:
            return [_("Hồ sơ này đã được đánh giá.")]
        case _:
            return []


def _why_not_advance(now: Situation) -> list[str]:
    if now.supplement_drafted:
        return [_("Đang chờ lãnh đạo ký phiếu yêu cầu bổ sung.")]
    if now.status is Status.DONE:
        # The records officer passes the sealed result to the counter; that is never the last step.
        return [] if now.turn == Role.RECORDS else [_("Kết quả đã ở một cửa, chờ trả.")]
    if not now.next_role:
        return [_("Đây là bước cuối của quy trình.")]
    if now.next_role == Role.LEADER:
        return [_("Bước tiếp theo là ký: dùng “Trình ký”.")]
    return []


def _why_not_ask(now: Situation) -> list[str]:
    if now.supplement_drafted:
        return [_("Đã có một phiếu yêu cầu bổ sung đang chờ ký.")]
    if now.supplements:
        known = {"number": now.supplement_number or _("đã gửi")}
        return [_("Đã yêu cầu bổ sung một lần (phiếu %(number)s). Mỗi hồ sơ chỉ được yêu cầu một lần.") % known]
    return []


def check(move: Move, now: Situation) -> Status:
    """The status the move leads to, or `Refused` with all objections."""
    if found := objections(move, now):
        raise Refused(found)
    return PATHS[move].target or now.status


def unanswered(asked: Iterable[Mapping[str, Any]], answered: Collection[int]) -> list[str]:
    """What an M02 asked for and nothing came to: no file, no sheet, no word of why not.

    It is asked once and answered once, and then the clock goes on: so each line has its answer (NĐ 63/2010/NĐ-CP art. 20).
    """
    return [str(one["name"] or one["what"]) for one in asked if one["paper"] not in answered]


def official_code(agency_code: str, day: date, number: int) -> str:
    """The code given at reception: organisation, day, running number of the day (TT 03/2025/TT-VPCP art. 13).

    The shape of TT 01/2018/TT-VPCP is the same; the two differ in how the organisation is written, which is dated data of
    the agency. The number has at least four digits and grows when a day needs more.
    """
    return f"{agency_code}-{day:%y%m%d}-{number:04d}"


def days_to_answer(asked_on: date) -> int:
    """Working days to answer an M02, by the line in force on the day it was asked."""
    return [one.days for one in DAYS_TO_ANSWER if one.since <= asked_on][-1]


def draft_keeping(day: date) -> DraftKeeping:
    """How long drafts are kept, by the line in force on that day."""
    return [one for one in DRAFTS_KEPT if one.since <= day][-1]


def draft_ends_on(changed_on: date) -> date:
    """The last day of a draft that nobody touches any more."""
    return changed_on + timedelta(days=draft_keeping(changed_on).days)
