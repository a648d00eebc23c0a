"""Where the next point is: points lost, what a change would bring, the cheapest way to a rank, and how sure that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from motcua.base.errors import Refused
from motcua.indices.rules.definition import Criterion
from motcua.indices.rules.kinds import Points, Scaled
from motcua.indices.rules.numbers import decimal_text
from motcua.indices.rules.scoring import Figures, Scores, score
from motcua.indices.terms import _

_STEP: Final = Fraction(1, 100)
_MOST_STEPS: Final = 1_000_000


@dataclass(frozen=True)
class Lost:
    """What one criterion keeps from the score: its own points left, and what the score would gain by all of them."""

    code: str
    name: str
    owner: str
    points: Fraction
    most: Fraction
    gain: Fraction


@dataclass(frozen=True)
class Way:
    """A set of criteria brought to their most points: what it costs, where it leads."""

    codes: tuple[str, ...]
    effort: Fraction
    score: Fraction
    rank: Fraction


def most_of(one: Criterion) -> Fraction | None:
    """The most points of a criterion, by its annex or by the scale it is brought to."""
    return one.rule.to_high if one.most is None and isinstance(one.rule, Scaled) else one.most


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
        raised = what_if(scores, {(unit, leaf.code): top}).totals[row]
        gain = (raised or total) - total
        found.append(Lost(leaf.code, leaf.name, leaf.owner, points, top, gain))
    return sorted(found, key=lambda one: (-one.gain, one.code))


def cheapest_way(
    scores: Scores, unit: str, rank: int, efforts: Mapping[str, Fraction], margin: Fraction = Fraction(0)
) -> Way | None:
    """The least effort by which a unit reaches a rank, the others standing still; nothing when it cannot be reached.

    `efforts` says what it costs to bring a criterion from its points to its most; criteria without one stay as they are.
    """
    row = _row(scores, unit)
    total = scores.totals[row]
    others = sorted((t for at, t in enumerate(scores.totals) if t is not None and at != row), reverse=True)
    if total is None or rank < 1:
        return None
    need = (others[rank - 1] if rank <= len(others) else total) + margin - total
    gains = {one.code: one.gain for one in lost_points(scores, unit) if one.code in efforts and one.gain > 0}
    chosen = _cheapest(need, gains, efforts)
    if chosen is None:
        return None
    tops = {code: top for code in chosen if (top := most_of(scores.definition.by_code[code])) is not None}
    after = what_if(scores, {(unit, code): top for code, top in tops.items()})
    reached, new_rank = after.totals[row], after.ranks[row]
    if reached is None or new_rank is None:
        return None
    return Way(tuple(chosen), sum((efforts[code] for code in chosen), Fraction(0)), reached, new_rank)


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
    rng = np.random.default_rng(seed)
    moved = np.asarray(others, dtype=float) + rng.normal(0.0, spread, (runs, len(others)))
    return float(((moved > own).sum(axis=1) < rank).mean())


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
