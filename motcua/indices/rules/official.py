"""Official results of all provinces: what is made up, spellings, and the provinces merged in 2025."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

from motcua.base.text import nfc, squeeze, unaccented
from motcua.indices.rules.gaps import carried_over
from motcua.indices.rules.kinds import Points
from motcua.indices.terms import Certainty

FOLDER: Final = Path(__file__).parent.parent / "fixtures"
MERGED_FROM: Final = 2025
"""From this year on results are of 34 provinces."""
MADE_UP: Final = "số liệu hư cấu"
"""A source that says this is of nobody's results: wherever its figures are shown, that is said beside them."""
_HEADS: Final[Mapping[str, str]] = {
    "don vi": "unit",
    "tinh": "unit",
    "tinh, thanh pho": "unit",
    "tinh/thanh pho": "unit",
    "dia phuong": "unit",
    "diem": "score",
    "diem so": "score",
    "tong diem": "score",
    "hang": "rank",
    "xep hang": "rank",
    "thu hang": "rank",
}
"""What publishers write above the three columns."""


@dataclass(frozen=True)
class Province:
    """A province as it was before July 2025, how it is spelled, how many lived there, and what it belongs to now."""

    code: str
    name: str
    aliases: tuple[str, ...]
    people: int
    """On 1 April 2019."""
    sure: Certainty | None
    """How sure that number is."""
    now: str


@cache
def provinces() -> tuple[Province, ...]:
    """The 63 provinces of before July 2025, and Hà Tây."""
    return tuple(
        Province(
            row["code"],
            row["name"],
            tuple(one for one in row["aliases"].split("|") if one),
            int(row["people_2019"] or 0),
            Certainty(row["people_certainty"]) if row["people_certainty"] else None,
            row["now"],
        )
        for row in _table("provinces.csv")
    )


def _table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((FOLDER / name).read_text(encoding="utf-8"))))


def is_made_up(source: str) -> bool:
    """Whether a source says of its figures that they are invented."""
    return MADE_UP in nfc(source).casefold()


def plain_key(name: str) -> str:
    """A name without accents, capitals and what separates its words: BR-VT, BRVT and "Bà Rịa – Vũng Tàu" meet by it."""
    bare = unaccented(name).lower()
    for prefix in ("tinh ", "thanh pho ", "tp. ", "tp."):
        bare = bare.removeprefix(prefix)
    return "".join(letter for letter in bare if letter.isalnum())


@cache
def _by_spelling() -> Mapping[str, str]:
    found = {plain_key(each): one.name for one in provinces() for each in (one.name, *one.aliases)}
    return found | {plain_key(one.now): one.now for one in provinces() if plain_key(one.now) not in found}


def canonical(name: str) -> str:
    """The one spelling of a province; any other name as it stands."""
    return _by_spelling().get(plain_key(name), squeeze(name))


def predecessors(name: str) -> tuple[Province, ...]:
    """The provinces a province of today was made of; Hà Tây has long been part of Hà Nội and is left out."""
    key = plain_key(name)
    return tuple(one for one in provinces() if one.people and plain_key(one.now) == key)


def is_merged(name: str) -> bool:
    """Whether a province of today was made of several."""
    return len(predecessors(name)) > 1


def people_are_remembered(of: Iterable[Province]) -> bool:
    """Whether the weights of an estimate are numbers nobody has held against the census yet."""
    return any(one.sure is Certainty.REMEMBERED for one in of)


def estimates(scores: Mapping[str, Points]) -> dict[str, Points]:
    """Scores of the 34 provinces as an estimate: the mean of those they were made of, weighted by the census of 2019."""
    into: dict[str, Sequence[str]] = {}
    for one in provinces():
        if one.people:
            into.setdefault(one.now, [])
            into[one.now] = [*into[one.now], one.name]
    return carried_over(scores, {one.name: Fraction(one.people) for one in provinces()}, into)


def head_of(title: str) -> str:
    """What a column is called in our tables: `unit`, `score`, `rank`, or its own title."""
    return _HEADS.get(unaccented(title).lower().strip(), squeeze(title))
