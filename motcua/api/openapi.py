"""The description of the interface: errors with schema and examples on every operation, headers of calls that write."""

from typing import Any, Final

from motcua.api.problems import KINDS, MEDIA_TYPE, Kind

PROBLEM: Final[dict[str, Any]] = {
    "title": "Problem",
    "description": "Từ chối theo RFC 9457. `objections` là tất cả lý do, bằng câu có thể đưa cho người dùng.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "objections"],
    "properties": {
        "type": {"type": "string", "format": "uri", "enum": [f"urn:motcua:problem:{one.name}" for one in KINDS]},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "Các lý do nối thành một đoạn."},
        "objections": {"type": "array", "items": {"type": "string"}},
        "fields": {
            "type": "array",
            "description": "Chỗ cần sửa, khi lý do nằm ở nội dung gửi.",
            "items": {
                "type": "object",
                "required": ["field", "objection"],
                "properties": {"field": {"type": "string"}, "objection": {"type": "string"}},
            },
        },
    },
}

_EXAMPLES: Final[dict[str, tuple[str, ...]]] = {
    "refused": ("Hồ sơ đang ở trạng thái “Đã trả” nên không làm được việc này.", "Việc này của lãnh đạo cơ quan."),
    "conflict": ("Phạm Thị Thử vừa chuyển hồ sơ này lúc 09:12.",),
    "invalid": ("Ghi họ, chữ đệm và tên của con.", "Còn thiếu: Giấy chứng sinh."),
    "sign-in": ("Gửi khóa truy cập còn hạn: Authorization: Bearer motcua_…",),
    "not-found": ("Không thấy, hoặc khóa truy cập này không được xem.",),
    "too-many": ("Đã thử quá nhiều lần. Chờ 15 phút rồi thử lại.",),
}
_EVERYWHERE: Final = ("unreadable", "error", "busy")
_WRITES: Final = ("invalid", "too-large")
_TRIES: Final = ("needs-idempotency-key", "refused", "conflict")
_KEY_OR_NOT: Final = ("get_figure", "figure_procedures")
"""Figures for everybody, and more of them for whoever comes with a key of that office."""
_KEPT: Final = ("list_figures", "get_figure", "figure_procedures", "published_periods", "published_period")
"""Answers with a tag of their own: 304 to whoever already has them."""
KEY_HEADER: Final[dict[str, Any]] = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "Khóa riêng cho mỗi lần gửi; gửi lại với cùng khóa thì nhận lại câu trả lời cũ.",
    "schema": {"type": "string", "minLength": 8, "maxLength": 80},
    "example": "7f9c2ba4-e88f-4a1d-9a35-7c1f8b1d2e10",
}
VERSION_HEADER: Final[dict[str, Any]] = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": "Phiên bản hồ sơ đã đọc (ETag); bắt buộc nếu nội dung không có `version`.",
    "schema": {"type": "string"},
    "example": '"3"',
}
_HEADERS: Final[dict[str, dict[str, Any]]] = {
    "ETag": {
        "description": "Phiên bản; gửi lại trong If-Match (hồ sơ) hoặc If-None-Match (số liệu).",
        "example": '"3"',
    },
    "Location": {"description": "Địa chỉ của hồ sơ vừa nộp.", "example": "/api/v1/dossiers/7K2M9QX4B8WZ3C5D"},
    "Idempotency-Replayed": {"description": "true: câu trả lời cũ của cùng khóa gửi.", "example": "true"},
    "Retry-After": {"description": "Số giây nên chờ.", "example": "900"},
    "WWW-Authenticate": {"description": "Cách gửi khóa.", "example": 'Bearer realm="Mot Cua"'},
}
_HEADERS_OF: Final = {401: ("WWW-Authenticate",), 429: ("Retry-After",), 503: ("Retry-After",)}


def complete(schema: Any) -> Any:
    """Ninja's schema with everything that can be answered besides success."""
    schema.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            if operation["operationId"] in _KEY_OR_NOT:
                operation["security"] = [{}, {"KeySignIn": []}]
            names = [*_EVERYWHERE, *_of(method, operation)]
            for kind in (one for one in KINDS if one.name in names):
                _add(operation["responses"], kind)
            _name_headers(operation)
    return schema


def _name_headers(operation: dict[str, Any]) -> None:
    """What stands beside the answers: the version for the next call, where the dossier is, whether it is told again."""
    answers, name = operation["responses"], operation["operationId"]
    if name in _KEPT:
        answers[304] = {"description": "Chưa đổi so với ETag đã gửi trong If-None-Match"}
    good = ["ETag"] if name in (*_KEPT, "get_dossier", "dossier_options") else []
    if _takes_key_of_try(operation):
        good = ["ETag", "Idempotency-Replayed", *(["Location"] if name == "submit_dossier" else [])]
    for status, answer in answers.items():
        named = good if int(status) < 400 else _HEADERS_OF.get(int(status), ())
        if named:
            answer["headers"] = {one: {**_HEADERS[one], "schema": {"type": "string"}} for one in named}


def _takes_key_of_try(operation: dict[str, Any]) -> bool:
    return any(one["name"] == KEY_HEADER["name"] for one in operation["parameters"])


def _of(method: str, operation: dict[str, Any]) -> list[str]:
    found = ["sign-in", "forbidden", "too-many"] if operation.get("security") else ["too-many"]
    if method != "get":
        found += _WRITES
    if _takes_key_of_try(operation):
        found += _TRIES
    if any(one["name"] == "If-Match" for one in operation["parameters"]):
        found += ["needs-version", "not-found"]
    if any(one["in"] == "path" for one in operation["parameters"]) or not operation.get("security"):
        found += ["not-found"]
    if any(one["in"] == "query" for one in operation["parameters"]):
        found += ["invalid"]
    return found


def _add(responses: dict[Any, Any], kind: Kind) -> None:
    one = responses.setdefault(
        kind.status,
        {
            "description": kind.title,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {}}},
        },
    )
    sentences = list(_EXAMPLES.get(kind.name, ()))
    one["content"][MEDIA_TYPE]["examples"][kind.name] = {
        "summary": kind.title,
        "value": {
            "type": f"urn:motcua:problem:{kind.name}",
            "title": kind.title,
            "status": kind.status,
            "detail": " ".join(sentences),
            "objections": sentences,
        },
    }
