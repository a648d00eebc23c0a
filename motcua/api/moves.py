"""Moves of a dossier: one call per move, each with its own words, all through the same five steps of the actions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from motcua.api import shown
from motcua.api.door import ApiRequest
from motcua.api.files import numbers_of
from motcua.api.openapi import KEY_HEADER, VERSION_HEADER
from motcua.api.problems import INVALID, REFUSED, ApiProblem
from motcua.api.reading import invalid, key_of, version_of
from motcua.api.schemas import AgencyRef, Id, In, Line, Moved, Words
from motcua.api.seeing import dossier_row
from motcua.base.actors import Actor
from motcua.base.clock import day_of, local
from motcua.base.errors import Conflict, Refused
from motcua.base.models import Entry
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Dossier, Submission
from motcua.dossiers.terms import Channel, Delivery, Move, Status
from motcua.people.terms import Role
from motcua.workdays import queries as workdays

router = Router(tags=["Thao tác"])
FARTHEST: Final = timedelta(days=366)


class MoveIn(In):
    """A move that needs no words."""

    version: Annotated[int, Field(ge=1, le=10**9)] | None = Field(
        None, description="Phiên bản hồ sơ đã đọc, nếu không gửi If-Match"
    )


class ReasonIn(MoveIn):
    """A move with its reason."""

    reason: Words


class NoteIn(MoveIn):
    """A move with a word to the next one, if any."""

    note: Words = ""


class ItemIn(In):
    """One thing to add or to mend."""

    paper: Annotated[int, Field(ge=1, le=999)] | None = None
    name: Line
    what: Annotated[str, StringConstraints(max_length=1000)] = ""


class SupplementIn(ReasonIn):
    """A request for more papers."""

    items: Annotated[list[ItemIn], Field(min_length=1, max_length=50)]


class CorrectionIn(ReasonIn):
    """What stood wrong at reception; what is left out stays."""

    applicant_name: Line | None = None
    phone: Annotated[str, StringConstraints(max_length=20)] | None = None
    identity_number: Annotated[str, StringConstraints(max_length=20)] | None = None
    address: Annotated[str, StringConstraints(max_length=500)] | None = None
    subject: Annotated[str, StringConstraints(max_length=1000)] | None = None
    delivery: Delivery | None = None


class HandOverIn(MoveIn):
    """To which unit; the one of the route when left out."""

    unit: Id | None = None


class AssignIn(NoteIn):
    """To whom."""

    to: Id


class AnswerIn(NoteIn):
    """What the applicant brings, each paper asked for in some way: files, words instead; at the counter originals and copies."""

    files: dict[Annotated[int, Field(ge=1, le=999)], Annotated[list[str], Field(max_length=20)]] = Field(
        {}, max_length=50
    )
    on_paper: dict[
        Annotated[int, Field(ge=1, le=999)],
        tuple[Annotated[int, Field(ge=0, le=999)], Annotated[int, Field(ge=0, le=999)]],
    ] = Field({}, max_length=50)
    words: dict[Annotated[int, Field(ge=1, le=999)], Words] = Field(
        {}, max_length=50, description="Lời trả lời thay cho giấy tờ không có, theo số của giấy trong phiếu"
    )


class ResultIn(MoveIn):
    """The drafted decision."""

    favourable: bool
    title: Annotated[str, StringConstraints(max_length=1000)]
    body: Words


class AtOnceIn(MoveIn):
    """A result given on the spot."""

    handed_to: Line
    title: Annotated[str, StringConstraints(max_length=1000)]
    body: Words = ""


class ExtendIn(ReasonIn):
    """The one new date."""

    new_due_at: datetime


class StopIn(ReasonIn):
    """An end on a legal ground."""

    legal_basis: Words


class ReturnIn(MoveIn):
    """How the result was handed over, and to whom (or the number of the waybill)."""

    way: Delivery
    handed_to: Line = ""


class RateIn(MoveIn):
    """From one to five."""

    score: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[str, StringConstraints(max_length=2000)] = ""


Make = Callable[[Dossier, Any, dict[str, Any]], object]


@dataclass(frozen=True)
class Call:
    """One move: the words it needs, and the one action it makes."""

    words: type[MoveIn]
    make: Make


def _items(words: SupplementIn) -> list[dict[str, Any]]:
    return [one.model_dump() for one in words.items]


def _correct(dossier: Dossier, words: CorrectionIn, who: dict[str, Any]) -> None:
    changed = words.model_dump(exclude={"reason", "version"}, exclude_none=True)
    if not changed:
        raise invalid(("", _("Ghi ít nhất một mục cần sửa.")))
    actions.correct_reception(dossier, reason=words.reason, **changed, **who)


def _answer(dossier: Dossier, words: AnswerIn, who: dict[str, Any]) -> None:
    by: Actor = who["by"]
    clerk = Role.CLERK in by.roles and by.id != dossier.applicant_id
    if words.on_paper and not clerk:
        raise invalid(("on_paper", _("Bản giấy chỉ nhận tại quầy một cửa.")))
    files = {no: list(numbers_of(sealed, by)) for no, sealed in words.files.items()}
    actions.answer_supplement(
        dossier,
        channel=Channel.COUNTER if clerk else Channel.ONLINE,
        files=files,
        on_paper=words.on_paper,
        words=words.words,
        note=words.note,
        **who,
    )


def _extend(dossier: Dossier, words: ExtendIn, who: dict[str, Any]) -> None:
    try:
        new_due_at = local(words.new_due_at)
    except OverflowError:
        new_due_at = None
    if new_due_at is None or not who["at"] < new_due_at < who["at"] + FARTHEST:
        raise invalid(("new_due_at", _("Ngày hẹn mới phải sau lúc này và trong vòng một năm.")))
    actions.extend(dossier, new_due_at=new_due_at, reason=words.reason, **who)


def _rate(dossier: Dossier, words: RateIn, who: dict[str, Any]) -> None:
    actions.rate(dossier, score=words.score, comment=words.comment, by=who["by"], at=who["at"])


CALLS: Final[dict[Move, Call]] = {
    Move.RECEIVE: Call(MoveIn, lambda one, words, who: actions.receive(one, **who)),
    Move.ASK_BEFORE: Call(
        SupplementIn,
        lambda one, words, who: actions.ask_before_receipt(one, reason=words.reason, items=_items(words), **who),
    ),
    Move.REFUSE: Call(ReasonIn, lambda one, words, who: actions.refuse(one, reason=words.reason, **who)),
    Move.CORRECT: Call(CorrectionIn, _correct),
    Move.ANSWER_AT_ONCE: Call(
        AtOnceIn,
        lambda one, words, who: actions.answer_at_once(
            one, handed_to=words.handed_to, title=words.title, body=words.body, **who
        ),
    ),
    Move.HAND_OVER: Call(HandOverIn, lambda one, words, who: actions.hand_over(one, unit=words.unit, **who)),
    Move.ASSIGN: Call(AssignIn, lambda one, words, who: actions.assign(one, to=words.to, note=words.note, **who)),
    Move.ADVANCE: Call(NoteIn, lambda one, words, who: actions.advance(one, note=words.note, **who)),
    Move.SEND_BACK: Call(ReasonIn, lambda one, words, who: actions.send_back(one, reason=words.reason, **who)),
    Move.DRAFT_SUPPLEMENT: Call(
        SupplementIn,
        lambda one, words, who: actions.draft_supplement(one, reason=words.reason, items=_items(words), **who),
    ),
    Move.SIGN_SUPPLEMENT: Call(MoveIn, lambda one, words, who: actions.sign_supplement(one, **who)),
    Move.DROP_SUPPLEMENT: Call(
        ReasonIn, lambda one, words, who: actions.drop_supplement(one, reason=words.reason, **who)
    ),
    Move.ANSWER_SUPPLEMENT: Call(AnswerIn, _answer),
    Move.SUBMIT_RESULT: Call(
        ResultIn,
        lambda one, words, who: actions.submit_result(
            one, favourable=words.favourable, title=words.title, body=words.body, **who
        ),
    ),
    Move.GIVE_BACK: Call(ReasonIn, lambda one, words, who: actions.give_back(one, reason=words.reason, **who)),
    Move.SIGN: Call(MoveIn, lambda one, words, who: actions.sign(one, **who)),
    Move.EXTEND: Call(ExtendIn, _extend),
    Move.WITHDRAW: Call(ReasonIn, lambda one, words, who: actions.withdraw(one, reason=words.reason, **who)),
    Move.STOP: Call(
        StopIn, lambda one, words, who: actions.stop(one, reason=words.reason, legal_basis=words.legal_basis, **who)
    ),
    Move.RETURN_RESULT: Call(
        ReturnIn, lambda one, words, who: actions.return_result(one, way=words.way, handed_to=words.handed_to, **who)
    ),
    Move.RATE: Call(RateIn, _rate),
}
"""Every move a person can make; handing in has its own call, closing unanswered ones is the program's."""


def make_move(request: ApiRequest, reference: str, move: Move, words: MoveIn, response: HttpResponse) -> Moved:
    """Claim the key, make the move, both in one transaction; a replay is answered from the journal."""
    by, at, key = request.auth, request.now, key_of(request)
    seen = version_of(request, words.version)
    dossier = dossier_row(reference, by=by, at=at)
    payload = words.model_dump(mode="json", exclude={"version"})
    new = False
    workdays.calendar_of(None, day_of(at))  # a look outside the transaction serves the clicks after it too
    try:
        with transaction.atomic():
            new = actions.with_key(dossier, key, payload, move=move, by=by, at=at)
            if new:
                CALLS[move].make(dossier, words, {"by": by, "at": at} | ({} if move is Move.RATE else {"seen": seen}))
    except Conflict:
        raise
    except Refused as refused:
        raise _refusal(move, reference, refused, claimed=new, by=by, at=at) from None
    if not new:
        response.headers["Idempotency-Replayed"] = "true"
    response.headers["ETag"] = f'"{dossier.version}"'
    return _moved(move, dossier, at) if new else _replayed(move, dossier, key, by)


def _refusal(move: Move, reference: str, refused: Refused, *, claimed: bool, by: Actor, at: datetime) -> ApiProblem:
    """A rule stands against it (409), or the words must be mended (422)."""
    if claimed:
        dossier = Dossier.objects.select_related("application").get(pk=dossier_row(reference, by=by, at=at).pk)
        if queries.objections_to(move, dossier, by=by, at=at):
            return ApiProblem(REFUSED, refused.objections)
    return ApiProblem(INVALID, refused.objections)


_GIVES_A_CODE: Final = (Move.RECEIVE, Move.ANSWER_AT_ONCE)


def _moved(move: Move, dossier: Dossier, at: datetime) -> Moved:
    code = dossier.code if move in _GIVES_A_CODE else None
    return Moved(
        reference=dossier.reference,
        move=shown.term(move),
        at=local(at),
        status=shown.term(dossier.state),
        turn=dossier.turn,
        step=dossier.step,
        holding=_holding(dossier.holding_id, at),
        due_at=shown.moment(dossier.due_at),
        code=code,
    )


def _replayed(move: Move, dossier: Dossier, key: str, by: Actor) -> Moved:
    """The same answer again: what the journal says of that moment."""
    at = Submission.objects.values_list("at", flat=True).get(owner=str(by.id), key=key)
    entry = Entry.objects.filter(stream=dossier.stream, at=at).order_by("-seq").first()
    assert entry is not None, "the key and the entry were written in one transaction"
    facts = entry.facts
    due_at = facts.get("due_at")
    return Moved(
        reference=dossier.reference,
        move=shown.term(move),
        at=local(at),
        status=shown.term(Status(facts["status"])),
        turn=facts["turn"],
        step=facts["step"],
        holding=_holding(facts["holding"], at),
        due_at=local(datetime.fromisoformat(due_at)) if due_at else None,
        code=facts.get("code") if move in _GIVES_A_CODE else None,
    )


def _holding(number: int, at: datetime) -> AgencyRef:
    return shown.agency(number, day_of(at))


def _offer(move: Move, call: Call) -> None:
    """Open one call per move, so that the description says which words each needs."""

    def view(request: Any, reference: str, payload: Schema, response: HttpResponse) -> Moved:
        assert isinstance(payload, MoveIn)
        return make_move(request, reference, move, payload, response)

    view.__annotations__["payload"] = call.words
    view.__name__ = f"move_{move.value}"
    view.__doc__ = (call.words.__doc__ or "").strip()
    router.add_api_operation(
        f"/dossiers/{{reference}}/moves/{move.value}",
        ["POST"],
        view,
        response=Moved,
        summary=str(move.label),
        description=_DESCRIPTION,
        operation_id=f"move_{move.value}",
        openapi_extra={"parameters": [KEY_HEADER, VERSION_HEADER]},
    )


_DESCRIPTION: Final = (
    "Cùng quy tắc với nút trên trang; lý do chưa làm được xem trước ở `options`. Gửi lại cùng khóa, cùng nội dung thì nhận "
    "lại câu trả lời cũ."
)
for _move, _call in CALLS.items():
    _offer(_move, _call)
