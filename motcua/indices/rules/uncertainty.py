"""How sure a rank is: an official set scored many times under other weights, other scales, other means. Vectorised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from motcua.indices.rules.definition import Gathering, IndexSet
from motcua.indices.rules.numbers import decimal_text
from motcua.indices.rules.scoring import Figures, score
from motcua.indices.rules.statistics.normalising import minmax, percentile_rank
from motcua.indices.rules.statistics.sensitivity import Sobol, competition_ranks, from_outputs, rank_shift, spread
from motcua.indices.rules.verifying import rank_json
from motcua.indices.terms import Missing, Together, _

Table = NDArray[np.float64]
_SAME: Final = 12
_LEAST_SHARE: Final = 0.01
SCALES: Final = ("as defined", "minmax", "percentile")
MEANS: Final = ("as defined", "geometric")


@dataclass(frozen=True)
class Knot:
    """One node that gathers: its children by place, their weights and their most points."""

    code: str
    children: NDArray[np.int64]
    weights: Table
    most: Table
    rule: Gathering
    digits: int | None


_LINEAR: Final = (Together.SUM, Together.MEAN)


@dataclass(frozen=True)
class Plan:
    """A definition laid out for arrays: component criteria first, then every node after its children."""

    leaves: tuple[str, ...]
    knots: tuple[Knot, ...]
    most: Table
    high_first: bool
    digits: int | None

    @classmethod
    def of(cls, definition: IndexSet) -> "Plan":
        """The plan of a definition; pillars shown beside the index do not count in it."""
        leaves = tuple(each.code for each in definition.leaves)
        places = {code: place for place, code in enumerate(leaves)}
        wanted = _below(definition)
        knots: list[Knot] = []
        for node in definition.upwards:
            if not isinstance(node.rule, Gathering) or node.code not in wanted:
                continue
            children = definition.children[node.code]
            knots.append(
                Knot(
                    code=node.code,
                    children=np.array([places[child.code] for child, _w in children]),
                    weights=np.array([float(weight) for _child, weight in children]),
                    most=np.array([float(child.most or 1) for child, _w in children]),
                    rule=node.rule,
                    digits=node.digits,
                )
            )
            places[node.code] = len(places)
        most = np.array([float(definition.by_code[code].most or 1) for code in leaves])
        return cls(leaves, tuple(knots), most, definition.ranking.high_first, definition.ranking.digits)

    def totals(
        self, points: Table, weights: Mapping[str, Table] | None = None, means: Sequence[str] = MEANS[:1]
    ) -> Table:
        """The score of each unit: points are units × criteria; weights, where given, are runs × children of a node."""
        found: list[Table] = [points[:, place] for place in range(points.shape[1])]
        for depth, knot in enumerate(self.knots):
            w = None if weights is None else weights[knot.code]
            last = depth == len(self.knots) - 1
            found.append(_gathered(knot, [found[at] for at in knot.children], w, means[-1 if last else 0]))
        return found[-1]

    @cached_property
    def linear(self) -> Table | None:
        """What one point of each criterion adds to each node (criteria × nodes); nothing where a rule is not linear."""
        if any(knot.rule.together not in _LINEAR or knot.digits is not None for knot in self.knots):
            return None
        shares = list(np.eye(len(self.leaves)))
        for knot in self.knots:
            w = knot.weights * float(knot.rule.factor)
            w = w / knot.weights.sum() if knot.rule.together is Together.MEAN else w
            shares.append(
                np.asarray(sum(weight * shares[child] for weight, child in zip(w, knot.children, strict=True)))
            )
        return np.stack(shares[len(self.leaves) :], axis=1)

    def scores(self, points: Table) -> Table:
        """Every node that gathers, units × nodes, in the order of the knots."""
        if self.linear is not None:
            found_at_once = points @ self.linear
            if np.isfinite(found_at_once).all():
                return np.asarray(found_at_once)
        found: list[Table] = [points[:, place] for place in range(points.shape[1])]
        for knot in self.knots:
            found.append(_gathered(knot, [found[at] for at in knot.children], None, MEANS[0]))
        return np.stack(found[points.shape[1] :], axis=1)

    def noisy_weights(self, spread_of: float, draws: Mapping[str, Table]) -> dict[str, Table]:
        """Every weight × (1 + spread·u), rescaled so that the children of a node weigh together what they did."""
        found: dict[str, Table] = {}
        for knot in self.knots:
            w = knot.weights * (1 + spread_of * draws[knot.code])
            found[knot.code] = w * ((knot.weights * knot.most).sum() / (w * knot.most).sum(axis=1, keepdims=True))
        return found

    def ranks(self, totals: Table) -> Table:
        """Ranks of many runs; float noise does not part what is equal."""
        return competition_ranks(
            np.round(totals, _SAME if self.digits is None else self.digits), high_first=self.high_first
        )


@dataclass(frozen=True)
class Doubt:
    """One unit: its score and rank, and where its rank lies in nine of ten runs."""

    unit: str
    score: Fraction | None
    rank: int | float | None
    rank_mean: float | None = None
    rank_median: float | None = None
    rank_p05: float | None = None
    rank_p95: float | None = None
    rank_best: int | None = None
    rank_worst: int | None = None
    score_p05: float | None = None
    score_p95: float | None = None

    def as_json(self) -> dict[str, Any]:
        """As the command gives it."""
        return {**vars(self), "score": None if self.score is None else decimal_text(self.score)}


def ranks_under_doubt(
    definition: IndexSet, figures: Figures, *, runs: int, spread: float, seed: int, every_choice: bool = False
) -> list[Doubt]:
    """Every unit with its rank and how far the rank moves; units without a score have neither."""
    nominal = score(definition, figures)
    plan = Plan.of(definition)
    held = [row for row, total in enumerate(nominal.totals) if total is not None]
    if not held:
        return [Doubt(unit, None, None) for unit in figures.units]
    points = leaf_points(plan, nominal.parts)[held]
    totals = simulate(
        plan, points, runs=runs, spread_of=spread, rng=np.random.default_rng(seed), every_choice=every_choice
    )
    rows = _rows(plan, totals)
    found: list[Doubt] = []
    for row, unit in enumerate(figures.units):
        total, rank = nominal.totals[row], nominal.ranks[row]
        if total is None or rank is None:
            found.append(Doubt(unit, None, None))
        else:
            found.append(Doubt(unit, total, rank_json(rank), **rows[held.index(row)]))
    return found


def _rows(plan: Plan, totals: Table) -> list[dict[str, Any]]:
    one = spread(plan.ranks(totals))
    low, high = np.quantile(totals, [0.05, 0.95], axis=0)
    return [
        {
            "rank_mean": round(float(one.mean[at]), 6),
            "rank_median": float(one.median[at]),
            "rank_p05": float(one.low[at]),
            "rank_p95": float(one.high[at]),
            "rank_best": int(one.best[at]),
            "rank_worst": int(one.worst[at]),
            "score_p05": float(low[at]),
            "score_p95": float(high[at]),
        }
        for at in range(totals.shape[1])
    ]


def leaf_points(plan: Plan, parts: Mapping[str, Sequence[Any]]) -> Table:
    """The exact points of the component criteria as an array; a gap is NaN."""
    return np.array([[np.nan if each is None else float(each) for each in parts[code]] for code in plan.leaves]).T


def simulate(
    plan: Plan, points: Table, *, runs: int, spread_of: float, rng: np.random.Generator, every_choice: bool = False
) -> Table:
    """Totals of many runs (rows) for every unit (columns)."""
    draws = {knot.code: rng.uniform(-1, 1, (runs, len(knot.children))) for knot in plan.knots}
    weights = plan.noisy_weights(spread_of, draws)
    if not every_choice:
        return np.broadcast_to(plan.totals(points, weights), (runs, len(points)))
    combinations = list(product(SCALES, MEANS, MEANS))
    chosen = rng.integers(0, len(combinations), runs)
    return _by_combination(plan, points, weights, combinations, chosen)


def _by_combination(
    plan: Plan,
    points: Table,
    weights: Mapping[str, Table],
    combinations: Sequence[tuple[str, str, str]],
    chosen: NDArray[np.int64],
) -> Table:
    found = np.empty((len(chosen), len(points)))
    scales = {name: rescaled(plan, points, name) for name in SCALES}
    for place, (scale, below, top) in enumerate(combinations):
        own = np.nonzero(chosen == place)[0]
        if len(own):
            part = {code: w[own] for code, w in weights.items()}
            found[own] = plan.totals(scales[scale], part, (below, top))
    return found


def rescaled(plan: Plan, points: Table, scale: str) -> Table:
    """Points on another scale, from 1 % to 100 % of the most points of each criterion."""
    if scale == SCALES[0]:
        return points
    shares = minmax(points, 0.0, 1.0) if scale == "minmax" else np.stack([percentile_rank(c) for c in points.T], axis=1)
    gaps = np.isfinite(points) & ~np.isfinite(shares)
    shares = np.where(gaps, 0.5, shares)
    return np.asarray((_LEAST_SHARE + (1 - _LEAST_SHARE) * shares) * plan.most)


def sobol_of_choices(definition: IndexSet, figures: Figures, *, samples: int, spread_of: float, seed: int) -> Sobol:
    """Which choice moves the ranks most: the weights, the scale, the mean within areas, the mean of areas."""
    nominal = score(definition, figures)
    plan = Plan.of(definition)
    held = [row for row, total in enumerate(nominal.totals) if total is not None]
    points = leaf_points(plan, nominal.parts)[held]
    rng = np.random.default_rng(seed)
    names = (_("trọng số"), _("cách chuẩn hóa"), _("cách gộp trong lĩnh vực"), _("cách gộp các lĩnh vực"))
    one = rng.random((2, samples, len(names)))
    noise = {knot.code: rng.uniform(-1, 1, (samples, len(knot.children))) for knot in plan.knots}
    other = {knot.code: rng.uniform(-1, 1, (samples, len(knot.children))) for knot in plan.knots}
    before = plan.ranks(plan.totals(points))
    outputs: list[Table] = []
    for changed in (-1, len(names), *range(len(names))):
        u = one[0].copy() if changed != len(names) else one[1]
        if 0 <= changed < len(names):
            u[:, changed] = one[1][:, changed]
        weights = plan.noisy_weights(spread_of, noise if changed not in (0, len(names)) else other)
        combinations = list(product(SCALES, MEANS, MEANS))
        chosen = (
            (u[:, 1] * len(SCALES)).astype(int) * len(MEANS) ** 2
            + (u[:, 2] * len(MEANS)).astype(int) * len(MEANS)
            + (u[:, 3] * len(MEANS)).astype(int)
        )
        totals = _by_combination(plan, points, weights, combinations, chosen)
        outputs.append(rank_shift(plan.ranks(totals), before))
    return from_outputs(names, np.concatenate(outputs), samples)


def choices_in_words(runs: int, spread_of: float, *, every_choice: bool) -> dict[str, str]:
    """What was varied, for the record."""
    found = {
        _("Số lần tính"): str(runs),
        _("Dao động trọng số"): _("mỗi trọng số × U(%(low)g; %(high)g), rồi đưa tổng trong mỗi mục về như cũ")
        % {"low": 1 - spread_of, "high": 1 + spread_of},
        _("Khoảng hạng"): _("phân vị 5 % và 95 %, nội suy tuyến tính"),
    }
    if every_choice:
        found[_("Thang điểm")] = (
            _("như định nghĩa; nhỏ nhất – lớn nhất; thứ hạng phần trăm (từ 1 %% đến 100 %% điểm tối đa)") % ()
        )
        found[_("Cách gộp")] = _("như định nghĩa; trung bình nhân, phần dưới 1 %% tính là 1 %%") % ()
    return found


def _below(definition: IndexSet) -> set[str]:
    found: set[str] = set()
    waiting = [definition.root]
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting.extend(child.code for child, _weight in definition.children[code])
    return found


def _gathered(knot: Knot, children: Sequence[Table], weights: Table | None, mean: str) -> Table:
    """One node for all units (1-D), or for all runs and units (2-D)."""
    w = knot.weights if weights is None else weights
    shape = np.broadcast_shapes(*(child.shape for child in children))
    runs = () if weights is None else (len(weights),)
    if (len(shape) == 1 and not runs) or len(shape) == 1:
        x = np.stack(children)
    else:
        x = np.stack([np.broadcast_to(child, shape) for child in children])
    gaps = ~np.isfinite(x)
    has_gaps = bool(gaps.any())
    found = _combined(knot, np.where(gaps, 0.0, x) if has_gaps else x, w, gaps if has_gaps else None, mean)
    found = found * float(knot.rule.factor)
    if has_gaps:
        there = (~gaps).mean(axis=0)
        lacking = there < 1 if knot.rule.missing is Missing.NONE else (there == 0) | (there < float(knot.rule.enough))
        found = np.where(lacking, np.nan, found)
    return found if knot.digits is None else np.floor(found * 10**knot.digits + 0.5 + 1e-9) / 10**knot.digits


def _sum(w: Table, x: Table) -> Table:
    """Σ over the children: w is (children) or (runs × children), x is (children × units) or (children × runs × units)."""
    if x.ndim == 2:
        return np.asarray(w @ x)
    if w.ndim == 1:
        return np.asarray(np.tensordot(w, x, axes=1))
    found = w[:, 0, None] * x[0]
    for child in range(1, len(x)):
        found += w[:, child, None] * x[child]
    return np.asarray(found)


def _combined(knot: Knot, x: Table, w: Table, gaps: NDArray[np.bool_] | None, mean: str) -> Table:
    how = knot.rule.together
    present = np.ones(x.shape) if gaps is None else (~gaps).astype(float)
    if mean == "geometric" and how in (Together.SUM, Together.MEAN, Together.SHARE):
        return _as_geometric(knot, x, w, present)
    if how is Together.SUM:
        found = _sum(w, x)
        if knot.rule.missing is Missing.RESCALE and gaps is not None:
            part = _sum(w * knot.most, present)
            found = found * (w * knot.most).sum(axis=-1)[..., None] / np.where(part > 0, part, 1)
        return found
    if how is Together.MEAN:
        return _sum(w, x) / (w.sum(axis=-1)[..., None] if gaps is None else _some(_sum(w, present)))
    if how is Together.SHARE:
        return _sum(w, x) * 100 / _some(_sum(w * knot.most, present))
    if how in (Together.GEOMETRIC, Together.HARMONIC):
        safe = np.where(present > 0, x, 1.0)
        bad = (safe <= 0).any(axis=0)
        safe = np.where(safe > 0, safe, 1.0)
        whole = _some(_sum(w, present))
        if how is Together.GEOMETRIC:
            found = np.exp(_sum(w, np.log(safe)) / whole)
        else:
            found = whole / _sum(w, present / safe)
        return np.where(bad, np.nan, found)
    if how is Together.MEDIAN:
        return np.asarray(np.nanmedian(np.where(present > 0, x, np.nan), axis=0))
    if how is Together.LOWEST:
        return np.asarray(np.where(present > 0, x, np.inf).min(axis=0))
    return _duels(x, w, present, 1.0 if knot.rule.missing is Missing.NONE else float(knot.rule.enough))


def _some(value: Table) -> Table:
    return np.where(value > 0, value, 1.0)


def _as_geometric(knot: Knot, x: Table, w: Table, present: Table) -> Table:
    """The geometric mean of the shares reached, on the scale of what it replaces."""
    most = knot.most.reshape(-1, *([1] * (x.ndim - 1)))
    logs = np.log(np.maximum(x / most, _LEAST_SHARE)) * present
    heavy = w * knot.most
    share = np.exp(_sum(heavy, logs) / _some(_sum(heavy, present)))
    if knot.rule.together is Together.MEAN:
        return np.asarray(share * (heavy.sum(axis=-1) / w.sum(axis=-1))[..., None])
    return np.asarray(share * (100.0 if knot.rule.together is Together.SHARE else heavy.sum(axis=-1)[..., None]))


def _duels(x: Table, w: Table, present: Table, enough: float) -> Table:
    """Won duels less lost ones; a pair is compared on what both have, and only units that are held fight."""
    if x.ndim == 2 and w.ndim == 1:
        better = (x[:, :, None] > x[:, None, :]).astype(float) - (x[:, :, None] < x[:, None, :])
        balance = np.tensordot(w, better * present[:, :, None] * present[:, None, :], axes=1)
        held = (present.mean(axis=0) >= enough) & (present.sum(axis=0) > 0)
        return np.asarray((np.sign(np.round(balance, _SAME)) * held).sum(axis=-1))
    runs = len(w) if x.ndim == 2 else x.shape[1]
    return np.stack(
        [
            _duels(
                x if x.ndim == 2 else x[:, run],
                w if w.ndim == 1 else w[run],
                present if x.ndim == 2 else present[:, run],
                enough,
            )
            for run in range(runs)
        ]
    )
