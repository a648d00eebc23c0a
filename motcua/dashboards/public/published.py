"""Periods as they were published: figures, hash, signature, what a correction changed; to be checked by anybody."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.base import downloads
from motcua.base.errors import Refused
from motcua.dashboards import asking, published
from motcua.measures.models import Publication
from motcua.measures.queries import publications
from motcua.measures.rules import publishing as rules
from motcua.measures.rules.periods import Period

KINDS = {"json": "application/json", "csv": "text/csv; charset=utf-8", "sig": "application/octet-stream"}


@login_not_required
@require_safe
def periods(request: HttpRequest) -> HttpResponse:
    """Every published period, the latest first."""
    found = publications.latest()
    listed = [(one, asking.label(Period.parse(one.period)), published.title_of(one)) for one in found]
    return render(request, "dashboards/public/published.html", {"listed": listed, "period": None})


@login_not_required
@require_safe
def period(request: HttpRequest, text: str, revision: int = 0) -> HttpResponse:
    """One period: its figures in force or, asked by number, as an earlier revision had them."""
    found = _found(text)
    wanted = next((one for one in found if one.revision == revision), None) if revision else found[0]
    if wanted is None:
        raise Http404
    before = next((one for one in found if one.revision == wanted.revision - 1), None)
    context = {
        "shown": published.shown(wanted, before),
        "words": asking.label(Period.parse(text)),
        "revisions": [(one, published.title_of(one)) for one in found],
        "file": published.file_name(wanted),
        "newest": found[0],
    }
    return render(request, "dashboards/public/published_period.html", context)


@login_not_required
@require_safe
def unit(request: HttpRequest, text: str, revision: int, code: str) -> HttpResponse:
    """What one publication says of one unit: every declared measure and its index set."""
    wanted = next((one for one in _found(text) if one.revision == revision), None)
    content = rules.content_in(wanted.content) if wanted is not None else None
    said = published.unit_in(content, code) if content is not None else None
    if wanted is None or said is None:
        raise Http404
    context = {
        "publication": wanted,
        "heading": published.title_of(wanted),
        "finding": publications.prove(wanted),
        "words": asking.label(Period.parse(text)),
        "name": said["name"],
        "lines": published.lines(said),
        "set766": said.get("set766"),
        "components": published.components_of(said.get("set766")),
        "total": published.points(said["set766"]["total"]) if said.get("set766") else "",
        "most": published.points(said["set766"]["measurable_max"]) if said.get("set766") else "",
    }
    return render(request, "dashboards/public/published_unit.html", context)


@login_not_required
@require_safe
def file(request: HttpRequest, text: str, revision: int, kind: str) -> HttpResponse:
    """The signed text, the signature over it, or the figures as a table."""
    wanted = next((one for one in _found(text) if one.revision == revision), None)
    if wanted is None or kind not in KINDS:
        raise Http404
    content = {"json": wanted.content, "csv": published.as_csv(wanted)}.get(kind, bytes(wanted.signature))
    name = f"{published.file_name(wanted)}.{'json.sig' if kind == 'sig' else kind}"
    return downloads.saved(content, name, kind=KINDS[kind])


@login_not_required
@require_safe
def key(request: HttpRequest, text: str, revision: int) -> HttpResponse:
    """The public key of the seal, as tools read it (PEM)."""
    wanted = next((one for one in _found(text) if one.revision == revision), None)
    if wanted is None:
        raise Http404
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(wanted.public_key))
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return downloads.saved(pem, "motcua-khoa-niem.pem", kind="application/x-pem-file")


def _found(text: str) -> list[Publication]:
    try:
        found = publications.published(Period.parse(text).text)
    except Refused as refused:
        raise Http404(" ".join(refused.objections)) from refused
    if not found:
        raise Http404
    return found
