"""The one-stop: accept, ask once, refuse, put right, hand over (NĐ 118/2025/NĐ-CP art. 17)."""

import itertools
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.dossiers import rules
from motcua.dossiers.actions.making import ENDED, begin, finish, need_words, person_id, to_step
from motcua.dossiers.actions.papers import correct_papers
from motcua.dossiers.actions.slips import issue
from motcua.dossiers.actions.submitting import searched
from motcua.dossiers.actions.telling import tell_applicant
from motcua.dossiers.events import (
    DossierHandedOver,
    DossierReceived,
    DossierRefused,
    ReceptionCorrected,
    SupplementAsked,
)
from motcua.dossiers.models import Application, Dossier, KeptReception, Supplement
from motcua.dossiers.queries.clocks import due_of, last_day_to_answer
from motcua.dossiers.queries.offices import authority_of, code_of
from motcua.dossiers.queries.situations import first_office_step, papers_read
from motcua.dossiers.terms import Delivery, Move, Payment, Slip, Turn
from motcua.people.rules import identity_objections, normal_phone


@transaction.atomic
def receive(dossier: Dossier, *, by: Actor, at: datetime, seen: int | None = None) -> None:
    """Take the file in: the official code, the due moment, the slip M01; the clock starts."""
    target = begin(Move.RECEIVE, dossier, by=by, at=at, seen=seen)
    due = due_of(dossier, dossier.application, received_at=at, pauses=[]).due
    code = take_code(dossier, at=at)
    changes = {"status": target, "code": code, "received_at": at, "due_at": due, "first_due_at": due, "held_since": at}
    finish(dossier, DossierReceived, by=by, at=at, changes=changes, code=code)
    issue(dossier, Slip.M01, by=by, at=at)
    tell_applicant(dossier, "received", at=at)


def take_code(dossier: Dossier, *, at: datetime) -> str:
    """The next code of the day, as late in the transaction as possible: the counter's lock lives until the commit."""
    day = day_of(at)
    agency = authority_of(dossier.receiving_id, day)
    agency_code = code_of(dossier.receiving_id, day)
    if not agency_code:
        raise Refused(_("Cơ quan tiếp nhận chưa có mã định danh. Nhờ quản trị ghi mã trước khi tiếp nhận."))
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO dossiers_codecounter (agency_id, day, last) VALUES (%s, %s, 1)
               ON CONFLICT ON CONSTRAINT dossiers_counter_one_per_day
               DO UPDATE SET last = dossiers_codecounter.last + 1 RETURNING last""",
            [agency, day],
        )
        return rules.official_code(agency_code, day, int(cursor.fetchone()[0]))


@transaction.atomic
def ask_before_receipt(
    dossier: Dossier, *, reason: str, items: list[dict[str, Any]], by: Actor, at: datetime, seen: int | None = None
) -> None:
    """Guide the applicant once, in full, by a slip (M02): nothing runs until they answer."""
    target = begin(Move.ASK_BEFORE, dossier, by=by, at=at, seen=seen)
    reason = need_words(reason, _("lý do cần bổ sung"))
    last_day = last_day_to_answer(dossier, day_of(at))
    asked = Supplement.objects.create(
        dossier=dossier,
        before_receipt=True,
        reason=reason,
        items=need_items(items, [one.no for one in papers_read(dossier)]),
        drafted_by_id=by.id,
        drafted_at=at,
        signed_by_id=by.id,
        signed_at=at,
        answer_by=last_day,
    )
    dossier.supplements += 1
    slip = issue(dossier, Slip.M02, by=by, at=at, supplement=asked)
    Supplement.objects.filter(pk=asked.pk).update(number=slip.number)
    changes = {
        "status": target,
        "supplements": dossier.supplements,
        "turn": Turn.APPLICANT,
        "assignee_id": None,
        "held_since": at,
    }
    finish(
        dossier,
        SupplementAsked,
        by=by,
        at=at,
        changes=changes,
        supplement=asked.pk,
        slip=slip.number,
        before_receipt=True,
    )
    tell_applicant(dossier, "supplement", at=at, reason=reason)


def need_items(items: list[dict[str, Any]], known: Collection[int]) -> list[dict[str, Any]]:
    """The lines of a request for more papers, cleaned; at least one, each saying what to do.

    A paper that the dossier's list (`known` numbers) does not have gets the next number, by which the answer will find it.
    """
    cleaned = [
        {"paper": one.get("paper"), "name": squeeze(str(one.get("name", ""))), "what": str(one.get("what", "")).strip()}
        for one in items
    ]
    cleaned = [one for one in cleaned if one["name"] or one["what"]]
    if not cleaned:
        raise Refused(_("Chọn ít nhất một giấy tờ cần bổ sung hoặc sửa."))
    new = itertools.count(max(known, default=0) + 1)
    return [one if one["paper"] in known else {**one, "paper": next(new)} for one in cleaned]


@transaction.atomic
def refuse(dossier: Dossier, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> None:
    """Do not accept, in writing, with the reason and what can be done (M03)."""
    target = begin(Move.REFUSE, dossier, by=by, at=at, seen=seen)
    reason = need_words(reason, _("lý do từ chối"))
    slip = issue(dossier, Slip.M03, by=by, at=at, reason=reason)
    payment = Payment.NONE if dossier.payment == Payment.DUE else dossier.payment
    changes = {"status": target, "payment": payment, "held_since": at, **ENDED}
    finish(dossier, DossierRefused, by=by, at=at, changes=changes, note=reason, public=True, slip=slip.number)
    tell_applicant(dossier, "refused", at=at, reason=reason)


@transaction.atomic
def correct_reception(
    dossier: Dossier, *, reason: str, by: Actor, at: datetime, seen: int | None = None, **corrected: Any
) -> None:
    """Put a wrong reception right before hand-over, with a reason; what stood there before is kept word for word.

    `corrected` names columns of the application (address, identity_number, subject …), `applicant_name`, `phone`,
    `delivery` and `papers`. The moment of receipt and the code stay: they were promised.
    """
    begin(Move.CORRECT, dossier, by=by, at=at, seen=seen)
    reason = need_words(reason, _("lý do sửa"))
    papers = corrected.pop("papers", None)
    if not corrected and not papers:
        raise Refused(_("Chưa có mục nào được sửa."))
    if unknown := set(corrected) - _OF_DOSSIER - _OF_APPLICATION:
        raise Refused(_("Không sửa được mục %(names)s ở bước này.") % {"names": ", ".join(sorted(unknown))})
    corrected = _right(corrected)
    application = dossier.application
    before = {name: _plain(getattr(dossier if name in _OF_DOSSIER else application, name)) for name in corrected}
    if papers is not None:
        before["papers"] = correct_papers(dossier, papers)
    names = {} if _NAMES.isdisjoint(corrected) else _names(dossier, corrected)
    if names:
        stood = {"applicant_name": dossier.applicant_name, "representative": application.representative}
        before |= {name: words for name, words in stood.items() if words != names[name]}
    kept = KeptReception.objects.create(dossier=dossier, at=at, by_id=person_id(by), reason=reason, before=before)
    mine = {name: value for name, value in corrected.items() if name in _OF_DOSSIER}
    theirs = {name: value for name, value in corrected.items() if name not in _OF_DOSSIER}
    if names:
        theirs["representative"] = names.pop("representative")
        mine |= names
    if theirs:
        Application.objects.filter(pk=application.pk).update(**theirs)
    changes = {**mine, "papers": dossier.papers}
    finish(dossier, ReceptionCorrected, by=by, at=at, changes=changes, note=reason, kept=kept.pk)
    dossier.refresh_from_db()
    issue(dossier, Slip.M01, by=by, at=at, again=True)


def _names(dossier: Dossier, corrected: dict[str, Any]) -> dict[str, str]:
    """Under which name the dossier goes and is found now, and who stands for the organisation.

    `applicant_name` is the person at the counter; a dossier of an organisation goes under the organisation's name.
    """
    application = dossier.application
    known = application.representative or ("" if application.business_name else dossier.applicant_name)
    person = squeeze(corrected.get("applicant_name", known))
    business = squeeze(corrected.get("business_name", application.business_name))
    proxy = squeeze(corrected.get("proxy_name", application.proxy_name))
    return {
        "applicant_name": business or person or dossier.applicant_name,
        "applicant_search": searched(business, person, proxy),
        "representative": person if business else "",
    }


def _right(corrected: dict[str, Any]) -> dict[str, Any]:
    """The corrected values as they are kept; a number that nobody has cannot stand on the slip."""
    if (number := corrected.get("identity_number")) and (found := identity_objections(number)):
        raise Refused(found)
    phones = {name: normal_phone(corrected[name]) for name in ("phone", "proxy_phone") if corrected.get(name)}
    return {**corrected, **phones}


_NAMES = frozenset({"applicant_name", "business_name", "proxy_name"})
_OF_DOSSIER = frozenset({"applicant_name", "phone", "delivery"})
_OF_APPLICATION = frozenset(
    {
        "subject",
        "identity_number",
        "birth_on",
        "email",
        "address",
        "tax_code",
        "business_name",
        "proxy_name",
        "proxy_identity",
        "proxy_phone",
        "proxy_email",
        "proxy_address",
        "proxy_paper",
        "delivery_address",
        "answers",
    }
)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Delivery) or hasattr(value, "isoformat") else value


@transaction.atomic
def hand_over(dossier: Dossier, *, by: Actor, at: datetime, unit: int | None = None, seen: int | None = None) -> None:
    """Give the file to the unit that works on it: the first line of the control slip (M06)."""
    target = begin(Move.HAND_OVER, dossier, by=by, at=at, seen=seen)
    if unit is not None and unit != dossier.unit_id:
        if authority_of(unit, day_of(at)) != dossier.deciding_id:
            raise Refused(_("Phòng nhận hồ sơ không thuộc cơ quan giải quyết."))
        dossier.unit_id = unit
    before = dossier.step
    changes = {"status": target, "unit_id": dossier.unit_id, **to_step(dossier, first_office_step(dossier), at=at)}
    finish(dossier, DossierHandedOver, by=by, at=at, changes=changes, from_step=before)
