"""Small cells are not published: neither they nor any difference that would tell them."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from motcua.measures.rules.fairness import FEWEST

Key = TypeVar("Key")


def published(cells: Mapping[Key, int]) -> dict[Key, int | None]:
    """The cells of one row whose sum is published: None where the count is withheld.

    Everybody can take the cells told from the sum, and so knows what the withheld ones add up to, and how many they are.
    Then five cells that add up to five are ones, and two that add up to eight are fours. So further cells are withheld,
    the smallest first, until each small one could be anything from 1 to 4 (see `_open`).
    """
    hidden, _kept = _withheld(cells)
    return {key: None if key in hidden else count for key, count in cells.items()}


def sum_may_be_told(cells: Mapping[Key, int]) -> bool:
    """Whether the sum itself gives nothing away: a lone small cell is its own sum, and nothing is left to withhold."""
    hidden, kept = _withheld(cells)
    return not hidden or _open([cells[key] for key in hidden], kept)


def _withheld(cells: Mapping[Key, int]) -> tuple[list[Key], list[int]]:
    """The keys whose counts are withheld; the counts of those that are told, 0 left out, the smallest first."""
    hidden = [key for key, count in cells.items() if 0 < count < FEWEST]
    others = sorted((count, str(key), key) for key, count in cells.items() if count >= FEWEST)
    while hidden and others and not _open([cells[key] for key in hidden], [count for count, _name, _key in others]):
        hidden.append(others.pop(0)[2])
    return hidden, [count for count, _name, _key in others]


def _open(hidden: Sequence[int], told: Sequence[int]) -> bool:
    """Whether each small count among the hidden could be 1 as well as 4, for somebody who knows even which ones are small.

    A large one that is hidden is at least 5 and, as the smallest go first, no larger than the least that is told.
    """
    small = sum(1 for one in hidden if one < FEWEST)
    large = len(hidden) - small
    least = (small - 1) + large * FEWEST
    most = (small - 1) * (FEWEST - 1) + large * (told[0] if told else sum(hidden))
    return sum(hidden) - (FEWEST - 1) >= least and sum(hidden) - 1 <= most


def stretches(counts: Sequence[int]) -> list[tuple[int, int]]:
    """Consecutive places joined until each stretch counts enough to be told: from the first to the last place of each.

    What is left at the end is not told until more has come. Every sum that is published is one of whole stretches, and so
    is every difference of two such sums.
    """
    found: list[tuple[int, int]] = []
    begin, reached = 0, 0
    for place, count in enumerate(counts):
        reached += count
        if reached >= FEWEST:
            found.append((begin, place))
            begin, reached = place + 1, 0
    return found
