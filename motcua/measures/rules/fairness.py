"""Comparing units fairly: uncertainty of a share, quantiles."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import Final, NamedTuple

Z: Final = 1.96
"""Two standard deviations: in 95 of 100 units like this one the true share lies within the interval."""

FEWEST: Final = 5
"""Numbers of people from 1 up to this, itself not counted, are not published."""


class Interval(NamedTuple):
    """Between which shares, in per cent with one decimal, the true one lies."""

    low: Decimal
    high: Decimal


def interval(numerator: int, denominator: int) -> Interval | None:
    """Wilson's interval of a share: wide for small units, so that three of three is no better than 297 of 300."""
    if not denominator:
        return None
    share, spread = numerator / denominator, Z * Z / denominator
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / denominator + spread / denominator / 4) / (1 + spread)
    low = 0.0 if numerator == 0 else max(0.0, middle - half)
    high = 1.0 if numerator == denominator else min(1.0, middle + half)
    return Interval(_per_cent(low), _per_cent(high))


def _per_cent(share: float) -> Decimal:
    return Decimal(round(share * 1000)).scaleb(-1)


def differs(mine: Interval | None, whole: Decimal | None) -> int:
    """1 when the unit is surely above the whole, -1 when surely below, 0 when nobody can tell from so few."""
    if mine is None or whole is None:
        return 0
    return 1 if mine.low > whole else -1 if mine.high < whole else 0


def quantile(counts: Mapping[int, int], part: Fraction) -> int | None:
    """The smallest value that so large a part of all does not exceed; from how often each value occurs."""
    total, reached = sum(counts.values()), 0
    for value in sorted(counts):
        reached += counts[value]
        if reached and Fraction(reached, total) >= part:
            return value
    return None
