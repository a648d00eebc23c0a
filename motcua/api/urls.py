"""The addresses under /api/v1/: Ninja's, opened to keys instead of sessions, and one answer for all others."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from motcua.api import agencies, catalogue, figures, files, moves, problems, reading_dossiers, submitting, tracking
from motcua.api.docs import docs
from motcua.api.door import door
from motcua.api.problems import ApiProblem, answer, not_found
from motcua.base.http import length_of
from motcua.people.http import login_not_required

MOST_BYTES: Final = settings.UPLOAD_MAX_BYTES + 2**20
"""One file and what stands around it."""

assert reading_dossiers.router is submitting.router, "reading and handing in share addresses"
for _router in (
    submitting.router,
    moves.router,
    tracking.router,
    files.router,
    catalogue.router,
    agencies.router,
    figures.router,
):
    door.add_router("", _router)


def _guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Sessions and cookies open nothing here; what no database can ask for is refused before it is asked."""

    @wraps(view)
    def behind_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        words = [request.path, *request.GET, *(one for values in request.GET.lists() for one in values[1])]
        if any("\x00" in one for one in words):
            return answer(ApiProblem(problems.UNREADABLE, "Địa chỉ có ký tự NUL."))
        if length_of(request) > MOST_BYTES:
            told = _("Một lần gửi nhiều nhất %(most)d MB. Quét lại ở độ phân giải thấp hơn, hoặc gửi từng tệp.")
            return answer(ApiProblem(problems.TOO_LARGE, told % {"most": settings.UPLOAD_MAX_BYTES // 2**20}))
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            told = answer(ApiProblem(problems.WRONG_METHOD, f"Chỉ nhận: {response.headers.get('Allow', '')}."))
            told.headers["Allow"] = response.headers.get("Allow", "")
            return told
        return response

    return login_not_required(behind_the_door)


@login_not_required
def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address that does not exist, in the form of all refusals."""
    return answer(not_found())


nothing_here.csrf_exempt = True  # type: ignore[attr-defined]


def _open(pattern: URLPattern) -> URLPattern:
    pattern.callback = _guarded(pattern.callback)
    return pattern


app_name = "api"
_patterns, _app, _namespace = door.urls
urlpatterns = [
    *(_open(one) for one in _patterns if str(one.pattern)),
    path("docs", login_not_required(docs), name="docs"),
    path("", nothing_here, name="api-root"),
    path("<path:rest>", nothing_here),
]
