"""Figures day by day, for what comes again with the weekday and the month."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection

from motcua.measures.queries import deltas, live
from motcua.measures.rules.columns import FLOWS
from motcua.measures.terms import Part


def day_sums(
    agencies: Collection[int], part: Part, *, first: date, last: date, at: datetime, columns: Iterable[str]
) -> dict[date, dict[str, int]]:
    """What happened on each day at these agencies together, with what is committed and not folded yet; one statement."""
    wanted = tuple(dict.fromkeys(columns))
    if unknown := set(wanted) - set(FLOWS):
        raise ValueError(f"no flow: {sorted(unknown)}")
    tail, _later = live.beside_the_facts(at)
    named, sums = ", ".join(wanted), ", ".join(f"sum({one})::bigint" for one in wanted)
    statement = f"""
WITH {live.HEAD}, tail AS MATERIALIZED ({tail})
SELECT day, {sums} FROM (
    SELECT day, {named} FROM measures_agencyday kept, head
     WHERE kept.generation = head.generation AND part = '{part}' AND agency = ANY(%(agencies)s)
       AND day BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT day, {named} FROM ({deltas.deltas("tail")}) changed
     WHERE {part} = ANY(%(agencies)s) AND day BETWEEN %(first)s AND %(last)s
) counted GROUP BY day ORDER BY day"""
    values: dict[str, Any] = {"agencies": list(agencies), "first": first, "last": last, "moment": at}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {row[0]: dict(zip(wanted, map(int, row[1:]), strict=True)) for row in cursor.fetchall()}


def told_since() -> date | None:
    """The first month of which anything was counted: what lies before it was not told, which is not the same as nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(month) FROM measures_agencymonth WHERE generation = (SELECT generation FROM measures_folding WHERE live)"
        )
        (month,) = cursor.fetchone()
    return month if isinstance(month, date) else None
