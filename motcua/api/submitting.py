"""Handing in through the interface: the same checks as on the pages, one key for all tries."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Status as Answer

from motcua.api import shown
from motcua.api.door import ApiRequest, router
from motcua.api.files import numbers_of
from motcua.api.openapi import KEY_HEADER
from motcua.api.problems import FORBIDDEN, INVALID, ApiProblem
from motcua.api.reading import invalid, key_of
from motcua.api.schemas import ApplicantIn, DossierIn, ProcedureRef, Receipt
from motcua.base.actors import Actor
from motcua.base.clock import day_of, local
from motcua.base.errors import Refused
from motcua.base.text import squeeze, unaccented
from motcua.dossiers import actions, queries
from motcua.dossiers.actions import Applicant, ApplicationIn, PaperIn
from motcua.dossiers.actions.submitting import files_of
from motcua.dossiers.queries import counter
from motcua.dossiers.terms import Channel, Status
from motcua.organisations import queries as organisations
from motcua.people.models import Person
from motcua.people.rules import birth_objections, compact_number, identity_objections, normal_phone
from motcua.people.terms import Role
from motcua.procedures import queries as procedures
from motcua.procedures.queries import Offer, PaperNeed
from motcua.procedures.rules import forms as questions

_FILLED_HERE: Final = "dien tren mang"
EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")


@router.post(
    "/dossiers",
    response={201: Receipt},
    summary="Nộp hồ sơ",
    operation_id="submit_dossier",
    openapi_extra={"parameters": [KEY_HEADER]},
)
def submit_dossier(request: ApiRequest, payload: DossierIn, response: HttpResponse) -> Answer:
    """Người dân nộp trên mạng; một cửa nộp hộ tại quầy hoặc bưu điện. Gửi tệp trước ở `/files`.

    Gửi lại cùng `Idempotency-Key`, cùng nội dung: cùng giấy nhận. Lần gửi song song chờ lần đầu xong.
    """
    by, at, key = request.auth, request.now, key_of(request)
    application = _application(payload, by=by, day=day_of(at))
    dossier = actions.submit(application, by=by, at=at, owner=str(by.id), key=key)
    if dossier.submitted_at != at:
        response.headers["Idempotency-Replayed"] = "true"
    response.headers["ETag"] = f'"{dossier.version}"'
    response.headers["Location"] = f"/api/v1/dossiers/{dossier.reference}"
    day = day_of(dossier.submitted_at)
    receipt = Receipt(
        reference=dossier.reference,
        status=shown.term(Status.SUBMITTED),
        submitted_at=local(dossier.submitted_at),
        procedure=ProcedureRef(code=application.offer.code, name=application.offer.name),
        receiving=shown.agency(dossier.receiving_id, day),
        deciding=shown.agency(dossier.deciding_id, day),
        track_url=queries.track_url(dossier),
    )
    return Answer(201, receipt)


def _application(payload: DossierIn, *, by: Actor, day: date) -> ApplicationIn:
    """The application as the action takes it, or every mistake at once."""
    _demand_channel(payload, by)
    deciding = _agency(payload.agency, day)
    offer = procedures.offer(
        payload.procedure, case=payload.case or None, channel=payload.channel, agency=deciding, day=day
    )
    found = [*_outside_objections(payload, by)]
    found += [*_answer_objections(offer, payload, day), *_paper_objections(offer, payload)]
    applicant, more = _applicant(payload.applicant, payload.channel, by, day)
    if found := [*found, *more]:
        raise ApiProblem(INVALID, fields=found)
    receiving, deciding, unit = _offices(offer, payload, by, deciding, day)
    return ApplicationIn(
        offer=offer,
        channel=payload.channel,
        receiving=receiving,
        deciding=deciding,
        unit=unit,
        applicant=applicant,
        subject=payload.subject,
        answers=questions.cleaned(offer.form_schema, payload.answers) if offer.form_schema else {},
        papers=_papers(offer, payload, by),
        delivery=payload.delivery,
        delivery_address=payload.delivery_address,
        outside_code=payload.outside_code,
    )


def _demand_channel(payload: DossierIn, by: Actor) -> None:
    if payload.channel is not Channel.ONLINE and Role.CLERK not in by.roles:
        raise ApiProblem(FORBIDDEN, _("Chỉ cán bộ một cửa nhận hồ sơ tại quầy hoặc bưu điện."))


def _outside_objections(payload: DossierIn, by: Actor) -> Iterator[tuple[str, str]]:
    """Only an official writes down the national portal's code: a dossier is found by it, so nobody names theirs as another's."""
    if squeeze(payload.outside_code) and Role.CLERK not in by.roles:
        yield "outside_code", _("Mã trên Cổng Dịch vụ công quốc gia do cán bộ một cửa ghi; bỏ mục outside_code.")


def _agency(code: str, day: date) -> int | None:
    if not code:
        return None
    version = organisations.by_code(code, day)
    if version is None:
        raise invalid(("agency", _("Hôm nay không có cơ quan nào mang mã %(code)s.") % {"code": code}))
    return version.agency


def _offices(offer: Offer, payload: DossierIn, by: Actor, deciding: int | None, day: date) -> tuple[int, int, int]:
    """Who receives, who decides, which unit works on it."""
    if payload.channel is Channel.ONLINE:
        if deciding is None:
            raise invalid(("agency", _("Ghi mã cơ quan giải quyết.")))
        receiving = counter.one_stop_of(deciding, day)
    else:
        assert by.agency is not None, "a clerk holds a post"
        receiving = by.agency
    offices = counter.offices_for(offer, receiving=receiving, day=day, deciding=deciding)
    if offices.deciding is None or offices.unit is None or (deciding is not None and offices.deciding != deciding):
        names = ", ".join(name for _number, name in offices.choices[:5])
        raise invalid(("agency", _("Cơ quan này không giải quyết thủ tục này. Ví dụ: %(names)s.") % {"names": names}))
    return offices.receiving, offices.deciding, offices.unit


def _answer_objections(offer: Offer, payload: DossierIn, day: date) -> Iterator[tuple[str, str]]:
    if not offer.form_schema:
        if payload.answers:
            yield "answers", _("Thủ tục này không có tờ khai điện tử; bỏ mục answers.")
        return
    known = {f"{group.key}.{one.name}" for group in questions.groups(offer.form_schema) for one in group.fields}
    given = {
        f"{group}.{name}" if isinstance(inside, dict) else str(group)
        for group, inside in payload.answers.items()
        for name in (inside if isinstance(inside, dict) else [""])
    }
    for name in sorted(given - known)[:20]:
        yield f"answers.{name}", _("Tờ khai không có câu %(name)s.") % {"name": name[:80]}
    if payload.channel is Channel.ONLINE or payload.answers:
        for name, sentence in questions.objections(offer.form_schema, payload.answers, today=day):
            yield f"answers.{name}", sentence


def _paper_objections(offer: Offer, payload: DossierIn) -> Iterator[tuple[str, str]]:
    known, seen = {one.no for one in offer.papers}, set()
    for place, one in enumerate(payload.papers):
        if one.no not in known:
            yield f"papers.{place}.no", _("Thủ tục này không có giấy tờ số %(no)s.") % {"no": one.no}
        elif one.no in seen:
            yield f"papers.{place}.no", _("Giấy tờ số %(no)s ghi hai lần.") % {"no": one.no}
        seen.add(one.no)
        if payload.channel is Channel.ONLINE and (one.handed_in or one.originals or one.copies):
            yield f"papers.{place}", _("Nộp trên mạng thì gửi tệp; bản giấy chỉ nhận tại quầy hoặc bưu điện.")


def _papers(offer: Offer, payload: DossierIn, by: Actor) -> tuple[PaperIn, ...]:
    given = {one.no: one for one in payload.papers}
    online = payload.channel is Channel.ONLINE
    found = []
    for need in offer.papers:
        if online and _is_the_form(need, offer):
            continue
        one = given.get(need.no)
        found.append(
            PaperIn(
                no=need.no,
                need=need.id,
                name=need.name,
                required=need.required and (not online or bool(need.originals or need.copies)),
                handed_in=bool(one and one.handed_in),
                originals=one.originals if one else 0,
                copies=one.copies if one else 0,
                note=one.note if one else "",
                files=numbers_of(one.files, by) if one else (),
            )
        )
    files_of(tuple(number for one in found for number in one.files))
    return tuple(found)


def _is_the_form(need: PaperNeed, offer: Offer) -> bool:
    """The paper form that the electronic answers take the place of."""
    return not need.required and bool(offer.form_schema) and unaccented(need.condition).startswith(_FILLED_HERE)


def _applicant(
    given: ApplicantIn | None, channel: Channel, by: Actor, day: date
) -> tuple[Applicant, list[tuple[str, str]]]:
    """The applicant with numbers as they are kept, and what must be mended."""
    person = by.id if channel is Channel.ONLINE else None
    if given is None:
        if person is None:
            return Applicant(name=""), [("applicant", _("Ghi người nộp hồ sơ."))]
        me = Person.objects.get(pk=person)
        return Applicant(
            name=me.full_name,
            person=me.pk,
            identity_number=me.identity_number,
            birth_on=me.birth_on,
            phone=me.phone,
            email=me.email,
            address=me.address,
        ), []
    values: dict[str, Any] = {name: squeeze(one) if isinstance(one, str) else one for name, one in given}
    found = []
    for name in ("phone", "proxy_phone"):
        try:
            values[name] = normal_phone(values[name]) if values[name] else ""
        except Refused as refused:
            found += [(f"applicant.{name}", one) for one in refused.objections]
    for name in ("identity_number", "proxy_identity"):
        values[name] = compact_number(values[name])
        if values[name]:
            found += [(f"applicant.{name}", one) for one in identity_objections(values[name])]
    if values["birth_on"]:
        found += [("applicant.birth_on", one) for one in birth_objections(values["birth_on"], today=day)]
    if channel is Channel.ONLINE and not values["phone"]:
        found.append(("applicant.phone", _("Ghi số điện thoại để cơ quan liên hệ và để tra cứu.")))
    for name in ("email", "proxy_email"):
        if values[name] and not EMAIL.fullmatch(values[name]):
            told = _("Thư điện tử viết như ten@vidu.vn, xem lại chữ @ và phần sau nó.")
            found.append((f"applicant.{name}", told))
    return Applicant(person=person, **values), found
