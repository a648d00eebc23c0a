"""Answers that say no, as `application/problem+json` (RFC 9457): what is wrong, in sentences a person may be shown."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its name in `type`, its title, and the answer's status."""

    name: str
    status: int
    title: str


UNREADABLE: Final = Kind("unreadable", 400, "Không đọc được yêu cầu")
NEEDS_KEY: Final = Kind("needs-idempotency-key", 400, "Thiếu khóa gửi (Idempotency-Key)")
STRANGER: Final = Kind("sign-in", 401, "Chưa đăng nhập bằng khóa truy cập")
FORBIDDEN: Final = Kind("forbidden", 403, "Việc này không thuộc vai trò của khóa truy cập")
NOT_FOUND: Final = Kind("not-found", 404, "Không tìm thấy")
WRONG_METHOD: Final = Kind("method", 405, "Địa chỉ này không nhận cách gọi đó")
REFUSED: Final = Kind("refused", 409, "Chưa làm được việc này")
CONFLICT: Final = Kind("conflict", 409, "Người khác vừa thay đổi hồ sơ")
TOO_LARGE: Final = Kind("too-large", 413, "Nội dung gửi quá lớn")
INVALID: Final = Kind("invalid", 422, "Nội dung gửi cần sửa")
NEEDS_VERSION: Final = Kind("needs-version", 428, "Thiếu phiên bản hồ sơ (If-Match)")
TOO_MANY: Final = Kind("too-many", 429, "Thử quá nhiều lần")
BUSY: Final = Kind("busy", 503, "Máy chủ đang bận")
BROKEN: Final = Kind("error", 500, "Máy chủ gặp lỗi")

KINDS: Final = (
    UNREADABLE,
    NEEDS_KEY,
    STRANGER,
    FORBIDDEN,
    NOT_FOUND,
    WRONG_METHOD,
    REFUSED,
    CONFLICT,
    TOO_LARGE,
    INVALID,
    NEEDS_VERSION,
    TOO_MANY,
    BUSY,
    BROKEN,
)


class ApiProblem(Exception):
    """An answer that says no, raised anywhere behind the door."""

    def __init__(
        self, kind: Kind, objections: Iterable[str] | str = (), *, fields: Iterable[tuple[str, str]] = (), wait: int = 0
    ) -> None:
        self.kind = kind
        self.objections = [objections] if isinstance(objections, str) else [str(one) for one in objections]
        self.fields = list(fields)
        self.wait = wait
        super().__init__(kind.name)


def not_found() -> ApiProblem:
    """The one answer for what does not exist and for what this key may not see."""
    return ApiProblem(NOT_FOUND, _("Không thấy, hoặc khóa truy cập này không được xem."))


def answer(problem: ApiProblem) -> HttpResponse:
    """The problem as it is sent."""
    kind = problem.kind
    objections = problem.objections or [sentence for _field, sentence in problem.fields]
    body: dict[str, Any] = {
        "type": f"urn:motcua:problem:{kind.name}",
        "title": kind.title,
        "status": kind.status,
        "detail": " ".join(objections),
        "objections": objections,
    }
    if problem.fields:
        body["fields"] = [{"field": field, "objection": sentence} for field, sentence in problem.fields]
    response = HttpResponse(json.dumps(body, ensure_ascii=False), content_type=MEDIA_TYPE, status=kind.status)
    if problem.wait:
        response.headers["Retry-After"] = str(problem.wait)
    if kind.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Mot Cua"'
    return response
