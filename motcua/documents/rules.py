"""Decisions about slips: which form is in force, how a number is written, how an amount is read aloud."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from motcua.base.errors import Refused
from motcua.base.text import squeeze

from .terms import Finding, Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS: Final = ("", "nghìn", "triệu")
BILLION: Final = 10**9
_LINKS: Final = frozenset({"và", "của", "về", "cho"})
_TYPE_MARKS: Final = {
    "quyết định": "QĐ",
    "thông báo": "TB",
    "giấy phép": "GP",
    "giấy chứng nhận": "GCN",
    "công văn": "CV",
    "văn bản": "VB",
    "trích lục": "TL",
    "phiếu": "P",
}


@dataclass(frozen=True, kw_only=True)
class Form:
    """One official form: its number in the circular, its title, and how slips made with it are numbered."""

    kind: Kind
    form: str
    title: str
    numbering: str
    law: str


@dataclass(frozen=True, kw_only=True)
class FormSet:
    """The forms of one circular and the days they are in force: from `first`, up to but not including `until`."""

    law: str
    first: date
    until: date | None
    forms: Mapping[Kind, Form]

    def in_force(self, on: date) -> bool:
        """Whether the circular applies on that day."""
        return self.first <= on and (self.until is None or on < self.until)


def form(kind: Kind, on: date) -> Form:
    """The form to use on a day: TT 01/2018/TT-VPCP until 14/9/2025, TT 03/2025/TT-VPCP from 15/9/2025."""
    for one in FORM_SETS:
        if one.in_force(on) and kind in one.forms:
            return one.forms[kind]
    raise Refused(f"Chưa có mẫu “{kind.label}” áp dụng cho ngày {on:%d/%m/%Y}.")


def written_number(n: int, numbering: str, **marks: str) -> str:
    """The number as printed: below ten with a zero before it (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    for name, mark in marks.items():
        numbering = numbering.replace(f"{{{name}}}", mark)
    return numbering.replace("{n}", f"{n:02d}")


def type_mark(type_name: str) -> str:
    """The abbreviation of a type of document (NĐ 30/2020/NĐ-CP, Phụ lục III): QĐ, TB, GCN …; else its initials."""
    spelled = squeeze(type_name).casefold()
    known = next((mark for name, mark in _TYPE_MARKS.items() if spelled.startswith(name)), None)
    return known or _initials(spelled)


def issuer_mark(agency_name: str) -> str:
    """The abbreviation of an agency in its numbers: UBND, SXD (Sở Xây dựng) …"""
    spelled = squeeze(agency_name).casefold()
    return "UBND" if spelled.startswith(("ủy ban nhân dân", "uỷ ban nhân dân", "ubnd")) else _initials(spelled)


def _initials(spelled: str) -> str:
    return "".join(word[0].upper() for word in spelled.split() if word[0].isalpha() and word not in _LINKS)[:8]


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict as a citizen reads it: colour and icon of the note, the answer, what it means."""

    tone: str
    icon: str
    answer: "StrOrPromise"
    meaning: "StrOrPromise"


def told(
    finding: Finding, *, ours: bool = False, signed: bool = True, withdrawn: str = "", trial: bool = False
) -> Told:
    """The answer to “is this paper genuine?”; `ours` if it is in our own book of issued papers."""
    if withdrawn:
        return Told(
            "son",
            "circle-x",
            _("Văn bản đã bị thu hồi"),
            _("Cơ quan phát hành đã thu hồi: %(why)s") % {"why": withdrawn},
        )
    if ours and not signed and finding is Finding.UNSIGNED:
        return Told(
            "la",
            "circle-check",
            _("Văn bản có trong sổ phát hành"),
            _("Bản chính được ký tay trên giấy; bản này không có chữ ký số."),
        )
    found = _TOLD[finding]
    if finding is Finding.VALID and trial:
        return Told(
            "nghe", "triangle-alert", str(found.answer), _("Đây là chữ ký thử nghiệm, không có giá trị pháp lý.")
        )
    return Told(found.tone, found.icon, str(found.answer), str(found.meaning))


_TOLD: Final[Mapping[Finding, Told]] = MappingProxyType(
    {
        Finding.VALID: Told(
            "la", "circle-check", _lazy("Chữ ký hợp lệ, văn bản không bị sửa đổi"),
            _lazy("Từng chữ trong văn bản vẫn như lúc được ký."),
        ),
        Finding.UNTRUSTED: Told(
            "nghe", "triangle-alert", _lazy("Chưa xác nhận được người ký"),
            _lazy("Văn bản chưa bị sửa từ khi ký, nhưng chứng thư số không do tổ chức mà cơ quan này tin cậy cấp. Hỏi lại nơi phát hành."),
        ),
        Finding.EXPIRED: Told(
            "nghe", "triangle-alert", _lazy("Chứng thư số đã hết hạn"),
            _lazy("Văn bản chưa bị sửa từ khi ký, nhưng không chứng minh được đã ký trong thời hạn của chứng thư. Hỏi lại nơi phát hành."),
        ),
        Finding.CHANGED: Told(
            "son", "circle-x", _lazy("Văn bản đã bị sửa đổi sau khi ký"),
            _lazy("Không dùng văn bản này. Xin lại bản gốc từ cơ quan đã ký."),
        ),
        Finding.UNSIGNED: Told(
            "nghe", "triangle-alert", _lazy("Tệp này không có chữ ký số"),
            _lazy("Không kiểm tra được ai đã phát hành. Nếu trên giấy có mã QR, quét mã để xem bản gốc."),
        ),
        Finding.UNREADABLE: Told(
            "son", "circle-x", _lazy("Không đọc được tệp này"), _lazy("Tệp bị hỏng, bị cắt bớt hoặc không phải PDF. Tải lại văn bản rồi thử lại."),
        ),
        Finding.TOO_BIG: Told("son", "circle-x", _lazy("Tệp lớn hơn 20 MB"), _lazy("Chọn đúng tệp văn bản đã nhận.")),
    }
)  # fmt: skip


def number_in_words(number: int) -> str:
    """A whole number as a Vietnamese cashier reads it: linh, mươi, mốt, tư, lăm."""
    if number < 0:
        raise ValueError("an amount in words is never negative")
    if number == 0:
        return _DIGITS[0]
    return " ".join(_words(number, full=False))


def amount_in_words(vnd: int) -> str:
    """The line “Bằng chữ” of a receipt: “Năm mươi nghìn đồng”."""
    text = number_in_words(vnd) + " đồng"
    return text[0].upper() + text[1:]


def _words(number: int, *, full: bool) -> list[str]:
    """The words of a number; `full` reads the empty hundreds too, because larger groups stand before it."""
    billions, rest = divmod(number, BILLION)
    found: list[str] = []
    if billions:
        found += [*_words(billions, full=full), "tỷ"]
    if rest:
        found += _below_a_billion(rest, full=full or bool(billions))
    return found


def _below_a_billion(number: int, *, full: bool) -> list[str]:
    found: list[str] = []
    started = full
    for power in (2, 1, 0):
        group, rest = divmod(number, 1000**power)
        group %= 1000
        if group:
            found += _three_digits(group, full=started)
            found += [_GROUPS[power]] if power else []
            started = True
        elif started and rest and power:
            found += [_DIGITS[0], _GROUPS[power]]
    return found


def _three_digits(number: int, *, full: bool) -> list[str]:
    hundreds, tens, units = number // 100, number // 10 % 10, number % 10
    found = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    match tens:
        case 0:
            found += ["linh"] if found and units else []
        case 1:
            found += ["mười"]
        case _:
            found += [_DIGITS[tens], "mươi"]
    match units:
        case 0:
            pass
        case 1 if tens > 1:
            found += ["mốt"]
        case 4 if tens > 1:
            found += ["tư"]
        case 5 if tens > 0:
            found += ["lăm"]
        case _:
            found += [_DIGITS[units]]
    return found


def _load(path: Path) -> tuple[FormSet, ...]:
    sets = []
    for one in json.loads(path.read_text(encoding="utf-8")):
        forms = {Kind(kind): Form(kind=Kind(kind), law=one["law"], **values) for kind, values in one["forms"].items()}
        until = date.fromisoformat(one["to"]) if one["to"] else None
        sets.append(FormSet(law=one["law"], first=date.fromisoformat(one["from"]), until=until, forms=forms))
    return tuple(sets)


FORM_SETS: Final = _load(Path(__file__).parent / "fixtures" / "forms.json")
