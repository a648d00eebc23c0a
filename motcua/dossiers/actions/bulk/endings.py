"""Loading: new dates, ends, results in the hands of the applicant, fees, ratings, as `actions.ending` does it."""

from datetime import datetime

from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.base.text import squeeze
from motcua.dossiers.actions.bulk.life import Life
from motcua.dossiers.actions.making import ENDED, person_id
from motcua.dossiers.events import (
    DossierClosed,
    DossierEvent,
    DossierExtended,
    DossierRated,
    DossierStopped,
    DossierWithdrawn,
    FeePaid,
    ResultReturned,
)
from motcua.dossiers.models import (
    Extension,
    FeeReceipt,
    IssuedSlip,
    Rating,
)
from motcua.dossiers.queries.clocks import outcome_at, outcome_so_far
from motcua.dossiers.terms import Payment, PaymentWay, Slip, Status
from motcua.workdays import rules as clock


def extend(
    life: Life, by: Actor, at: datetime, *, new_due_at: datetime, reason: str, caused_by: int | None = None
) -> None:
    """An apology and the one new date, M04."""
    old = life.dossier.due_at
    assert old is not None
    late, office = day_of(at) > clock.latest_apology(old), caused_by or life.dossier.holding_id
    slip = life.issue(Slip.M04, by, at, reason=reason, old_due_at=old, new_due_at=new_due_at, caused_by=office)
    life.extension = Extension(
        dossier_id=life.dossier.pk,
        number=slip.number,
        old_due_at=old,
        new_due_at=new_due_at,
        reason=reason,
        caused_by_id=office,
        signed_by_id=person_id(by),
        at=at,
        late=late,
    )
    changes = {"due_at": new_due_at, "extended": True}
    life.finish(DossierExtended, by, at, changes, note=reason, public=True, slip=slip.number, old_due_at=old, late=late)


def withdraw(life: Life, by: Actor, at: datetime, *, reason: str) -> None:
    """Taken back by the applicant, M05."""
    slip = life.issue(Slip.M05, by, at, reason=f"Người nộp rút hồ sơ: {reason}")
    _end(life, DossierWithdrawn, Status.WITHDRAWN, by, at, slip, note=reason)


def stop(life: Life, by: Actor, at: datetime, *, reason: str, legal_basis: str) -> None:
    """Ended on a legal ground, M05."""
    slip = life.issue(Slip.M05, by, at, reason=reason, legal_basis=legal_basis)
    _end(life, DossierStopped, Status.STOPPED, by, at, slip, note=reason)


def _end(
    life: Life, event: type[DossierEvent], status: Status, by: Actor, at: datetime, slip: IssuedSlip, *, note: str
) -> None:
    for one in life.supplements:
        if one.signed_at is None and one.dropped_at is None:
            one.dropped_at, one.dropped_reason = at, "Hồ sơ đã kết thúc."
    changes = {
        "status": status,
        "finished_at": at,
        "supplement_drafted": False,
        "payment": life.fee_after_the_end(),
        **ENDED,
    }
    outcome = str(outcome_at(life.dossier, at))
    life.finish(event, by, at, changes, note=note, public=True, slip=slip.number, outcome=outcome)


def close_unanswered(life: Life, by: Actor, at: datetime) -> None:
    """Closed by the program, M05."""
    reason = "Hết hạn bổ sung mà chưa nhận được giấy tờ theo phiếu yêu cầu."
    slip = life.issue(Slip.M05, SYSTEM, at, reason=reason)
    changes = {
        "status": Status.CLOSED_NO_RESPONSE,
        "finished_at": at,
        "payment": life.fee_after_the_end(),
        **ENDED,
    }
    outcome = str(outcome_at(life.dossier, at))
    life.finish(DossierClosed, SYSTEM, at, changes, slip=slip.number, outcome=outcome)


def return_result(life: Life, by: Actor, at: datetime, *, way: str, handed_to: str) -> None:
    """In the hands of the applicant."""
    if life.result is not None:
        life.result.handed_to = squeeze(handed_to)[:300]
    changes = {"status": Status.RETURNED, "returned_at": at, "delivery": way, **ENDED}
    life.finish(ResultReturned, by, at, changes, way=str(way))


def rate(life: Life, by: Actor, at: datetime, *, score: int, comment: str, by_link: bool = False) -> None:
    """What the applicant thought of it."""
    life.rating = Rating(dossier_id=life.dossier.pk, score=score, comment=comment.strip()[:2000], at=at)
    life.finish(DossierRated, by, at, {}, score=score, outcome=outcome_so_far(life.dossier))


def take_payment(life: Life, by: Actor, at: datetime, *, way: str, payer: str) -> None:
    """The whole fee, with a receipt."""
    payer = squeeze(payer) or life.dossier.applicant_name
    amount = life.dossier.fee_vnd
    label = str(PaymentWay(way).label)
    slip = life.issue(Slip.RECEIPT, by, at, amount_vnd=amount, way=label, payer=payer)
    life.receipts.append(
        FeeReceipt(
            dossier_id=life.dossier.pk,
            agency_id=slip.agency_id,
            number=slip.number,
            amount_vnd=amount,
            way=way,
            payer=payer,
            at=at,
            by_id=person_id(by),
        )
    )
    changes = {"payment": Payment.PAID, "payment_way": way}
    life.finish(FeePaid, by, at, changes, amount_vnd=amount, receipt=slip.number)
