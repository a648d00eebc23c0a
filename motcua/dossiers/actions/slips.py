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
from motcua.dossiers.queries.slips import KIND_OF, office_of, slip_of
from motcua.dossiers.terms import Slip


def issue(dossier: Dossier, kind: Slip, *, by: Actor, at: datetime, again: bool = False, **words: Any) -> IssuedSlip:
    """Give the slip the next number of its office's year, in the transaction of the caller, and freeze what it says.

    `again` issues a corrected slip under the number of the first one, which stays on file.
    """
    agency = authority_of(office_of(dossier, kind), day_of(at))
    earlier = list(IssuedSlip.objects.filter(dossier=dossier, kind=kind).order_by("pk")) if again else []
    if earlier:
        number = f"{earlier[0].number} (bản {len(earlier) + 1})"
        agency = earlier[0].agency_id
    else:
        number = documents.next_number(agency, KIND_OF[kind], at=at)
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
    """The control slip M06 as of now, made from the journal each time it is asked for."""
    return documents_slips.render(control_sheet(dossier, at=at))
