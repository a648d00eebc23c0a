"""Loading: received, handed over, decided, as `actions.receiving` and `actions.processing` do it."""

from datetime import datetime

from motcua.base.actors import Actor
from motcua.base.text import squeeze
from motcua.dossiers.actions.bulk.life import Life
from motcua.dossiers.actions.making import ENDED, to_step
from motcua.dossiers.events import (
    DossierAssigned,
    DossierHandedOver,
    DossierReceived,
    DossierRefused,
    ResultGivenBack,
    ResultSigned,
    ResultSubmitted,
    StepSentBack,
    StepTaken,
)
from motcua.dossiers.models import (
    Result,
)
from motcua.dossiers.queries.clocks import outcome_at
from motcua.dossiers.queries.situations import first_office_step, place, step_role
from motcua.dossiers.terms import Slip, Status, Turn
from motcua.people.terms import Role


def receive(life: Life, by: Actor, at: datetime) -> None:
    """The official code, the due moment, M01."""
    dossier = life.dossier
    dossier.received_at = at
    life.promised = life.count_due()
    due = life.promised.due
    code = life.registry.code(dossier, at)
    changes = {
        "status": Status.RECEIVED,
        "code": code,
        "received_at": at,
        "due_at": due,
        "first_due_at": due,
        "held_since": at,
    }
    life.finish(DossierReceived, by, at, changes, code=code)
    life.issue(Slip.M01, by, at)


def refuse(life: Life, by: Actor, at: datetime, *, reason: str) -> None:
    """Not accepted, M03."""
    slip = life.issue(Slip.M03, by, at, reason=reason)
    changes = {"status": Status.REFUSED, "payment": life.fee_after_the_end(), "held_since": at, **ENDED}
    life.finish(DossierRefused, by, at, changes, note=reason, public=True, slip=slip.number)


def answer_at_once(life: Life, by: Actor, at: datetime, *, handed_to: str, title: str, body: str) -> None:
    """Received and answered on one screen."""
    life.result = Result(
        dossier_id=life.dossier.pk,
        favourable=True,
        title=title,
        body=body,
        drafted_by_id=by.id,
        drafted_at=at,
        signed_by_id=by.id,
        signed_at=at,
        handed_to=squeeze(handed_to)[:300],
    )
    code = life.registry.code(life.dossier, at)
    moments = dict.fromkeys(("received_at", "due_at", "first_due_at", "finished_at", "returned_at", "held_since"), at)
    changes = {"status": Status.RETURNED, "code": code, "favourable": True, **moments, **ENDED}
    life.finish(DossierReceived, by, at, changes, code=code, at_once=True)


def hand_over(life: Life, by: Actor, at: datetime) -> None:
    """To the unit that works on it."""
    before = life.dossier.step
    changes = {"status": Status.PROCESSING, **to_step(life.dossier, first_office_step(life.dossier), at=at)}
    life.finish(DossierHandedOver, by, at, changes, from_step=before)


def assign(life: Life, by: Actor, at: datetime, *, to: int, note: str = "") -> None:
    """To one person."""
    dossier, changes = life.dossier, {}
    if dossier.turn == Turn.UNIT_HEAD and step_role(dossier, dossier.step + 1) == Role.SPECIALIST:
        changes = to_step(dossier, dossier.step + 1, at=at)
    changes = {**changes, "assignee_id": to, "held_since": at}
    life.finish(DossierAssigned, by, at, changes, note=note, assignee=to)


def advance(life: Life, by: Actor, at: datetime, *, note: str = "") -> None:
    """One step on."""
    dossier = life.dossier
    before = dossier.step
    if dossier.status == Status.DONE:
        changes = {
            "turn": Turn.CLERK,
            "holding_id": dossier.receiving_id,
            "assignee_id": None,
            "held_since": at,
        }
    else:
        changes = to_step(dossier, before + 1, at=at)
    life.finish(StepTaken, by, at, changes, note=note, from_step=before)


def send_back(life: Life, by: Actor, at: datetime, *, reason: str) -> None:
    """One step back."""
    before = life.dossier.step
    changes = to_step(life.dossier, max(first_office_step(life.dossier), before - 1), at=at)
    life.finish(StepSentBack, by, at, changes, note=reason, from_step=before)


def submit_result(life: Life, by: Actor, at: datetime, *, favourable: bool, title: str, body: str) -> None:
    """Before the leader."""
    row = life.result or Result(dossier_id=life.dossier.pk)
    row.favourable, row.title, row.body = favourable, title, body
    row.drafted_by_id, row.drafted_at, row.opinion = by.id, at, ""
    life.result = row
    before = life.dossier.step
    changes = {"status": Status.SIGNING, **to_step(life.dossier, before + 1, at=at)}
    life.finish(ResultSubmitted, by, at, changes, from_step=before, favourable=favourable)


def give_back(life: Life, by: Actor, at: datetime, *, reason: str) -> None:
    """Not signed, with an opinion."""
    assert life.result is not None
    life.result.opinion = reason
    dossier, before = life.dossier, life.dossier.step
    earlier = (number for number in range(before - 1, 0, -1) if step_role(dossier, number) == Role.SPECIALIST)
    back_to = next(earlier, max(first_office_step(dossier), before - 1))
    changes = {"status": Status.PROCESSING, **to_step(dossier, back_to, at=at)}
    if step_role(dossier, back_to) == Role.SPECIALIST and back_to == before - 1:
        changes["assignee_id"] = life.result.drafted_by_id
    life.finish(ResultGivenBack, by, at, changes, note=reason, from_step=before)


def sign(life: Life, by: Actor, at: datetime) -> None:
    """Decided and signed; the paper itself is not made again: what was signed on paper lies in the archive."""
    assert life.result is not None
    life.result.signed_by_id, life.result.signed_at = by.id, at
    dossier, before = life.dossier, life.dossier.step
    role = step_role(dossier, before + 1)
    onwards = role in (Role.RECORDS, Role.CLERK)
    role = role if onwards else str(Turn.CLERK)
    changes = {
        "status": Status.DONE,
        "finished_at": at,
        "favourable": life.result.favourable,
        "step": before + 1 if onwards else before,
        "turn": role,
        "holding_id": place(dossier, role),
        "assignee_id": None,
        "held_since": at,
    }
    life.finish(
        ResultSigned,
        by,
        at,
        changes,
        from_step=before,
        favourable=life.result.favourable,
        outcome=str(outcome_at(dossier, at)),
        signed_electronically=False,
    )
