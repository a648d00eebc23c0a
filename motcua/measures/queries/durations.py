"""How long procedures really took: the middle case and the slow tenth, in working time without waiting for the citizen."""

from collections.abc import Collection
from typing import Final, NamedTuple

from django.db import connection

from motcua.measures.queries.live import Span

LEAST: Final = 5
"""Fewer results than this tell about persons, not about the procedure."""


class Took(NamedTuple):
    """Working hours of one procedure: half of the cases were quicker than the median, nine of ten than the slow one."""

    procedure: str
    results: int
    median: float
    slow: float


_STATEMENT: Final = """
SELECT facts->>'procedure' AS procedure, count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY (facts->>'took_minutes')::float) / 60,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY (facts->>'took_minutes')::float) / 60
  FROM journal_entry
 WHERE name = 'dossiers.ResultSigned' AND facts->>'took_minutes' IS NOT NULL
   AND at >= (%(since)s::date AT TIME ZONE 'Asia/Ho_Chi_Minh') AND at < %(end)s
   AND (%(agencies)s::bigint[] IS NULL OR (facts->>'deciding')::bigint = ANY(%(agencies)s))
 GROUP BY 1 HAVING count(*) >= %(least)s ORDER BY 2 DESC, 1 LIMIT %(limit)s"""


def took(span: Span, agencies: Collection[int] | None = None, *, limit: int = 200) -> list[Took]:
    """The procedures with results in the days of the span, the most frequent first; answered at once is not counted."""
    values = {
        "since": span.since or "2000-01-01",
        "end": span.end,
        "agencies": None if agencies is None else list(agencies),
        "least": LEAST,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, values)
        return [Took(row[0], row[1], float(row[2]), float(row[3])) for row in cursor.fetchall()]
