"""The door of the check: anybody, without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from motcua.base import downloads
from motcua.base.attempts import count_attempt
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.filetypes import FileKind, short_name
from motcua.documents import queries, rules
from motcua.documents.models import Document
from motcua.documents.public.forms import CheckForm
from motcua.documents.queries import Verdict
from motcua.organisations import queries as organisations

CHECKS, MINUTES = 30, 15
"""Files one address may have checked in a quarter of an hour; each costs about half a second of work."""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Bring a file, read what it is worth."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    if request.method != "POST":
        return render(request, "documents/public/verify.html", {"form": form})
    if not _may_check(request):
        form.add_error("file", _("Địa chỉ này đã kiểm tra nhiều tệp. Chờ 15 phút rồi thử lại."))
        return render(request, "documents/public/verify.html", {"form": form}, status=429)
    if not form.is_valid():
        return render(request, "documents/public/verify.html", {"form": form}, status=422)
    uploaded = form.cleaned_data["file"]
    checked = queries.verify(uploaded.read(), at=request.now)  # type: ignore[attr-defined]
    return render(
        request,
        "documents/public/verify.html",
        {"form": CheckForm(), "name": short_name(uploaded.name), **_facts(checked.verdict, checked.document)},
    )


@login_not_required
@require_safe
def verify_document(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the QR code of a result."""
    document = _found(request, token)
    verdict = queries.verify_document(document, at=request.now)  # type: ignore[attr-defined]
    return render(request, "documents/public/document.html", {"token": token, **_facts(verdict, document)})


@login_not_required
@require_GET
def true_copy(request: HttpRequest, token: str) -> HttpResponse:
    """The signed file itself, for whoever holds the link of the paper."""
    document = _found(request, token)
    return downloads.saved(queries.true_copy(document), document.file.name, kind=FileKind.PDF)


def _found(request: HttpRequest, token: str) -> Document:
    """The document of the link; a wrong link costs one of the tries of its address."""
    document = queries.document_by_token(token)
    if document is None:
        if not _may_check(request):
            raise Refused(_("Địa chỉ này đã thử nhiều đường dẫn. Chờ 15 phút rồi thử lại."))
        raise Http404
    return document


def _may_check(request: HttpRequest) -> bool:
    key = f"documents.verify:{request.META.get('REMOTE_ADDR', '')}"
    return count_attempt(key, limit=CHECKS, minutes=MINUTES, at=request.now)  # type: ignore[attr-defined]


def _facts(verdict: Verdict, document: Document | None) -> dict[str, object]:
    """What the page tells of a file, and of our own paper if it is one."""
    if document is None:
        return {"verdict": verdict, "told": rules.told(verdict.finding, trial=verdict.trial), "document": None}
    told = rules.told(
        verdict.finding,
        ours=True,
        signed=document.signed_at is not None,
        withdrawn="" if document.valid else document.withdrawn_why,
        trial=verdict.trial,
    )
    agency = organisations.name_on(document.agency_id, day_of(document.issued_at))
    return {"verdict": verdict, "told": told, "document": document, "agency": agency}
