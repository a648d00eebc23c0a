"""The front door and its notices; nobody needs an account here."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from motcua.base.text import nfc, squeeze
from motcua.notifications import queries as notifications
from motcua.notifications.actions import mark_read
from motcua.people.http import PersonRequest, citizen_view
from motcua.portal.figures import figures
from motcua.portal.health import troubles
from motcua.portal.places import one_stops
from motcua.procedures.terms import Matter

MATTERS: Final = (
    (Matter.BIRTH, "baby", _("Khai sinh, nhận cha mẹ con, con nuôi")),
    (Matter.MARRIAGE, "heart-handshake", _("Kết hôn, xác nhận tình trạng hôn nhân, cải chính")),
    (Matter.BUILDING, "house", _("Giấy phép xây dựng, sửa chữa nhà ở")),
    (Matter.LAND, "map-pin", _("Biến động, tách thửa, cấp giấy chứng nhận")),
    (Matter.BUSINESS, "store", _("Hộ kinh doanh, an toàn thực phẩm, bán rượu")),
    (Matter.BENEFITS, "hand-coins", _("Trợ cấp xã hội hằng tháng, người có công")),
    (Matter.COPIES, "stamp", _("Sao y, chứng thực chữ ký, hợp đồng")),
    (Matter.DEATH, "flower-2", _("Khai tử, trợ cấp mai táng")),
)
EXAMPLES: Final = ("hộ kinh doanh", "khai sinh", "giấy phép xây dựng", "chứng thực")
"""Words to search with: procedures are written in Vietnamese, so these are too."""
MOST_LINES: Final = 100


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One question and one search; the dossier in the door; matters of life; ways to hand in; four figures."""
    context = {"matters": MATTERS, "examples": EXAMPLES, **figures(request.now)}
    return render(request, "portal/home.html", context)


@login_not_required
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Every one-stop of the province, or that of a commune by its name of today or of before; any of them takes a dossier."""
    asked = squeeze(nfc(request.GET.get("q", "")))[:100]
    rows, sentences = one_stops(asked, request.now)
    return render(request, "portal/places.html", {"rows": rows, "asked": asked, "sentences": sentences})


@require_safe
@citizen_view
def messages(request: PersonRequest) -> HttpResponse:
    """What was told to me about my dossiers; what is shown here is no longer new."""
    lines = list(notifications.inbox(request.user)[:MOST_LINES])
    mark_read(request.user, at=request.now, ids=[one.pk for one in lines if one.read_at is None])
    return render(request, "portal/messages.html", {"lines": lines})


@login_not_required
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """A page of words: help, about, personal data, use with a disability."""
    return render(request, f"portal/{name}.html")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what is for everybody, and nothing of anybody."""
    closed = ("/ho-so/", "/ban-lam-viec/", "/tai-khoan/", "/api/", "/healthz")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116)."""
    lines = [
        f"Contact: {settings.SITE_URL}/tro-giup/",
        f"Expires: {request.now + timedelta(days=180):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: vi, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For machines that watch: ready only if a real write works."""
    found = troubles(request.now)
    return JsonResponse({"ready": not found, "troubles": found}, status=503 if found else 200)
