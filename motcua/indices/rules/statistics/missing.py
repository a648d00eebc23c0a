"""What is missing: how much, and filling it; every filled value is marked, nothing is filled silently."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]


class Filled(NamedTuple):
    """A table without gaps, and where the gaps were."""

    values: Table
    was_missing: NDArray[np.bool_]


class Availability(NamedTuple):
    """How much of one unit (or indicator) is there."""

    missing: NDArray[np.int64]
    zeros: NDArray[np.int64]
    available: Table
    non_zero: Table


def mean(x: Table) -> Filled:
    """The mean of the values there are in the column."""
    return _fill(x, np.nanmean(x, axis=0))


def median(x: Table) -> Filled:
    """The median of the values there are in the column."""
    return _fill(x, np.nanmedian(x, axis=0))


def group_mean(x: Table, groups: list[str]) -> Filled:
    """The mean of the units of the same group."""
    return _by_group(x, groups, median=False)


def group_median(x: Table, groups: list[str]) -> Filled:
    """The median of the units of the same group."""
    return _by_group(x, groups, median=True)


def carry_forward(x: Table, earlier: Table) -> Filled:
    """The value of the year before, for panel data."""
    return _fill(x, earlier)


def availability(x: Table, axis: int = 1) -> Availability:
    """Counts and shares per unit (axis 1) or per indicator (axis 0)."""
    there = np.isfinite(x)
    zeros = (x == 0) & there
    count = there.sum(axis=axis)
    of = x.shape[axis]
    shares = np.divide(count - zeros.sum(axis=axis), count, out=np.full(count.shape, np.nan), where=count > 0)
    return Availability(of - count, zeros.sum(axis=axis), count / of, shares)


def _fill(x: Table, instead: Table) -> Filled:
    gaps = ~np.isfinite(x)
    return Filled(np.where(gaps, instead, x), gaps)


def _by_group(x: Table, groups: list[str], *, median: bool) -> Filled:
    table = x if x.ndim > 1 else x[:, None]
    instead = np.full(table.shape, np.nan)
    names = np.asarray(groups)
    for name in sorted(set(groups)):
        own = names == name
        rows = table[own]
        there = np.isfinite(rows).any(axis=0)
        middle = np.full(table.shape[1], np.nan)
        middle[there] = np.nanmedian(rows[:, there], axis=0) if median else np.nanmean(rows[:, there], axis=0)
        instead[own] = middle
    return _fill(x, instead.reshape(x.shape))
