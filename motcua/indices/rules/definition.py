"""An index set: a dated definition of what is judged, by which rules, with which weights. Not necessarily a tree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from motcua.indices.rules.kinds import Frame, Info, Ratio, Relative, Rule, Scaled
from motcua.indices.terms import Certainty, Empty, Goalposts, Missing, Tie, Together, UnitKind


@dataclass(frozen=True, slots=True)
class Gathering:
    """How a node above takes the scores of its children together."""

    together: Together = Together.SUM
    factor: Fraction = Fraction(1)
    missing: Missing = Missing.NONE
    enough: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Link:
    """A criterion counts in this parent, with this weight; in several parents when the base is shared (DTI)."""

    parent: str
    weight: Fraction = Fraction(1)


Facts: TypeAlias = tuple[tuple[str, Certainty], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One row of the annex: an area, a criterion or a component criterion."""

    code: str
    name: str
    rule: Rule | Gathering
    links: tuple[Link, ...] = ()
    number: str = ""
    most: Fraction | None = None
    least: Fraction = Fraction(0)
    direction: int = 1
    digits: int | None = None
    unit: str = ""
    absent: Empty = Empty.NONE
    owner: str = ""
    coordinating: tuple[str, ...] = ()
    appraiser: str = ""
    evidence: str = ""
    measure: str = ""
    aliases: tuple[str, ...] = ()
    is_view: bool = False
    certainty: Facts = ()
    source: str = ""
    note: str = ""

    @property
    def is_leaf(self) -> bool:
        """Whether it is scored from the figures and not from its children."""
        return not isinstance(self.rule, Gathering)

    @property
    def is_scored(self) -> bool:
        """Whether it gives points at all."""
        return not isinstance(self.rule, Info)

    @property
    def is_compared(self) -> bool:
        """Whether its points depend on the figures of the other units: alone it has none."""
        rule = self.rule
        return isinstance(rule, Relative) or (isinstance(rule, Scaled) and rule.goalposts is not Goalposts.FIXED)

    @property
    def ends(self) -> tuple[Fraction, Fraction | None]:
        """The least and the most points, by its annex or by the scale it is brought to."""
        if self.most is None and isinstance(self.rule, Scaled):
            return max(self.least, self.rule.to_low), self.rule.to_high
        return self.least, self.most

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns a table of figures must have for it."""
        if isinstance(self.rule, Ratio) and not self.rule.percent:
            return f"{self.code}.n", f"{self.code}.d"
        return (self.code,) if self.is_leaf and self.is_scored else ()

    @property
    def frame(self) -> Frame:
        """What its rule needs to know."""
        return Frame(
            most=self.most if self.most is not None else Fraction(0), least=self.least, direction=self.direction
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Which score comes first, what equal scores get, and whether the rounded or the unrounded score counts."""

    ties: Tie = Tie.COMPETITION
    high_first: bool = True
    digits: int | None = None


@dataclass(frozen=True, kw_only=True)
class IndexSet:
    """One version of one index: closed for an assessment year, scores of another version are not comparable with it."""

    code: str
    version: str
    index: str
    name: str
    root: str
    criteria: tuple[Criterion, ...]
    legal_basis: str = ""
    owner: str = ""
    lead: str = ""
    year_from: int
    year_to: int | None = None
    effective_on: date | None = None
    units: tuple[UnitKind, ...] = ()
    unit_count: int | None = None
    certainty: Facts = ()
    source: str = ""
    note: str = ""
    ranking: Ranking = field(default_factory=Ranking)
    tolerance: Fraction = Fraction(0)
    partial_data: bool = False
    complete: bool = True

    @cached_property
    def by_code(self) -> Mapping[str, Criterion]:
        """Criteria by their code."""
        return {each.code: each for each in self.criteria}

    @cached_property
    def children(self) -> Mapping[str, tuple[tuple[Criterion, Fraction], ...]]:
        """Scored children of each node with their weights, in the order of the annex."""
        found: dict[str, list[tuple[Criterion, Fraction]]] = {each.code: [] for each in self.criteria}
        for each in self.criteria:
            for link in each.links:
                if link.parent in found and each.is_scored:
                    found[link.parent].append((each, link.weight))
        return {code: tuple(ones) for code, ones in found.items()}

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """Component criteria that give points, in the order of the annex."""
        return tuple(each for each in self.criteria if each.is_leaf and each.is_scored)

    @cached_property
    def upwards(self) -> tuple[Criterion, ...]:
        """Every node after all its children; the definition must have no circle."""
        done: dict[str, None] = {}
        waiting = [(each, False) for each in reversed(self.criteria)]
        while waiting:
            node, seen = waiting.pop()
            if node.code in done:
                continue
            if seen or not self.children[node.code]:
                done[node.code] = None
            else:
                waiting.append((node, True))
                waiting.extend((child, False) for child, _weight in reversed(self.children[node.code]))
        return tuple(self.by_code[code] for code in done)

    @cached_property
    def above(self) -> Mapping[str, tuple[Criterion, ...]]:
        """The nodes that gather a criterion, directly or through others, the nearest first."""
        found: dict[str, frozenset[str]] = {}
        for node in reversed(self.upwards):
            parents = [link.parent for link in node.links if link.parent in self.by_code]
            found[node.code] = frozenset(parents).union(*(found.get(code, frozenset()) for code in parents))
        order = [node.code for node in self.upwards]
        return {code: tuple(self.by_code[each] for each in order if each in parents) for code, parents in found.items()}

    @cached_property
    def tree(self) -> tuple[tuple[Criterion, int, Fraction | None], ...]:
        """Every row once, with its depth and weight, under the first place where it counts; last what is only shown."""
        below: dict[str, list[tuple[Criterion, Fraction]]] = {each.code: [] for each in self.criteria}
        for each in self.criteria:
            for link in each.links:
                if link.parent in below:
                    below[link.parent].append((each, link.weight))
        loose = [each for each in self.criteria if each.code != self.root and not each.links]
        waiting: list[tuple[Criterion, int, Fraction | None]] = [(each, 1, None) for each in reversed(loose)]
        waiting.append((self.top, 0, None))
        found: dict[str, tuple[Criterion, int, Fraction | None]] = {}
        while waiting:
            one, level, share = waiting.pop()
            if one.code in found:
                continue
            found[one.code] = (one, level, share)
            waiting += [(child, level + 1, weight) for child, weight in reversed(below[one.code])]
        return tuple(found.values())

    @property
    def top(self) -> Criterion:
        """The index itself."""
        return self.by_code[self.root]

    def facts(self) -> Iterator[tuple[str, str, Certainty]]:
        """Every fact with its certainty: of the set (code empty) and of its criteria."""
        yield from (("", fact, how) for fact, how in self.certainty)
        for each in self.criteria:
            yield from ((each.code, fact, how) for fact, how in each.certainty)

    @property
    def is_example(self) -> bool:
        """A set of which anything is only remembered, or which is not whole, is an example and cannot be published."""
        return not self.complete or any(how is Certainty.REMEMBERED for _code, _fact, how in self.facts())
