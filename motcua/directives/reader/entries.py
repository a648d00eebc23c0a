"""Pieces of a list put together to names, by the rules of the annotation guide."""

from __future__ import annotations

import re
from dataclasses import dataclass

from motcua.directives.reader.names import ARTICLE, UNIT
from motcua.directives.reader.words import rx


@dataclass
class Entry:
    """One name of a list while it is put together."""

    text: str
    kind: str
    head: str = ""


def entries_of(pieces: list[tuple[str, str, str]]) -> list[Entry]:
    """Pieces put together to names by the rules of the annotation guide."""
    entries: list[Entry] = []
    head = ""
    for separator, text, kind in pieces:
        before = entries[-1] if entries else None
        if before is None:
            entries.append(Entry(text, kind, head))
            head = _list_head(text)
            continue
        if separator == ": " or (kind == "field" and head):
            written = (head if separator != ": " else "") or _list_head(before.text)
            if separator == ": " and opens_list(before.text):
                entries.pop()
            if lists_units(before.text):
                before.text = before.text.replace(" các ", " ", 1)  # "UBND các xã A, B" are two
            if before.kind == "proper" and re.match(r"[Cc]ác (?:[Ss]ở|Bộ) ", before.text):
                before.text = before.text[4:]  # "các Sở TC, XD" are two
            entries.append(Entry(f"{written} {text}".strip() if kind == "field" else text, "proper", written))
            head = written
            continue
        if _belongs(before, text, kind, separator):
            before.text = f"{before.text}{_even(separator)}{text}"
        elif (
            kind == "place"
            and before.kind in ("proper", "person")
            and (shared := re.match(r"(?:Chủ tịch )?(?:UBND|[ỦU]ỷ ban nhân dân|Ủy ban nhân dân)(?= )", before.text))
        ):
            if lists_units(before.text):
                before.text = before.text.replace(" các ", " ", 1)
            entries.append(Entry(f"{shared[0]} {text}", "proper"))
        else:
            entries.append(Entry(text, kind))
            head = _list_head(text) if shares_head(text) else head
    return entries


def _even(separator: str) -> str:
    return (
        ", "
        if separator.strip() in (",", ";")
        else f" {separator.strip()} "
        if separator.strip()[0] not in ",;"
        else (separator.strip()[0] + " " + separator.strip()[1:].strip() + " ")
    )


def _list_head(text: str) -> str:
    unit = re.match(r"((?:Chủ tịch )?(?:UBND|Ủy ban nhân dân)) (?:các )?(xã|phường|huyện|tỉnh|thành phố)", text)
    if unit:
        return f"{unit[1]} {unit[2]}"
    match = re.match(r"(?:[Cc]ác )?([Ss]ở|[Bb]ộ|[Tt]ập đoàn|[Tt]ổng công ty|[Cc]ục|Giám đốc (?:các )?[Ss]ở|UBND)", text)
    if not match:
        return ""
    word = match[1].replace("các ", "").replace("sở", "Sở")
    return word[0].upper() + word[1:]


def _belongs(before: Entry, text: str, kind: str, separator: str) -> bool:
    """Whether a piece stays in the entry before it."""
    if kind in ("people", "tail"):
        return True
    article = bool(ARTICLE.match(text))
    governing = re.match(
        r"(?:[Cc]ác )?(?:(?:Tổng )?[Gg]iám đốc, )?(?:[Nn]gười đứng đầu|[Tt]hủ trưởng|[Tt]rưởng các)", before.text
    )
    if before.kind == "person" and re.fullmatch(r"(?:Tổng )?Giám đốc|[Tt]hủ trưởng|Phó Chủ tịch", before.text):
        return True
    if kind == "person" and separator.strip() == "," and re.match(r"(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à) ", before.text):
        # "ông Nguyễn Văn A, Phó Chủ tịch UBND xã" is one.
        return not re.match(r"(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à) ", text)
    if governing and kind in ("group", "unit"):
        return not re.match(r"(?:[Nn]gười đứng đầu|[Tt]hủ trưởng|[Cc]hủ tịch)", text)
    if article or kind in ("proper", "person"):
        return False
    if kind == "place":
        return before.kind in ("unit", "place") and False
    if kind == "unit":
        return bool(UNIT.search(before.text)) or before.kind in ("group", "unit")
    if kind == "group":
        if before.kind != "group":
            return False
        return ";" not in separator
    return before.kind == "group"


def trimmed(name: str) -> str:
    """The name without marks and phrases that only close it."""
    name = re.sub(r"\s+", " ", name).strip(" .,:;-–")
    return re.sub(r" (?:trong tỉnh|theo quy định|sau đây|dưới đây|sau)$", "", name)


def shares_head(first: str) -> bool:
    """Whether bare fields may follow this name ("Sở Nội vụ, Tài chính")."""
    return bool(
        re.match(r"(?:(?:[Cc]ác )?(?:[Ss]ở|[Bb]ộ)|Giám đốc (?:các )?[Ss]ở|Bộ trưởng (?:các )?Bộ)(?:\s|$)", first)
    )


def lists_units(first: str) -> bool:
    """Whether bare names of places may follow ("Chủ tịch UBND các phường Trương Quang Trọng, Nghĩa Lộ")."""
    return bool(_UNITS.match(first))


_UNITS = rx(
    r"(?:Chủ tịch )?(?:UBND|[ỦU]ỷ ban nhân dân|Ủy ban nhân dân) các (?:xã|phường|huyện|thị xã|thành phố|đặc khu) [{A}]"
)


def opens_list(first: str) -> bool:
    """ "Các sở", "Sở", "các tập đoàn" before a colon: the names follow without their head word."""
    return bool(
        re.fullmatch(
            r"(?:[Cc]ác )?(?:[Ss]ở|[Bb]ộ|[Tt]ập đoàn|[Tt]ổng công ty|[Tt]ập đoàn, tổng công ty|ngân hàng|[Cc]ục"
            r"|Giám đốc (?:các )?[Ss]ở|Bộ trưởng (?:các )?Bộ|[Bb]ộ, ngành|[Ss]ở, ngành|[Ss]ở, ban, ngành|(?:Chủ tịch )?(?:UBND|Ủy ban nhân dân) các (?:xã|phường|huyện|xã, phường|tỉnh|thành phố|tỉnh, thành phố))",
            first,
        )
    )
