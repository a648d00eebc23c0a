"""Lists of projects: bounded, by name, with their positions in one statement."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.base.text import whole_number
from motcua.investments.models import Disbursement, PlanEntry, Project
from motcua.investments.queries.positions import by
from motcua.investments.queries.wishes import Filter
from motcua.investments.rules import NOTHING, Period, Position
from motcua.organisations import queries as agencies

PAGE: Final = 50
MOST_ROWS: Final = 5000
"""Rows of one sheet; a longer list is narrowed by its filters first."""


class Row(NamedTuple):
    """One project with where it stands; names as they are today."""

    project: Project
    investor: str
    locality: str
    position: Position


class Page(NamedTuple):
    """One page of the list and the key of the next."""

    rows: list[Row]
    more: str


def project_for(code: str) -> Project | None:
    """One project by its code."""
    return Project.objects.filter(code=code[:30]).first()


def _matching(at: Period, asked: Filter) -> QuerySet[Project]:
    """Projects that have a plan or a figure of the year (of that source, if one was asked for)."""
    mine: dict[str, object] = {"project": OuterRef("pk"), "year": at.year}
    if asked.source:
        mine["source"] = asked.source.value
    planned = Exists(PlanEntry.objects.filter(**mine, decided_on__lte=at.day))
    paid = Exists(Disbursement.objects.filter(**mine, month__lte=at.month))
    return Project.objects.filter(asked.of_projects).filter(planned | paid).order_by("sort_key", "pk")


def page_of(at: Period, asked: Filter, today: date, *, after: str = "") -> Page:
    """Fifty projects by name, from the key on."""
    found = _matching(at, asked)
    last = Project.objects.filter(pk=whole_number(after) or 0).first() if after else None
    if last is not None:
        found = found.filter(Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, pk__gt=last.pk))
    projects = list(found[: PAGE + 1])
    shown = projects[:PAGE]
    return Page(rows_of(shown, at, asked, today), str(shown[-1].pk) if len(projects) > PAGE else "")


def for_sheet(at: Period, asked: Filter, today: date) -> list[Row]:
    """The whole list, for a sheet."""
    return rows_of(list(_matching(at, asked)[:MOST_ROWS]), at, asked, today)


def rows_of(projects: Sequence[Project], at: Period, asked: Filter, today: date) -> list[Row]:
    """Projects with names and positions; the source that was asked for narrows the sums as well."""
    only = Filter(source=asked.source, projects=tuple(one.pk for one in projects))
    positions = by("project", at, only) if projects else {}
    names = agencies.names_on({one.investor_id for one in projects}, today, short=True)
    where = place_names({one.locality_id for one in projects if one.locality_id}, today)
    return [
        Row(one, names.get(one.investor_id, ""), where.get(one.locality_id or 0, ""), positions.get(one.pk, NOTHING))
        for one in projects
    ]


def place_names(ids: Iterable[int], day: date) -> dict[int, str]:
    """Localities as people call them: xã Ba Tơ, not the committee that governs it."""
    register = agencies.register()
    found = {one: register.nearest(one, day) for one in ids}
    return {one: (version.place or version.short_name) if version else "" for one, version in found.items()}


def projects_for_figures(year: int, investors: Sequence[int] | None = None) -> QuerySet[Project]:
    """Projects with capital of the year, for the sheet that investors fill in; None: of everybody."""
    planned = Exists(PlanEntry.objects.filter(project=OuterRef("pk"), year=year))
    found = Project.objects.filter(planned).order_by("sort_key", "pk")
    return found if investors is None else found.filter(investor__in=investors)


def places() -> tuple[list[int], list[int]]:
    """The investors and the localities that any project has."""
    investors = Project.objects.order_by("investor").values_list("investor", flat=True).distinct()
    localities = Project.objects.exclude(locality=None).order_by("locality").values_list("locality", flat=True)
    return list(investors), [one for one in localities.distinct() if one]
