"""Sums of plans and payments at the end of any month, by any dimension, in one statement each.

What was planned is what decisions dated until that day add up to; what was paid is the latest cumulative figure until
that month. With `known_at` both are read as they were known at an earlier moment: before later corrections.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import QuerySet, Sum

from motcua.base.text import unaccented
from motcua.investments.models import Disbursement, PlanEntry
from motcua.investments.queries.wishes import Filter
from motcua.investments.rules import NOTHING, Period, Position, denominator, end_of, rate
from motcua.investments.terms import Basis, Capital

EVERYTHING: Final = Filter()
MOST_PERIODS: Final = 39
MOST_LOOKED_AT: Final = 4
"""So many of the newest months are asked whether they are told enough."""
DIMENSIONS: Final[Mapping[str, str]] = {
    "all": "NULL::bigint",
    "investor": "project.investor_id",
    "locality": "project.locality_id",
    "field": "project.field",
    "group": 'project."group"',
    "source": "line.source",
    "project": "project.id",
    "month": "line.point",
}
_LINES: Final = """
WITH point AS (SELECT * FROM unnest(%(months)s::date[], %(days)s::date[]) AS point(month, day)),
plan AS (
  SELECT point.month AS point, entry.project_id, entry.source, entry.capital,
         coalesce(sum(entry.change_vnd) FILTER (WHERE entry.basis = 'prime_minister'), 0) AS prime_minister,
         coalesce(sum(entry.change_vnd) FILTER (WHERE entry.basis = 'council'), 0) AS council
  FROM point JOIN investments_planentry entry ON entry.year = %(year)s AND entry.decided_on <= point.day
  WHERE entry.project_id IS NOT NULL AND (%(known_at)s::timestamptz IS NULL OR entry.recorded_at <= %(known_at)s)
  GROUP BY 1, 2, 3, 4),
paid AS (
  SELECT DISTINCT ON (point.month, figure.project_id, figure.source, figure.capital)
         point.month AS point, figure.project_id, figure.source, figure.capital, figure.month,
         figure.disbursed_vnd, figure.volume_vnd, figure.standing, figure.as_of_on
  FROM point JOIN investments_disbursement figure ON figure.year = %(year)s AND figure.month <= point.month
  WHERE CASE WHEN %(known_at)s::timestamptz IS NULL THEN figure.replaced_at IS NULL
             ELSE figure.recorded_at <= %(known_at)s
                  AND (figure.replaced_at IS NULL OR figure.replaced_at > %(known_at)s) END
  ORDER BY point.month, figure.project_id, figure.source, figure.capital, figure.month DESC),
line AS (SELECT * FROM plan FULL JOIN paid USING (point, project_id, source, capital))
"""
_SUMS: Final = """
count(DISTINCT line.project_id),
count(DISTINCT line.project_id) FILTER (WHERE line.month = line.point),
count(*) FILTER (WHERE line.standing = 'estimated' AND line.month = line.point),
coalesce(sum(line.prime_minister) FILTER (WHERE line.capital = 'year'), 0),
coalesce(sum(line.council) FILTER (WHERE line.capital = 'year'), 0),
coalesce(sum(line.disbursed_vnd) FILTER (WHERE line.capital = 'year'), 0),
coalesce(sum(line.prime_minister) FILTER (WHERE line.capital = 'carried'), 0),
coalesce(sum(line.council) FILTER (WHERE line.capital = 'carried'), 0),
coalesce(sum(line.disbursed_vnd) FILTER (WHERE line.capital = 'carried'), 0),
coalesce(sum(greatest(line.volume_vnd - line.disbursed_vnd, 0)), 0)
"""


class Figures(NamedTuple):
    """A position with the days on which its figures of this month were closed; None: no figure of this month."""

    position: Position
    first_as_of: date | None
    last_as_of: date | None


class Province(NamedTuple):
    """The province at the end of a month: sums of its projects, and the totals that were assigned to it."""

    figures: Figures
    assigned: Mapping[tuple[Basis, Capital], int]
    """The denominators: assigned in total, or what projects were given where no total was entered."""

    @property
    def position(self) -> Position:
        """Sums of the projects."""
        return self.figures.position

    def rate(self, basis: Basis, capital: Capital = Capital.YEAR) -> Decimal | None:
        """The province's rate on the denominator of that name."""
        return rate(self.position.paid(capital), self.assigned[basis, capital])

    @property
    def of_prime_minister(self) -> int:
        """The whole plan of the Prime Minister for this year."""
        return self.assigned[Basis.PRIME_MINISTER, Capital.YEAR]

    @property
    def of_council(self) -> int:
        """The whole plan of the province's council for this year."""
        return self.assigned[Basis.COUNCIL, Capital.YEAR]

    @property
    def rate_prime_minister(self) -> Decimal | None:
        """The province on the plan of the Prime Minister."""
        return self.rate(Basis.PRIME_MINISTER)

    @property
    def rate_council(self) -> Decimal | None:
        """The province on the plan of its council."""
        return self.rate(Basis.COUNCIL)

    def allotted(self, basis: Basis, capital: Capital = Capital.YEAR) -> Decimal | None:
        """Tỷ lệ phân bổ: how much of the total has been given to projects."""
        return rate(self.position.plan(basis, capital), self.assigned[basis, capital])


def by(
    dimension: str, at: Period, asked: Filter = EVERYTHING, *, known_at: datetime | None = None
) -> dict[Any, Position]:
    """Positions by investor, locality, source, field, group or project at the end of the period."""
    return {key: found.position for (_month, key), found in _ask(dimension, at.year, [at.month], asked, known_at)}


def figures_of(at: Period, asked: Filter = EVERYTHING, *, known_at: datetime | None = None) -> Figures:
    """Everything that was asked for, as one position."""
    found = [figures for _key, figures in _ask("all", at.year, [at.month], asked, known_at)]
    return found[0] if found else Figures(NOTHING, None, None)


def trend(year: int, months: Sequence[date], asked: Filter = EVERYTHING) -> list[tuple[date, Position]]:
    """The positions at the ends of these months, in one statement."""
    found = {key: figures.position for (key, _all), figures in _ask("all", year, months, asked, None)}
    return [(month, found.get(month, NOTHING)) for month in months]


def province(at: Period, *, known_at: datetime | None = None) -> Province:
    """The province as a whole, measured against what was assigned to it."""
    by_source = by("source", at, known_at=known_at)
    totals = totals_on(at.year, at.day, known_at=known_at)
    whole = figures_of(at, known_at=known_at)
    assigned = {
        (basis, capital): denominator(
            totals[basis, capital],
            {source: position.plan(basis, capital) for source, position in by_source.items()},
        )
        for basis in Basis
        for capital in Capital
    }
    return Province(whole, assigned)


def totals_on(
    year: int, day: date, *, known_at: datetime | None = None
) -> defaultdict[tuple[Basis, Capital], dict[str, int]]:
    """The totals assigned to the province by that day, per source."""
    rows: QuerySet[PlanEntry] = PlanEntry.objects.filter(project=None, year=year, decided_on__lte=day)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    found: defaultdict[tuple[Basis, Capital], dict[str, int]] = defaultdict(dict)
    sums = rows.values_list("basis", "capital", "source").annotate(total=Sum("change_vnd")).order_by("source")
    for basis, capital, source, total in sums:
        found[Basis(basis), Capital(capital)][source] = total
    return found


def _ask(
    dimension: str, year: int, months: Sequence[date], asked: Filter, known_at: datetime | None
) -> list[tuple[tuple[date, Any], Figures]]:
    where, values = _where(asked)
    key = DIMENSIONS[dimension]
    statement = f"""{_LINES}
SELECT line.point, {key}, {_SUMS},
       min(line.as_of_on) FILTER (WHERE line.month = line.point),
       max(line.as_of_on) FILTER (WHERE line.month = line.point)
FROM line JOIN investments_project project ON project.id = line.project_id
WHERE {where} GROUP BY 1, 2"""  # noqa: S608  every part is a constant of this module
    values |= {"year": year, "months": list(months), "days": [end_of(one) for one in months], "known_at": known_at}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [
            ((month, key), Figures(Position(*(int(one) for one in sums)), first, last))
            for month, key, *sums, first, last in cursor.fetchall()
        ]


def _where(asked: Filter) -> tuple[str, dict[str, Any]]:
    """The filter as SQL, every value a parameter."""
    parts, values = ["true"], dict[str, Any]()

    def add(condition: str, **given: Any) -> None:
        parts.append(condition)
        values.update(given)

    if asked.unknown:
        add("false")
    if asked.investors:
        add("project.investor_id = ANY(%(investors)s)", investors=list(asked.investors))
    if asked.localities:
        add("project.locality_id = ANY(%(localities)s)", localities=list(asked.localities))
    if asked.nowhere:
        add("project.locality_id IS NULL")
    if asked.source:
        add("line.source = %(source)s", source=asked.source.value)
    if asked.field:
        add("project.field = %(field)s", field=asked.field.value)
    if asked.group:
        add('project."group" = %(group)s', group=asked.group.value)
    if asked.projects is not None:
        add("project.id = ANY(%(projects)s)", projects=list(asked.projects))
    if asked.text:
        add(
            "(strpos(project.search, %(text)s) > 0 OR upper(project.code) = upper(%(code)s))",
            text=unaccented(asked.text),
            code=asked.text,
        )
    return " AND ".join(parts), values


# Periods ------------------------------------------------------------------------------------------------------------


def latest(today: date) -> Period | None:
    """The newest month of which a figure is known; in January the plan year that is ending comes first."""
    rows = Disbursement.objects.filter(replaced_at=None, month__lte=today).order_by("-month", "year")
    found = rows.values_list("year", "month").first()
    return Period(*found) if found else None


def periods(today: date) -> list[Period]:
    """The months of which a figure is known, the newest first; three years of them at most."""
    rows = Disbursement.objects.filter(replaced_at=None, month__lte=today).order_by("-month", "year")
    return [Period(year, month) for year, month in rows.values_list("year", "month").distinct()[:MOST_PERIODS]]


def told_enough(known: Sequence[Period]) -> Period | None:
    """The newest of these months, newest first, that at least half of its projects have told; the newest where none is.

    The first investors to tell a month would else stand for the whole province.
    """
    for at in known[:MOST_LOOKED_AT]:
        if figures_of(at).position.mostly_told:
            return at
    return known[0] if known else None
