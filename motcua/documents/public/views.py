"""The door of the check: anybody, without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from motcua.base.attempts import count_attempt
from motcua.base.clock import day_of
from motcua.documents import queries
from motcua.documents.models import Document
from motcua.documents.public.forms import CheckForm
from motcua.organisations import queries as organisations

CHECKS, MINUTES = 30, 15
"""Files one address may have checked in a quarter of an hour; each costs about half a second of work."""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Bring a file, read what it is worth."""
    form = CheckForm(request.POST or None, request.FILES or None) if request.method == "POST" else CheckForm()
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
        {"form": CheckForm(), "verdict": checked.verdict, "name": uploaded.name, **_facts(checked.document)},
    )


@login_not_required
@require_safe
def verify_document(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the QR code of a result."""
    document = _found(request, token)
    verdict = queries.verify_document(document, at=request.now)  # type: ignore[attr-defined]
    return render(request, "documents/public/document.html", {"verdict": verdict, "token": token, **_facts(document)})


@login_not_required
@require_GET
def true_copy(request: HttpRequest, token: str) -> HttpResponse:
    """The signed file itself, for whoever holds the link of the paper."""
    document = _found(request, token)
    response = HttpResponse(queries.true_copy(document), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{document.file.name.encode("ascii", "ignore").decode()}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _found(request: HttpRequest, token: str) -> Document:
    document = queries.document_by_token(token)
    if document is None:
        if not _may_check(request):
            raise Http404
        raise Http404
    return document


def _may_check(request: HttpRequest) -> bool:
    key = f"documents.verify:{request.META.get('REMOTE_ADDR', '')}"
    return count_attempt(key, limit=CHECKS, minutes=MINUTES, at=request.now)  # type: ignore[attr-defined]


def _facts(document: Document | None) -> dict[str, object]:
    if document is None:
        return {"document": None}
    return {"document": document, "agency": organisations.name_on(document.agency_id, day_of(document.issued_at))}
