"""Along the route: assign, step on, step back, the result before the leader, signed."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.documents import actions as documents
from motcua.dossiers.actions.making import begin, finish, need_words, to_step
from motcua.dossiers.actions.telling import tell_applicant, tell_official
from motcua.dossiers.events import (
    DossierAssigned,
    ResultGivenBack,
    ResultSigned,
    ResultSubmitted,
    StepSentBack,
    StepTaken,
)
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.queries.clocks import outcome_at
from motcua.dossiers.queries.results import result_paper
from motcua.dossiers.queries.situations import first_office_step, place, step_role
from motcua.dossiers.terms import Move, Status, Turn
from motcua.people import queries as people
from motcua.people.terms import Role


@transaction.atomic
def assign(dossier: Dossier, *, to: int, by: Actor, at: datetime, note: str = "", seen: int | None = None) -> None:
    """Give the dossier to one person of the unit; if it waits for the head to assign, it goes on to the specialist's step."""
    begin(Move.ASSIGN, dossier, by=by, at=at, seen=seen)
    changes: dict[str, Any] = {}
    if dossier.turn == Turn.UNIT_HEAD and step_role(dossier, dossier.step + 1) == Role.SPECIALIST:
        changes = to_step(dossier, dossier.step + 1, at=at)
    role = Role(str(changes.get("turn", dossier.turn)))
    office = int(changes.get("holding_id", dossier.holding_id))
    if not people.holders(agency=office, roles=[role], day=day_of(at)).filter(pk=to).exists():
        raise Refused(
            _("Người được phân công không giữ vai trò %(role)s ở nơi đang giữ hồ sơ.") % {"role": role.label.lower()}
        )
    changes = {**changes, "assignee_id": to, "held_since": at}
    finish(dossier, DossierAssigned, by=by, at=at, changes=changes, note=note, assignee=to)
    tell_official(dossier, to, at=at, by=by)


@transaction.atomic
def advance(dossier: Dossier, *, by: Actor, at: datetime, note: str = "", seen: int | None = None) -> None:
    """One step further along the route that was in force at reception; from the records officer to the counter."""
    target = begin(Move.ADVANCE, dossier, by=by, at=at, seen=seen)
    before = dossier.step
    if target == Status.DONE:
        counter = {"turn": Turn.CLERK, "holding_id": dossier.receiving_id, "assignee_id": None, "held_since": at}
        finish(dossier, StepTaken, by=by, at=at, changes=counter, note=note, from_step=before)
        return
    changes = {"status": target, **to_step(dossier, before + 1, at=at)}
    finish(dossier, StepTaken, by=by, at=at, changes=changes, note=note, from_step=before)


@transaction.atomic
def send_back(dossier: Dossier, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> None:
    """One step back, with a reason; never back to the counter."""
    target = begin(Move.SEND_BACK, dossier, by=by, at=at, seen=seen)
    reason = need_words(reason, _("lý do trả lại"))
    before = dossier.step
    changes = {"status": target, **to_step(dossier, max(first_office_step(dossier), before - 1), at=at)}
    finish(dossier, StepSentBack, by=by, at=at, changes=changes, note=reason, from_step=before)


@transaction.atomic
def submit_result(
    dossier: Dossier, *, favourable: bool, title: str, body: str, by: Actor, at: datetime, seen: int | None = None
) -> None:
    """Lay the drafted result before the leader. A refusal on the merits is a result too, with its reason in writing."""
    target = begin(Move.SUBMIT_RESULT, dossier, by=by, at=at, seen=seen)
    title = need_words(title, _("tên kết quả"))
    body = need_words(body, _("nội dung kết quả") if favourable else _("lý do không đủ điều kiện"))
    draft = Result(
        dossier=dossier,
        favourable=favourable,
        title=title,
        body=body,
        drafted_by_id=by.id,
        drafted_at=at,
    )
    columns = ["favourable", "title", "body", "drafted_by", "drafted_at", "opinion"]
    Result.objects.bulk_create([draft], update_conflicts=True, unique_fields=["dossier"], update_fields=columns)
    before = dossier.step
    changes = {"status": target, **to_step(dossier, before + 1, at=at)}
    finish(dossier, ResultSubmitted, by=by, at=at, changes=changes, from_step=before, favourable=favourable)


@transaction.atomic
def give_back(dossier: Dossier, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> None:
    """Not signed; the leader says why, and it lies with the one who drafted it again."""
    target = begin(Move.GIVE_BACK, dossier, by=by, at=at, seen=seen)
    reason = need_words(reason, _("ý kiến trả lại"))
    result = Result.objects.select_for_update(of=("self",)).get(dossier=dossier)
    result.opinion = reason
    result.save(update_fields=["opinion"])
    before = dossier.step
    back_to = _step_of_drafting(dossier, before)
    changes = {"status": target, **to_step(dossier, back_to, at=at)}
    if step_role(dossier, back_to) == Role.SPECIALIST and back_to == before - 1:
        changes["assignee_id"] = result.drafted_by_id  # a head who checked it in between drafts nothing anew
    finish(dossier, ResultGivenBack, by=by, at=at, changes=changes, note=reason, from_step=before)


def _step_of_drafting(dossier: Dossier, step: int) -> int:
    """The nearest step before that a specialist does; else simply the step before."""
    for number in range(step - 1, 0, -1):
        if step_role(dossier, number) == Role.SPECIALIST:
            return number
    return max(first_office_step(dossier), step - 1)


@transaction.atomic
def sign(dossier: Dossier, *, by: Actor, at: datetime, seen: int | None = None) -> None:
    """Sign the result and number it: decided, and the clock ends (QĐ 766/QĐ-TTg).

    The paper is laid out and sealed with the leader's electronic signature inside the transaction of the decision, so that
    there is never a decision without its paper, nor a signed paper without its decision.
    """
    target = begin(Move.SIGN, dossier, by=by, at=at, seen=seen)
    result = Result.objects.select_for_update(of=("self",)).get(dossier=dossier)
    document = documents.issue_signed(
        result_paper(dossier, result, by=by, at=at),
        title=result.title,
        agency=dossier.deciding_id,
        about=dossier.ref,
        by=by,
        at=at,
    )
    result.document, result.signed_by_id, result.signed_at = document, by.id, at
    result.save(update_fields=["document", "signed_by", "signed_at"])
    before = dossier.step
    after = before + 1 if step_role(dossier, before + 1) in (Role.RECORDS, Role.CLERK) else before
    role = step_role(dossier, before + 1) if after > before else Turn.CLERK
    role = role if role in (Role.RECORDS, Role.CLERK) else Turn.CLERK
    changes = {
        "status": target,
        "finished_at": at,
        "favourable": result.favourable,
        "step": after,
        "turn": role,
        "holding_id": place(dossier, role),
        "assignee_id": None,
        "held_since": at,
    }
    finish(
        dossier,
        ResultSigned,
        by=by,
        at=at,
        changes=changes,
        from_step=before,
        favourable=result.favourable,
        outcome=str(outcome_at(dossier, at)),
        signed_electronically=document.signed_at is not None,
    )
    tell_applicant(dossier, "done", at=at)
