"""Decisions about slips: which form is in force, how a number is written, how an amount is read aloud."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from motcua.base.errors import Refused
from motcua.base.text import squeeze

from .terms import Kind

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
        forms = {
            Kind(kind): Form(kind=Kind(kind), law=one["law"], **values) for kind, values in one["forms"].items()
        }
        until = date.fromisoformat(one["to"]) if one["to"] else None
        sets.append(FormSet(law=one["law"], first=date.fromisoformat(one["from"]), until=until, forms=forms))
    return tuple(sets)


FORM_SETS: Final = _load(Path(__file__).parent / "fixtures" / "forms.json")
