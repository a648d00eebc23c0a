"""The gallery of components, and the pages for what went wrong."""

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from motcua.ui import samples


@require_GET
@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for those who make pages and those who check them."""
    return render(request, "ui/gallery.html", samples.everything())


@require_GET
@login_not_required
def fragment(request: HttpRequest) -> HttpResponse:
    """A part that a panel of the gallery loads by its address."""
    return render(request, "ui/fragment.html")


@require_POST
@login_not_required
def change_language(request: HttpRequest) -> HttpResponse:
    """Vietnamese or English from now on; the reader stays on the page."""
    if request.POST.get("language") not in dict(settings.LANGUAGES):
        raise BadRequest("language")
    return set_language(request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the sentence of the door that refused."""
    return render(request, "403.html", {"sentence": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with a way on."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database cannot be reached: drawn without it, the session or anything else that may have failed."""
    if isinstance(sys.exception(), InterfaceError | OperationalError):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "30"})
    return HttpResponse(render_to_string("500.html"), status=500)
