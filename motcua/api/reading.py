"""What comes with a call: the key of the try, the version that was seen, the day asked for, mistakes in the words sent."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.api.problems import INVALID, NEEDS_KEY, NEEDS_VERSION, ApiProblem

_KEY: Final = re.compile(r"[\x21-\x7e]{8,80}")
_ETAG: Final = re.compile(r'(?:W/)?"?(\d{1,9})"?')


def key_of(request: HttpRequest) -> str:
    """The key of this try; every call that writes has one."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not _KEY.fullmatch(key):
        raise ApiProblem(
            NEEDS_KEY, _("Gửi Idempotency-Key từ 8 đến 80 ký tự không dấu, mỗi lần nộp một khóa riêng (ví dụ UUID).")
        )
    return key


def version_of(request: HttpRequest, given: int | None) -> int:
    """The version of the dossier that the caller has seen, from If-Match or the body."""
    if given is not None:
        return given
    found = _ETAG.fullmatch(request.headers.get("If-Match", "").strip())
    if found is None:
        raise ApiProblem(
            NEEDS_VERSION, _("Đọc hồ sơ trước, rồi gửi lại ETag của nó trong If-Match (hoặc version trong nội dung).")
        )
    return int(found[1])


_SENTENCES: Final = {
    "missing": "Thiếu mục này.",
    "extra_forbidden": "Không có mục này trong mẫu; xem lại tên mục.",
    "string_too_long": "Dài quá; nhiều nhất {max_length} chữ.",
    "string_too_short": "Cần ít nhất {min_length} chữ.",
    "string_type": "Mục này là một chuỗi chữ.",
    "string_pattern_mismatch": "Chưa đúng mẫu {pattern}.",
    "int_type": "Mục này là một số nguyên.",
    "int_parsing": "Mục này là một số nguyên.",
    "bool_type": "Mục này là true hoặc false.",
    "bool_parsing": "Mục này là true hoặc false.",
    "too_long": "Nhiều nhất {max_length} mục.",
    "greater_than_equal": "Nhỏ nhất là {ge}.",
    "less_than_equal": "Lớn nhất là {le}.",
    "enum": "Chọn một trong: {expected}.",
    "list_type": "Mục này là một danh sách.",
    "dict_type": "Mục này là một đối tượng JSON.",
    "model_attributes_type": "Nội dung là một đối tượng JSON.",
    "date_from_datetime_parsing": "Ghi ngày dạng 2026-11-20.",
    "date_parsing": "Ghi ngày dạng 2026-11-20.",
    "datetime_parsing": "Ghi thời điểm dạng 2026-11-20T09:00:00+07:00.",
    "datetime_from_date_parsing": "Ghi thời điểm dạng 2026-11-20T09:00:00+07:00.",
}


def sentences_of(errors: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """Mistakes of shape as (field, sentence)."""
    found = []
    for one in list(errors)[:50]:
        _where, *place = map(str, one.get("loc", ("",)))
        place = place[1:] if place[:1] == ["payload"] else place
        template = _SENTENCES.get(one.get("type", ""), "Chưa đúng: {msg}.")
        try:
            sentence = template.format(msg=str(one.get("msg", ""))[:200], **one.get("ctx", {}))
        except (KeyError, IndexError):
            sentence = template
        name = ".".join(place)
        found.append((name, f"{name}: {sentence}" if name else sentence))
    return found


def mark_of(after: str) -> str:
    """The mark of a page as it was given; one that is not ours is refused, or a program would read the first page for ever."""
    try:
        if after:
            signing.loads(after, salt="motcua.page")
    except signing.BadSignature:
        raise invalid(("after", _("Gửi nguyên `next` của trang trước, hoặc bỏ after để đọc lại từ đầu."))) from None
    return after


def day_asked(given: date | None, today: date) -> date:
    """The day asked for, within what can be remembered; today when none is given."""
    day = given or today
    if not 1945 <= day.year <= 2200:
        raise invalid(("day", _("Xem lại năm %(year)s.") % {"year": day.year}))
    return day


def invalid(*pairs: tuple[str, str]) -> ApiProblem:
    """The words sent must be mended: (field, sentence)."""
    return ApiProblem(INVALID, fields=pairs)
