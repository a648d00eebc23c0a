"""Where the next point is: points lost, what a change would bring, the cheapest way to a rank, and how sure that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

import numpy as np

from motcua.base.errors import Refused
from motcua.indices.rules.definition import Criterion, IndexSet
from motcua.indices.rules.kinds import Points
from motcua.indices.rules.numbers import decimal_text
from motcua.indices.rules.scoring import Figures, Scores, again, score, stands_alone
from motcua.indices.terms import _

_STEP: Final = Fraction(1, 100)
_MOST_STEPS: Final = 1_000_000
_MOST_ROUNDS: Final = 8
_FEWEST_CHANGES: Final = 5


@dataclass(frozen=True)
class Lost:
    """What one criterion keeps from the score: its own points left, and what the score would gain by all of them."""

    code: str
    name: str
    owner: str
    points: Fraction
    most: Fraction
    gain: Fraction


def most_of(one: Criterion) -> Fraction | None:
    """The most points of a criterion, by its annex or by the scale it is brought to."""
    return one.ends[1]


def what_if(scores: Scores, changes: Mapping[tuple[str, str], Fraction]) -> Scores:
    """The scores if some criteria of some units had other points: (unit, code) → points."""
    definition = scores.definition
    judged = {leaf.code: list(scores.parts[leaf.code]) for leaf in definition.leaves}
    faults = []
    for (unit, code), points in changes.items():
        leaf = definition.by_code.get(code)
        if unit not in scores.units or leaf is None or code not in judged:
            faults.append(_("Không có tiêu chí %(code)s của %(unit)s.") % {"code": code, "unit": unit})
        elif (top := most_of(leaf)) is not None and not leaf.least <= points <= top:
            faults.append(
                _("%(code)s: %(points)s điểm nằm ngoài khoảng được phép.")
                % {"code": code, "points": decimal_text(points)}
            )
        else:
            judged[code][scores.units.index(unit)] = points
    if faults:
        raise Refused(faults)
    return score(definition, Figures(scores.units, {}), judged)


def lost_points(scores: Scores, unit: str) -> list[Lost]:
    """Every criterion of a unit that is below its most points, the largest gain for the score first."""
    row = _row(scores, unit)
    total = scores.totals[row]
    found = []
    for leaf in scores.definition.leaves:
        points, top = scores.parts[leaf.code][row], most_of(leaf)
        if points is None or top is None or points >= top or total is None:
            continue
        gain = (total_if(scores, unit, {leaf.code: top}) or total) - total
        found.append(Lost(leaf.code, leaf.name, leaf.owner, points, top, gain))
    return sorted(found, key=lambda one: (-one.gain, one.code))


def total_if(scores: Scores, unit: str, points: Mapping[str, Fraction]) -> Fraction | None:
    """The score of one unit if some of its criteria had other points."""
    row = _row(scores, unit)
    if stands_alone(scores.definition):
        return again(scores.definition, parts_of(scores, unit), points)[scores.definition.root]
    return what_if(scores, {(unit, code): each for code, each in points.items()}).totals[row]


def gain_by(
    definition: IndexSet, parts: Mapping[str, Points], now: Points, code: str, points: Points
) -> Fraction | None:
    """What the score of one unit would gain if a part of it, a criterion or an area, had other points.

    Gains are points of the index itself, whatever scale and weight the part has, so they can be added and compared. Nothing
    where there is no score, or where it comes of comparing pairs of units.
    """
    if now is None or points is None or not stands_alone(definition):
        return None
    after = again(definition, parts, {code: points})[definition.root]
    return None if after is None else after - now


def parts_of(scores: Scores, unit: str) -> dict[str, Points]:
    """All points of one unit, from the criteria to the index."""
    row = _row(scores, unit)
    return {code: column[row] for code, column in scores.parts.items()}


def contributions(scores: Scores, unit: str, points: Mapping[str, Fraction]) -> list[tuple[str, Fraction]]:
    """What each changed criterion adds to the score, one after the other in the order of the annex: together the whole change."""
    before = scores.totals[_row(scores, unit)]
    found: list[tuple[str, Fraction]] = []
    alone = parts_of(scores, unit) if stands_alone(scores.definition) else None
    so_far: dict[str, Fraction] = {}
    for leaf in scores.definition.leaves:
        if leaf.code not in points:
            continue
        so_far[leaf.code] = points[leaf.code]
        if alone is None:
            after = total_if(scores, unit, so_far)
        else:  # only what stands above this one criterion is gathered anew
            alone = again(scores.definition, alone, {leaf.code: points[leaf.code]})
            after = alone[scores.definition.root]
        if before is not None and after is not None:
            found.append((leaf.code, after - before))
        before = after
    return found


def goal_for(rank: int, others: Sequence[Fraction], now: Fraction) -> Fraction:
    """The score that is enough for a rank among others who stand still."""
    best_first = sorted(others, reverse=True)
    return best_first[rank - 1] if rank <= len(best_first) else now


def tops_of(scores: Scores, codes: Sequence[str]) -> dict[str, Fraction]:
    """The most points of these criteria."""
    return {code: top for code in codes if (top := most_of(scores.definition.by_code[code])) is not None}


def cheapest_to(scores: Scores, unit: str, goal: Fraction, efforts: Mapping[str, Fraction]) -> list[str] | None:
    """The criteria to bring to their most points so that the score reaches a goal with the least effort.

    Gains are counted one by one; where criteria do not simply add up, what falls short is asked for once more.
    """
    total = scores.totals[_row(scores, unit)]
    if total is None:
        return None
    gains = {one.code: one.gain for one in lost_points(scores, unit) if one.code in efforts and one.gain > 0}
    need = goal - total
    for _try in range(_MOST_ROUNDS):
        chosen = _cheapest(need, gains, efforts)
        if chosen is None:
            return None
        reached = total_if(scores, unit, tops_of(scores, chosen)) if chosen else total
        if reached is not None and reached >= goal:
            return chosen
        need += max(goal - (reached or total), _STEP)
    return None


def _cheapest(need: Fraction, gains: Mapping[str, Fraction], efforts: Mapping[str, Fraction]) -> list[str] | None:
    """Least effort for at least `need`: exact over hundredths of a point, gains rounded down so that it never promises too much."""
    if need <= 0:
        return []
    step = _STEP
    while need / step > _MOST_STEPS // max(len(gains), 1):
        step *= 10
    wanted = int(-(-need // step))
    best = np.full(wanted + 1, np.inf)
    best[0] = 0.0
    codes = sorted(gains)
    taken = np.zeros((len(codes), wanted + 1), dtype=bool)
    for place, code in enumerate(codes):
        gain = int(gains[code] // step)
        if gain == 0:
            continue
        before = np.maximum(np.arange(wanted + 1) - gain, 0)
        with_it = best[before] + float(efforts[code])
        taken[place] = with_it < best
        taken[place, 0] = False
        best = np.where(taken[place], with_it, best)
    if not np.isfinite(best[wanted]):
        return None
    chosen: list[str] = []
    at = wanted
    for place in range(len(codes) - 1, -1, -1):
        if taken[place, at]:
            chosen.append(codes[place])
            at = max(at - int(gains[codes[place]] // step), 0)
    return sorted(chosen)


def chance_of_rank(
    own: float, others: Sequence[float], rank: int, *, spread: float, runs: int = 10_000, seed: int = 1
) -> float:
    """How likely a score is enough for a rank when the others move as they moved before (standard deviation `spread`)."""
    return float(((_moved(others, spread, runs, seed) > own).sum(axis=1) < rank).mean())


def rank_range(
    own: float, others: Sequence[float], *, spread: float, runs: int = 2_000, seed: int = 1
) -> tuple[int, int]:
    """Between which ranks a score lies in nine of ten cases when the others move as they moved before."""
    if not others:
        return 1, 1
    ranks = 1 + (_moved(others, spread, runs, seed) > own).sum(axis=1)
    low, high = np.quantile(ranks, (0.05, 0.95), method="inverted_cdf")
    return int(low), int(high)


def sure_goal(
    others: Sequence[float], rank: int, *, sure: float, spread: float, runs: int = 4_000, seed: int = 1
) -> Fraction | None:
    """The score that keeps a rank with this certainty, rounded up to a hundredth; nothing where everybody has the rank."""
    if rank > len(others):
        return None
    ranked = np.sort(_moved(others, spread, runs, seed), axis=1)[:, -rank]
    return Fraction(int(np.ceil(np.quantile(ranked, sure) * 100)), 100)


def spread_of(years: Sequence[Sequence[float]]) -> float | None:
    """By how much scores move from one year to the next, what all of them moved together taken away; none from too few.

    `years` holds, for each pair of years, the changes of the units that have a score in both.
    """
    apart = [change - sum(changes) / len(changes) for changes in years if len(changes) > 1 for change in changes]
    free = len(apart) - sum(1 for changes in years if len(changes) > 1)
    if len(apart) < _FEWEST_CHANGES:
        return None
    return float(np.sqrt(sum(change * change for change in apart) / free))


def _moved(others: Sequence[float], spread: float, runs: int, seed: int) -> "np.ndarray[Any, np.dtype[np.float64]]":
    return _drawn(tuple(others), spread, runs, seed)


@lru_cache(maxsize=8)
def _drawn(others: tuple[float, ...], spread: float, runs: int, seed: int) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """The same draw for the same others: whoever tries points asks for it with every key."""
    rng = np.random.default_rng(seed)
    moved: np.ndarray[Any, np.dtype[np.float64]] = np.asarray(others, dtype=float) + rng.normal(
        0.0, spread, (runs, len(others))
    )
    moved.flags.writeable = False
    return moved


def carried_over(
    scores: Mapping[str, Points], weights: Mapping[str, Fraction], into: Mapping[str, Sequence[str]]
) -> dict[str, Points]:
    """Scores of merged units as an estimate: the mean of their predecessors, weighted (by people); one missing, no estimate."""
    found: dict[str, Points] = {}
    for unit, before in into.items():
        values = [scores.get(one) for one in before]
        heavy = [weights[one] for one in before]
        there = [value for value in values if value is not None]
        if len(there) < len(before) or not sum(heavy):
            found[unit] = None
        else:
            found[unit] = sum((w * v for w, v in zip(heavy, there, strict=True)), Fraction(0)) / sum(heavy)
    return found


def _row(scores: Scores, unit: str) -> int:
    if unit not in scores.units:
        raise Refused(_("Không có đơn vị “%s” trong số liệu.") % unit[:60])
    return scores.units.index(unit)
