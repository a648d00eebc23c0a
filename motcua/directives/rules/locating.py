"""Where words of a reading stand in the text of the document, so that they can be highlighted."""

import re
from bisect import bisect_right
from itertools import islice
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"\w+", re.UNICODE)
_MOST_STRANGE: Final = 12
"""So many words of a page foot or a footnote may stand between two words of one paragraph."""


class Span(NamedTuple):
    """From the first letter to behind the last."""

    start: int
    end: int


def line_starts(text: str) -> list[int]:
    """Where each line begins; line n of the reader is number n - 1 here."""
    return [0, *(found.end() for found in re.finditer("\n", text))]


def line_at(starts: list[int], offset: int) -> int:
    """The line, counted from one, on which a place of the text lies."""
    return bisect_right(starts, offset)


def find_words(text: str, words: str, start: int = 0, end: int | None = None) -> Span | None:
    """The stretch that spells these words in their order; cut lines, page feet and footnote marks between them are passed."""
    wanted = _WORD.findall(words)
    if not wanted:
        return None
    stop = len(text) if end is None else end
    for first in re.finditer(rf"(?<!\w){re.escape(wanted[0])}", text[start:stop]):
        found = _follow(text, wanted, start + first.start(), stop)
        if found is not None:
            return found
    return None


def _follow(text: str, wanted: list[str], begin: int, stop: int) -> Span | None:
    place = begin
    for word in wanted:
        near = islice(_WORD.finditer(text, place, stop), _MOST_STRANGE + 1)
        here = next((one for one in near if one.group().startswith(word)), None)
        if here is None:
            return None
        place = here.start() + len(word)
    return Span(begin, place)
