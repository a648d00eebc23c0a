"""Outliers: winsorising and transforms, only where skewness and kurtosis say so; off for official indices."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

SKEWED: Final = 2.0
PEAKED: Final = 3.5
_FEWEST: Final = 4


class Treated(NamedTuple):
    """A column after treatment, what was done, and how many points were moved."""

    values: Column
    how: str
    points: int


def skewness(x: Column) -> float:
    """G1, unbiased (type 2), as spreadsheet programs give it."""
    x = x[np.isfinite(x)]
    n, spread = len(x), x - x.mean()
    second = float((spread**2).mean())
    if n < _FEWEST - 1 or second == 0:
        return float("nan")
    return float((spread**3).mean() / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(x: Column) -> float:
    """G2, unbiased (type 2): 0 for a normal distribution."""
    x = x[np.isfinite(x)]
    n, spread = len(x), x - x.mean()
    second = float((spread**2).mean())
    if n < _FEWEST or second == 0:
        return float("nan")
    plain = float((spread**4).mean()) / second**2 - 3
    return ((n + 1) * plain + 6) * (n - 1) / ((n - 2) * (n - 3))


def passes(x: Column) -> bool:
    """|skewness| < 2 or kurtosis < 3,5."""
    return abs(skewness(x)) < SKEWED or kurtosis(x) < PEAKED


def winsorise(x: Column, most: int = 5) -> Treated:
    """The farthest value takes the next one's place, ties together, until the column passes or enough points moved."""
    values = x.copy()
    points = 0
    while not passes(values) and points < most:
        there = values[np.isfinite(values)]
        upwards = skewness(values) >= 0
        far = there.max() if upwards else there.min()
        rest = there[there < far] if upwards else there[there > far]
        if not len(rest):
            break
        moved = values == far
        values[moved] = rest.max() if upwards else rest.min()
        points += 1
    return Treated(values, "winsorise" if points else "", points)


def log_ct(x: Column) -> Column:
    """ln(x − min + 0,01·(max − min))."""
    low, high = np.nanmin(x), np.nanmax(x)
    return np.asarray(np.log(x - low + 0.01 * (high - low)))


def log_ct_original(x: Column) -> Column:
    """ln(x − min + 1)."""
    return np.asarray(np.log(x - np.nanmin(x) + 1))


def log_gii(x: Column) -> Column:
    """ln((max − 1)(x − min)/(max − min) + 1), the transform of the Global Innovation Index."""
    low, high = np.nanmin(x), np.nanmax(x)
    return np.asarray(np.log((high - 1) * (x - low) / (high - low) + 1))


def box_cox(x: Column, power: float) -> Column:
    """((x − min + 1)^λ − 1)/λ, the logarithm for λ = 0."""
    moved = x - np.nanmin(x) + 1
    return np.asarray(np.log(moved) if power == 0 else (moved**power - 1) / power)


def treat(x: Column, most: int = 5) -> Treated:
    """Nothing where the column passes; else winsorise; else, from the untouched column, the logarithm."""
    if passes(x) or not np.isfinite(skewness(x)):
        return Treated(x, "", 0)
    first = winsorise(x, most)
    if passes(first.values):
        return first
    second = log_ct(x)
    return Treated(second, "log", 0) if passes(second) else first
