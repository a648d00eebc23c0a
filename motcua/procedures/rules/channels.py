"""Cách thức thực hiện: the flattened table of channels, limits and fees, cut into its entries, no letter lost."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from motcua.procedures.rules.fees import CURRENCY_PATTERN, FeeLine, column_fee, number, stated_fees
from motcua.procedures.rules.limits import (
    Stated,
    contained_stages,
    notation,
    span_of,
    stated_spans,
)
from motcua.procedures.terms import Channel, FeeKind
from motcua.workdays.rules.limits import Stage

NOTHING: Final = "Không có thông tin"
FREE: Final = "Miễn phí"
CHANNELS: Final = {"Trực tiếp": Channel.COUNTER, "Trực tuyến": Channel.ONLINE, "Dịch vụ bưu chính": Channel.POST}
_HEAD: Final = re.compile(r"\s*Hình thức nộp\s*Thời gian\s*Phí, lệ phí\s*Mô tả")
_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_UNIT: Final = r"Ngày làm việc|Giờ làm việc|Ngày|Giờ|Tháng|Tuần|Năm"
_FEE: Final = re.compile(rf"\s?(?:{FREE}|{NOTHING}|(?:{_NUMBER})\s*(?:{CURRENCY_PATTERN}))")
_START: Final = re.compile(
    rf"({'|'.join(CHANNELS)})(?=\s?(?:{NOTHING}|\d+(?:[.,]\d+)?\s*(?:{_UNIT})|{FREE}"
    rf"|[\d.,]+\s*(?:{FREE}|{NOTHING}|{CURRENCY_PATTERN})|\d+(?:$|{'|'.join(CHANNELS)})))"
)
_LIMIT: Final = re.compile(rf"\s?(?:(\d+(?:[.,]\d+)?)\s*({_UNIT})|({NOTHING}))")
_BARE: Final = re.compile(rf"\s?(\d+)(?=(?:{FREE}|{NOTHING})|$|{'|'.join(CHANNELS)})")
_GLUED: Final = re.compile(rf"\s?([\d.,]+?)\s*({CURRENCY_PATTERN})")
_MOST_STAGES: Final = 20
_AMBIGUOUS: Final = re.compile(rf"\s*({CURRENCY_PATTERN})")
_WELL_FORMED: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Unread:
    """A limit, fee or paper that could not become structure; nothing is dropped, this is where it is told."""

    field: str
    channel: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table: a channel, its limit, its fees and the description, with the source text verbatim."""

    channel: Channel
    start: int
    source: str
    limit_text: str
    limit: str
    stages: tuple[Stated, ...]
    alternatives: tuple[Stated, ...]
    fees: tuple[FeeLine, ...]
    description: str
    unread: tuple[Unread, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelTable:
    """The whole field: what stood before the first entry, the entries, and what is to be told."""

    preamble: str
    entries: tuple[Entry, ...]
    unread: tuple[Unread, ...] = field(default=())


def channel_table(text: str, place: str = "cach_thuc_thuc_hien") -> ChannelTable:
    """Read the flattened field. The sources of preamble and entries, joined, are the text again."""
    head = _HEAD.match(text)
    begin = head.end() if head else 0
    starts = [one.start() for one in _START.finditer(text, begin)]
    if not starts:
        rest = text[begin:].strip()
        told = [] if rest in ("", NOTHING) else [Unread("limit", "", rest, f"{place}:{begin}")]
        return ChannelTable(text, (), tuple(told))
    pieces = [(start, text[start:end]) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    bare = {
        found[0]
        for _start, piece in pieces
        if (found := _limit(piece, _after_name(piece), frozenset()))[0].isdigit()
        and (found[3] or not _AMBIGUOUS.match(piece, found[2]))
    }
    entries = [_entry(piece, start, place, frozenset(bare)) for start, piece in pieces]
    between = text[begin : starts[0]].strip()
    told = [Unread("limit", "", between, f"{place}:{begin}")] if between else []
    return ChannelTable(text[: starts[0]], tuple(entries), tuple(told))


def _after_name(source: str) -> int:
    return next(len(one) for one in CHANNELS if source.startswith(one))


def _entry(source: str, start: int, place: str, bare: frozenset[str]) -> Entry:
    position = _after_name(source)
    name = source[:position]
    unread: list[Unread] = []
    doubts: list[str] = []

    def tell(kind: str, text: str, offset: int) -> None:
        unread.append(Unread(kind, CHANNELS[name].value, text, f"{place}:{start + offset}"))

    limit_text, span, position, fee_number = _limit(source, position, bare)
    fees, description_at = _fees(source, position, start, fee_number, tell)
    description = source[description_at:]
    limit, stages, alternatives = _stages(span, description, start + description_at)
    if span is None and (limit_text not in ("", NOTHING) or not limit):
        tell("limit", limit_text or NOTHING, len(name))
    if span is not None:
        doubts.extend(_doubts(span, description))
    if not any(one.kind is FeeKind.AMOUNT for one in fees):
        fees.extend(_fees_in_words(description, start + description_at))
    for one in fees:
        if one.kind is FeeKind.BY_RULE and not any(other.kind is FeeKind.AMOUNT for other in fees):
            tell("fee", f"{one.text} ({one.note})" if one.note else one.text, one.at - start)
    return Entry(
        CHANNELS[name],
        start,
        source,
        limit_text,
        limit,
        stages,
        alternatives,
        tuple(fees),
        description,
        tuple(unread),
        tuple(doubts),
    )


def _limit(source: str, position: int, bare: frozenset[str]) -> tuple[str, Stage | None, int, str]:
    """The text and span of the limit, the place after it, and a fee number that the page glued to a bare limit."""
    match = _LIMIT.match(source, position)
    if match is not None:
        span = span_of(match[1], match[2]) if match[1] else None
        return match[0].strip(), span, match.end(), ""
    match = _BARE.match(source, position)
    if match is not None:
        return match[1], None, match.end(), ""
    match = _GLUED.match(source, position)
    if match is not None:
        note = source[match.end() : match.end() + 600]
        limit_text, fee = _split_glued(match[1], note, bare)
        return limit_text, None, match.start(1) + len(limit_text), fee
    return "", None, position, ""


def _split_glued(digits: str, note: str, bare: frozenset[str]) -> tuple[str, str]:
    """`120,000` is the limit 1 without a unit and the fee 20,000; of several cuts the note or the neighbours decide."""
    cuts = [cut for cut in range(1, len(digits)) if digits[:cut].isdigit() and _WELL_FORMED.fullmatch(digits[cut:])]
    if len(cuts) > 1:
        stated = {one.amount for one in stated_fees(note, 0)}
        cuts = [cut for cut in cuts if number(digits[cut:]) in stated] or cuts
    if len(cuts) > 1:
        cuts = [cut for cut in cuts if digits[:cut] in bare] or cuts
    if len(cuts) != 1:
        return (digits, "") if len(cuts) > 1 else ("", digits)
    return digits[: cuts[0]], digits[cuts[0] :]


def _fees(
    source: str, position: int, start: int, fee_number: str, tell: Callable[[str, str, int], None]
) -> tuple[list[FeeLine], int]:
    found: list[FeeLine] = []
    ambiguous = _AMBIGUOUS.match(source, position)
    if ambiguous is not None and not fee_number:
        note, position = _note(source, ambiguous.end())
        tell("fee", source[_after_name(source) : position].strip(), _after_name(source))
    while True:
        match = _FEE.match(source, position)
        if match is None or (found and match[0].strip() == NOTHING):
            break
        note, after = _note(source, match.end())
        found.extend(column_fee(match[0].strip(), note, start + match.start()))
        position = after
    return found, position


def _note(source: str, position: int) -> tuple[str, int]:
    """The bracketed note that begins right here, brackets balanced; a bracket never closed keeps the rest."""
    if position >= len(source) or source[position] != "(":
        return "", position
    depth = 0
    for index in range(position, len(source)):
        depth += (source[index] == "(") - (source[index] == ")")
        if depth == 0:
            return source[position : index + 1], index + 1
    return source[position:], len(source)


def _stages(span: Stage | None, description: str, at: int) -> tuple[str, tuple[Stated, ...], tuple[Stated, ...]]:
    if span is not None:
        return str(span), contained_stages(description, span), ()
    stated = stated_spans(description)
    if not stated or len(stated) > _MOST_STAGES:
        return "", (), ()
    placed = tuple(Stated(one.span, one.clause, at + one.at, one.alternative) for one in stated)
    if len(placed) == 1:
        return str(placed[0].span), (), ()
    if sum(one.alternative for one in placed) * 2 >= len(placed):
        return str(placed[0].span), (), placed
    return notation(one.span for one in placed), placed, ()


def _doubts(span: Stage, description: str) -> list[str]:
    """Where the description begins with another limit than the column: told, never corrected."""
    stated = stated_spans(description)
    if not stated or any(one.span == span for one in stated):
        return []
    same_number = [one for one in stated if one.span.amount == span.amount and one.span.unit != span.unit]
    if not same_number and any(one.alternative for one in stated):
        return []
    other = (same_number or stated)[0]
    return [f"Cột thời gian ghi {span.in_words()}, phần mô tả ghi {other.span.in_words()}."]


def _fees_in_words(description: str, at: int) -> list[FeeLine]:
    """Amounts that only the description states, such as "mức phí: 500.000đ"."""
    if not re.search(r"phí", description, re.IGNORECASE):
        return []
    return [one for one in stated_fees(description, at) if one.currency != "%" or "phí" in one.note.lower()]


def suspicious(fee: FeeLine) -> str:
    """Amounts surely entered in thousands ("45 VNĐ"), told to the controller; the number stays as published."""
    small = fee.kind is FeeKind.AMOUNT and fee.currency == "VND" and fee.amount is not None
    if small and Decimal(0) < (fee.amount or Decimal(0)) < 1000:
        return f"Mức thu {fee.text} thấp bất thường, có thể thiếu ba số không."
    return ""


__all__ = ["ChannelTable", "Entry", "Unread", "channel_table", "suspicious"]
