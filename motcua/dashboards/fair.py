"""Comparing large and small units fairly: a share comes with what it could as well have been by chance."""

from collections.abc import Iterable
from decimal import Decimal
from math import sqrt
from typing import Final, NamedTuple, TypeVar

ENOUGH: Final = 30
"""Fewer cases than this are shown but not ranked: one late dossier would move the share by more than three points."""
_Z: Final = 1.959964


class Interval(NamedTuple):
    """A share in per cent and the range in which it lies in 19 of 20 cases (Wilson)."""

    share: Decimal
    low: Decimal
    high: Decimal


def interval(hits: int, cases: int) -> Interval | None:
    """Wilson's interval for hits out of cases; None without cases."""
    if cases <= 0:
        return None
    share = hits / cases
    turn = _Z * _Z / cases
    middle = (share + turn / 2) / (1 + turn)
    half = _Z * sqrt(share * (1 - share) / cases + turn / (4 * cases)) / (1 + turn)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Interval(_per_cent(share), _per_cent(low), _per_cent(high))


def _per_cent(share: float) -> Decimal:
    return Decimal(str(round(share * 100, 1)))


Row = TypeVar("Row")


def ranked(rows: Iterable[tuple[Row, Interval | None, int]]) -> tuple[list[Row], list[Row]]:
    """Those with enough cases by the low end of their range, the best first; and the others as they came.

    The low end rewards a good share that many cases prove, so that nobody leads by three lucky dossiers.
    """
    enough: list[tuple[Decimal, int, Row]] = []
    few: list[Row] = []
    for place, (row, found, cases) in enumerate(rows):
        if found is None or cases < ENOUGH:
            few.append(row)
        else:
            enough.append((found.low, -place, row))
    enough.sort(key=lambda one: one[:2], reverse=True)
    return [row for _low, _place, row in enough], few
