"""Issuing slips: the words are frozen in the transaction of the act; the PDF is made when somebody opens it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.base import files
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.documents import actions as documents
from motcua.documents import slips as documents_slips
from motcua.dossiers.models import Dossier, IssuedSlip
from motcua.dossiers.queries.control import control_sheet
from motcua.dossiers.queries.offices import authority_of
from motcua.dossiers.queries.slips import KIND_OF, slip_of
from motcua.dossiers.terms import Slip


def issue(
    dossier: Dossier, kind: Slip, *, by: Actor, at: datetime, number: str = "", again: bool = False, **words: Any
) -> IssuedSlip:
    """Give the slip its number, in the transaction of the caller, and freeze what it says.

    M01 bears the code of the dossier; the others the next number of the authority's year. `again` issues a corrected M01:
    the earlier one stays on file.
    """
    agency = authority_of(dossier.receiving_id if kind in (Slip.M01, Slip.M03) else dossier.deciding_id, day_of(at))
    if not number:
        number = documents.next_number(agency, KIND_OF[kind], at=at)
    if again:
        count = IssuedSlip.objects.filter(dossier=dossier, kind=kind).count()
        number = f"{number} (bản {count + 1})"
    slip = slip_of(dossier, kind, number=number, by=by, at=at, **words)
    return IssuedSlip.objects.create(
        dossier=dossier,
        kind=kind,
        number=number,
        agency_id=agency,
        words=documents_slips.freeze(slip),
        at=at,
        by_id=by.id,
    )


def pdf_of(slip: IssuedSlip, *, at: datetime) -> bytes:
    """The PDF of an issued slip; made from the frozen words at the first opening and kept."""
    if slip.file is not None:
        return files.read_stored(slip.file)
    content = documents_slips.render_frozen(slip.words)
    kept = files.keep(content, name=f"{slip.kind}-{slip.dossier.label}.pdf", media_type="application/pdf", at=at)
    with transaction.atomic():
        IssuedSlip.objects.filter(pk=slip.pk, file__isnull=True).update(file=kept)
    return content


def control_sheet_pdf(dossier: Dossier, *, at: datetime) -> bytes:
    """The control slip M06 as of now, made from the journal each time it is asked for; it has no number of its own."""
    return documents_slips.render(control_sheet(dossier, at=at))
