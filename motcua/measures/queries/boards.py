"""What boards show: months beside each other, units beside each other with their uncertainty, the time procedures take."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from motcua.base import prepared
from motcua.base.clock import day_of
from motcua.measures.queries import deltas, live, tree
from motcua.measures.queries.figures import Asked, Figure, figure, figures, measure_of
from motcua.measures.queries.live import Span
from motcua.measures.rules.columns import COLUMNS, FLOWS
from motcua.measures.rules.fairness import Interval, differs, interval, quantile
from motcua.measures.rules.scoring import ranks
from motcua.measures.terms import Better, Part
from motcua.organisations.terms import Reading


class Month(NamedTuple):
    """One point of a line: the month by its first day, the figures of it (stocks at its end, in the last one as of now)."""

    month: date
    figures: dict[str, Figure]


def trend(
    top: int,
    codes: Collection[str],
    *,
    first: date,
    at: datetime,
    part: Part = Part.DECIDING,
    reading: Reading = Reading.NOW,
) -> list[Month]:
    """Each month from `first` until now, under the tree of today: two statements, however many months."""
    chosen = [measure_of(code) for code in codes]
    columns = tuple(dict.fromkeys(column for one in chosen for column in one.columns))
    today = day_of(at)
    below = tree.members(top, today, reading=reading, today=today)
    sums = month_sums(below, part, at=at, columns=columns)
    now = live.agency_sums(Span.now(at, today.replace(day=1)), part, below, columns)
    last = {one: sum(values[one] for values in now.values()) for one in columns}
    heights = dict.fromkeys(columns, 0)
    found: list[Month] = []
    for month in _months(min([first, *sums]), today):
        changed = sums.get(month, {})
        for one in columns:
            heights[one] += changed.get(one, 0)
        values = (
            last
            if month == today.replace(day=1)
            else {one: changed.get(one, 0) if one in FLOWS else heights[one] for one in columns}
        )
        if month >= first.replace(day=1):
            found.append(Month(month, {one.code: figure(one, values) for one in chosen}))
    return found


def _months(first: date, last: date) -> Iterable[date]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield date(year, month, 1)
        year, month = year + month // 12, month % 12 + 1


def month_sums(
    agencies: Collection[int], part: Part, *, at: datetime, columns: Iterable[str] = COLUMNS
) -> dict[date, dict[str, int]]:
    """The changes of each month for these agencies together, with what is committed and not folded yet."""
    wanted = tuple(columns)
    tail, _later = live.beside_the_facts(at)
    named, sums = ", ".join(wanted), ", ".join(f"sum({one})::bigint" for one in wanted)
    statement = f"""
WITH {live.HEAD}, tail AS MATERIALIZED ({tail})
SELECT month, {sums} FROM (
    SELECT month, {named} FROM measures_agencymonth kept, head
     WHERE kept.generation = head.generation AND part = '{part}' AND agency = ANY(%(agencies)s)
    UNION ALL
    SELECT date_trunc('month', day)::date, {named} FROM ({deltas.deltas("tail")}) changed WHERE {part} = ANY(%(agencies)s)
) counted GROUP BY month ORDER BY month"""
    with prepared.cursor() as cursor:
        cursor.execute(statement, {"agencies": list(agencies), "moment": at})
        return {row[0]: dict(zip(wanted, map(int, row[1:]), strict=True)) for row in cursor.fetchall()}


class Line(NamedTuple):
    """One unit in a league table: both counts beside the share, how sure it is, and whether it surely differs."""

    agency: int
    figure: Figure
    interval: Interval | None
    differs: int
    """1 surely above the whole, -1 surely below, 0 not to be told from it."""
    rank: int | None


def league(code: str, asked: Asked) -> tuple[Figure, list[Line]]:
    """The units directly under one, best first by the bound that a small unit cannot reach by luck; and the whole."""
    found, measure = figures(asked, [code]), measure_of(code)
    whole = found.whole[code]
    lines = []
    for agency, values in found.parts.items():
        one = values[code]
        sure = interval(one.numerator, one.denominator) if one.denominator is not None else None
        lines.append(Line(agency, one, sure, differs(sure, whole.value), None))
    scores = [_bound(one, measure.better) for one in lines]
    ranked = [one._replace(rank=rank) for one, rank in zip(lines, ranks(scores), strict=True)]
    return whole, sorted(ranked, key=lambda one: (one.rank is None, one.rank or 0, one.agency))


def _bound(line: Line, better: Better) -> Decimal | None:
    """By what a unit is placed: the less good end of its interval; counts are not ranked."""
    if line.interval is None or better is Better.NEITHER:
        return None
    return line.interval.low if better is Better.HIGHER else -line.interval.high


class Taken(NamedTuple):
    """The time one procedure really takes, in working hours without the applicant's own: how many, half, nine of ten."""

    procedure: str
    results: int
    median: int | None
    p90: int | None


Hours = Mapping[int, int]
"""Working hours, an hour begun counted whole, and so many results that took them."""


def times_taken(top: int, *, first: date, at: datetime) -> list[Taken]:
    """Every procedure decided under a unit from the month `first` until now, the most frequent first; one statement."""
    found = [
        taken(code, sum_of_hours(months.values())) for code, months in hours_by_month(top, first=first, at=at).items()
    ]
    return sorted(found, key=lambda one: (-one.results, one.procedure))


def taken(procedure: str, hours: Hours) -> Taken:
    """How many results, and in how many hours half of them and nine of ten were there."""
    return Taken(procedure, sum(hours.values()), quantile(hours, Fraction(1, 2)), quantile(hours, Fraction(9, 10)))


def sum_of_hours(found: Iterable[Hours]) -> Hours:
    """The results of several months together."""
    whole: Counter[int] = Counter()
    for one in found:
        whole.update(one)
    return whole


def hours_by_month(
    top: int, *, first: date, at: datetime, procedures: Collection[str] = ()
) -> dict[str, dict[date, Hours]]:
    """The results of each procedure under a unit, month by month from `first` until now; one statement."""
    below = tree.members(top, day_of(at), reading=Reading.NOW, today=day_of(at))
    tail, _later = live.beside_the_facts(at)
    only = " AND procedure = ANY(%(procedures)s)" if procedures else ""
    statement = f"""
WITH {live.HEAD}, tail AS MATERIALIZED ({tail})
SELECT procedure, month, hours, sum(results)::bigint FROM (
    SELECT procedure, month, hours, results FROM measures_timetaken kept, head
     WHERE kept.generation = head.generation AND agency = ANY(%(agencies)s) AND month >= %(first)s{only}
    UNION ALL
    SELECT procedure, month, hours, 1 FROM ({deltas.times_taken("tail")}) each
     WHERE agency = ANY(%(agencies)s) AND month >= %(first)s{only}
) counted GROUP BY procedure, month, hours"""
    found: dict[str, dict[date, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    values = {"agencies": list(below), "first": first.replace(day=1), "moment": at, "procedures": list(procedures)}
    with prepared.cursor() as cursor:
        cursor.execute(statement, values)
        for procedure, month, hours, results in cursor.fetchall():
            found[procedure][month][hours] = int(results)
    return {code: dict(months) for code, months in found.items()}
