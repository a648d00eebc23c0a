"""Open dossiers in the hands of an agency that stands no more, and who takes its place."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Q, QuerySet

from motcua.base.models import Entry
from motcua.dossiers.events import HeirChosen
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import OPEN, Status
from motcua.organisations import queries as organisations

BATCH: Final = 100
PARTS: Final = ("receiving", "deciding", "unit", "holding")
"""The offices of a dossier; each may end."""


class Waiting(NamedTuple):
    """An ended office, how many open dossiers name it, and the offices among which somebody chooses."""

    office: int
    ends_on: date
    dossiers: int
    places: tuple[int, ...]


def orphans(day: date) -> QuerySet[Dossier]:
    """Dossiers not yet returned of which some office stands no more on that day."""
    return _naming(list(organisations.ended_by(day)))


def _naming(offices: Collection[int]) -> QuerySet[Dossier]:
    if not offices:
        return Dossier.objects.none()
    wanted = Q()
    for part in PARTS:
        wanted |= Q(**{f"{part}__in": sorted(offices)})
    return Dossier.objects.filter(wanted, status__in=[*OPEN, Status.DONE])


def batches(day: date) -> Iterator[list[int]]:
    """Their numbers, in batches by key."""
    last = 0
    while numbers := list(orphans(day).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield numbers
        last = numbers[-1]


def chosen_heirs(day: date) -> dict[int, int]:
    """What administrators have said: for an ended office the one that goes on with its dossiers; the last word counts."""
    streams = [f"organisations.agency:{one}" for one in organisations.ended_by(day)]
    told = Entry.objects.filter(stream__in=streams, name=HeirChosen.journal_name).order_by("at", "pk")
    found = {int(one.facts["office"]): int(one.facts["heir"]) for one in told}
    return {one: heir for one, heir in found.items() if organisations.version_on(heir, day) is not None}


def heirs_of(dossier: Dossier, day: date, chosen: Mapping[int, int]) -> dict[str, int] | None:
    """For each part of the dossier that ended who takes its place; None while one of them is not clear."""
    found = {}
    for part in PARTS:
        office = getattr(dossier, f"{part}_id")
        if organisations.version_on(office, day) is not None:
            continue
        heir = chosen.get(office) or organisations.heir_of(office, day)
        if heir is None:
            return None
        found[f"{part}_id"] = heir
    return found


def waiting(day: date) -> list[Waiting]:
    """The ended offices whose dossiers wait for somebody to choose, the earliest end first."""
    ends = organisations.ended_by(day)
    chosen = chosen_heirs(day)
    unclear = [one for one in ends if one not in chosen and organisations.heir_of(one, day) is None]
    counted: dict[int, set[int]] = {}
    for number, *offices in _naming(unclear).values_list("pk", *(f"{part}_id" for part in PARTS)):
        for office in set(offices) & set(unclear):
            counted.setdefault(office, set()).add(number)
    return [
        Waiting(one, ends[one], len(numbers), organisations.heir_choices(one, day))
        for one, numbers in sorted(counted.items(), key=lambda item: (ends[item[0]], item[0]))
    ]
