"""What the public pages share: figures as words, tables to take along."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpResponse

from motcua.indices.rules.numbers import as_read, half_up

FRESH_FOR: Final = 60
"""Seconds for which strangers are given the same paper: laying one out costs more than reading a page."""
_BOM: Final = "\ufeff"
"""Excel reads Vietnamese in a CSV only with it."""
_FORMULA: Final = ("=", "+", "-", "@", "\t")


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
    """A table as CSV; no cell is read as a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([_plain(value) for value in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(_BOM + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return f"{float(half_up(value, 6)):.6f}".rstrip("0").rstrip(".")
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
