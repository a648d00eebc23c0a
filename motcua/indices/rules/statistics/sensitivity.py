"""How sure a rank is, and which choice moves it most (Sobol): draws are given, so a run can be repeated exactly."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
Runs = Callable[[Table], Table]


class Spread(NamedTuple):
    """Mean, median, 5 % and 95 % of the rank of each unit, and its best and worst."""

    mean: Table
    median: Table
    low: Table
    high: Table
    best: Table
    worst: Table


class Sobol(NamedTuple):
    """For each choice, how much of the movement it makes alone, and with all others."""

    names: tuple[str, ...]
    first: Table
    total: Table
    runs: int


def competition_ranks(scores: Table, *, high_first: bool = True) -> Table:
    """Ranks along the last axis for many runs at once: 1, 2, 2, 4; no score, no rank."""
    values = np.where(np.isfinite(scores), -scores if high_first else scores, np.inf)
    order = np.argsort(values, axis=-1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=-1)
    fresh = np.ones(ordered.shape, dtype=bool)
    fresh[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    places = np.arange(1, ordered.shape[-1] + 1)
    first = np.maximum.accumulate(np.where(fresh, places, 0), axis=-1)
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, first.astype(float), axis=-1)
    return np.where(np.isfinite(scores), ranks, np.nan)


def spread(ranks: Table) -> Spread:
    """What the ranks of many runs (rows) say of each unit (columns); quantiles with linear interpolation."""
    low, middle, high = np.quantile(ranks, [0.05, 0.5, 0.95], axis=0)
    return Spread(ranks.mean(axis=0), middle, low, high, ranks.min(axis=0), ranks.max(axis=0))


def rank_shift(ranks: Table, nominal: Table) -> Table:
    """The mean absolute change of rank of each run against the nominal one."""
    return np.asarray(np.nanmean(np.abs(ranks - nominal), axis=-1))


def sobol(names: Sequence[str], runs: Runs, samples: int, rng: np.random.Generator) -> Sobol:
    """Si and STi from N(d + 2) runs in the order A, B, AB_1 … AB_d; `runs` gives one output for each row of draws."""
    d = len(names)
    a, b = rng.random((samples, d)), rng.random((samples, d))
    mixed = []
    for each in range(d):
        ab = a.copy()
        ab[:, each] = b[:, each]
        mixed.append(ab)
    y = runs(np.concatenate([a, b, *mixed]))
    return from_outputs(names, y, samples)


def from_outputs(names: Sequence[str], y: Table, samples: int) -> Sobol:
    """The indices of outputs that stand in that order."""
    d = len(names)
    y_a, y_b = y[:samples], y[samples : 2 * samples]
    y_ab = y[2 * samples :].reshape(d, samples)
    variance = float(np.var(np.concatenate([y_a, y_b]), ddof=1))
    if variance == 0:
        return Sobol(tuple(names), np.zeros(d), np.zeros(d), len(y))
    first = (y_b * (y_ab - y_a)).mean(axis=1) / variance
    total = ((y_a - y_ab) ** 2).sum(axis=1) / (2 * samples * variance)
    return Sobol(tuple(names), np.asarray(first), np.asarray(total), len(y))
