"""The grammar of agency names: where a list of bodies ends, and where one name ends and the next begins.

"Sở Tài chính, Cục Thuế tỉnh và các cơ quan, địa phương tích cực hỗ trợ" gives three names and stops at "tích cực".
Names stay as the text writes them; only shared head words are written out ("Các sở: Nội vụ, Y tế").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from motcua.directives.reader.entries import entries_of, lists_units, opens_list, shares_head, trimmed
from motcua.directives.reader.name_end import name_end
from motcua.directives.reader.names import PEOPLE, SEPARATOR, head_at, verb_at
from motcua.directives.reader.words import CAPITALS as CAP
from motcua.directives.reader.words import FIELD

_FIELD_NAME = re.compile(FIELD + r"(?!\w)")
_LISTED = re.compile(FIELD + r"(?!\w)|Điện lực|Bưu chính|Viễn thông|Than |Hóa chất")
_CAPITAL = re.compile(f"[{CAP}]")
_COLON = re.compile(r":\s+")
_BRACKETS = re.compile(r"\s*\([^()]{0,300}\)")


@dataclass(frozen=True)
class Phrase:
    """A list of names in a text: where it stands, the names, and whether a verb follows it."""

    start: int
    end: int
    names: tuple[str, ...]
    kinds: tuple[str, ...] = field(default=())

    @property
    def proper(self) -> bool:
        """Whether the first name is a body, an office or a place, and not a group."""
        return bool(self.kinds) and self.kinds[0] in ("proper", "person", "place")


def phrase_at(text: str, at: int, *, whole: bool = False) -> Phrase | None:
    """The list of names that begins at `at`; with `whole` the text is a heading and verbs may stand inside a name."""
    found = _List(text, at, whole=whole)
    found.read()
    entries = entries_of(found.pieces)
    names = tuple(dict.fromkeys(name for name in (trimmed(entry.text) for entry in entries) if name))
    if not names:
        return None
    return Phrase(at, min(found.end, len(text)), names, tuple(entry.kind for entry in entries))


class _List:
    """Reads names and separators in turn."""

    def __init__(self, text: str, at: int, *, whole: bool) -> None:
        self.text, self.position, self.whole = text, at, whole
        self.end = at
        self.pieces: list[tuple[str, str, str]] = []
        self.separator = ""
        self.listing = False

    def read(self) -> None:
        while self.position < len(self.text) and self._piece() and self._separator():
            pass

    def _piece(self) -> bool:
        kind = self._kind()
        if not kind:
            return False
        end = name_end(self.text, self.position, kind, whole=self.whole)
        if end <= self.position:
            return False
        self.pieces.append((self.separator, self.text[self.position : end].rstrip(), kind))
        self.position = self.end = _behind_brackets(self.text, end)
        return True

    def _kind(self) -> str:
        """The kind of name that begins here, seen from the names before it."""
        text, at = self.text, self.position
        people = bool(self.pieces) and bool(PEOPLE.match(text, at))
        if people and not self._of_people():
            return ""
        if self.listing and _LISTED.match(text, at):
            return "field"
        kind = head_at(text, at)
        if kind or not self.pieces:
            return kind
        if _FIELD_NAME.match(text, at) and shares_head(self.pieces[0][1]):
            return "field"
        if people:
            return "people"
        if (self.listing or lists_units(self.pieces[0][1])) and _CAPITAL.match(text, at):
            return "field"
        return "tail" if self.separator.strip() in (",", "-") and self._inside_name(at) else ""

    def _separator(self) -> bool:
        """Steps over the mark between two names; False when no other name follows."""
        colon = _COLON.match(self.text, self.position)
        if self.pieces and colon and opens_list(self.pieces[-1][1]):
            self.separator, self.position, self.listing = ": ", colon.end(), True
            return True
        gap = SEPARATOR.match(self.text, self.position)
        if not gap or not self._goes_on(gap.end(), gap[0]):
            return False
        self.separator, self.position = gap[0], gap.end()
        return True

    def _goes_on(self, at: int, separator: str) -> bool:
        if head_at(self.text, at):
            return True
        if verb_at(self.text, at):
            return False
        if (self.listing or lists_units(self.pieces[0][1])) and _CAPITAL.match(self.text, at):
            return True
        if separator.strip() == "," and self._inside_name(at):
            return True
        if PEOPLE.match(self.text, at):
            return self._of_people()
        return shares_head(self.pieces[0][1]) and bool(_FIELD_NAME.match(self.text, at))

    def _of_people(self) -> bool:
        """Whether people may stand in the list ("các tổ chức, cá nhân liên quan")."""
        return self.pieces[-1][2] in ("group", "people") and "tổ chức" in self.pieces[-1][1].lower()

    def _inside_name(self, at: int) -> bool:
        """Whether a capital goes on with a name ("Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch")."""
        _, name, kind = self.pieces[-1]
        if kind not in ("proper", "tail") or head_at(self.text, at) or not _CAPITAL.match(self.text, at):
            return False
        heads = r"(?:Trung tâm|Cục|Chi cục|Ban|Vụ|Phòng|Viện|Hội|Hiệp hội|Trường|Báo|Đài|Văn hóa|Thương mại)(?!\w)"
        return bool(re.match(heads, name))


def _behind_brackets(text: str, at: int) -> int:
    match = _BRACKETS.match(text, at)
    return match.end() if match else at


def names_in(text: str) -> tuple[str, ...]:
    """All names of a field or table cell ("Sở Y tế; các sở, ngành liên quan"), whatever stands between them."""
    text = re.sub(r"\s*\n\s*(?:[-+•]\s*)?", "; ", text.strip().strip("-+• ")).strip(" .;")
    found: list[str] = []
    at = 0
    while at < len(text):
        phrase = phrase_at(text, at, whole=True) if head_at(text, at) else None
        if phrase:
            found.extend(phrase.names)
            at = max(phrase.end, at + 1)
        else:
            piece = re.match(r"[^,;:.]+?(?=\s*[,;:.]|\s+và\s|$)", text[at:])
            fresh = not at or text[:at].rstrip()[-1:] == ";"
            if piece and fresh and 1 < len(piece[0].split()) <= 12 and text[at].isalpha() and not verb_at(text, at):
                found.append(trimmed(piece[0]))
                at += piece.end()
            following = re.search(r"[,;]\s*|\svà\s+|:\s*|\.\s+|\n|\s", text[at:])
            if not following:
                break
            at += following.end()
    return tuple(dict.fromkeys(found))
