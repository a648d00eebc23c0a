"""Handing in: one transaction, safe to try again, a receipt only after the commit (reliability: §3.1)."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base import prepared
from motcua.base.actors import Actor
from motcua.base.errors import Refused
from motcua.base.models import StoredFile
from motcua.base.prepared import Prepared
from motcua.base.text import squeeze, unaccented
from motcua.dossiers.actions.inputs import ApplicationIn, PaperIn
from motcua.dossiers.actions.making import claim, new_reference, tell
from motcua.dossiers.actions.telling import tell_submitted
from motcua.dossiers.events import DossierSubmitted
from motcua.dossiers.models import Application, Dossier, Draft, Paper, Scan, Submission
from motcua.dossiers.queries.situations import words_of_case
from motcua.dossiers.terms import Channel, Payment, Status, Turn
from motcua.organisations import queries as organisations
from motcua.procedures.terms import OnlineFiling


@transaction.atomic
def submit(
    application: ApplicationIn, *, by: Actor, at: datetime, owner: str = "", key: str = "", draft: Draft | None = None
) -> Dossier:
    """Hand an application in; it waits for the one-stop. The same `owner` and `key` again give the same dossier."""
    claimed: Submission | None = None
    if key:
        claimed, new = claim(owner, key, _payload(application), move="submit", at=at)
        if not new and claimed.dossier is not None:
            return claimed.dossier
    if found := _objections(application, by):
        raise Refused(found)
    dossier = _write(application, by=by, at=at)
    tell(dossier, DossierSubmitted, by=by, at=at, before={})
    if claimed is not None:
        claimed.dossier = dossier
        prepared.update(claimed, ["dossier"])
    if draft is not None:
        Draft.objects.filter(pk=draft.pk).update(dossier=dossier, changed_at=at)
    if application.channel != Channel.COUNTER:
        tell_submitted(dossier, application, at=at)
    return dossier


def _objections(application: ApplicationIn, by: Actor) -> list[str]:
    """What the law and the database ask of every door alike; what a form can see beside a field, the form says."""
    found = []
    if application.channel == Channel.ONLINE and application.offer.online_filing != OnlineFiling.OWN:
        found.append(_("Thủ tục này nộp trực tuyến tại Cổng Dịch vụ công quốc gia, không nộp tại đây."))
    if not squeeze(application.applicant.name):
        found.append(_("Ghi họ và tên người nộp, hoặc tên tổ chức."))
    if len(squeeze(application.applicant.name)) > 300:
        found.append(_("Tên người nộp dài quá 300 chữ. Kiểm tra lại."))
    if application.applicant.proxy_name and not application.applicant.proxy_paper:
        found.append(_("Người nộp thay cần giấy ủy quyền: ghi số hoặc loại giấy."))
    if application.fee_vnd is not None and not application.offer.fee_counted:
        found.append(_("Thủ tục này có mức lệ phí cố định trong danh mục, không ghi mức khác được."))
    if application.channel != Channel.COUNTER:
        missing = [
            paper.name for paper in application.papers if paper.required and not paper.files and not paper.handed_in
        ]
        if missing:
            found.append(_("Còn thiếu: %(papers)s.") % {"papers": ", ".join(missing)})
    return found


def _write(application: ApplicationIn, *, by: Actor, at: datetime) -> Dossier:
    """The rows of a new dossier: four statements, five with attached files."""
    dossier = Dossier(reference=new_reference(), **dossier_columns(application, at=at))
    prepared.insert([dossier])
    prepared.insert([Application(dossier=dossier, **application_columns(application))])
    rows = [Paper(dossier=dossier, **paper_columns(one)) for one in application.papers]
    prepared.insert(rows)
    scans = [(row, file) for row, paper in zip(rows, application.papers, strict=True) for file in paper.files]
    prepared.insert([Scan(paper=row, file_id=file, added_at=at, added_by_id=by.id) for row, file in scans])
    return dossier


def dossier_columns(application: ApplicationIn, *, at: datetime) -> dict[str, Any]:
    """The columns of a new dossier, all but its reference."""
    offer, applicant = application.offer, application.applicant
    name = squeeze(applicant.business_name or applicant.name)
    fee = offer.fee_vnd if application.fee_vnd is None else application.fee_vnd
    return {
        "outside_code": squeeze(application.outside_code)[:60],
        "root_id": organisations.root_of(application.deciding) or application.deciding,
        "procedure_id": offer.procedure_id,
        "procedure_version_id": offer.version_id,
        "case_id": offer.case_id,
        "channel": application.channel,
        "status": Status.SUBMITTED,
        "receiving_id": application.receiving,
        "deciding_id": application.deciding,
        "unit_id": application.unit,
        "holding_id": application.receiving,
        "turn": Turn.CLERK,
        "step": 1,
        "submitted_at": at,
        "held_since": at,
        "fee_vnd": fee,
        "payment": Payment.DUE if fee else Payment.NONE,
        "delivery": application.delivery,
        "papers": sum(1 for paper in application.papers if paper.handed_in or paper.files),
        "digitised": sum(1 for paper in application.papers if paper.files),
        "applicant_id": applicant.person,
        "applicant_name": name,
        "applicant_search": searched(applicant.business_name, applicant.name, applicant.proxy_name),
        "phone": applicant.phone,
    }


def searched(business_name: str, name: str, proxy_name: str) -> str:
    """What a dossier is found by: the organisation, who stands for it, who came with a power of attorney."""
    return unaccented(squeeze(f"{business_name} {name} {proxy_name}"))


def application_columns(application: ApplicationIn) -> dict[str, Any]:
    """The columns of what the applicant wrote, and of the limit and the route in force."""
    offer, applicant = application.offer, application.applicant
    return {
        "answers": dict(application.answers),
        "subject": squeeze(application.subject) or offer.name,
        "identity_number": applicant.identity_number,
        "birth_on": applicant.birth_on,
        "email": applicant.email,
        "address": squeeze(applicant.address)[:500],
        "tax_code": applicant.tax_code,
        "business_name": squeeze(applicant.business_name),
        "representative": squeeze(applicant.name) if applicant.business_name else "",
        "proxy_name": squeeze(applicant.proxy_name),
        "proxy_identity": applicant.proxy_identity,
        "proxy_phone": applicant.proxy_phone,
        "proxy_email": applicant.proxy_email,
        "proxy_address": squeeze(applicant.proxy_address)[:500],
        "proxy_paper": squeeze(applicant.proxy_paper),
        "delivery_address": squeeze(application.delivery_address)[:500],
        "limit": offer.limit,
        "clock_rules": str(offer.rule_set),
        "after_supplement": str(offer.after_supplement),
        "route": [
            {"no": one.no, "name": one.name, "role": str(one.role), "hours": str(one.hours)} for one in offer.route
        ],
    }


def paper_columns(paper: PaperIn) -> dict[str, Any]:
    """The columns of one line of the list of papers."""
    return {
        "need": paper.need,
        "no": paper.no,
        "name": paper.name,
        "required": paper.required,
        "originals": paper.originals,
        "certified": paper.certified,
        "copies": paper.copies,
        "handed_in": paper.handed_in,
        "note": squeeze(paper.note)[:500],
    }


def _payload(application: ApplicationIn) -> dict[str, Any]:
    """What makes two tries the same: everything the person filled in, none of what the clock adds."""
    return {
        "procedure": application.offer.code,
        "case": words_of_case(application.offer.case_id),
        "channel": str(application.channel),
        "deciding": application.deciding,
        "applicant": asdict(application.applicant),
        "subject": application.subject,
        "answers": dict(application.answers),
        "papers": [
            [
                paper.no,
                paper.handed_in,
                paper.originals,
                paper.certified,
                paper.copies,
                paper.note,
                sorted(paper.contents or paper.files),
            ]
            for paper in application.papers
        ],
        "delivery": [str(application.delivery), application.delivery_address],
        "outside_code": application.outside_code,
        "fee": application.fee_vnd,
    }


@transaction.atomic
def save_draft(
    draft: Draft | None,
    *,
    person: int,
    procedure_code: str,
    case_code: str,
    agency: int | None,
    at: datetime,
    **typed: Any,
) -> Draft:
    """Keep what was typed, right or wrong; a draft already handed in is not changed any more."""
    if draft is None:
        return Draft.objects.create(
            reference=new_reference(),
            person_id=person,
            procedure_code=procedure_code,
            case_code=case_code,
            agency_id=agency,
            changed_at=at,
            **typed,
        )
    if draft.dossier_id is not None:
        raise Refused(_("Hồ sơ này đã nộp, không sửa được nữa."))
    for field, value in typed.items():
        setattr(draft, field, value)
    draft.case_code, draft.agency_id, draft.changed_at = case_code, agency, at
    draft.save(update_fields=["case_code", "agency", "changed_at", *typed])
    return draft


@transaction.atomic
def discard_draft(draft: Draft, *, by: Actor) -> None:
    """Throw a draft away at its owner's wish."""
    if draft.person_id != by.id or draft.dossier_id is not None:
        raise Refused(_("Không bỏ được bản nháp này."))
    Draft.objects.filter(pk=draft.pk).delete()


_STORED: Final = Prepared(lambda: StoredFile.objects.filter(prepared.among("id", prepared.numbers("ids"))))


def files_of(ids: tuple[int, ...]) -> list[StoredFile]:
    """The stored files behind the ids, in the order given; an unknown id is refused."""
    known = {one.pk: one for one in _STORED.all(ids=list(ids))} if ids else {}
    if len(known) != len(set(ids)):
        raise Refused(_("Một tệp đính kèm không còn. Chọn lại tệp rồi gửi."))
    return [known[one] for one in ids]
