"""Small cells are not published: neither they nor any difference that would tell them."""

from collections.abc import Mapping
from typing import TypeVar

from motcua.measures.rules.fairness import FEWEST

Key = TypeVar("Key")


def published(cells: Mapping[Key, int]) -> dict[Key, int | None]:
    """The cells of one row whose sum is published: None where the count is withheld.

    Where only one cell would be withheld, its value would be the sum less the others; then the next smallest that is
    not 0 is withheld too, and if the withheld ones together are still below the least, further ones.
    """
    hidden = {key for key, count in cells.items() if 0 < count < FEWEST}
    others = sorted((count, str(key), key) for key, count in cells.items() if count >= FEWEST)
    while hidden and others and (len(hidden) < 2 or sum(cells[key] for key in hidden) < FEWEST):
        hidden.add(others.pop(0)[2])
    return {key: None if key in hidden else count for key, count in cells.items()}


def sum_may_be_told(cells: Mapping[Key, int]) -> bool:
    """Whether the sum itself gives nothing away: a lone small cell is its own sum."""
    hidden = [key for key, value in published(cells).items() if value is None]
    return not hidden or (len(hidden) > 1 and sum(cells[key] for key in hidden) >= FEWEST)
