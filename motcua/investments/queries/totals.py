"""What the figures of the whole province are made of: sources, decisions, projects with capital carried over."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from motcua.investments.models import PlanEntry, Project
from motcua.investments.queries.histories import province_entries
from motcua.investments.queries.lists import Row, rows_of
from motcua.investments.queries.positions import Province, by, totals_on
from motcua.investments.queries.wishes import Filter
from motcua.investments.rules import Period
from motcua.investments.terms import Basis, Capital, Source


class SourceLine(NamedTuple):
    """One source of the year's capital in both plans of the province; whether its total was assigned, or added up."""

    source: Source
    prime_minister: int
    council: int
    added_up: bool
    """Nobody entered a total of this source: it is what its projects were given."""


class Totals(NamedTuple):
    """The rows behind the province's plan of the year and behind its capital carried over."""

    sources: list[SourceLine]
    decisions: list[PlanEntry]
    carried: list[Row]


def totals_behind(whole: Province, at: Period, today: date) -> Totals:
    """Sources and decisions add up to the denominators, projects to the capital carried over."""
    return Totals(_sources(at), _decisions(at), _carried(whole, at, today))


def _sources(at: Period) -> list[SourceLine]:
    assigned, allotted = totals_on(at.year, at.day), by("source", at)
    found = []
    for source in Source:
        position = allotted.get(source.value)
        plans: Mapping[Basis, int | None] = {basis: assigned[basis, Capital.YEAR].get(source.value) for basis in Basis}
        known = {
            basis: (position.plan(basis) if position else 0) if plan is None else plan for basis, plan in plans.items()
        }
        if any(known.values()):
            added_up = any(plan is None and known[basis] for basis, plan in plans.items())
            found.append(SourceLine(source, known[Basis.PRIME_MINISTER], known[Basis.COUNCIL], added_up))
    return found


def _decisions(at: Period) -> list[PlanEntry]:
    return [one for one in province_entries(at.year) if one.decided_on <= at.day]


def _carried(whole: Province, at: Period, today: date) -> list[Row]:
    """Every project with capital carried over, the largest plan first."""
    if not (whole.position.carried_council or whole.position.carried_disbursed):
        return []
    positions = by("project", at)
    mine = [key for key, one in positions.items() if one.carried_council or one.carried_disbursed]
    projects = list(Project.objects.filter(pk__in=mine).order_by("sort_key", "pk"))
    rows = rows_of(projects, at, Filter(), today)
    return sorted(rows, key=lambda one: -one.position.carried_council)
