"""What a slip says of a dossier, in the typed fields of the official forms."""

from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.urls import reverse

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.language import in_vietnamese
from motcua.documents import slips
from motcua.documents.terms import Kind
from motcua.dossiers.models import Application, Dossier, Paper, Supplement
from motcua.dossiers.queries.clocks import due_of
from motcua.dossiers.queries.offices import authority_of
from motcua.dossiers.queries.situations import papers_read, words_of_version
from motcua.dossiers.queries.slip_words import clock_meanwhile, office_of_signer, signatory, speaker_of
from motcua.dossiers.terms import Channel, Delivery, Slip
from motcua.organisations import queries as organisations
from motcua.people.models import Person
from motcua.procedures.models import ProcedureVersion
from motcua.workdays import queries as workdays
from motcua.workdays import rules as clock

KIND_OF: Final = MappingProxyType(
    {
        Slip.M01: Kind.ACKNOWLEDGEMENT,
        Slip.M02: Kind.SUPPLEMENT_REQUEST,
        Slip.M03: Kind.REFUSAL,
        Slip.M04: Kind.APOLOGY,
        Slip.M05: Kind.STOP_NOTICE,
        Slip.M06: Kind.CONTROL_SHEET,
        Slip.RECEIPT: Kind.FEE_RECEIPT,
    }
)
_SALT: Final = "motcua.dossiers.track"


def track_token(dossier: Dossier) -> str:
    """The signed part of the link behind a slip's QR code: opens the track page of this one dossier without the phone."""
    return signing.Signer(salt=_SALT).sign(dossier.reference).replace(":", ".")


def reference_of_token(token: str) -> str | None:
    """The reference in a signed link; None if anybody changed it."""
    reference, dot, seal = token.partition(".")
    try:
        return str(signing.Signer(salt=_SALT).unsign(f"{reference}:{seal}")) if dot else None
    except signing.BadSignature:
        return None


def track_url(dossier: Dossier) -> str:
    """The address behind the QR code."""
    return settings.SITE_URL + reverse("dossiers:tracked", args=[track_token(dossier)])


class Source:
    """What a slip says besides the row of the dossier: asked of the database, only as far as the kind of slip needs it.

    Loads of whole histories hand in a source of their own that has everything in memory.
    """

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    def application(self) -> Application:
        return self.dossier.application

    def papers(self) -> list[Paper]:
        """The papers that were handed in, on paper or as files, in their order."""
        return [one for one in papers_read(self.dossier) if one.handed_in or one.scanned]

    def only_files(self) -> set[int]:
        """The papers that came as files alone, as they do online."""
        return {one.pk for one in papers_read(self.dossier) if one.scanned and not one.handed_in}

    def originals(self) -> list[Paper]:
        """The papers of which originals lie in the office."""
        return list(Paper.objects.filter(dossier=self.dossier, originals__gt=0).order_by("no", "pk"))

    def due(self, application: Application) -> clock.Due:
        return due_of(self.dossier, application)

    def procedure_code(self) -> str:
        return words_of_version(self.dossier.procedure_version_id)[0]

    def procedure_name(self) -> str:
        return str(ProcedureVersion.objects.values_list("name", flat=True).get(pk=self.dossier.procedure_version_id))

    def name_of(self, person: int | None) -> str:
        return Person.objects.filter(pk=person or 0).values_list("full_name", flat=True).first() or ""


@in_vietnamese()
def slip_of(
    dossier: Dossier,
    kind: Slip,
    *,
    number: str,
    by: Actor,
    at: datetime,
    source: Source | None = None,
    **words: Any,
) -> slips.Slip:
    """The slip of that kind, filled from the rows as they are now."""
    source = source or Source(dossier)
    common = {"head": _head(dossier, kind, number, at), "qr_url": track_url(dossier), "qr_text": dossier.label}
    application = source.application()
    signer = slips.Signatory(name=by.name)
    match kind:
        case Slip.M01:
            return _acknowledgement(dossier, application, common, signer, source)
        case Slip.M02:
            supplement: Supplement = words["supplement"]
            signer = signer if supplement.before_receipt else signatory(by, at)
            return _supplement_request(dossier, application, common, signer, source, supplement)
        case Slip.M03:
            return _refusal(dossier, application, common, signer, words["reason"])
        case Slip.M04:
            return _apology(dossier, application, common, signatory(by, at), source, **words)
        case Slip.M05:
            return _stop_notice(dossier, application, common, by, source, at=at, **words)
        case Slip.RECEIPT:
            return _receipt(dossier, application, common, signer, source, number=number, at=at, **words)
        case _:
            raise ValueError(f"{kind} is made from the journal, see queries.history")


def _head(dossier: Dossier, kind: Slip, number: str, at: datetime) -> slips.Letterhead:
    return letterhead(office_of(dossier, kind), day_of(at), number=number)


_OF_ONE_STOP: Final = (Slip.M01, Slip.M02, Slip.M03, Slip.M05, Slip.RECEIPT)


def office_of(dossier: Dossier, kind: Slip) -> int:
    """Whose head stands on the slip and whose numbers it runs in: the one-stop's, the apology's the deciding agency's."""
    return dossier.receiving_id if kind in _OF_ONE_STOP else dossier.deciding_id


_KINDS: Final = ("xã ", "phường ", "đặc khu ", "thị trấn ", "tỉnh ", "thành phố ")


def place_name(place: str) -> str:
    """The name of the place without its kind, as it stands before the date (NĐ 30/2020/NĐ-CP, Phụ lục I, mục 4)."""
    kind = next((one for one in _KINDS if place.lower().startswith(one)), "")
    return place[len(kind) :]


def letterhead(office: int, day: date, *, number: str) -> slips.Letterhead:
    """The head of a paper: the office that issues it, the one above it, the place."""
    own = organisations.version_on(office, day)
    authority = organisations.version_on(authority_of(office, day), day)
    above = authority
    if own is not None and own is authority:
        above = next(iter(organisations.ancestors(office, day)), None)
    return slips.Letterhead(
        parent=above.name if above else "",
        agency=own.name if own else "",
        place=place_name((authority.place if authority else "") or settings.MOTCUA_PROVINCE),
        issued_on=day,
        number=number,
        address=own.address if own else "",
        phone=(own.phone if own else "") or settings.MOTCUA_HOTLINE,
        website=settings.SITE_URL,
    )


def _party(dossier: Dossier, application: Application) -> slips.Party:
    return slips.Party(
        name=dossier.applicant_name,
        identity=application.tax_code or application.identity_number,
        address=application.address,
        phone=dossier.phone,
        email=application.email,
        representative=speaker_of(application),
    )


def _one_stop(dossier: Dossier, day: date) -> str:
    return organisations.name_on(dossier.receiving_id, day)


def _acknowledgement(
    dossier: Dossier, application: Application, common: dict[str, Any], signer: slips.Signatory, source: Source
) -> slips.Slip:
    assert dossier.received_at is not None
    due = source.due(application)
    only_files = source.only_files()
    proxy = None
    if application.proxy_name:
        proxy = slips.Proxy(
            name=application.proxy_name,
            identity=application.proxy_identity,
            phone=application.proxy_phone,
            email=application.proxy_email,
            address=application.proxy_address,
            paper=application.proxy_paper,
        )
    return slips.Acknowledgement(
        **common,
        dossier_code=dossier.label,
        one_stop=_one_stop(dossier, day_of(dossier.received_at)),
        submitter=_party(dossier, application),
        request=application.subject,
        procedure_code=source.procedure_code(),
        papers=[
            slips.Paper(
                name=one.name,
                originals=one.originals,
                certified=one.certified,
                copies=one.copies,
                electronic=int(one.pk in only_files),
                note=one.note,
            )
            for one in source.papers()
        ],
        limit=due.limit.in_words(),
        received_at=dossier.received_at,
        due_at=due.due,
        due_why=[clock.sentence(due)],
        stages=_stages(dossier, due),
        return_at=_return_at(dossier, application),
        channel=str(Channel(dossier.channel).label),
        proxy=proxy,
        fee_vnd=dossier.fee_vnd or None,
        submitter_signs=dossier.channel == Channel.COUNTER,
        receiver=signer,
    )


def _stages(dossier: Dossier, due: clock.Due) -> list[slips.Stage]:
    """Item 6 of the form: a limit set in stages (chặng) promises the end of each; a limit in one piece has none."""
    stages = due.limit.stages if len(due.limit.stages) > 1 else ()
    calendar = workdays.calendar_of(dossier.deciding_id, day_of(due.received))
    found, begin = [], due.received
    for number, stage in enumerate(stages, start=1):
        until = clock.Limit(stages[:number])
        end = clock.due(due.received, until, calendar, rules=clock.rule_set(due.rules)).original
        name = f"Giai đoạn {number}"
        found.append(slips.Stage(name=name, limit=stage.in_words(), received_at=begin, due_at=end))
        begin = end
    return found


def _return_at(dossier: Dossier, application: Application) -> str:
    match dossier.delivery:
        case Delivery.POST:
            return f"Gửi bưu điện đến {application.delivery_address or application.address}"
        case Delivery.ONLINE:
            return "Nhận bản điện tử trên trang tra cứu hồ sơ"
        case _:
            return _one_stop(dossier, day_of(dossier.submitted_at))


def _supplement_request(
    dossier: Dossier,
    application: Application,
    common: dict[str, Any],
    signer: slips.Signatory,
    source: Source,
    supplement: Supplement,
) -> slips.Slip:
    day = common["head"].issued_on
    asking = dossier.receiving_id if supplement.before_receipt else dossier.deciding_id
    version = organisations.version_on(asking, day)
    return slips.SupplementRequest(
        **common,
        one_stop=_one_stop(dossier, day_of(dossier.submitted_at)),
        dossier_code=dossier.label,
        submitter=_party(dossier, application),
        request=application.subject,
        corrections=[slips.Correction(name=one["name"], what=one["what"]) for one in supplement.items],
        reason=supplement.reason,
        answer_until=supplement.answer_by,
        clock=clock_meanwhile(application, supplement),
        contact=source.name_of(supplement.drafted_by_id),
        contact_phone=(version.phone if version else "") or settings.MOTCUA_HOTLINE,
        signer=signer,
    )


def _refusal(
    dossier: Dossier, application: Application, common: dict[str, Any], signer: slips.Signatory, reason: str
) -> slips.Slip:
    return slips.Refusal(
        **common,
        one_stop=_one_stop(dossier, day_of(dossier.submitted_at)),
        dossier_code=dossier.label,
        submitter=_party(dossier, application),
        request=application.subject,
        submitted_at=dossier.submitted_at,
        reasons=[line for line in reason.splitlines() if line.strip()],
        advice=f"Ông/bà có thể hỏi tại bộ phận một cửa hoặc gọi {settings.MOTCUA_HOTLINE}.",
        submitter_signs=dossier.channel == Channel.COUNTER,
        signer=signer,
    )


def _apology(
    dossier: Dossier,
    application: Application,
    common: dict[str, Any],
    signer: slips.Signatory,
    source: Source,
    *,
    reason: str,
    old_due_at: datetime,
    new_due_at: datetime,
    caused_by: int,
) -> slips.Slip:
    assert dossier.received_at is not None
    day = common["head"].issued_on
    return slips.Apology(
        **common,
        addressee=dossier.applicant_name,
        identity=application.tax_code or application.identity_number,
        dossier_code=dossier.label,
        received_at=dossier.received_at,
        receiving_agency=_one_stop(dossier, day),
        procedure=source.procedure_name(),
        request=application.subject,
        old_due_at=old_due_at,
        late_agency=organisations.name_on(caused_by, day),
        reason=reason,
        new_due_at=new_due_at,
        recipients=["Như trên", _one_stop(dossier, day), "Lưu: hồ sơ"],
        signer=signer,
    )


def _stop_notice(
    dossier: Dossier,
    application: Application,
    common: dict[str, Any],
    by: Actor,
    source: Source,
    *,
    at: datetime,
    reason: str,
    legal_basis: str = "",
) -> slips.Slip:
    """M05 is the one-stop's, whoever ended the dossier: the applicant, an official of the deciding agency, the program."""
    one_stop = _one_stop(dossier, day_of(at))
    by_one_stop = by.agency == dossier.receiving_id
    return slips.StopNotice(
        **common,
        one_stop=one_stop,
        applicant=_party(dossier, application),
        dossier_code=dossier.label,
        procedure=source.procedure_name(),
        received_at=dossier.received_at,
        reason=reason,
        legal_basis=legal_basis,
        decided_by="" if by_one_stop or not by.agency else f"{by.name}, {office_of_signer(by, at)}",
        stopped_at=at,
        papers_returned=[slips.Paper(name=one.name, originals=one.originals) for one in source.originals()],
        recipients=["Như trên", "Lưu: hồ sơ"],
        signer=slips.Signatory(name=by.name if by_one_stop else "", position=one_stop),
    )


def _receipt(
    dossier: Dossier,
    application: Application,
    common: dict[str, Any],
    signer: slips.Signatory,
    source: Source,
    *,
    number: str,
    at: datetime,
    amount_vnd: int,
    way: str,
    payer: str,
) -> slips.Slip:
    return slips.FeeReceipt(
        **common,
        receipt_number=number,
        payer=slips.Party(name=payer, address=application.address, phone=dossier.phone),
        procedure=source.procedure_name(),
        dossier_code=dossier.label,
        lines=[slips.FeeLine(name="Phí, lệ phí giải quyết hồ sơ", amount_vnd=amount_vnd)],
        way=way,
        paid_at=at,
        collector=signer,
    )
