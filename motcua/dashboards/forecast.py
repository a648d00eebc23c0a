"""What will be late in the coming days if work goes on at the present pace, and how sure that is."""

from math import sqrt
from typing import Final, NamedTuple

AHEAD: Final = 5
"""Days looked ahead."""
_Z: Final = 1.959964


class Expected(NamedTuple):
    """So many dossiers, and the range in which the number lies in 19 of 20 cases."""

    number: int
    low: int
    high: int
    due: int


def expected_late(due: int, late: int, handled: int) -> Expected | None:
    """Of `due` dossiers that fall due, as many late as `late` of `handled` were in the days behind.

    None where nothing has been handled. The range counts both the chance of the days ahead and that the share is only
    known from the cases behind (one more late and one more in time than seen, as Laplace and Agresti do).
    """
    if handled <= 0 or late > handled:
        return None
    share = (late + 1) / (handled + 2)
    spread = sqrt(due * share * (1 - share) + due * due * share * (1 - share) / (handled + 3))
    middle = due * late / handled
    low, high = max(0, int(middle - _Z * spread)), min(due, -int(-(middle + _Z * spread) // 1))
    return Expected(round(middle), low, high, due)
