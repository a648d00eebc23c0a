"""The rows behind a count of QĐ 766: dossiers by the month of their receipt, or procedures of the catalogue."""

from datetime import datetime
from typing import Final, NamedTuple

from motcua.base import prepared
from motcua.base.clock import day_of
from motcua.measures.queries import deltas, tree
from motcua.measures.queries.live import Span
from motcua.measures.queries.rows import PAGE, Page, Row
from motcua.measures.queries.set766 import Answer, catalogue_behind
from motcua.organisations.terms import Reading

OF_DOSSIERS: Final = {
    "on_time": "received - not_on_time",
    "average_time": "took_minutes",
    "online_dossier": "online",
    "satisfaction": "received - not_on_time - disliked",
    "electronic_result": "electronic",
    "digitised": "digitised",
}
"""What one dossier adds to the count of that name; the sum over all of them is the numerator."""

_READ: Final = "received_on, day, name, channel, papers, digitised, at_once, signed_electronically, took_minutes,"
_MORE: Final = "supplements, was_open, is_open, was_due_on, due_on, score, outcome"


def dossiers_behind(
    counted: str, answer: Answer, *, at: datetime, lost: bool = False, after: int = 0, limit: int = PAGE
) -> Page:
    """The dossiers a count is made of or, `lost`, those that stand in its denominator alone; page by page by their key.

    Each dossier is counted by the very changes that its entries make to the figures, so that the rows add up to it.
    """
    period, day = answer.period, day_of(at)
    span = Span(answer.until, period.first, at if day == answer.until else None)
    below = tree.members(answer.agency.agency, answer.until, reading=Reading.THEN, today=day)
    near = {*below, *tree.members(answer.agency.agency, day, reading=Reading.NOW, today=day)}
    amount = f"received - ({OF_DOSSIERS[counted]})" if lost else OF_DOSSIERS[counted]
    until = "e.at <= %(moment)s" if span.moment else "e.at < %(end)s"
    mine = f"SELECT dossier AS deciding, {_READ} {_MORE} FROM read WHERE deciding = ANY(%(agencies)s)"
    sums = ", ".join(f"coalesce(sum({one}), 0) AS {one}" for one in deltas.INTAKE)
    statement = f"""
SELECT d.reference, coalesce(d.code, ''), d.received_at, counted.counts, d.id
  FROM dossiers_dossier d
 CROSS JOIN LATERAL (
       WITH read AS ({deltas.read(f"e.stream = 'dossiers.dossier:' || d.id AND {until}")}), mine AS ({mine})
       SELECT ({amount})::bigint AS counts FROM (
           SELECT {sums} FROM ({deltas.intake_changes("mine")}) changed
            WHERE month BETWEEN %(first)s AND %(last)s AND day <= %(until)s) summed) counted
 WHERE d.id > %(after)s AND d.deciding_id = ANY(%(near)s) AND counted.counts <> 0
   AND d.received_at >= %(begin)s AND d.received_at < %(end)s
 ORDER BY d.id LIMIT %(limit)s"""
    values = {
        "moment": span.moment,
        "begin": span.begin,
        "end": span.end,
        "agencies": list(below),
        "near": sorted(near),
        "first": period.first,
        "last": period.last_month,
        "until": answer.until,
        "after": after,
        "limit": limit + 1,
    }
    with prepared.cursor() as cursor:
        cursor.execute(statement, values)
        found = [Row(*row) for row in cursor.fetchall()]
    return Page(found[:limit], found[limit - 1].key if len(found) > limit else None)


class Procedure(NamedTuple):
    """One procedure of the denominator: its code, and whether it counts."""

    code: str
    counts: bool


def procedures_behind(counted: str, answer: Answer, *, at: datetime) -> list[Procedure] | None:
    """The procedures of a count's denominator, those that do not count first; None for a count that is not of procedures."""
    if (sides := catalogue_behind(counted, answer, at=at)) is None:
        return None
    top, bottom = sides
    return sorted((Procedure(one, one in top) for one in bottom), key=lambda one: (one.counts, one.code))
