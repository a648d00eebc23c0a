"""One list as its address asks for it: the month, the filters, what may be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from motcua.base.text import whole_number
from motcua.investments.models import Project
from motcua.investments.queries.histories import months_told
from motcua.investments.queries.lists import place_names, places
from motcua.investments.queries.positions import figures_of, periods, told_enough
from motcua.investments.queries.wishes import Filter, filter_of
from motcua.investments.rules import Period, Position, months_of
from motcua.investments.terms import Field, Source
from motcua.organisations import queries as agencies

WORDS = ("ky", "co-quan", "dia-ban", "nguon", "linh-vuc", "q")


@dataclass(frozen=True)
class Newer:
    """A month that fewer than half of its projects have told."""

    at: Period
    position: Position

    @property
    def key(self) -> str:
        """The month in an address."""
        return key_of(self.at)


@dataclass(frozen=True)
class Asked:
    """One list as it was asked for."""

    at: Period | None
    periods: list[Period]
    only: Filter
    query: str
    chosen: dict[str, str]
    today: date
    newer: "Newer | None" = None
    """A month after the one that is shown because it was not asked for; too few have told it."""

    @property
    def key(self) -> str:
        """The month in an address."""
        return key_of(self.at) if self.at else ""

    @property
    def chosen_investor(self) -> str:
        """The number of the investor that was chosen, by number or code."""
        return str(self.only.investors[0]) if self.only.investors else ""

    @property
    def chosen_locality(self) -> str:
        """The number of the locality that was chosen, by number or code."""
        return str(self.only.localities[0]) if self.only.localities else ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the month was chosen."""
        return any(value for name, value in self.chosen.items() if name != "ky")


def asked(given: Mapping[str, str], today: date) -> Asked:
    """The month and the filters; no month, or one of which nothing is known: the newest that half of its projects have told."""
    chosen = {name: given.get(name, "").strip()[:200] for name in WORDS}
    known = periods(today)
    asked_for = next((one for one in known if key_of(one) == chosen["ky"]), None)
    at = asked_for or told_enough(known)
    newer = None if asked_for or at is None or at == known[0] else Newer(known[0], figures_of(known[0]).position)
    query = urlencode({name: value for name, value in chosen.items() if value})
    return Asked(at, known, filter_of(chosen, today), query, chosen, today, newer)


def key_of(at: Period) -> str:
    """The period in an address: 2026-2026-10."""
    return f"{at.year}-{at.month:%Y-%m}"


def choices(request: Asked) -> dict[str, Any]:
    """What the filters offer: only what some project bears."""
    investors, localities = places()
    names = agencies.names_on(investors, request.today, short=True)
    where = place_names(localities, request.today)
    return {
        "periods": [(key_of(one), one.words, one == request.at) for one in request.periods],
        "investors": sorted(((str(one), names[one]) for one in investors), key=lambda one: one[1]),
        "localities": sorted(((str(one), where[one]) for one in localities), key=lambda one: one[1]),
        "sources": Source.choices,
        "fields": Field.choices,
        "asked": request,
    }


def months_open(today: date) -> list[Period]:
    """The months that may be told today, the newest first: of this plan year, and of the year before it."""
    found = [Period(year, month) for year in (today.year, today.year - 1) for month in months_of(year)]
    return sorted((one for one in found if one.month <= today), key=lambda one: (one.month, -one.year), reverse=True)


def month_asked(text: str, project: Project, today: date) -> Period:
    """The month that was chosen; else the first that the project has not told yet, at least the month before this one."""
    known = months_open(today)
    chosen = next((one for one in known if key_of(one) == text), None)
    if chosen is not None:
        return chosen
    finished = [one for one in known if one.day < today and one.month.year == one.year] or known
    told = {one.month for one in finished[:3] if one.month in months_told(project, one.year)}
    return next((one for one in reversed(finished[:3]) if one.month not in told), finished[0])


def year_asked(text: str, today: date) -> int:
    """The plan year that was chosen, or this one."""
    number = whole_number(text)
    return number if number is not None and 2000 <= number <= 2100 else today.year
