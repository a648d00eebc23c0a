"""Published periods: the words that are hashed and signed, and what one revision changed against the one before."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

FIRST: Final = 1
"""The number of the first publishing; corrections count on."""
SET: Final = "766"
"""Where a change stands that is none of a unit: in the index set."""

Content = Mapping[str, Any]
"""What a publication says: plain values, decimals as text."""


def text_of(content: Content) -> str:
    """The one way in which a content is written: every byte of it counts in the hash."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def content_in(text: str) -> Content:
    """The content back from its text."""
    found: Content = json.loads(text)
    return found


def hash_of(text: str) -> str:
    """SHA-256 of the written content, as anybody computes it from the file."""
    return hashlib.sha256(text.encode()).hexdigest()


def figures_hash(content: Content) -> str:
    """The hash of the figures alone, without the moment and the words around them: equal when nothing has moved."""
    return hash_of(text_of({key: content[key] for key in ("period", "province", "units", "set766")}))


def objections(*, ended: bool, revision: int, title: str, reason: str, moved: bool) -> list[str]:
    """Every reason against publishing: a period still running; a correction without name, reason or difference."""
    found = []
    if not ended:
        found.append(_("Kỳ này chưa kết thúc, số liệu còn thay đổi."))
    if revision > FIRST and not title:
        found.append(_("Đặt tên cho lần đính chính, ví dụ: Đính chính số đếm thanh toán trực tuyến."))
    if revision > FIRST and not reason:
        found.append(_("Ghi lý do đính chính; lý do được công bố cùng số liệu."))
    if revision > FIRST and not moved:
        found.append(_("Số liệu không khác lần công bố trước, không có gì để đính chính."))
    return found


class Change(NamedTuple):
    """One value that a revision changed."""

    where: str
    what: str
    before: str
    after: str


def changes(before: Content, after: Content) -> list[Change]:
    """Every value that differs: the province first, then each unit with its index set, then that of the province."""
    found = list(_in_figures(before["province"], after["province"]))
    old, new = ({one["code"]: one for one in each["units"]} for each in (before, after))
    for code in dict.fromkeys((*old, *new)):
        left, right = old.get(code), new.get(code)
        found += _in_figures(left, right)
        where = str((right or left or {})["name"])
        found += _in_set((left or {}).get("set766"), (right or {}).get("set766"), where)
    return found + list(_in_set(before["set766"], after["set766"], SET))


def _in_figures(before: Content | None, after: Content | None) -> Iterator[Change]:
    known = before or after or {}
    was, now = ((each or {}).get("figures", {}) for each in (before, after))
    for code in dict.fromkeys((*was, *now)):
        left, right = was.get(code, {}), now.get(code, {})
        if left != right:
            yield Change(known["name"], code, _told(left), _told(right))


def _told(figure: Content) -> str:
    """The value, and both sides of a share."""
    if not figure:
        return "–"
    value = "–" if figure["value"] is None else str(figure["value"])
    return value if figure["denominator"] is None else f"{value} ({figure['numerator']}/{figure['denominator']})"


def _in_set(before: Content | None, after: Content | None, where: str) -> Iterator[Change]:
    was, now = _components(before), _components(after)
    for code in dict.fromkeys((*was, *now)):
        if was.get(code) != now.get(code):
            yield Change(where, code, was.get(code, "–"), now.get(code, "–"))


def _components(scored: Content | None) -> dict[str, str]:
    if scored is None:
        return {}
    found = {"TOTAL": f"{scored['total']} / {scored['measurable_max']}"}
    for group in scored["groups"]:
        for one in group["components"]:
            counted = f" ({one['numerator']}/{one['denominator']})" if one["numerator"] is not None else ""
            found[one["code"]] = ("–" if one["score"] is None else str(one["score"])) + counted
    return found
