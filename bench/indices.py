"""`python -P -m bench.indices`: how quick the index engine is, 63 units × 98 indicators in three levels; no database."""

import sys
import time
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from motcua.indices.rules.definition import Criterion, Gathering, IndexSet, Link
from motcua.indices.rules.kinds import Scaled
from motcua.indices.rules.scoring import Figures, score
from motcua.indices.rules.statistics.normalising import one_to_ten
from motcua.indices.rules.statistics.sensitivity import spread
from motcua.indices.rules.uncertainty import Plan, simulate
from motcua.indices.terms import Together, UnitKind

UNITS, INDICATORS, AREAS, RUNS = 63, 98, 8, 1000


def definition() -> IndexSet:
    """Three levels: indicators, areas, the index, each with its own weight."""
    areas = [
        Criterion(code=f"A{i}", name="a", rule=Gathering(Together.MEAN), links=(Link("I", Fraction(i + 1)),))
        for i in range(AREAS)
    ]
    leaves = [
        Criterion(
            code=f"L{i}",
            name="l",
            rule=Scaled(),
            most=Fraction(10),
            unit="x",
            links=(Link(f"A{i % AREAS}", Fraction(i % 5 + 1)),),
        )
        for i in range(INDICATORS)
    ]
    top = Criterion(code="I", name="i", rule=Gathering(Together.MEAN))
    return IndexSet(
        code="bench",
        version="1",
        index="bench",
        name="bench",
        root="I",
        criteria=(top, *areas, *leaves),
        year_from=2026,
        units=(UnitKind.PROVINCE,),
    )


def middle(act: Callable[[], object], times: int) -> float:
    """The middle of so many runs, in milliseconds, after one that does not count."""
    act()
    found = []
    for _run in range(times):
        start = time.perf_counter()
        act()
        found.append((time.perf_counter() - start) * 1000)
    return sorted(found)[times // 2]


class Figure(NamedTuple):
    """How long one thing took in milliseconds, the middle of the runs, and what it may take."""

    name: str
    took: float
    target: float | None

    @property
    def met(self) -> bool:
        """Whether it is quick enough; what has no target always is."""
        return self.target is None or self.took <= self.target


def figures() -> list[Figure]:
    """Score, replications by weights and by all choices, and for comparison the exact arithmetic."""
    one = definition()
    raw = np.random.default_rng(1).normal(50, 10, (UNITS, INDICATORS))
    plan = Plan.of(one)
    points = one_to_ten(raw)
    exact = Figures(
        tuple(str(row) for row in range(UNITS)),
        {f"L{i}": [Fraction(f"{value:.6f}") for value in raw[:, i]] for i in range(INDICATORS)},
    )

    def many(*, every: bool) -> object:
        rng = np.random.default_rng(1)
        return spread(plan.ranks(simulate(plan, points, runs=RUNS, spread_of=0.25, rng=rng, every_choice=every)))

    return [
        Figure(
            "score, every node and the ranks", middle(lambda: plan.ranks(plan.scores(one_to_ten(raw))[:, -1]), 300), 1.0
        ),
        Figure(f"{RUNS} replications, weights", middle(lambda: many(every=False), 15), 100.0),
        Figure(f"{RUNS} replications, all choices", middle(lambda: many(every=True), 15), 500.0),
        Figure("the same score in exact fractions", middle(lambda: score(one, exact), 5), None),
    ]


def main() -> int:
    """Measure and print; 1 when a target is missed."""
    found = figures()
    print(f"Index engine, {UNITS} units x {INDICATORS} indicators, three levels (milliseconds, middle of the runs)")
    for one in found:
        told = "" if one.target is None else f"target {one.target:g}: {'met' if one.met else 'MISSED'}"
        print(f"  {one.name:<36} {one.took:>9.3f}  {told}")
    return int(not all(one.met for one in found))


if __name__ == "__main__":
    sys.exit(main())
