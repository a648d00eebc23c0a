"""The tree of numbers: which paragraph stands under which item (I / 1 / a / - / +), unmarked ones included."""

from __future__ import annotations

import re
from dataclasses import dataclass

from motcua.directives.reader.text import Block, Table
from motcua.directives.reader.words import rx

_PART = re.compile(r"^(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?:(?:thứ|THỨ)\s+\w+|([IVX]+|\d+))\s*[.:\-–]?\s*")
_ARTICLE = re.compile(r"^Điều\s+(\d+)\s*[.:]\s*")
_ROMAN = rx(r"^([IVX]{1,6})\s*[.)/\-–](?=\s|[{A}])\s*")
_UPPER = re.compile(r"^([A-HĐ])\s*[.)]\s+")
_NUMBER = rx(
    r"^(\d{1,2}(?:\.\d{1,2}){0,3})(?:\s*[.)/](?=\s|[{A}])|-(?=\s)|(?<=\.\d)\s+(?=[{A}])|(?<=\.\d\d)\s+(?=[{A}]))\s*"
)
_BRACKET = re.compile(r"^\((\d{1,2}|[ivx]{1,4})\)\s*")
_LETTER = rx(r"^([a-zđ])\s*[.)](?=\s|[{A}])\s*")
_SUBLETTER = re.compile(r"^([a-zđ]\.?\d{1,2})\s*[.)]\s*")
_DASH = re.compile(r"^([-–—•·▪●➢✓])\s*(?=\D)")
_PLUS = re.compile(r"^(\+)\s*")
_LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True)
class Frame:
    """One opened item. `key` is unlike any other's."""

    key: int
    kind: str
    label: str
    value: int


@dataclass(frozen=True)
class Unit:
    """A paragraph (or table) with the items it stands in; the last frame is its own when `marked`."""

    text: str
    line: int
    frames: tuple[Frame, ...]
    marked: bool
    order: int
    table: Table | None = None

    @property
    def kind(self) -> str:
        return self.frames[-1].kind if self.marked and self.frames else ""

    @property
    def path(self) -> str:
        labels = [frame.label for frame in self.frames if frame.kind != "plain"]
        return ".".join(labels)


def roman(text: str) -> int:
    """The value of a Roman number below 40."""
    values = {"I": 1, "V": 5, "X": 10}
    total = 0
    for at, letter in enumerate(text):
        value = values[letter]
        total += -value if at + 1 < len(text) and values[text[at + 1]] > value else value
    return total


def marker(text: str) -> tuple[str, str, int, str] | None:
    """Kind, label, value and the rest of a paragraph that begins with a list marker."""
    for pattern, kind in (
        (_PART, "part"),
        (_ARTICLE, "article"),
        (_ROMAN, "roman"),
        (_UPPER, "upper"),
        (_NUMBER, "number"),
        (_BRACKET, "bracket"),
        (_SUBLETTER, "subletter"),
        (_LETTER, "letter"),
        (_DASH, "dash"),
        (_PLUS, "plus"),
    ):
        match = pattern.match(text)
        if not match:
            continue
        label = (match[1] or "") if match.groups() else ""
        rest = text[match.end() :]
        if kind == "roman":
            return kind, label, roman(label), rest
        if kind == "number":
            return f"number{label.count('.')}", label.split(".")[-1], int(label.split(".")[-1]), rest
        if kind in ("article", "bracket", "part"):
            return kind, label, int(label) if label.isdigit() else 0, rest
        if kind == "letter":
            return kind, label, _LETTERS.find(label) + 1, rest
        return kind, label, 0, rest
    return None


def units(blocks: list[Block], *, heads: frozenset[str] = frozenset()) -> list[Unit]:
    """Every paragraph and table with its place in the tree."""
    stack: list[Frame] = []
    found: list[Unit] = []
    key = 0
    counted: dict[int, int] = {}
    for order, block in enumerate(blocks):
        if isinstance(block, Table):
            found.append(Unit("", block.line, tuple(stack), marked=False, order=order, table=block))
            continue
        mark = marker(block.text)
        key += 1
        if mark is None:
            if _opens(block.text, heads):
                while stack and stack[-1].kind in ("dash", "plus", "plain"):
                    stack.pop()
                stack.append(Frame(key, "plain", "", 0))
            found.append(Unit(block.text, block.line, tuple(stack), marked=False, order=order))
            continue
        kind, label, value, rest = mark
        _pop(stack, kind, value)
        parent = stack[-1].key if stack else 0
        counted[parent] = counted.get(parent, 0) + 1
        if kind in ("dash", "plus"):
            label = str(counted[parent])
        stack.append(Frame(key, kind, label, value))
        found.append(Unit(rest.strip(), block.line, tuple(stack), marked=True, order=order))
    return found


def _opens(text: str, heads: frozenset[str]) -> bool:
    return text.endswith(":") or text in heads


def _pop(stack: list[Frame], kind: str, value: int) -> None:
    """Closes the items that end where a marker of this kind and value begins."""
    same = [at for at, frame in enumerate(stack) if frame.kind == kind]
    if not same:
        if kind in ("roman", "part", "upper", "article"):
            lower = [
                at for at, frame in enumerate(stack) if frame.kind not in ("roman", "part", "upper", "article", "plain")
            ]
            if lower:
                del stack[lower[0] :]
        elif kind == "dash":
            while stack and stack[-1].kind == "plus":
                stack.pop()
        elif kind.startswith("number"):
            while stack and stack[-1].kind in ("dash", "plus", "letter", "subletter", "bracket") and value != 1:
                stack.pop()
            deeper = [at for at, frame in enumerate(stack) if frame.kind.startswith("number") and frame.kind > kind]
            if deeper:
                del stack[deeper[0] :]
        return
    expected = [at for at in same if stack[at].value == value - 1]
    if (
        value == 1
        and kind not in ("dash", "plus")
        and same[-1] < len(stack) - 1
        and stack[same[-1]].value >= 1
        and _may_nest(stack, same[-1], kind)
    ):
        return
    del stack[(expected or same)[-1] :]


def _may_nest(stack: list[Frame], at: int, kind: str) -> bool:
    """A numbering that begins anew inside a deeper item of another kind."""
    return kind.startswith("number") and any(frame.kind in ("letter", "roman") for frame in stack[at + 1 :])
