"""Which dossiers a key may see: those of its office, and those its person handed in."""

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from motcua.api.problems import not_found
from motcua.base import prepared
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.prepared import Prepared
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.offices import offices_of


def visible(by: Actor, at: datetime) -> QuerySet[Dossier]:
    """The dossiers of the authority the person serves, and the person's own."""
    own = Dossier.objects.of_applicant(by.id or 0)
    return Dossier.objects.of_offices(offices_of(by, day_of(at))) | own if by.agency is not None else own


def dossier_row(reference: str, *, by: Actor, at: datetime) -> Dossier:
    """The bare row by reference or code, for a move that will read it anew under its lock."""
    offices = list(offices_of(by, day_of(at)))
    found = _ROW.first(reference=reference[:20], code=reference[:40], person=by.id or 0, offices=offices)
    if found is None:
        raise not_found()
    return found


def _rows() -> QuerySet[Dossier]:
    named = Q(reference=prepared.text("reference")) | Q(code=prepared.text("code"))
    seen = Q(applicant=prepared.number("person"))
    for place in ("receiving", "deciding", "holding"):
        seen |= Q(prepared.among(place, prepared.numbers("offices")))
    return Dossier.objects.filter(named, seen).only("pk", "reference", "code", "applicant_id", "version")


_ROW: Final = Prepared(_rows)


def whole_dossier(reference: str, *, by: Actor, at: datetime) -> Dossier:
    """The row with all that its page says."""
    named = Q(reference=reference[:20]) | Q(code=reference[:40])
    rows = visible(by, at).filter(named).select_related("application", "procedure", "procedure_version")
    found = rows.defer(
        "procedure_version__source",
        "procedure_version__steps_text",
        "procedure_version__form_schema",
        "procedure_version__search_text",
    ).first()
    if found is None:
        raise not_found()
    return found
