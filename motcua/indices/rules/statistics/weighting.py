"""Weights: equal, effective, noisy, from principal components, or found so that each part matters as much as meant."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from motcua.indices.rules.statistics.aggregating import arithmetic
from motcua.indices.rules.statistics.relations import principal_components

Table = NDArray[np.float64]
_ROUNDS: Final = 200
_STILL: Final = 1e-14


class Balanced(NamedTuple):
    """Weights that were searched for, what they reach, and how far that is from what was wanted."""

    weights: Table
    reached: Table
    wanted: Table
    objective: float


def equal(count: int) -> Table:
    """The same weight for each."""
    return np.full(count, 1.0 / count)


def from_components(x: Table) -> Table:
    """The first principal component, made to sum to 1; negative loadings stay negative and are for a person to judge."""
    first = principal_components(x).weights
    return np.asarray(first / first.sum())


def effective(weights: Mapping[str, float], parents: Mapping[str, str]) -> dict[str, float]:
    """What each element weighs in the whole: its share among its siblings, multiplied up to the top."""
    beside: dict[str, float] = {}
    for code, parent in parents.items():
        beside[parent] = beside.get(parent, 0.0) + weights[code]
    found: dict[str, float] = {}

    def of(code: str) -> float:
        if code not in parents:
            return 1.0
        if code not in found:
            found[code] = of(parents[code]) * weights[code] / beside[parents[code]]
        return found[code]

    for code in weights:
        of(code)
    return {code: of(code) for code in weights}


def noisy(weights: Table, spread: float, draws: Table) -> Table:
    """w·(1 + f·u) with u uniform between −1 and 1."""
    return np.asarray(weights * (1 + spread * draws))


def balanced(x: Table, wanted: Table | None = None) -> Balanced:
    """Weights whose columns correlate with the whole as wanted (equally): least squares on their logarithms."""
    k = x.shape[1]
    target = equal(k) if wanted is None else np.asarray(wanted, dtype=float) / np.sum(wanted)
    at = np.zeros(k)
    damping = 1e-3
    here = _gap(x, at, target)
    for _round in range(_ROUNDS):
        slope = np.stack([(_gap(x, at + step, target) - here) / 1e-6 for step in np.eye(k) * 1e-6], axis=1)
        move = np.linalg.solve(slope.T @ slope + damping * np.eye(k), -slope.T @ here)
        there = _gap(x, at + move, target)
        if (there**2).sum() < (here**2).sum():
            at, here, damping = at + move - (at + move).mean(), there, damping / 4
            if (move**2).sum() < _STILL:
                break
        elif damping > 1e12:
            break
        else:
            damping *= 4
    weights = np.exp(at) / np.exp(at).sum()
    return Balanced(weights, here + target, target, float((here**2).mean()))


def _gap(x: Table, logs: Table, target: Table) -> Table:
    whole = arithmetic(x, np.exp(logs))
    found = np.array([np.corrcoef(x[:, each], whole)[0, 1] for each in range(x.shape[1])])
    return np.asarray(found / found.sum() - target)
