"""How indicators hang together: correlation, Cronbach's alpha, principal components, a table of statistics."""

from math import lgamma
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from motcua.indices.rules.statistics.outliers import PEAKED, SKEWED, kurtosis, skewness

Table = NDArray[np.float64]
_FEWEST_PAIRS: Final = 3
_STEPS: Final = 300
_TINY: Final = 1e-300


class Components(NamedTuple):
    """Principal components of a correlation matrix, the strongest first."""

    deviations: Table
    directions: Table

    @property
    def weights(self) -> Table:
        """The first component, its larger side positive (its sign means nothing)."""
        first = self.directions[:, 0]
        return first if first.sum() >= 0 else -first

    @property
    def explained(self) -> Table:
        """The share of the variance each component holds."""
        variance = self.deviations**2
        return np.asarray(variance / variance.sum())


class Summary(NamedTuple):
    """The statistics of one indicator."""

    least: float
    most: float
    mean: float
    median: float
    deviation: float
    skewness: float
    kurtosis: float
    available: int
    non_zero: int
    unique: int
    same: int
    rows: int

    @property
    def is_outlying(self) -> bool:
        """Skewness and kurtosis both too great."""
        return abs(self.skewness) > SKEWED and self.kurtosis > PEAKED


def correlation(x: Table, y: Table) -> tuple[float, int]:
    """Pearson over the pairs that are complete, and how many these are."""
    both = np.isfinite(x) & np.isfinite(y)
    count = int(both.sum())
    if count < 2:
        return float("nan"), count
    a, b = x[both] - x[both].mean(), y[both] - y[both].mean()
    spread = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return (float((a * b).sum()) / spread if spread else float("nan")), count


def correlations(first: Table, second: Table, level: float | None = None) -> Table:
    """Every column of one table with every column of the other; blank where not significant at the level."""
    found = np.full((first.shape[1], second.shape[1]), np.nan)
    for i in range(first.shape[1]):
        for j in range(second.shape[1]):
            value, count = correlation(first[:, i], second[:, j])
            if level is None or significance(value, count) < level:
                found[i, j] = value
    return found


def significance(r: float, count: int) -> float:
    """The probability of so strong a correlation by chance: t with n − 2 degrees of freedom, both sides."""
    if count < _FEWEST_PAIRS or not np.isfinite(r):
        return float("nan")
    freedom = count - 2
    return _beta_share(freedom / 2, 0.5, 1 - r * r)


def _beta_share(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, by its continued fraction."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_share(b, a, 1 - x)
    front = np.exp(a * np.log(x) + b * np.log1p(-x) - _log_beta(a, b)) / a
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _away(1 + even * d), _away(1 + even / c)
        fraction *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _away(1 + odd * d), _away(1 + odd / c)
        fraction *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return float(front * fraction)


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def cronbach(x: Table) -> float:
    """k²·mean covariance off the diagonal / sum of the covariance matrix; may be negative."""
    rows = x[np.isfinite(x).all(axis=1)]
    k = x.shape[1]
    if k < 2 or len(rows) < 2:
        return float("nan")
    covariance = np.cov(rows, rowvar=False)
    off = (covariance.sum() - np.trace(covariance)) / (k * (k - 1))
    return float(k**2 * off / covariance.sum())


def principal_components(x: Table) -> Components:
    """Of the correlation matrix of the complete rows."""
    rows = x[np.isfinite(x).all(axis=1)]
    values, vectors = np.linalg.eigh(np.corrcoef(rows, rowvar=False))
    order = np.argsort(values)[::-1]
    return Components(np.sqrt(np.maximum(values[order], 0.0)), vectors[:, order])


def summary(x: Table) -> Summary:
    """The statistics of one indicator."""
    there = x[np.isfinite(x)]
    values, counts = np.unique(there, return_counts=True)
    return Summary(
        least=float(there.min()),
        most=float(there.max()),
        mean=float(there.mean()),
        median=float(np.median(there)),
        deviation=float(there.std(ddof=1)),
        skewness=skewness(there),
        kurtosis=kurtosis(there),
        available=len(there),
        non_zero=int((there != 0).sum()),
        unique=len(values),
        same=int(counts.max()),
        rows=len(x),
    )
