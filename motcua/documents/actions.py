"""Numbering, issuing, signing and withdrawing papers: the only writers of this app's tables."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base import files, journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.refs import Ref
from motcua.documents import queries, rules, slips
from motcua.documents.events import DocumentIssued, DocumentSigned, DocumentWithdrawn
from motcua.documents.models import Document, Signature
from motcua.documents.signing import pades
from motcua.documents.signing.port import keyring
from motcua.documents.slips import Place, ResultPaper
from motcua.documents.terms import Kind
from motcua.organisations import queries as organisations

PDF = "application/pdf"


def next_number(agency: int, kind: Kind, *, at: datetime, type_name: str = "") -> str:
    """The next number of the agency's year for a kind of paper, as printed: “05/PBS-TTPVHCC” (NĐ 30/2020/NĐ-CP, Điều 15).

    Without gaps: the row stays locked until the transaction of the caller ends, and a rollback gives the number back.
    Results are numbered per type (QĐ, TB, GCN …).
    """
    day = day_of(at)
    form = queries.form_for(agency, kind, day)
    marks = {}
    key = kind.value
    if "{type}" in form.numbering:
        marks = {"type": rules.type_mark(type_name), "issuer": rules.issuer_mark(organisations.name_on(agency, day))}
        key = f"{kind.value}:{marks['type']}"
    return rules.written_number(next_in_year(agency, key, day.year), form.numbering, **marks)


def next_in_year(agency: int, kind: str, year: int) -> int:
    """The next number of that counter, in the caller's transaction."""
    return numbers_in_year(agency, kind, year, 1)[0]


def numbers_in_year(agency: int, kind: str, year: int, count: int) -> range:
    """The next so many numbers of that counter, in the caller's transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number outside a transaction would leave a gap")
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO documents_counter (agency_id, kind, year, last) VALUES (%s, %s, %s, %s)
               ON CONFLICT ON CONSTRAINT documents_counter_one_per_year
               DO UPDATE SET last = documents_counter.last + excluded.last
               RETURNING last""",
            [agency, kind, year, count],
        )
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)


@transaction.atomic
def issue(
    kind: Kind,
    *,
    pdf: bytes,
    number: str,
    title: str,
    agency: int,
    about: Ref | str,
    by: Actor,
    at: datetime,
    token: str = "",
    place: Place | None = None,
) -> Document:
    """Keep a paper that leaves the office, under its number; `token` if its QR code was drawn before."""
    return _issue(kind, pdf, number, title, agency, about, by=by, at=at, token=token, place=place)


def _issue(
    kind: Kind,
    pdf: bytes,
    number: str,
    title: str,
    agency: int,
    about: Ref | str,
    *,
    by: Actor,
    at: datetime,
    token: str,
    place: Place | None,
) -> Document:
    file = files.keep(pdf, name=f"{_file_name(number)}.pdf", media_type=PDF, at=at)
    document = Document.objects.create(
        kind=kind,
        number=number,
        title=title,
        agency_id=agency,
        about=str(about),
        file=file,
        sha256=file.sha256,
        issued_by_id=by.id,
        issued_at=at,
        verify_token=token or new_token(),
        sign_page=place.page if place else None,
        sign_box=list(place.box) if place else None,
    )
    journal.record(
        DocumentIssued(
            document=document.pk, kind=kind.value, number=number, agency=agency, about=str(about), sha256=file.sha256
        ),
        stream=_stream(document),
        by=by,
        at=at,
    )
    return document


@transaction.atomic
def issue_signed(paper: ResultPaper, *, title: str, agency: int, about: Ref | str, by: Actor, at: datetime) -> Document:
    """Number, lay out, keep and sign a result in one transaction.

    Where the signer has no electronic key the paper is issued to be signed by hand: `signed_at` stays empty.
    """
    token = new_token()
    number = paper.head.number or next_number(agency, paper.kind, at=at, type_name=paper.type_name)
    paper = slips.numbered(paper, number=number, qr_url=verify_url(token), on=day_of(at))
    pdf, place = slips.render(paper), slips.signature_place(paper)
    document = _issue(paper.kind, pdf, number, title, agency, about, by=by, at=at, token=token, place=place)
    if by.id is not None and keyring().has_key(by.id):
        _sign(document, pdf, by=by, at=at)
    return document


@transaction.atomic
def sign(document: Document, *, by: Actor, at: datetime) -> None:
    """Sign electronically, as PAdES B-B, with the key of the one who acts (Luật Giao dịch điện tử 2023; NĐ 30/2020, Điều 13)."""
    document.refresh_from_db(from_queryset=Document.objects.select_for_update(of=("self",)))
    if by.id is None:
        raise Refused(_("Chỉ người có chứng thư số mới ký được."))
    if not document.valid:
        raise Refused(_("Văn bản đã được thu hồi, không ký được."))
    if Signature.objects.filter(document=document, person=by.id).exists():
        raise Refused(_("%(name)s đã ký văn bản này.") % {"name": by.name})
    _sign(document, files.read_stored(document.file), by=by, at=at)


def _sign(document: Document, pdf: bytes, *, by: Actor, at: datetime) -> None:
    """Sign the bytes of a document that nobody else can change now."""
    assert by.id is not None
    ring = keyring()
    agency = organisations.name_on(document.agency_id, day_of(at))
    with ring.lend(by.id) as signer:
        signed = pades.sign(
            pdf,
            signer=signer,
            name=by.name,
            agency=agency,
            place=queries.place_of(document),
            at=at,
            trial=ring.trial,
        )
    file = files.keep(signed.pdf, name=document.file.name, media_type=PDF, at=at)
    document.file, document.sha256, document.signed_at = file, file.sha256, at
    document.save(update_fields=["file", "sha256", "signed_at"])
    Signature.objects.create(document=document, person_id=by.id, name=by.name, certificate=signed.certificate, at=at)
    event = DocumentSigned(document=document.pk, person=by.id, certificate=signed.certificate, sha256=file.sha256)
    journal.record(event, stream=_stream(document), by=by, at=at)


@transaction.atomic
def withdraw(document: Document, *, why: str, by: Actor, at: datetime) -> None:
    """Take a paper back: it stays on file, and whoever checks it reads that it was withdrawn and why."""
    document.refresh_from_db(from_queryset=Document.objects.select_for_update(of=("self",)))
    if not why.strip():
        raise Refused(_("Ghi lý do thu hồi."))
    if not document.valid:
        raise Refused(_("Văn bản đã được thu hồi trước đó."))
    document.valid, document.withdrawn_why = False, why.strip()[:500]
    document.save(update_fields=["valid", "withdrawn_why"])
    journal.record(DocumentWithdrawn(document=document.pk), stream=_stream(document), by=by, at=at)


def new_token() -> str:
    """The unguessable part of a link: 128 bits."""
    return secrets.token_urlsafe(16)


def verify_url(token: str) -> str:
    """The address behind the QR code of a result."""
    return str(settings.SITE_URL) + reverse("documents:verify_document", args=[token])


def _stream(document: Document) -> str:
    return f"documents.document:{document.pk}"


def _file_name(number: str) -> str:
    return number.replace("/", "-") or "van-ban"
