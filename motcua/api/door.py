"""The door itself: how a request is read, who comes in, and how every refusal is said."""

import json
import logging
from datetime import datetime
from typing import Any, Final, NoReturn

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer

from motcua.api import problems, queries
from motcua.api.actions import note_use
from motcua.api.openapi import complete
from motcua.api.problems import ApiProblem, answer
from motcua.api.reading import sentences_of
from motcua.api.rules import secret_in
from motcua.base.actors import Actor
from motcua.base.attempts import count_attempt
from motcua.base.clock import day_of
from motcua.base.errors import Conflict, Refused

log = logging.getLogger(__name__)
WRONG_KEYS: Final = 30
MINUTES: Final = 15

ABOUT: Final = """\
Giao diện cho phần mềm khác: tra cứu thủ tục và cơ quan, nộp, theo dõi và xử lý hồ sơ. Cùng quy tắc và cùng lý do từ chối
như trên trang.

* **Khóa truy cập**: `Authorization: Bearer motcua_…`, do quản trị cấp bằng `motcua api token`. Khóa làm việc thay một
  người, với vai trò người đó đang giữ vào lúc gọi.
* **Gọi lại an toàn**: mọi lệnh ghi, trừ gửi tệp và tra cứu, cần `Idempotency-Key`. Cùng khóa gửi, cùng nội dung: cùng câu trả lời, không làm hai lần.
* **Không ghi đè**: thao tác trên hồ sơ cần `If-Match` với phiên bản đã đọc (`ETag`).
* **Từ chối**: `application/problem+json` (RFC 9457); `objections` là các câu có thể đưa thẳng cho người dùng.
* **Danh sách**: trang kế tiếp theo `next`, số đếm dừng ở 500.
"""


class ApiRequest(HttpRequest):
    """A request behind the door: `auth` is who acts, `now` the one moment of the request."""

    auth: Actor
    now: datetime


class KeySignIn(HttpBearer):
    """Sign-in by key, in one statement; a key is guessed at most thirty times from one address in a quarter of an hour."""

    openapi_bearerFormat = "motcua_…"  # noqa: N815  the name is Ninja's

    def __call__(self, request: HttpRequest) -> Actor | None:
        secret, now = secret_in(request.headers.get("Authorization", "")), request.now  # type: ignore[attr-defined]
        found = queries.bearer(secret, day=day_of(now)) if secret else None
        if found is None:
            _refuse_stranger(request, guessed=bool(secret))
        note_use(found.token, found.last_used_at, at=now)
        return found.actor

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Ninja asks for it; `__call__` does the work."""
        return self(request)


def _refuse_stranger(request: HttpRequest, *, guessed: bool) -> NoReturn:
    address = request.META.get("REMOTE_ADDR", "")
    now = request.now  # type: ignore[attr-defined]
    if guessed and not count_attempt(f"api:key:{address}", limit=WRONG_KEYS, minutes=MINUTES, at=now):
        raise ApiProblem(problems.TOO_MANY, _("Đã thử quá nhiều khóa sai. Chờ 15 phút rồi gọi lại."), wait=MINUTES * 60)
    raise ApiProblem(problems.STRANGER, _("Gửi khóa truy cập còn hạn: Authorization: Bearer motcua_…"))


class StrictParser(Parser):
    """JSON as the database can keep it: no NUL, no half characters, no NaN, no endless nesting."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            found = json.loads(request.body, parse_constant=_no_number)
            if not _storable(found):
                raise ValueError("unstorable")
        except (ValueError, RecursionError):
            raise _no_json() from None
        return found


def _no_json() -> ApiProblem:
    return ApiProblem(problems.UNREADABLE, _("Nội dung không phải JSON hợp lệ (UTF-8, không có ký tự điều khiển NUL)."))


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _storable(value: Any) -> bool:
    match value:
        case str():
            return "\x00" not in value and not any("\ud800" <= one <= "\udfff" for one in value)
        case dict():
            return all(_storable(key) and _storable(one) for key, one in value.items())
        case list():
            return all(map(_storable, value))
        case int():
            return abs(value) < 2**63
        case _:
            return True


class PlainRenderer(JSONRenderer):
    """JSON in UTF-8: Vietnamese as it is written."""

    json_dumps_params = {"ensure_ascii": False}


class Door(NinjaAPI):
    """Ninja with our way of saying no in its description."""

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        return complete(super().get_openapi_schema(**kwargs))

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        return answer(problem_of(exc))


def problem_of(error: Exception) -> ApiProblem:
    """Every error as a problem; what we did not foresee is logged and told without details."""
    match error:
        case ApiProblem():
            return error
        case Conflict():
            return ApiProblem(problems.CONFLICT, error.objections)
        case Refused():
            return ApiProblem(problems.INVALID, error.objections)
        case ValidationError():
            return ApiProblem(problems.INVALID, fields=sentences_of(error.errors))
        case Http404():
            return problems.not_found()
        case RequestDataTooBig():
            return ApiProblem(problems.TOO_LARGE, _("Nội dung gửi lớn hơn mức cho phép. Tệp gửi riêng ở /files."))
        case MultiPartParserError() | SuspiciousOperation():
            return ApiProblem(problems.UNREADABLE, _("Không đọc được nội dung gửi."))
        case HttpError() if error.status_code == 400:  # all that the library says of a body it could not read
            return _no_json()
        case HttpError() if error.status_code < 500:
            kind = next((one for one in problems.KINDS if one.status == error.status_code), problems.UNREADABLE)
            return ApiProblem(kind, _("Không đọc được nội dung gửi."))
        case OperationalError() | InterfaceError():
            log.exception("the database did not answer")
            return ApiProblem(problems.BUSY, _("Máy chủ đang bận. Gọi lại sau vài giây với cùng khóa gửi."), wait=5)
        case _:
            log.error("an error behind the door", exc_info=error)
            return ApiProblem(problems.BROKEN, _("Máy chủ gặp lỗi, đã ghi lại. Gọi lại với cùng khóa gửi."))


door = Door(
    title="Một Cửa",
    version="1.0",
    description=ABOUT,
    docs_url=None,
    parser=StrictParser(),
    renderer=PlainRenderer(),
    auth=KeySignIn(),
    urls_namespace="api",
    servers=[{"url": "/", "description": "Máy chủ này"}],
)

router = Router(tags=["Hồ sơ"])
"""Reading and handing in share addresses, so they share a router."""
