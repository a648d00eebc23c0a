"""Loading: more papers asked for and brought, as `actions.supplementing` and `receiving` do it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.dossiers.actions.bulk.life import Life
from motcua.dossiers.actions.making import to_step
from motcua.dossiers.actions.receiving import need_items
from motcua.dossiers.events import (
    SupplementAnswered,
    SupplementAsked,
    SupplementDrafted,
    SupplementDropped,
)
from motcua.dossiers.models import (
    Supplement,
)
from motcua.dossiers.queries.clocks import due_while_asked, last_day_to_answer
from motcua.dossiers.queries.situations import place, step_role
from motcua.dossiers.terms import Slip, Status, Turn


def ask_before_receipt(life: Life, by: Actor, at: datetime, *, reason: str, items: list[dict[str, Any]]) -> None:
    """Guided once before receipt, M02."""
    asked = _asked(life, reason, items, by, at, before_receipt=True)
    _sign_request(life, asked, by, at)
    changes = {
        "status": Status.NEED_MORE_PRE,
        "supplements": life.dossier.supplements,
        "turn": Turn.APPLICANT,
        "assignee_id": None,
        "held_since": at,
    }
    life.finish(SupplementAsked, by, at, changes, supplement=asked.pk, slip=asked.number, before_receipt=True)


def _asked(
    life: Life, reason: str, items: list[dict[str, Any]], by: Actor, at: datetime, *, before_receipt: bool
) -> Supplement:
    asked = Supplement(
        pk=life.registry.key(Supplement),
        dossier_id=life.dossier.pk,
        before_receipt=before_receipt,
        reason=reason.strip(),
        items=need_items(items, [one.no for one in life.paper_rows]),
        drafted_by_id=by.id,
        drafted_at=at,
    )
    life.supplements.append(asked)
    return asked


def _sign_request(life: Life, asked: Supplement, by: Actor, at: datetime) -> None:
    asked.signed_by_id, asked.signed_at = by.id, at
    asked.answer_by = last_day_to_answer(life.dossier, day_of(at))
    life.dossier.supplements += 1
    asked.number = life.issue(Slip.M02, by, at, supplement=asked).number


def draft_supplement(life: Life, by: Actor, at: datetime, *, reason: str, items: list[dict[str, Any]]) -> None:
    """A request lies before the leader."""
    drafted = _asked(life, reason, items, by, at, before_receipt=False)
    changes = {
        "supplement_drafted": True,
        "turn": Turn.LEADER,
        "holding_id": place(life.dossier, Turn.LEADER),
        "assignee_id": None,
        "held_since": at,
    }
    life.finish(SupplementDrafted, by, at, changes, supplement=drafted.pk)


def sign_supplement(life: Life, by: Actor, at: datetime) -> None:
    """Signed: the clock stands still."""
    asked = _drafted(life)
    before = life.dossier.supplements
    _sign_request(life, asked, by, at)
    changes = {
        "status": Status.NEED_MORE,
        "due_at": due_while_asked(life.dossier, at),
        "supplements": before + 1,
        "supplement_drafted": False,
        "turn": Turn.APPLICANT,
        "holding_id": life.dossier.unit_id,
        "assignee_id": asked.drafted_by_id,
        "held_since": at,
    }
    life.finish(SupplementAsked, by, at, changes, supplement=asked.pk, slip=asked.number, before_receipt=False)


def _drafted(life: Life) -> Supplement:
    return next(one for one in life.supplements if one.signed_at is None and one.dropped_at is None)


def drop_supplement(life: Life, by: Actor, at: datetime, *, reason: str) -> None:
    """Not signed."""
    asked = _drafted(life)
    asked.dropped_at, asked.dropped_reason = at, reason
    changes = {
        "status": Status.PROCESSING,
        "supplement_drafted": False,
        **to_step(life.dossier, life.dossier.step, at=at),
        "assignee_id": asked.drafted_by_id,
    }
    life.finish(SupplementDropped, by, at, changes, note=reason, supplement=asked.pk)


def answer_supplement(
    life: Life,
    by: Actor,
    at: datetime,
    *,
    channel: str,
    on_paper: Mapping[int, tuple[int, int]] | None = None,
    note: str = "",
) -> None:
    """The papers have come; the clock goes on."""
    asked = next(one for one in life.supplements if one.signed_at is not None and one.answered_at is None)
    asked.answered_at, asked.answered_note = at, note
    _take_papers(life, on_paper or {})
    dossier = life.dossier
    if asked.before_receipt:
        changes: dict[str, Any] = {
            "status": Status.SUBMITTED,
            "turn": Turn.CLERK,
            "holding_id": dossier.receiving_id,
            "held_since": at,
        }
    else:
        role = step_role(dossier, dossier.step) or Turn.SPECIALIST
        changes = {
            "status": Status.PROCESSING,
            "due_at": life.count_due().due,
            "turn": role,
            "holding_id": place(dossier, role),
            "assignee_id": asked.drafted_by_id,
            "held_since": at,
        }
    life.finish(
        SupplementAnswered,
        by,
        at,
        changes,
        supplement=asked.pk,
        before_receipt=asked.before_receipt,
        answer_channel=str(channel),
    )


def _take_papers(life: Life, on_paper: Mapping[int, tuple[int, int]]) -> None:
    rows = {one.no: one for one in life.paper_rows}
    for number, (originals, copies) in on_paper.items():
        if number in rows and originals + copies:
            row = rows[number]
            row.originals, row.copies, row.handed_in = row.originals + originals, row.copies + copies, True
    scanned = {one.paper_id for one in life.scans}
    life.dossier.digitised = len(scanned)
    life.dossier.papers = sum(1 for one in life.paper_rows if one.handed_in or one.pk in scanned)
