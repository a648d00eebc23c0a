"""The rows behind a figure: dossiers, page by page by key; what they count adds up to the figure."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from django.db import connection

from motcua.base.clock import VIET_NAM
from motcua.base.refs import Ref
from motcua.dossiers.terms import UNDER_CLOCK
from motcua.measures.queries import deltas, tree
from motcua.measures.queries.figures import Asked
from motcua.measures.queries.live import Span
from motcua.measures.rules.columns import FLOWS
from motcua.measures.rules.declared import Measure, Terms
from motcua.measures.terms import Part

PAGE: Final = 50


class Row(NamedTuple):
    """One dossier behind a figure and what it counts there: 1 of a count, the minutes or đồng of an amount."""

    reference: str
    code: str
    at: datetime
    counts: int
    key: int

    @property
    def ref(self) -> Ref:
        """The soft reference of the dossier."""
        return Ref("dossiers.dossier", self.reference)


class Page(NamedTuple):
    """Some rows, and the key after which the next ones stand; None after the last."""

    rows: list[Row]
    after: int | None


def rows(measure: Measure, asked: Asked, *, after: int = 0, limit: int = PAGE) -> Page:
    """What the numerator of the figure counts. First what happened in the days asked for, then what stood there at the end."""
    happened = {one: times for one, times in measure.top.items() if one in FLOWS}
    standing = {one: times for one, times in measure.top.items() if one not in FLOWS}
    found: list[Row] = []
    if happened and after >= 0:
        found = _happened(happened, asked, after, limit + 1)
    if standing and len(found) <= limit:
        # Keys of the second list are written below zero, so that one key says where to go on.
        found += _standing(standing, asked, -after if after < 0 else 0, limit + 1 - len(found))
    more = len(found) > limit
    return Page(found[:limit], found[limit - 1].key if more else None)


def _agencies(asked: Asked, day: date) -> list[int]:
    """The agencies whose dossiers count: all under the unit, or what stands for it alone."""
    below = tree.members(asked.top, day, reading=asked.reading, today=asked.today)
    return [agency for agency, rest in below.items() if not (asked.own and rest)]


def _happened(terms: Terms, asked: Asked, after: int, limit: int) -> list[Row]:
    """Entries of the days that count, in the order in which they happened.

    Read from the beginning of the days in windows, each twice as long as the one before, until the page is full: a page of
    what happens every hour costs the same however much happened later.
    """
    holding, seen = asked.part is Part.HOLDING, _happened_at(after) if after else None
    amount = " + ".join(f"{times} * ({_counted(column)})" for column, times in terms.items())
    found: list[Row] = []
    for piece in tree.spans_of(asked.span, reading=asked.reading):
        below = _agencies(asked, piece.until)
        # An office that gave a dossier away is the one that held it: hours are counted for it, not for the next.
        office = (
            "CASE WHEN is_spent THEN coalesce(was_holding, holding) ELSE holding END" if holding else str(asked.part)
        )
        spent = any(column in _SPENT for column in terms)
        source = deltas.read(_IN_WINDOW + (" AND (e.at, e.id) > (%(seen)s, %(after)s)" if after else ""))
        statement = f"""
WITH read AS ({source}), counted AS (
    SELECT entry, dossier, at, ({amount})::bigint AS counts, {office} AS office
      FROM (SELECT *, {"true" if spent else "false"} AS is_spent FROM read) each)
SELECT d.reference, coalesce(d.code, ''), counted.at, counted.counts, counted.entry
  FROM counted JOIN dossiers_dossier d ON d.id = counted.dossier
 WHERE counts <> 0 AND office = ANY(%(agencies)s) ORDER BY counted.at, entry LIMIT %(limit)s"""
        for window in _windows(piece, seen):
            found += _fetched(statement, piece, below, after=after, limit=limit - len(found), more=window)
            if len(found) >= limit:
                return found
    return found


_IN_WINDOW: Final = "e.at >= %(opens)s AND e.at < %(closes)s"
_FIRST_WINDOW: Final = timedelta(hours=12)
_LONG_AGO: Final = datetime(1990, 1, 1, tzinfo=VIET_NAM)


def _windows(piece: Span, seen: datetime | None) -> Iterator[dict[str, datetime | None]]:
    """The time of the days, from what was seen last; what happened at the very moment asked for belongs to it."""
    closing = piece.moment + timedelta(microseconds=1) if piece.moment else piece.end
    opens, length = max((one for one in (piece.begin, seen) if one), default=None), _FIRST_WINDOW
    if opens is None:  # from the beginning of the journal, wherever that is
        yield {"opens": _LONG_AGO, "closes": closing, "seen": None}
        return
    while opens < closing:
        closes = min(opens + length, closing)
        yield {"opens": opens, "closes": closes, "seen": seen}
        opens, length = closes, length * 2


def _happened_at(entry: int) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT at FROM journal_entry WHERE id = %s", [entry])
        (at,) = cursor.fetchone() or (_LONG_AGO,)
        assert isinstance(at, datetime)
        return at


_SPENT: Final = ("held_minutes", "given_minutes", "passed_on", "passed_on_late")


def _counted(column: str) -> str:
    when = deltas.counts_when(column)
    return f"coalesce({when}, false)::int" if when else str(deltas.amount_of(column))


def _standing(terms: Terms, asked: Asked, after: int, limit: int) -> list[Row]:
    """Dossiers as they stood at the end: their last entry until then, the oldest first."""
    last = tree.spans_of(asked.span, reading=asked.reading)[-1]
    below = _agencies(asked, last.until)
    amount = " + ".join(f"{times} * ({deltas.stands(column)})" for column, times in terms.items())
    statement = f"""
SELECT d.reference, coalesce(d.code, ''), coalesce(d.received_at, d.submitted_at), each.counts, -d.id
  FROM dossiers_dossier d
 CROSS JOIN LATERAL (
       SELECT e.facts FROM journal_entry e WHERE e.stream = 'dossiers.dossier:' || d.id AND {_in_days_of(last)}
        ORDER BY e.seq DESC LIMIT 1) last
 CROSS JOIN LATERAL (
       SELECT ({amount})::bigint AS counts, {asked.part} AS office
         FROM (SELECT f.*, (f.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS due_on
                 FROM jsonb_to_record(last.facts)
                   AS f(status text, due_at timestamptz, deciding bigint, receiving bigint, holding bigint)) facts) each
 WHERE d.id > %(after)s AND each.counts <> 0 AND each.office = ANY(%(agencies)s)
   AND d.submitted_at < %(end)s AND (d.returned_at IS NULL OR d.returned_at >= %(moment_or_end)s)
   AND (d.finished_at IS NULL OR d.finished_at >= %(moment_or_end)s OR d.status IN ('done', 'returned'))
 ORDER BY d.id LIMIT %(limit)s"""
    return _fetched(statement, last, below, after=after, limit=limit)


def _in_days_of(span: Span) -> str:
    return "e.at <= %(moment)s" if span.moment else "e.at < %(end)s"


def _fetched(
    statement: str,
    span: Span,
    agencies: Collection[int],
    *,
    after: int,
    limit: int,
    more: Mapping[str, datetime | None] = MappingProxyType({}),
) -> list[Row]:
    values = {
        **more,
        "begin": span.begin,
        "until": span.until,
        "moment": span.moment,
        "end": span.end,
        "moment_or_end": span.moment or span.end,
        "agencies": list(agencies),
        "after": after,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Row(*row) for row in cursor.fetchall()]


def due_rows(
    agencies: Collection[int], part: Part, first: date, last: date, *, after: int = 0, limit: int = PAGE
) -> Page:
    """The open dossiers that fall due in these days, as they stand now: as many as `live.due_in_days` counts."""
    statement = f"""
SELECT d.reference, coalesce(d.code, ''), d.due_at, 1, d.id
  FROM dossiers_dossier d
 WHERE d.{part}_id = ANY(%(agencies)s) AND d.status IN ({_RUNNING}) AND d.id > %(after)s
   AND d.due_at >= %(begin)s AND d.due_at < %(end)s
 ORDER BY d.id LIMIT %(limit)s"""
    span = Span(last, first)
    found = _fetched(statement, span, agencies, after=after, limit=limit + 1)
    return Page(found[:limit], found[limit - 1].key if len(found) > limit else None)


_RUNNING: Final = ", ".join(f"'{one}'" for one in sorted(UNDER_CLOCK))
"""While the applicant is waited for there is no due day."""
