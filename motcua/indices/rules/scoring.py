"""Scores by the official point rules: exact, every node of the definition, every unit at once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final

from motcua.indices.rules.definition import Criterion, Gathering, IndexSet
from motcua.indices.rules.kinds import Points, Ratio, Scaled, Value
from motcua.indices.rules.numbers import half_up
from motcua.indices.rules.ranking import ranks
from motcua.indices.terms import Empty, Missing, Together

_FINE: Final = Context(prec=50)


@dataclass(frozen=True)
class Figures:
    """What is judged: one row per unit, values by column."""

    units: tuple[str, ...]
    columns: Mapping[str, Sequence[Value]]

    def of(self, column: str) -> Sequence[Value]:
        """The values of a column; a column that is not there has none."""
        return self.columns.get(column) or [None] * len(self.units)


@dataclass(frozen=True)
class Scores:
    """The outcome of one run: points of every node for every unit, and the posts that relative rules used."""

    definition: IndexSet
    units: tuple[str, ...]
    parts: Mapping[str, Sequence[Points]]
    posts: Mapping[str, tuple[Points, Points]]

    @property
    def totals(self) -> Sequence[Points]:
        """The score of the index itself."""
        return self.parts[self.definition.root]

    @cached_property
    def ranks(self) -> list[Fraction | None]:
        """The rank of each unit by its total."""
        return ranks(self.totals, self.definition.ranking)


def score(definition: IndexSet, figures: Figures, judged: Mapping[str, Sequence[Points]] | None = None) -> Scores:
    """Carry out the definition: leaves first, then what gathers them; points a person has judged stand above the rule."""
    parts: dict[str, Sequence[Points]] = {}
    posts: dict[str, tuple[Points, Points]] = {}
    for node in definition.upwards:
        if isinstance(node.rule, Gathering):
            children = definition.children[node.code]
            found = _gathered(node.rule, node, children, [parts[child.code] for child, _w in children], figures)
        else:
            found = _above((judged or {}).get(node.code), _scored(node, figures))
            if isinstance(node.rule, Scaled):
                posts[node.code] = node.rule.posts([v for v in figures.of(node.code) if isinstance(v, Fraction)])
        digits = node.digits
        parts[node.code] = found if digits is None else [p if p is None else half_up(p, digits) for p in found]
    order = [each.code for each in definition.criteria]
    return Scores(definition, figures.units, {code: parts[code] for code in order if code in parts}, posts)


def again(definition: IndexSet, parts: Mapping[str, Points], changes: Mapping[str, Points]) -> dict[str, Points]:
    """The parts of one unit if some of its leaves had other points: only what stands above them is gathered anew."""
    found = dict(parts)
    for code, points in changes.items():
        digits = definition.by_code[code].digits
        found[code] = points if digits is None or points is None else half_up(points, digits)
    one = Figures(("",), {})
    for node in _gatherers(definition, changes):
        assert isinstance(node.rule, Gathering)
        children = definition.children[node.code]
        (value,) = _gathered(node.rule, node, children, [[found[child.code]] for child, _weight in children], one)
        found[node.code] = value if value is None or node.digits is None else half_up(value, node.digits)
    return found


def _gatherers(definition: IndexSet, codes: Collection[str]) -> Sequence[Criterion]:
    """What stands above these criteria, each after all its children."""
    if len(codes) == 1:
        return definition.above[next(iter(codes))]
    wanted = {node.code for code in codes for node in definition.above[code]}
    return [node for node in definition.upwards if node.code in wanted]


def stands_alone(definition: IndexSet) -> bool:
    """Whether the score of a unit comes of its own points only; by comparing pairs (Copeland) it does not."""
    return not any(
        isinstance(each.rule, Gathering) and each.rule.together is Together.COPELAND for each in definition.criteria
    )


def each_alone(definition: IndexSet) -> bool:
    """Whether the points of a unit come of its own figures only: no criterion compares it with the others."""
    return stands_alone(definition) and not any(leaf.is_compared for leaf in definition.leaves)


def side_by_side(definition: IndexSet, units: Sequence[str], parts: Sequence[Mapping[str, Points]]) -> Scores:
    """Units that were counted each alone, as the scores of all of them."""
    order = [each.code for each in definition.criteria if parts and each.code in parts[0]]
    return Scores(definition, tuple(units), {code: [one[code] for one in parts] for code in order}, {})


def _above(judged: Sequence[Points] | None, found: list[Points]) -> list[Points]:
    return found if judged is None else [f if j is None else j for j, f in zip(judged, found, strict=True)]


def _scored(node: Criterion, figures: Figures) -> list[Points]:
    rule = node.rule
    assert not isinstance(rule, Gathering)
    if isinstance(rule, Ratio) and not rule.percent:
        found = rule.of_pairs(figures.of(f"{node.code}.n"), figures.of(f"{node.code}.d"), node.frame)
    else:
        found = rule.points(figures.of(node.code), node.frame)
    if node.absent is Empty.NONE or not node.is_scored:
        return found
    instead = node.frame.most if node.absent is Empty.FULL else node.least
    columns = [figures.of(column) for column in node.columns]
    return [
        instead if each is None and all(column[row] is None for column in columns) else each
        for row, each in enumerate(found)
    ]


Weighted = Sequence[tuple[Fraction, Fraction]]


def _gathered(
    rule: Gathering,
    node: Criterion,
    children: Sequence[tuple[Criterion, Fraction]],
    columns: Sequence[Sequence[Points]],
    figures: Figures,
) -> list[Points]:
    if rule.together is Together.COPELAND:
        return _copeland(rule, [weight for _child, weight in children], columns, len(figures.units))
    whole = sum((weight * (child.most or 1) for child, weight in children), Fraction(0))
    found: list[Points] = []
    for row in range(len(figures.units)):
        there = [
            (child, w, p)
            for (child, w), column in zip(children, columns, strict=True)
            if (p := column[row]) is not None
        ]
        if not there or not _enough(rule, len(there), len(children)):
            found.append(None)
            continue
        value = _together(rule.together, [(weight, points) for _child, weight, points in there])
        if value is not None and rule.together is Together.SHARE:
            most = sum((weight * (child.most or 1) for child, weight, _p in there), Fraction(0))
            value = value * 100 / most if most else None
        elif value is not None and rule.together is Together.SUM and rule.missing is Missing.RESCALE:
            part = sum((weight * (child.most or 1) for child, weight, _p in there), Fraction(0))
            value = value * whole / part if part else None
        found.append(None if value is None else value * rule.factor)
    return found


def _enough(rule: Gathering, there: int, of: int) -> bool:
    if rule.missing is Missing.NONE and there < of:
        return False
    return Fraction(there, of) >= rule.enough


def _together(how: Together, parts: Weighted) -> Points:
    return _WAYS[how](parts)


def _sum(parts: Weighted) -> Points:
    return sum((weight * points for weight, points in parts), Fraction(0))


def _mean(parts: Weighted) -> Points:
    weights = sum((weight for weight, _points in parts), Fraction(0))
    total = _sum(parts)
    return total / weights if weights and total is not None else None


def _geometric(parts: Weighted) -> Points:
    if any(points <= 0 for _weight, points in parts):
        return None
    weights = sum((weight for weight, _points in parts), Fraction(0))
    logs = Decimal(0)
    for weight, points in parts:
        logs = _FINE.add(logs, _FINE.multiply(_fine(weight / weights), _fine(points).ln(_FINE)))
    return Fraction(logs.exp(_FINE))


def _harmonic(parts: Weighted) -> Points:
    if any(points <= 0 for _weight, points in parts):
        return None
    weights = sum((weight for weight, _points in parts), Fraction(0))
    return weights / sum((weight / points for weight, points in parts), Fraction(0))


def _median(parts: Weighted) -> Points:
    values = sorted(points for _weight, points in parts)
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def _lowest(parts: Weighted) -> Points:
    return min(points for _weight, points in parts)


_WAYS: Final[Mapping[Together, Callable[[Weighted], Points]]] = {
    Together.SUM: _sum,
    Together.SHARE: _sum,
    Together.MEAN: _mean,
    Together.GEOMETRIC: _geometric,
    Together.HARMONIC: _harmonic,
    Together.MEDIAN: _median,
    Together.LOWEST: _lowest,
}


def _fine(value: Fraction) -> Decimal:
    return _FINE.divide(Decimal(value.numerator), Decimal(value.denominator))


def _copeland(
    rule: Gathering, weights: Sequence[Fraction], columns: Sequence[Sequence[Points]], count: int
) -> list[Points]:
    """Each unit against each other: 1 for the heavier half of the criteria, -1 for the lighter, 0 for even."""
    rows = [[column[row] for column in columns] for row in range(count)]
    held = [bool(n) and _enough(rule, n, len(row)) for row in rows for n in [sum(p is not None for p in row)]]
    found: list[Points] = []
    for own, row in enumerate(rows):
        if not held[own]:
            found.append(None)
            continue
        found.append(rule.factor * sum(_duel(row, rows[o], weights) for o in range(count) if o != own and held[o]))
    return found


def _duel(own: Sequence[Points], other: Sequence[Points], weights: Sequence[Fraction]) -> int:
    balance = Fraction(0)
    for mine, theirs, weight in zip(own, other, weights, strict=True):
        if mine is not None and theirs is not None:
            balance += weight if mine > theirs else -weight if mine < theirs else 0
    return (balance > 0) - (balance < 0)
