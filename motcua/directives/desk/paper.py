"""The document at the left of the reading desk: its paragraphs, the stretches that became proposals, the words that decided."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from motcua.directives.models import Directive, Proposal
from motcua.directives.rules.locating import Span, line_at, line_starts
from motcua.directives.terms import ProposalState

_ENDS: Final = (".", ";", ":", "!", "?", "…", "./.")
_BEGINS: Final = re.compile(r"\s*(?:[-–+•*]\s|\d+(?:\.\d+)*[.)]\s|[IVXLC]+[.)]\s|[a-zđ][.)]\s|#|\|)")
_TWO_SIDES: Final = re.compile(
    r"^(?P<number>[Ss]ố:?\s*\S+)\s+(?P<place>.+, ngày .+)$|"
    r"^(?P<left>.+?)\s+(?P<right>CỘNG H[ÒO]A XÃ HỘI.*|Độc lập\s*[-–].*)$"
)
"""Two columns of a letterhead that a text holds in one line."""
_HEADING: Final = re.compile(r"\s*(?:\d+(?:\.\d+)*|[IVXLC]+)[.)]\s")
SUPERSEDED: Final = frozenset({ProposalState.SPLIT, ProposalState.MERGED})
"""Others stand in their place."""


@dataclass(frozen=True)
class Mark:
    """The number of a proposal before the stretch it was read from."""

    pk: int
    no: int
    on: bool
    label: str


@dataclass(frozen=True)
class Piece:
    """Letters drawn alike: plain, or in a mark; `deciding` words gave the active proposal its lead, partner or day."""

    text: str
    shade: str | None = None
    deciding: bool = False
    begins: tuple[Mark, ...] = ()


@dataclass
class Paragraph:
    """One paragraph as a person reads it."""

    kind: str
    lines: tuple[int, int]
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Numbered:
    """A proposal with the number it bears on both sides of the desk."""

    no: int
    row: Proposal

    @property
    def shade(self) -> str:
        """The ground of its stretch: done, doubtful, or waiting."""
        match self.row.state:
            case ProposalState.ACCEPTED:
                return "ok"
            case ProposalState.REJECTED:
                return "off"
            case _:
                return "ask" if self.row.flags else ""


def numbered(rows: Iterable[Proposal]) -> list[Numbered]:
    """The proposals in the order of the document, those replaced by parts or by a whole left out."""
    shown = [one for one in rows if one.state not in SUPERSEDED]
    ordered = sorted(shown, key=lambda one: (one.start, one.no, one.pk))
    return [Numbered(no, one) for no, one in enumerate(ordered, start=1)]


def paragraphs(directive: Directive, shown: Sequence[Numbered], active: Proposal | None) -> list[Paragraph]:
    """The whole text; every word of it stands in exactly one piece."""
    text = directive.text
    starts = line_starts(text)
    cuts = _cuts(shown, active)
    deciding = _deciding(active)
    first = min((one.row.start for one in shown), default=len(text))
    last = max((one.row.end for one in shown), default=len(text))
    found = []
    for span in _blocks(text):
        lines = (line_at(starts, span.start), line_at(starts, max(span.start, span.end - 1)))
        words = text[span.start : span.end]
        paragraph = Paragraph(_kind(words, before=span.end <= first, after=span.start >= last), lines)
        if paragraph.kind == "pair":
            paragraph.pieces = [Piece(one) for one in _sides(text[span.start : span.end])]
        else:
            paragraph.pieces = list(_pieces(text, span, cuts, shown, active, deciding))
        found.append(paragraph)
    return found


def _blocks(text: str) -> Iterator[Span]:
    """Lines joined where a scan or a page had cut them; empty lines always part."""
    begin, end, last = -1, -1, ""
    place = 0
    for line in text.split("\n"):
        stop = place + len(line)
        words = line.strip()
        if not words:
            if begin >= 0:
                yield Span(begin, end)
            begin = -1
        elif begin >= 0 and _goes_on(last, line):
            end = stop
        else:
            if begin >= 0:
                yield Span(begin, end)
            begin, end = place, stop
        last, place = words, stop + 1
    if begin >= 0:
        yield Span(begin, end)


def _goes_on(before: str, line: str) -> bool:
    """Whether a line is the rest of the one before it."""
    if before.endswith(_ENDS) or _BEGINS.match(line) or _sides(before) or _sides(line):
        return False
    if before.isupper() or line.strip().isupper():
        return False
    return line.strip()[:1].islower() or 50 < len(before) < 130


def _sides(words: str) -> list[str]:
    """The two sides of a line of a letterhead; empty for any other line."""
    found = _TWO_SIDES.match(" ".join(words.split())) if len(words) < 160 else None
    if found is None:
        return []
    sides = found.groupdict()
    return [sides["number"] or sides["left"], sides["place"] or sides["right"]]


def _kind(words: str, *, before: bool, after: bool) -> str:
    plain = words.strip()
    if before and _sides(plain):
        return "pair"
    if after and (plain.isupper() or (len(plain) < 40 and plain.istitle())):
        return "sg"
    if (plain.isupper() and len(plain) < 120) or (
        before and len(plain) < 90 and plain.lower().startswith(("số:", "số "))
    ):
        return "ttl"
    if _HEADING.match(plain) and len(plain) < 110 and not plain.endswith((".", ";")):
        return "head"
    return ""


def _cuts(shown: Sequence[Numbered], active: Proposal | None) -> list[int]:
    """Where the drawing may change."""
    found = {place for one in shown for place in (one.row.start, one.row.end)}
    for span in _deciding(active):
        found |= {span.start, span.end}
    return sorted(found)


def _deciding(active: Proposal | None) -> list[Span]:
    if active is None:
        return []
    return [
        Span(one["start"], one["end"])
        for one in active.why.values()
        if one.get("start") is not None and one.get("end") is not None
    ]


def _pieces(
    text: str,
    span: Span,
    cuts: Sequence[int],
    shown: Sequence[Numbered],
    active: Proposal | None,
    deciding: Sequence[Span],
) -> Iterator[Piece]:
    inner = [place for place in cuts if span.start < place < span.end]
    edges = [span.start, *inner, span.end]
    for begin, end in pairwise(edges):
        words = text[begin:end].replace("\n", " ")
        over = [one for one in shown if one.row.start <= begin and end <= one.row.end]
        begins = tuple(
            Mark(one.row.pk, one.no, _is(one, active), one.row.title)
            for one in shown
            if begin <= one.row.start < end and one.row.end > one.row.start
        )
        decides = any(one.start <= begin and end <= one.end for one in deciding)
        yield Piece(words, _shade(over, active), decides, begins)


def _is(one: Numbered, active: Proposal | None) -> bool:
    return active is not None and one.row.pk == active.pk


def _shade(over: Sequence[Numbered], active: Proposal | None) -> str | None:
    """The mark of a piece: of the active one where it lies over others, else of the shortest stretch."""
    if not over:
        return None
    if any(_is(one, active) for one in over):
        return "on"
    return min(over, key=lambda one: one.row.end - one.row.start).shade
