"""Official results as they are shown: all provinces of a year, ours among them, the years beside each other."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median
from typing import Final, NamedTuple

from django.conf import settings

from motcua.base.text import sort_key, unaccented
from motcua.indices.models import OfficialResult
from motcua.indices.queries.targets import definitions_of
from motcua.indices.rules.definition import IndexSet
from motcua.indices.rules.official import (
    MERGED_FROM,
    estimates,
    is_made_up,
    is_merged,
    people_are_remembered,
    plain_key,
    predecessors,
    provinces,
)
from motcua.indices.rules.shipped import codes, shipped

_WORD: Final = re.compile("[a-z0-9]+")


@dataclass(frozen=True)
class Place:
    """One province in one year."""

    name: str
    score: Fraction | None
    rank: int | None
    ours: bool
    parts: Mapping[str, Fraction] = field(default_factory=dict)
    made_of: tuple[str, ...] = ()
    """The provinces it is estimated from; empty when it was published itself."""


@dataclass(frozen=True)
class YearOf:
    """One index in one year: every province, the best first."""

    index: str
    year: int
    places: tuple[Place, ...]
    source: str
    counted: bool
    """Ranks are ours, from the scores: the publisher gives none."""
    merged: bool
    names: Mapping[str, str]
    """Names of the parts."""

    @property
    def made_up(self) -> bool:
        """Its source says that nobody published these figures."""
        return is_made_up(self.source)

    @property
    def rests_on_memory(self) -> bool:
        """The people the estimates are weighted by are written from memory."""
        return self.merged and people_are_remembered(provinces())

    @property
    def ours(self) -> Place | None:
        """Our own place, if there is one."""
        return next((one for one in self.places if one.ours), None)

    @property
    def scored(self) -> list[Place]:
        """Places with a score."""
        return [one for one in self.places if one.score is not None]

    @property
    def ranked(self) -> list[Place]:
        """Places with a rank."""
        return [one for one in self.places if one.rank is not None]

    @property
    def among(self) -> int:
        """How many were ranked."""
        return len(self.scored)

    def middle(self) -> dict[str, Fraction]:
        """The middle of all for each part."""
        return {
            code: median(values)
            for code in self.names
            if (values := [one.parts[code] for one in self.places if code in one.parts])
        }


class Step(NamedTuple):
    """One year of the series of some province."""

    year: int
    score: Fraction | None
    rank: int | None
    among: int


@dataclass(frozen=True)
class Series:
    """An index over the years: ours, those it was made of, where comparison breaks and why."""

    index: str
    years: tuple[int, ...]
    among: tuple[int, ...]
    lines: tuple[tuple[str, tuple[Step | None, ...], bool], ...]
    breaks: Mapping[int, str]
    counted: bool
    """The publisher gives no ranks in the latest year: they are ours, from the scores."""
    made_up: tuple[int, ...] = ()
    """Years whose source says that nobody published these figures."""

    @property
    def ours(self) -> list[Step]:
        """Our own years."""
        return [step for _name, steps, own in self.lines if own for step in steps if step is not None]


def home_name() -> str:
    """The province whose house this is."""
    return str(settings.MOTCUA_PROVINCE)


def index_slug(index: str) -> str:
    """An index in an address."""
    return "-".join(_WORD.findall(unaccented(index).lower())) or "khac"


def official_indices() -> dict[str, list[int]]:
    """The indices with official results, and their years, the newest first. One statement."""
    found: dict[str, list[int]] = {}
    pairs = OfficialResult.objects.order_by("index", "-year").values_list("index", "year").distinct()
    for index, year in pairs:
        found.setdefault(index, []).append(year)
    return found


def official_year(index: str, year: int, *, merged: bool = False) -> YearOf:
    """All provinces of a year; as 34 provinces the earlier years are estimates. One statement."""
    rows = list(OfficialResult.objects.filter(index=index, year=year).order_by("pk"))
    scores = {row.unit: None if row.score is None else Fraction(row.score) for row in rows}
    own = plain_key(home_name())
    if merged and year < MERGED_FROM:
        guessed = estimates(scores)
        ranks = _ranks(guessed)
        unsorted = [
            Place(name, score, ranks[name], plain_key(name) == own, made_of=_made_of(name))
            for name, score in guessed.items()
        ]
    else:
        merged = False
        given = {row.unit: int(row.rank) for row in rows if row.rank is not None}
        ranks = dict(given) if given else _ranks(scores)
        unsorted = [
            Place(
                row.unit,
                scores[row.unit],
                ranks.get(row.unit),
                plain_key(row.unit) == own,
                {code: Fraction(text) for code, text in row.parts.items()},
            )
            for row in rows
        ]
    places = sorted(unsorted, key=lambda one: (one.rank is None, one.rank or 0, unaccented(one.name)))
    counted = merged or not any(row.rank is not None for row in rows)
    source = rows[0].source if rows else ""
    columns = () if merged else {code for row in rows for code in row.parts}
    return YearOf(index, year, tuple(places), source, counted, merged, part_names(index, year, columns))


def _made_of(name: str) -> tuple[str, ...]:
    return tuple(one.name for one in predecessors(name)) if is_merged(name) else ()


def _ranks(scores: Mapping[str, Fraction | None]) -> dict[str, int | None]:
    there = [score for score in scores.values() if score is not None]
    return {
        unit: None if score is None else 1 + sum(other > score for other in there) for unit, score in scores.items()
    }


def part_names(index: str, year: int, columns: Iterable[str]) -> dict[str, str]:
    """What the columns of parts are called: by the definition of the year or the last one before, else as in the file."""
    there = set(columns)
    definition = definition_in(index, year) or _definition_before(index, year)
    parts = () if definition is None else definition.children[definition.root]
    known = {child.code: child.name for child, _weight in parts if child.code in there}
    return known | {code: code for code in sorted(there - known.keys(), key=sort_key)}


def _definition_before(index: str, year: int) -> IndexSet | None:
    """The latest definition that had ended by then: a part keeps its name as long as files call it by the same code."""
    ended = [one for one in map(shipped, codes()) if one.index == index and not one.is_example and one.year_from < year]
    return max(ended, key=lambda one: one.year_from, default=None)


def definition_in(index: str, year: int) -> IndexSet | None:
    """The definition of an index for a year, of those that come with the product."""
    fits = (one for one in map(shipped, codes()) if one.index == index and not one.is_example)
    return next((one for one in fits if one.year_from <= year and (one.year_to is None or year <= one.year_to)), None)


def official_series(index: str) -> Series:
    """Every year of an index for us and for the provinces we are made of. One statement."""
    rows = OfficialResult.objects.filter(index=index).order_by("year", "pk")
    by_year: dict[int, list[tuple[str, Fraction | None, int | None]]] = {}
    sources: dict[int, str] = {}
    for year, unit, score, rank, source in rows.values_list("year", "unit", "score", "rank", "source"):
        sources[year] = source
        fraction = None if score is None else Fraction(score)
        by_year.setdefault(year, []).append((unit, fraction, None if rank is None else int(rank)))
    own = plain_key(home_name())
    wanted = [own, *(plain_key(one.name) for one in predecessors(home_name()) if plain_key(one.name) != own)]
    steps: dict[str, list[Step | None]] = {key: [] for key in wanted}
    shown: dict[str, str] = {}
    for year, places in by_year.items():
        counted = _ranks({unit: score for unit, score, _rank in places})
        among = sum(score is not None for _unit, score, _rank in places)
        there = {plain_key(unit): (unit, score, rank or counted[unit]) for unit, score, rank in places}
        for key in wanted:
            if key in there:
                shown[key] = there[key][0]
            steps[key].append(Step(year, there[key][1], there[key][2], among) if key in there else None)
    lines = tuple((shown[key], tuple(steps[key]), key == own) for key in wanted if key in shown)
    unranked = bool(by_year) and all(rank is None for _unit, _score, rank in by_year[max(by_year)])
    breaks = _breaks(index, tuple(by_year), len(wanted) > 1)
    invented = tuple(year for year, source in sources.items() if is_made_up(source))
    return Series(index, tuple(by_year), tuple(_among(by_year)), lines, breaks, unranked, invented)


def _among(by_year: Mapping[int, Sequence[tuple[str, Fraction | None, int | None]]]) -> list[int]:
    return [sum(score is not None for _unit, score, _rank in places) for places in by_year.values()]


def _breaks(index: str, years: Sequence[int], merged: bool) -> dict[int, str]:
    """Years that cannot be compared with the one before: another definition, or other provinces."""
    known = [one for one in map(shipped, codes()) if one.index == index and not one.is_example]

    def used(year: int) -> str:
        fits = (one for one in known if one.year_from <= year and (one.year_to is None or year <= one.year_to))
        return next((one.name for one in fits), "")

    found: dict[int, str] = {}
    for before, year in itertools.pairwise(years):
        if before < MERGED_FROM <= year:
            found[year] = "merged" if merged else "provinces"
        elif used(before) != used(year) and used(year):
            found[year] = "definition"
    return found


__all__ = [
    "Place",
    "Series",
    "Step",
    "YearOf",
    "definition_in",
    "definitions_of",
    "home_name",
    "index_slug",
    "official_indices",
    "official_series",
    "official_year",
    "part_names",
]
