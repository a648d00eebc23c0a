"""How agencies are named, ordered and searched."""

import re
from functools import lru_cache
from typing import Final

from motcua.base.text import sort_key, unaccented
from motcua.organisations.terms import TERRITORIAL, Kind

CODE: Final = re.compile(r"(?:\d{3}\.\d{2}\.\d{2}\.[HG]\d{2}|[HG]\d{2}(?:\.\d{2,3})*)")
"""Both forms of an organisation's code: 000.00.53.H48 (QCVN 102:2016) and H48.115 (QĐ 20/2020/QĐ-TTg)."""

WORDS: Final = {
    Kind.PROVINCE: "tỉnh",
    Kind.CITY: "thành phố",
    Kind.TOWN: "thị xã",
    Kind.DISTRICT: "huyện",
    Kind.COMMUNE: "xã",
    Kind.WARD: "phường",
    Kind.TOWNSHIP: "thị trấn",
    Kind.SPECIAL_ZONE: "đặc khu",
}
"""The word before the name of a place, as it is written inside a sentence."""

SHORT_WORDS: Final = {
    "tp": "thanh pho",
    "tx": "thi xa",
    "tt": "thi tran",
    "p": "phuong",
    "x": "xa",
    "h": "huyen",
    "t": "tinh",
    "dk": "dac khu",
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "pvhcc": "phuc vu hanh chinh cong",
    "gd&dt": "giao duc va dao tao",
    "kh&cn": "khoa hoc va cong nghe",
}
"""What people write short in an address, without marks; read in full when more words follow or precede."""

NAMES_APART: Final = " | "
_OFFICE: Final = "Ủy ban nhân dân "
_WORD: Final = re.compile(r"[^\w&]+")


def full_territorial_name(kind: Kind, place: str) -> str:
    """The place with its word: xã Ba Tơ, thành phố Quảng Ngãi."""
    return f"{WORDS[kind]} {place}"


def office_of(kind: Kind, place: str) -> tuple[str, str]:
    """The name and the short name of the committee that governs a place."""
    territory = full_territorial_name(kind, place)
    return _OFFICE + territory, "UBND " + territory


def sorting_key(kind: Kind, name: str, place: str) -> bytes:
    """Where the agency stands in a Vietnamese list: a governed place by its own name, others by their full name."""
    return sort_key(bare_place(kind, place) or name)


def bare_place(kind: Kind, place: str) -> str:
    """The name of a governed place without its word: Ba Tơ; empty where no place is governed."""
    return place.removeprefix(WORDS[kind]).strip() if kind in TERRITORIAL else ""


def search_text(kind: Kind, name: str, short_name: str, place: str, code: str) -> str:
    """All that somebody may type to find the agency, without marks."""
    texts = (name, short_name, place, bare_place(kind, place), code)
    return NAMES_APART.join(dict.fromkeys(words(one) for one in texts if one))


def words(text: str) -> str:
    """Lower case, no marks, no punctuation, what is written short in full: what two names are compared by."""
    found = [one for one in _WORD.split(unaccented(text).replace("'", "").replace("’", "")) if one]
    return " ".join(SHORT_WORDS.get(one, one) if len(found) > 1 else one for one in found)


@lru_cache(maxsize=20_000)
def accented_words(text: str) -> str:
    """As `words`, but with the marks: Ba Tơ and Ba Tô are two communes."""
    return " ".join(one for one in _WORD.split(text.lower().replace("'", "")) if one)
