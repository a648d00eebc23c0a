"""Made-up results of all provinces: nobody's real points, and their source says so wherever they are shown.

A province is about as strong every year and better in some parts than in others; the rest is chance. Nothing of a
published table is used: neither of the two publishers allows its figures to be passed on.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final

from motcua.base.actors import SYSTEM
from motcua.indices import actions
from motcua.indices.rules.official import MADE_UP, MERGED_FROM, provinces

SEED: Final = 63_034
SOURCE: Final = f"{MADE_UP.capitalize()} của bản trình diễn, không phải kết quả công bố"
YEARS: Final = range(2020, MERGED_FROM + 1)
_LEAST, _MOST = 1.0, 10.0


@dataclass(frozen=True)
class Kind:
    """What the points of one index look like: its parts add up to the score."""

    index: str
    parts: tuple[str, ...]
    middle: float
    ranked: bool
    """Ranks stand in the table; otherwise they follow from the scores."""


KINDS: Final = (
    Kind(
        "PCI",
        ("entry", "land", "transparency", "time", "informal", "bias", "proactivity", "support", "labor", "legal"),
        6.2,
        ranked=True,
    ),
    Kind("PAPI", tuple(f"d{number}" for number in range(1, 9)), 5.3, ranked=False),
)


@dataclass(frozen=True)
class Table:
    """One index and year as a file to be taken in."""

    index: str
    year: int
    content: bytes


def tables() -> Iterator[Table]:
    """Every table: 63 provinces in the years before the mergers, 34 after; the same each time."""
    random = Random(SEED)  # noqa: S311  nothing secret is drawn
    old = {one.name: random.gauss(0, 1) for one in provinces() if one.people}
    for kind in KINDS:
        level = {part: random.gauss(kind.middle, 0.8) for part in kind.parts}
        bent = {(name, part): random.gauss(0, 0.35) for name in {**old, **_merged(old)} for part in kind.parts}
        for year in YEARS:
            strength = old if year < MERGED_FROM else _merged(old)
            rise = 0.04 * (year - YEARS.start)
            points = {
                name: [
                    _within(level[part] + rise + 0.28 * good + bent[name, part] + random.gauss(0, 0.3))
                    for part in kind.parts
                ]
                for name, good in strength.items()
            }
            yield Table(kind.index, year, _csv(kind, points))


def load(*, at: datetime) -> None:
    """Take all of them in, as a file of a publisher would be."""
    for one in tables():
        actions.import_results(one.content, index=one.index, year=one.year, source=SOURCE, by=SYSTEM, at=at)


def _merged(old: Mapping[str, float]) -> dict[str, float]:
    """How strong the 34 provinces are: as those they were made of, by their people."""
    found: dict[str, list[tuple[int, float]]] = {}
    for one in provinces():
        if one.people:
            found.setdefault(one.now, []).append((one.people, old[one.name]))
    return {name: sum(p * s for p, s in made_of) / sum(p for p, _s in made_of) for name, made_of in found.items()}


def _within(points: float) -> int:
    """Hundredths, inside the scale."""
    return round(100 * min(max(points, _LEAST), _MOST))


def _csv(kind: Kind, points: Mapping[str, list[int]]) -> bytes:
    totals = {name: sum(parts) for name, parts in points.items()}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["unit", "score", *(["rank"] if kind.ranked else []), *kind.parts])
    for name, parts in points.items():
        rank = [1 + sum(other > totals[name] for other in totals.values())] if kind.ranked else []
        writer.writerow([name, _said(totals[name]), *rank, *map(_said, parts)])
    return text.getvalue().encode("utf-8")


def _said(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"
