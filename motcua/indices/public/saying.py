"""What the public pages share: figures as words, tables to take along."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpResponse

from motcua.base import downloads
from motcua.base.tables import CSV, csv_text
from motcua.indices.rules.numbers import as_read, half_up

FRESH_FOR: Final = 60
"""Seconds for which strangers are given the same paper: laying one out costs more than reading a page."""


def say(points: Fraction | None, digits: int = 2) -> str:
    """Points as people read them."""
    return "–" if points is None else as_read(half_up(points, digits))


def say_rank(rank: float | int | None) -> str:
    """A rank as people read it; an average of equal ones has a half."""
    return "–" if rank is None else as_read(Fraction(rank))


def kept_paper(key: str, make: Callable[[], bytes]) -> bytes:
    """A paper that was laid out a moment ago, or a new one."""
    name = f"indices.paper.{key}"
    found: bytes | None = cache.get(name)
    if found is None:
        found = make()
        cache.set(name, found, FRESH_FOR)
    return found


def as_file(heads: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> HttpResponse:
    """A table as CSV, points with at most six digits."""
    return downloads.saved(csv_text(heads, ([_plain(one) for one in row] for row in rows)), f"{name}.csv", kind=CSV)


def _plain(value: Any) -> Any:
    return Decimal(f"{float(half_up(value, 6)):.6f}").normalize() if isinstance(value, Fraction) else value
