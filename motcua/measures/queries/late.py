"""What is late at this moment, unit by unit and by how many days; the days add up to the figure `overdue`."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import connection

from motcua.base.clock import day_of
from motcua.measures.queries import deltas, live, tree
from motcua.measures.queries.figures import Asked, Figure, figures
from motcua.measures.rules.fairness import Interval, interval
from motcua.measures.terms import Part


class LateUnit(NamedTuple):
    """One unit: what it has in hand, what of it is past its day, by how many days each, and how sure its share is."""

    agency: int
    open: Figure
    overdue: Figure
    range: Interval | None
    days: dict[int, int]
    """Days past the due day, and so many dossiers."""

    @property
    def longest(self) -> int:
        """The days of the one that is late longest."""
        return max(self.days, default=0)


class LateNow(NamedTuple):
    """The whole and its parts at one moment; `own` is what stands directly under the top."""

    open: Figure
    overdue: Figure
    share: Figure
    days: dict[int, int]
    units: list[LateUnit]


def late_now(top: int, *, at: datetime) -> LateNow:
    """What is late under a unit now: two statements, however many dossiers."""
    today = day_of(at)
    asked = Asked.now(top, at=at)
    found = figures(asked, ("open", "overdue", "overdue_share"))
    below = tree.members(top, today, reading=asked.reading, today=today)
    whole: dict[int, int] = defaultdict(int)
    parts: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for agency, days in _overdue_by_day(Part.DECIDING, below, today).items():
        for due_on, count in days.items():
            late = (today - due_on).days
            whole[late] += count
            parts[below[agency][0] if below[agency] else top][late] += count
    values = {**found.parts, **({top: found.own} if any(one.numerator for one in found.own.values()) else {})}
    units = [
        LateUnit(
            agency,
            each["open"],
            each["overdue"],
            interval(each["overdue"].numerator, each["open"].numerator),
            dict(parts.get(agency, {})),
        )
        for agency, each in values.items()
        if each["open"].numerator
    ]
    return LateNow(found.whole["open"], found.whole["overdue"], found.whole["overdue_share"], dict(whole), units)


def _overdue_by_day(part: Part, agencies: Collection[int], today: date) -> dict[int, dict[date, int]]:
    """Open dossiers of each agency whose due day has passed, by that day."""
    tail, _later = live.beside_the_facts(None)
    statement = f"""
WITH {live.HEAD}, tail AS MATERIALIZED ({tail})
SELECT agency, due_on, sum(open)::bigint FROM (
    SELECT agency, due_on, open FROM measures_agencydue, head
     WHERE measures_agencydue.generation = head.generation AND part = '{part}'
       AND agency = ANY(%(agencies)s) AND due_on <= %(last)s
    UNION ALL
    SELECT agency, due_on, open FROM ({deltas.due_changes("tail")}) changed
     WHERE part = '{part}' AND agency = ANY(%(agencies)s) AND due_on <= %(last)s
) counted GROUP BY agency, due_on HAVING sum(open) <> 0"""
    found: dict[int, dict[date, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"agencies": list(agencies), "last": today - timedelta(days=1)})
        for agency, due_on, count in cursor.fetchall():
            found[agency][due_on] = int(count)
    return found
