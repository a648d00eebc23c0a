"""What happens around every page: headers, the moment of the request, refusals turned into sentences."""

from collections.abc import Callable
from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from motcua.base.errors import Conflict, Refused

Answer = Callable[[HttpRequest], HttpResponse]
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


class PackedMiddleware(GZipMiddleware):
    """A page goes packed over the line, a fifth of its weight to an old phone; files and the API's answers go as they are.

    Django adds bytes by chance to every packed page and masks the token of its forms anew each time: the length tells
    a listener nothing.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


class HeadersMiddleware:
    """Security headers on every answer (reliability: A7); pages that hold personal data are never kept by a cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


class ReadableMiddleware:
    """What cannot be read is said to be unreadable before anything else looks at it (reliability: B3).

    Behind a proxy that we trust, the address of the caller is the one the proxy saw: tries are counted per sender.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECURE_PROXY_SSL_HEADER and (
            seen := request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        ):
            request.META["REMOTE_ADDR"] = seen[:60]
        request.META["REMOTE_ADDR"] = sender_of(request.META.get("REMOTE_ADDR", ""))
        programs = request.path_info.startswith("/api/")  # that door refuses in its own form, problem+json
        if not programs and ("\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", "")):
            raise BadRequest("NUL")
        if not programs and length_of(request) > settings.REQUEST_MAX_BYTES:
            sentence = _(
                "Các tệp gửi một lần lớn hơn %(most)d MB. Gửi từng tệp, hoặc quét lại ở độ phân giải thấp hơn."
            )
            told = [sentence % {"most": settings.REQUEST_MAX_BYTES // 2**20}]
            return HttpResponse(render_to_string("ui/refused.html", {"objections": told}), status=413)
        return self.get_response(request)


def sender_of(address: str) -> str:
    """Who sends, for counting tries: the address, or of the new long ones the network, whose subscriber has 2^64 of them."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return address
    return str(found.ipv4_mapped or ip_network((int(found), 64), strict=False).network_address)


def length_of(request: HttpRequest) -> int:
    """How many bytes the caller says that they send."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


class NowMiddleware:
    """One moment per request: `request.now`, so that all lines of one act bear the same time."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()  # type: ignore[attr-defined]
        return self.get_response(request)


class RefusedMiddleware:
    """A `Refused` from an action becomes its sentences on the page the person came from; nothing typed is lost.

    A view that shows a form handles its own refusals beside the fields; this is for buttons.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused) or request.path.startswith("/api/"):
            return None
        back = request.headers.get("Referer", "")
        if request.method == "POST" and url_has_allowed_host_and_scheme(back, {request.get_host()}):
            for sentence in error.objections:
                messages.error(request, sentence)
            return HttpResponseRedirect(back)
        status = 409 if isinstance(error, Conflict) else 400
        return render(request, "ui/refused.html", {"objections": error.objections}, status=status)
