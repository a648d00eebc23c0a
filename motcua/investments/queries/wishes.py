"""What a list is narrowed to: the values that stand in an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q

from motcua.base.text import unaccented, whole_number
from motcua.investments.terms import Field, Group, Source
from motcua.organisations import queries as agencies

Word = TypeVar("Word", Source, Field, Group)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which projects and which capital are asked for; nothing chosen means all."""

    investors: tuple[int, ...] = ()
    localities: tuple[int, ...] = ()
    nowhere: bool = False
    unknown: bool = False
    source: Source | None = None
    field: Field | None = None
    group: Group | None = None
    text: str = ""
    projects: tuple[int, ...] | None = None

    @property
    def of_projects(self) -> Q:
        """The same for the table of projects (the source is a matter of their capital)."""
        found = Q(pk__in=[]) if self.unknown else Q()
        if self.investors:
            found &= Q(investor__in=self.investors)
        if self.localities:
            found &= Q(locality__in=self.localities)
        if self.nowhere:
            found &= Q(locality__isnull=True)
        if self.field:
            found &= Q(field=self.field)
        if self.group:
            found &= Q(group=self.group)
        if self.text:
            found &= Q(search__contains=unaccented(self.text)) | Q(code__iexact=self.text)
        return found


def filter_of(asked: Mapping[str, str], today: date) -> Filter:
    """The filter of an address: agencies by code or number (whoever they took over from included), words by their values."""
    place, office = asked.get("dia-ban", "").strip(), asked.get("co-quan", "").strip()
    investors = _agencies(office, today) if office else ()
    localities = _agencies(place, today) if place and place != "nhieu-xa" else ()
    return Filter(
        investors=investors,
        localities=localities,
        unknown=bool((office and not investors) or (place and place != "nhieu-xa" and not localities)),
        nowhere=place == "nhieu-xa",
        source=_chosen(Source, asked.get("nguon", "")),
        field=_chosen(Field, asked.get("linh-vuc", "")),
        group=_chosen(Group, asked.get("nhom", "")),
        text=asked.get("q", "").strip()[:200],
    )


def _agencies(asked: str, today: date) -> tuple[int, ...]:
    asked = asked.strip()[:30]
    number = whole_number(asked)
    if number is None:
        version = agencies.by_code(asked, today) or agencies.by_code(asked)
    else:
        version = agencies.register().nearest(number, today)
    return (version.agency, *agencies.predecessors(version.agency, today)) if version else ()


def _chosen(words: type[Word], value: str) -> Word | None:
    return words(value) if value in words.values else None
