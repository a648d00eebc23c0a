"""Small questions that pages ask."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count as CountOf
from django.db.models import Q

from motcua.base import files
from motcua.base.actors import Actor
from motcua.base.text import squeeze
from motcua.dossiers import rules
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.queries.lists import scanned
from motcua.dossiers.queries.situations import situation
from motcua.dossiers.terms import OPEN, Move, Status
from motcua.people.terms import Role
from motcua.procedures.models import Case


def cases_of(version: int) -> list[tuple[str, str]]:
    """The cases of a version as code and name, in their order; empty when there is only one."""
    found = list(Case.objects.filter(version=version).order_by("no", "pk").values_list("code", "name")[:100])
    return found if len(found) > 1 else []


def takers_of(rows: Iterable[Dossier]) -> dict[int, str]:
    """Who took the result of each of these dossiers, or under which waybill it went."""
    found = Result.objects.filter(dossier__in=[one.pk for one in rows if one.returned_at]).exclude(handed_to="")
    return dict(found.values_list("dossier_id", "handed_to"))


def objections_to(move: Move, dossier: Dossier, *, by: Actor, at: datetime) -> list[str]:
    """Every reason against this move now, for the page of the move."""
    return rules.objections(move, situation(dossier, by=by, at=at, move=move))


def asked_anywhere(typed: str, *, by: Actor) -> Dossier | None:
    """A dossier that waits for papers, wherever it belongs: at any counter they are taken, by its code or scanned slip."""
    name = scanned(squeeze(typed)).upper()
    if not name or Role.CLERK not in by.roles or by.agency is None:
        return None
    waiting = Dossier.objects.filter(status__in=[Status.NEED_MORE, Status.NEED_MORE_PRE])
    named = waiting.filter(Q(reference=name) | Q(code=name))
    return named.select_related("application", "procedure", "procedure_version").first()


def loads_of(office: int) -> dict[int | None, int]:
    """How many open dossiers each person of an office has in hand; under None, how many nobody has yet."""
    rows = Dossier.objects.filter(holding=office, status__in=OPEN).order_by()
    return dict(rows.values_list("assignee").annotate(CountOf("pk")))


def result_pdf(dossier: Dossier) -> bytes | None:
    """The signed result as a file; None before there is one."""
    result = Result.objects.filter(dossier=dossier, document__isnull=False).select_related("document__file").first()
    if result is None or result.document is None:
        return None
    return files.read_stored(result.document.file)
