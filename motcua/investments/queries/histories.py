"""One project through time: its plan with every decision, its figures with every version."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from motcua.investments.models import Disbursement, PlanEntry, Project
from motcua.investments.queries.positions import trend
from motcua.investments.queries.wishes import Filter
from motcua.investments.rules import Period, rate
from motcua.investments.terms import Basis, Capital, Source


class PlanLine(NamedTuple):
    """The plan of one capital on a day, on both denominators."""

    source: Source
    capital: Capital
    prime_minister: int
    council: int

    @property
    def limit(self) -> int:
        """The most that may be paid out of it."""
        return max(self.prime_minister, self.council)


class MonthLine(NamedTuple):
    """One capital of a project at the end of a month."""

    plan: PlanLine
    figure: Disbursement | None

    @property
    def rates(self) -> tuple[Decimal | None, Decimal | None]:
        """On the Prime Minister's plan, on the council's."""
        paid = self.figure.disbursed_vnd if self.figure else 0
        return rate(paid, self.plan.prime_minister), rate(paid, self.plan.council)


class Version(NamedTuple):
    """One month of one capital: the figure in force and those it replaced, the newest first."""

    month: date
    source: Source
    capital: Capital
    figure: Disbursement
    before: list[Disbursement]


def plan_of(project: Project, year: int) -> QuerySet[PlanEntry]:
    """Every decision about the project's capital of a year, the latest first."""
    return project.plan_entries.filter(year=year).order_by("-decided_on", "-pk")


def province_entries(year: int) -> QuerySet[PlanEntry]:
    """Every decision about the totals assigned to the province, the latest first."""
    return PlanEntry.objects.filter(project=None, year=year).order_by("-decided_on", "-pk")


def plan_on(entries: Iterable[PlanEntry], day: date) -> list[PlanLine]:
    """What these decisions add up to by that day, per capital, in the order of the sources."""
    sums: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(Basis.values, 0))
    for one in entries:
        if one.decided_on <= day:
            sums[one.source, one.capital][one.basis] += one.change_vnd
    order = {value: number for number, value in enumerate([*Source.values, *Capital.values])}
    return [
        PlanLine(Source(source), Capital(capital), plan[Basis.PRIME_MINISTER], plan[Basis.COUNCIL])
        for (source, capital), plan in sorted(sums.items(), key=lambda one: (order[one[0][1]], order[one[0][0]]))
    ]


def lines_of(project: Project, at: Period) -> list[MonthLine]:
    """Every capital of the project with its latest figure until the end of the period."""
    plans = plan_on(plan_of(project, at.year), at.day)
    rows = project.disbursements.filter(year=at.year, month__lte=at.month, replaced_at=None).order_by("month")
    figures = {(one.source, one.capital): one for one in rows}
    lines = [MonthLine(plan, figures.pop((plan.source.value, plan.capital.value), None)) for plan in plans]
    return [
        *lines,
        *(MonthLine(PlanLine(Source(key[0]), Capital(key[1]), 0, 0), one) for key, one in figures.items()),
    ]


def versions_of(project: Project, year: int) -> list[Version]:
    """All figures of a year, the newest month first, each with what it replaced."""
    found: dict[tuple[date, str, str], list[Disbursement]] = {}
    for one in project.disbursements.filter(year=year).order_by("-month", "source", "-capital", "-version"):
        found.setdefault((one.month, one.source, one.capital), []).append(one)
    return [
        Version(month, Source(source), Capital(capital), rows[0], rows[1:])
        for (month, source, capital), rows in found.items()
    ]


def months_told(project: Project, year: int) -> set[date]:
    """The months of which the project has a figure."""
    return set(project.disbursements.filter(year=year, replaced_at=None).values_list("month", flat=True))


def rates_of(project: Project, year: int, months: Sequence[date]) -> list[tuple[date, Decimal]]:
    """The project's rate on the council's plan at the ends of these months; months without a plan are left out."""
    found = trend(year, months, Filter(projects=(project.pk,)))
    return [(month, one.rate_council) for month, one in found if one.rate_council is not None]
