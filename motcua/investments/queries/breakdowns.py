"""Positions by investor, locality, source or field: named, ranked, with the address of the rows behind each."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from motcua.investments import rules
from motcua.investments.queries.lists import place_names
from motcua.investments.queries.positions import by
from motcua.investments.queries.wishes import Filter
from motcua.investments.rules import NOTHING, Period, Position
from motcua.investments.terms import Basis, Field, Source
from motcua.organisations import queries as agencies

DIMENSIONS: Final = {"chu-dau-tu": "investor", "dia-ban": "locality", "nguon-von": "source", "linh-vuc": "field"}
PARAMETER: Final = {"investor": "co-quan", "locality": "dia-ban", "source": "nguon", "field": "linh-vuc"}


class Part(NamedTuple):
    """One line of a breakdown."""

    name: str
    position: Position
    rank: int | None
    query: str

    @property
    def rate(self) -> Decimal | None:
        """On the Prime Minister's plan: what the line is ranked by."""
        return self.position.rate_prime_minister


def parts(dimension: str, at: Period, only: Filter, today: date, chosen: dict[str, str]) -> list[Part]:
    """The lines, the highest rate first; an agency that ended stands under the one that took over from it."""
    found = by(dimension, at, only)
    if dimension in ("investor", "locality"):
        found = _as_now(found, today)
        called = place_names if dimension == "locality" else _short_names
        names = called([one for one in found if one], today)
    else:
        words: Any = Source if dimension == "source" else Field
        names = {key: str(words(key).label) for key in found}
    ranks = rules.ranked((key, one.rate_prime_minister) for key, one in found.items())
    lines = [
        Part(names.get(key) or _("Nhiều xã, phường"), one, ranks[key], _query(dimension, key, chosen))
        for key, one in found.items()
    ]
    return sorted(lines, key=lambda one: (one.rank or len(lines) + 1, -one.position.council, one.name))


def _short_names(ids: Iterable[int], today: date) -> dict[int, str]:
    return agencies.names_on(ids, today, short=True)


def _as_now(found: dict[Any, Position], today: date) -> dict[Any, Position]:
    heirs = agencies.as_now([one for one in found if one], today)
    merged: dict[Any, Position] = {}
    for key, position in found.items():
        now = heirs.get(key, ())
        target = now[0] if len(now) == 1 else key
        merged[target] = merged.get(target, NOTHING) + position
    return merged


def _query(dimension: str, key: Any, chosen: dict[str, str]) -> str:
    own = {PARAMETER[dimension]: "nhieu-xa" if key is None else str(key)}
    return urlencode({name: value for name, value in {**chosen, **own}.items() if value})


def bars(lines: list[Part], *, most: int = 12) -> list[tuple[str, Decimal]]:
    """The chart beside the table: the first lines that have a rate."""
    return [(one.name, one.rate) for one in lines if one.rate is not None][:most]


def finding(lines: list[Part], basis: Basis = Basis.PRIME_MINISTER) -> str:
    """What the chart shows, as a sentence."""
    known = [one for one in lines if one.rate is not None]
    if not known:
        return ""
    told = _("%(first)s cao nhất %(high)s%%, %(last)s thấp nhất %(low)s%% %(basis)s")
    return told % {
        "first": known[0].name,
        "high": rules.words_of(known[0].rate),
        "last": known[-1].name,
        "low": rules.words_of(known[-1].rate),
        "basis": rules.basis_words(basis),
    }
