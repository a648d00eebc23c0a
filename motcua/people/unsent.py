"""Forms that could not be taken because the session or the seal of the page was gone: what was typed comes back.

Whose form it was is known from the session that has just ended, or from a signed cookie that outlives the session: then
the words wait in the fresh session for that person's sign-in and for nobody else's. Where nobody can be named, they are
shown on the answer itself: that is the window of whoever has just sent them.
"""

import re
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

KEPT_BYTES: Final = 64 * 1024
SEAL: Final = "csrfmiddlewaretoken"
SECRETS: Final = ("password",)
SECRETS_OF_SIGN_IN: Final = ("credential", "code", "token")
"""Elsewhere a code is the number of an office, a business or a procedure, and belongs to what was typed."""
OWNER: Final = "motcua_nguoi"
_signer: Final = Signer(salt="people.unsent")
_FIGURES: Final = re.compile(r"[\d./+-]{6,}")


def name_owner(request: HttpRequest, answer: HttpResponse) -> None:
    """Let the browser remember, signed, whose forms it shows, longer than the session lasts."""
    number = request.session.get("_auth_user_id")
    if number is None or request.COOKIES.get(OWNER) == (signed := _signer.sign(str(number))):
        return
    answer.set_cookie(
        OWNER,
        signed,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )


def owner_of(request: HttpRequest) -> int | None:
    """Whose session ended under their hands; None when nobody can be named."""
    if (number := getattr(request, "signed_out_person", None)) is not None:
        return int(number)
    try:
        return int(_signer.unsign(request.COOKIES.get(OWNER, "")))
    except (BadSignature, ValueError):
        return None


def typed_in(request: HttpRequest) -> dict[str, Any] | None:
    """The fields of a form as they were sent, without files and secrets; None when there are none."""
    at_the_door = request.path.startswith(reverse("people:me"))
    secrets = SECRETS + SECRETS_OF_SIGN_IN if at_the_door else SECRETS
    fields = [
        [name, value]
        for name in request.POST
        if name != SEAL and not any(word in name.lower() for word in secrets)
        for value in request.POST.getlist(name)
    ]
    return {"path": request.get_full_path(), "fields": fields, "files": bool(request.FILES)} if fields else None


def keep(request: HttpRequest) -> bool:
    """Put what was typed into the fresh session, for the same person only."""
    form, owner = typed_in(request), owner_of(request)
    if form is None or owner is None or sum(len(one) for pair in form["fields"] for one in pair) > KEPT_BYTES:
        return False
    request.session["kept_form"] = {**form, "owner": owner}
    return True


def words_of(form: dict[str, Any]) -> list[str]:
    """Words, numbers and addresses of a person, not the marks that a form carries for itself."""
    return [value for _name, value in form["fields"] if _is_typed(value)]


def _is_typed(value: str) -> bool:
    return " " in value.strip() or "@" in value or not value.isascii() or bool(_FIGURES.fullmatch(value))


def shown_again(request: HttpRequest) -> HttpResponse | None:
    """The answer that holds the form, ready to be sent once more; None when it did not come from a page of ours.

    A form from elsewhere, or one with a secret in it, is never given back: its sender could be somebody else.
    """
    form = typed_in(request)
    whole = form is not None and len({name for name, _value in form["fields"]}) == len({*request.POST} - {SEAL})
    if form is None or not whole or not came_from_us(request):
        return None
    values = {"form": form, "typed": words_of(form), "sign_in": _needs_sign_in(request), "lost": True}
    return render(request, "people/public/kept.html", values, status=403)


def _needs_sign_in(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return not request.user.is_authenticated and getattr(view, "login_required", True)


def came_from_us(request: HttpRequest) -> bool:
    """Whether the browser vouches that a page of this house sent the request."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    came = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    return (came.scheme, came.netloc) == (request.scheme, request.get_host())


def page_before(request: HttpRequest) -> str:
    """The page of ours on which the button was pressed; else the front door."""
    came = urlsplit(request.headers.get("Referer", ""))
    ours = came.netloc == request.get_host() and came.scheme == request.scheme
    return urlunsplit(("", "", came.path, came.query, "")) if ours and came.path.startswith("/") else "/"


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose seal is missing or old: the form itself if it came from here, else what to do."""
    if request.method == "POST" and (again := shown_again(request)) is not None:
        return again
    sentence = _(
        "Trang này đã mở quá lâu nên chưa gửi được. Quay lại, tải lại trang rồi gửi lần nữa; chữ đã gõ vẫn còn."
    )
    return render(
        request, "ui/refused.html", {"objections": [sentence], "detail": reason if settings.DEBUG else ""}, status=403
    )
