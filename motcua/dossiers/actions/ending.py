"""Ends and promises: a new date with an apology, a withdrawal, a stop, the result in the applicant's hands, a rating."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.dossiers.actions.making import ENDED, begin, finish, need_words, person_id
from motcua.dossiers.actions.receiving import take_code
from motcua.dossiers.actions.slips import issue
from motcua.dossiers.actions.telling import tell_applicant
from motcua.dossiers.events import (
    DossierClosed,
    DossierExtended,
    DossierRated,
    DossierReceived,
    DossierStopped,
    DossierWithdrawn,
    FeePaid,
    ResultReturned,
)
from motcua.dossiers.models import Dossier, Extension, FeeReceipt, Rating, Result, Supplement
from motcua.dossiers.queries.clocks import outcome_at, outcome_so_far
from motcua.dossiers.queries.offices import offices_of
from motcua.dossiers.terms import Delivery, Move, Payment, PaymentWay, Slip
from motcua.people.terms import Role
from motcua.workdays import queries as workdays
from motcua.workdays import rules as clock


@transaction.atomic
def extend(
    dossier: Dossier,
    *,
    new_due_at: datetime,
    reason: str,
    by: Actor,
    at: datetime,
    caused_by: int | None = None,
    seen: int | None = None,
) -> None:
    """Apologise and give the one new date (M04). After the due day it is still possible, and marked late."""
    target = begin(Move.EXTEND, dossier, by=by, at=at, seen=seen)
    reason = need_words(reason, _("lý do chậm"))
    old = dossier.due_at
    assert old is not None, "the database keeps a due moment for every running clock"
    _check_new_date(dossier, new_due_at, after=max(old, at))
    late = day_of(at) > clock.latest_apology(old)
    office = caused_by or dossier.holding_id
    slip = issue(
        dossier, Slip.M04, by=by, at=at, reason=reason, old_due_at=old, new_due_at=new_due_at, caused_by=office
    )
    Extension.objects.create(
        dossier=dossier,
        number=slip.number,
        old_due_at=old,
        new_due_at=new_due_at,
        reason=reason,
        caused_by_id=office,
        signed_by_id=person_id(by),
        at=at,
        late=late,
    )
    changes = {"status": target, "due_at": new_due_at, "extended": True}
    finish(
        dossier,
        DossierExtended,
        by=by,
        at=at,
        changes=changes,
        note=reason,
        public=True,
        slip=slip.number,
        old_due_at=old,
        late=late,
    )
    tell_applicant(dossier, "extended", at=at, reason=reason)


def _check_new_date(dossier: Dossier, new_due_at: datetime, *, after: datetime) -> None:
    """A promise lies ahead of the one it replaces, on a day on which the office hands results over."""
    day = day_of(new_due_at)
    if new_due_at <= after:
        raise Refused(_("Ngày hẹn mới phải sau ngày hẹn cũ và sau lúc này."))
    if not workdays.calendar_of(dossier.deciding_id, day).is_working_day(day):
        raise Refused(_("Ngày %(day)s không làm việc. Chọn một ngày làm việc.") % {"day": f"{day:%d/%m/%Y}"})


@transaction.atomic
def withdraw(dossier: Dossier, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> None:
    """The applicant takes it back, allowed until the decision is issued (TT 03/2025/TT-VPCP art. 7); M05."""
    target = begin(Move.WITHDRAW, dossier, by=by, at=at, seen=seen)
    reason = need_words(reason, _("lý do rút"))
    slip = issue(dossier, Slip.M05, by=by, at=at, reason=f"Người nộp rút hồ sơ: {reason}")
    _end_undecided(dossier, DossierWithdrawn, target, reason=reason, slip=slip.number, by=by, at=at)
    tell_applicant(dossier, "withdrawn", at=at)


@transaction.atomic
def stop(dossier: Dossier, *, reason: str, legal_basis: str, by: Actor, at: datetime, seen: int | None = None) -> None:
    """The agency ends it on a legal ground, in writing (M05)."""
    target = begin(Move.STOP, dossier, by=by, at=at, seen=seen)
    reason = need_words(reason, _("lý do dừng"))
    legal_basis = need_words(legal_basis, _("căn cứ pháp lý"))
    slip = issue(dossier, Slip.M05, by=by, at=at, reason=reason, legal_basis=legal_basis)
    _end_undecided(dossier, DossierStopped, target, reason=reason, slip=slip.number, by=by, at=at)
    tell_applicant(dossier, "stopped", at=at, reason=reason)


@transaction.atomic
def close_unanswered(dossier: Dossier, *, at: datetime) -> None:
    """The last day for the papers asked for has passed: the program closes the dossier and says so (M05)."""
    target = begin(Move.CLOSE_UNANSWERED, dossier, by=SYSTEM, at=at)
    reason = "Hết hạn bổ sung mà chưa nhận được giấy tờ theo phiếu yêu cầu."
    slip = issue(dossier, Slip.M05, by=SYSTEM, at=at, reason=reason)
    changes = {"status": target, "finished_at": at, "payment": _let_go(dossier), **ENDED}
    outcome = str(outcome_at(dossier, at))
    finish(dossier, DossierClosed, by=SYSTEM, at=at, changes=changes, slip=slip.number, outcome=outcome)
    tell_applicant(dossier, "closed", at=at, reason=reason)


def _close_open_request(dossier: Dossier, *, at: datetime) -> None:
    """A draft request dies with the dossier; a signed one keeps its open end."""
    Supplement.objects.filter(dossier=dossier, signed_at__isnull=True, dropped_at__isnull=True).update(
        dropped_at=at, dropped_reason="Hồ sơ đã kết thúc."
    )


def _end_undecided(
    dossier: Dossier,
    event: type[DossierWithdrawn | DossierStopped],
    target: str,
    *,
    reason: str,
    slip: str,
    by: Actor,
    at: datetime,
) -> None:
    """It ends without a decision, and the journal says whether that was in time."""
    _close_open_request(dossier, at=at)
    changes = {"status": target, "finished_at": at, "supplement_drafted": False, "payment": _let_go(dossier), **ENDED}
    outcome = str(outcome_at(dossier, at))
    finish(dossier, event, by=by, at=at, changes=changes, note=reason, public=True, slip=slip, outcome=outcome)


def _let_go(dossier: Dossier) -> str:
    """A fee not yet paid is owed no more when nothing will be decided."""
    return Payment.NONE if dossier.payment == Payment.DUE else dossier.payment


@transaction.atomic
def return_result(
    dossier: Dossier, *, way: Delivery, handed_to: str, by: Actor, at: datetime, seen: int | None = None
) -> None:
    """Hand the result over: at the counter against a name, by post against a waybill, or as the signed file."""
    target = begin(Move.RETURN_RESULT, dossier, by=by, at=at, seen=seen)
    handed_to = squeeze(handed_to)
    if way != Delivery.ONLINE:
        handed_to = need_words(handed_to, _("người nhận") if way == Delivery.COUNTER else _("số vận đơn"))
    Result.objects.filter(dossier=dossier).update(handed_to=handed_to[:300])
    changes = {"status": target, "returned_at": at, "delivery": way, **ENDED}
    finish(dossier, ResultReturned, by=by, at=at, changes=changes, way=str(way))
    tell_applicant(dossier, "returned", at=at)


@transaction.atomic
def answer_at_once(
    dossier: Dossier,
    *,
    by: Actor,
    at: datetime,
    handed_to: str,
    title: str,
    body: str,
    fee: PaymentWay | None = None,
    seen: int | None = None,
) -> None:
    """Receive and return on one screen, for procedures answered at once such as chứng thực; no M01 is printed.

    `fee` takes what is due in the same act, so that the receipt bears the code just given.
    """
    target = begin(Move.ANSWER_AT_ONCE, dossier, by=by, at=at, seen=seen)
    if dossier.payment == Payment.DUE and fee is None:
        raise Refused(_("Thu lệ phí trước khi trả kết quả."))
    handed_to = need_words(squeeze(handed_to), _("người nhận"))[:300]
    title = need_words(title, _("tên kết quả"))
    drafted, signed = {"drafted_by_id": by.id, "drafted_at": at}, {"signed_by_id": by.id, "signed_at": at}
    Result.objects.create(
        dossier=dossier, favourable=True, title=title, body=body, handed_to=handed_to, **drafted, **signed
    )
    code = take_code(dossier, at=at)
    changes = {
        "status": target,
        "code": code,
        "received_at": at,
        "due_at": at,
        "first_due_at": at,
        "finished_at": at,
        "returned_at": at,
        "favourable": True,
        "held_since": at,
        **ENDED,
    }
    finish(dossier, DossierReceived, by=by, at=at, changes=changes, code=code, at_once=True)
    if fee is not None and dossier.payment == Payment.DUE:
        take_payment(dossier, way=fee, payer="", by=by, at=at)


@transaction.atomic
def take_payment(dossier: Dossier, *, way: PaymentWay, payer: str, by: Actor, at: datetime) -> FeeReceipt:
    """Take the whole fee at the counter and give a numbered receipt; never twice."""
    locked = Dossier.objects.select_for_update(of=("self",)).select_related("application").get(pk=dossier.pk)
    dossier.__dict__.update(locked.__dict__)
    found = []
    if Role.CLERK not in by.roles:
        found.append(_("Việc này của cán bộ một cửa."))
    elif not offices_of(by, day_of(at)) & {dossier.receiving_id, dossier.deciding_id}:
        found.append(_("Hồ sơ do cơ quan khác giải quyết."))
    if dossier.payment != Payment.DUE:
        found.append(_("Hồ sơ này không có khoản nào phải thu."))
    if found:
        raise Refused(found)
    payer = squeeze(payer) or dossier.applicant_name
    amount = dossier.fee_vnd
    slip = issue(dossier, Slip.RECEIPT, by=by, at=at, amount_vnd=amount, way=str(PaymentWay(way).label), payer=payer)
    receipt = FeeReceipt.objects.create(
        dossier=dossier,
        agency_id=slip.agency_id,
        number=slip.number,
        amount_vnd=amount,
        way=way,
        payer=payer,
        at=at,
        by_id=person_id(by),
    )
    changes = {"payment": Payment.PAID, "payment_way": way}
    finish(dossier, FeePaid, by=by, at=at, changes=changes, amount_vnd=amount, receipt=slip.number)
    return receipt


@transaction.atomic
def rate(dossier: Dossier, *, score: int, comment: str, by: Actor, at: datetime, by_link: bool = False) -> Rating:
    """Keep what the applicant thought of it; `by_link` is the signed link of their slip, which proves as much as a sign-in."""
    rater = Actor(id=dossier.applicant_id, name=by.name) if by_link and dossier.applicant_id else by
    if by_link and dossier.applicant_id is None:
        rater = SYSTEM
    begin(Move.RATE, dossier, by=rater, at=at)
    if not 1 <= score <= 5:
        raise Refused(_("Chọn một mức từ 1 đến 5."))
    rating = Rating.objects.create(dossier=dossier, score=score, comment=comment.strip()[:2000], at=at)
    finish(dossier, DossierRated, by=by, at=at, changes={}, score=score, outcome=outcome_so_far(dossier))
    return rating
