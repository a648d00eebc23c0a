"""Where a proof or a live figure leads, for this person: the thing itself where they may open it, else what is told of it here."""

from datetime import datetime
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, resolve, reverse
from django.views.decorators.http import require_safe

from motcua.base import downloads
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.directives import queries as directives
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries.offices import offices_of
from motcua.indices import queries
from motcua.indices.desk.loading import OFFICIALS, the_answer
from motcua.indices.models import Answer, Evidence
from motcua.indices.terms import Proof
from motcua.measures.rules.declared import MEASURES
from motcua.people.http import PersonRequest, desk_view

ICONS: Final = {
    Proof.FILE: "paperclip",
    Proof.TASK: "list-checks",
    Proof.DOSSIER: "file-text",
    Proof.DOCUMENT: "file-text",
    Proof.FIGURE: "link",
    Proof.LINK: "external-link",
}
FIGURE: Final = "measures.figure:"


class Shown(NamedTuple):
    """One proof as a line of the page."""

    proof: Evidence
    name: str
    url: str
    icon: str
    outside: bool
    note: str


def shown(proof: Evidence, answer: Answer, by: Actor, at: datetime) -> Shown:
    """A proof with the address behind it; a place that was only written down has none."""
    kind = Proof(proof.kind)
    match kind:
        case Proof.FILE:
            url = reverse("indices:file", args=[answer.pk, proof.pk])
        case Proof.LINK:
            url = proof.target if proof.target.startswith(("https://", "http://")) else ""
        case _:
            url = _whole(proof, by, at) or (
                reverse("indices:proof", args=[answer.pk, proof.pk]) if queries.cited(proof, answer, at=at) else ""
            )
    note = "" if kind is Proof.FIGURE and proof.note in proof.target else proof.note
    return Shown(proof, queries.name_of_proof(proof), url, ICONS[kind], kind is Proof.LINK, note)


def _whole(proof: Evidence, by: Actor, at: datetime) -> str:
    """The page of the thing itself, where this person may open it; a document is always opened here."""
    match proof.kind:
        case Proof.TASK.value:
            return _address(directives.task_for(proof.target, by=by, at=at))
        case Proof.DOSSIER.value:
            return _address(dossiers.dossier_for(proof.target, by=by, at=at))
        case Proof.FIGURE.value:
            return rows_of(proof.target, by, at)
        case _:
            return ""


def _address(found: Any) -> str:
    return "" if found is None else str(found.get_absolute_url())


def rows_of(place: str, by: Actor, at: datetime) -> str:
    """The page with the rows behind a figure, where the person may open it."""
    parts = place.removeprefix(FIGURE).split(":")
    if not place.startswith(FIGURE) or len(parts) != 4 or not parts[1].isdecimal():
        return place if place.startswith("/") and not place.startswith("//") else ""
    code, agency, _first, last = parts
    if int(agency) not in offices_of(by, day_of(at)):
        return ""
    name, words = ("dashboards_desk:rows", [code]) if code in MEASURES else ("dashboards_desk:set766", [])
    try:
        url = reverse(name, args=words)
    except NoReverseMatch:
        return ""
    allowed = getattr(resolve(url).func, "allowed_roles", None)
    if allowed is not None and frozenset(allowed).isdisjoint(by.roles):
        return ""
    return f"{url}?{urlencode({'don-vi': agency, 'ky': last[:4]})}"


@require_safe
@desk_view(*OFFICIALS)
def proof(request: PersonRequest, pk: int, evidence: int) -> HttpResponse:
    """What is told of a cited task, dossier, document or figure to whoever reads the answer."""
    found = the_answer(request, pk)
    kept = get_object_or_404(Evidence.objects.select_related("file"), pk=evidence, answer=found, removed_at=None)
    told = queries.cited(kept, found, at=request.now)
    if told is None:
        raise Http404
    criterion = queries.definition_of_round(found.round).by_code[found.criterion]
    whole = _whole(kept, request.actor, request.now)
    if not whole and told.dossier:
        whole = _address(dossiers.dossier_for(told.dossier, by=request.actor, at=request.now))
    context = {"answer": found, "criterion": criterion, "proof": kept, "told": told, "whole": whole}
    return render(request, "indices/desk/proof.html", context)


@require_safe
@desk_view(*OFFICIALS)
def file(request: PersonRequest, pk: int, evidence: int) -> HttpResponse:
    """A file that proves an answer: brought for it, or that of a document it cites."""
    found = the_answer(request, pk)
    kept = get_object_or_404(Evidence.objects.select_related("file"), pk=evidence, answer=found)
    stored = kept.file
    if stored is None and kept.removed_at is None:
        told = queries.cited(kept, found, at=request.now)
        stored = told.file if told else None
    if stored is None:
        raise Http404
    return downloads.stored(stored)
