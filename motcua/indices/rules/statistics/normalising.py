"""Bringing indicators to one scale. Every function takes one column (or a whole table where it says so); NaN stays NaN."""

from collections.abc import Mapping
from typing import Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Column: TypeAlias = NDArray[np.float64]


class Way(Protocol):
    """A normalisation of one column without further settings."""

    def __call__(self, x: Column) -> Column:
        """The column on the new scale."""
        ...


def _ends(x: Column) -> tuple[Column, Column]:
    there = np.isfinite(x).any(axis=0)
    low = np.where(there, np.nanmin(np.where(there, x, 0.0), axis=0), np.nan)
    high = np.where(there, np.nanmax(np.where(there, x, 0.0), axis=0), np.nan)
    return low, high


def _quotient(above: Column, below: Column | float) -> Column:
    """A quotient that is NaN where the denominator is 0: a constant column has no scale."""
    below = np.asarray(below, dtype=float)
    empty = np.full(np.broadcast(above, below).shape, np.nan)
    return np.asarray(np.divide(above, below, out=empty, where=below != 0))


def minmax(x: Column, low: float = 0.0, high: float = 100.0) -> Column:
    """(x − min)/(max − min) between two ends; a whole table is done at once."""
    bottom, top = _ends(x)
    return _quotient(x - bottom, top - bottom) * (high - low) + low


def cumulative_minmax(x: Column, earlier: Column, low: float = 1.0, high: float = 10.0) -> Column:
    """The same between the ends of this and all earlier years (PCI since 2014)."""
    bottom, top = _ends(np.concatenate([x, earlier]))
    return _quotient(x - bottom, top - bottom) * (high - low) + low


def scaled(x: Column, a: float = 0.0, b: float = 100.0, factor: float = 100.0) -> Column:
    """(x − a)/(b − a)·factor."""
    return (x - a) / (b - a) * factor


def zscore(x: Column, mean: float = 0.0, deviation: float = 1.0) -> Column:
    """(x − mean)/sd, the deviation with n − 1, moved to another mean and deviation."""
    return _quotient(x - np.nanmean(x, axis=0), np.nanstd(x, axis=0, ddof=1)) * deviation + mean


def distance_to_leader(x: Column) -> Column:
    """1 − (max − x)/(max − min)."""
    bottom, top = _ends(x)
    return 1 - _quotient(top - x, top - bottom)


def distance_to_target(x: Column, target: float, direction: int = 1, *, cap: bool = False) -> Column:
    """How far on the way from the worst value to the target; capped at 1 when asked."""
    bottom, top = _ends(x)
    far = _quotient(x - bottom, target - bottom) if direction > 0 else _quotient(top - x, top - target)
    return np.minimum(far, 1.0) if cap else far


def distance_to_reference(x: Column, unit: int, *, cap: bool = False) -> Column:
    """1 − (x_ref − x)/(x_ref − min), for the value of one unit."""
    bottom, _top = _ends(x)
    far = 1 - _quotient(x[unit] - x, x[unit] - bottom)
    return np.minimum(far, 1.0) if cap else far


def share_of_best(x: Column) -> Column:
    """x / max."""
    return _quotient(x, _ends(x)[1])


def rank_upwards(x: Column) -> Column:
    """Rank from the smallest, equal values the lowest of their ranks."""
    found = np.full(x.shape, np.nan)
    there = np.isfinite(x)
    values = np.sort(x[there])
    found[there] = np.searchsorted(values, x[there], side="left") + 1
    return found


def borda(x: Column) -> Column:
    """Rank − 1: how many are below."""
    return rank_upwards(x) - 1


def percentile_rank(x: Column) -> Column:
    """(rank − 1)/(n − 1), n being those with a value."""
    return _quotient(borda(x), float(np.isfinite(x).sum() - 1))


def goalposts(
    x: Column, low: float, high: float, most: float = 1.0, direction: int = 1, *, truncate: bool = True
) -> Column:
    """Between two fixed posts, cut off at the posts unless told otherwise."""
    at = (x - low) / (high - low) if direction > 0 else (x - high) / (low - high)
    return (np.clip(at, 0.0, 1.0) if truncate else at) * most


def one_to_ten(x: Column) -> Column:
    """1 + 9·(x − min)/(max − min)."""
    return minmax(x, 1.0, 10.0)


WAYS: Final[Mapping[str, Way]] = {
    "minmax": minmax,
    "one_to_ten": one_to_ten,
    "zscore": zscore,
    "rank": rank_upwards,
    "percentile": percentile_rank,
    "borda": borda,
    "leader": distance_to_leader,
    "share_of_best": share_of_best,
}
