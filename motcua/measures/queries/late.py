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
from motcua.organisations.terms import Reading


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
    for agency, days in _open_by_due_day(Part.DECIDING, below, date.min, today - timedelta(days=1)).items():
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


class DueUnit(NamedTuple):
    """One unit and what of it falls due on which day; the top itself stands for what is directly under it."""

    agency: int
    days: dict[date, int]

    @property
    def due(self) -> int:
        """All days together."""
        return sum(self.days.values())


def due_ahead(top: int, first: date, last: date, *, at: datetime) -> list[DueUnit]:
    """Open dossiers under a unit that fall due in these days, unit by unit; together they are `live.due_in_days`."""
    today = day_of(at)
    below = tree.members(top, today, reading=Reading.THEN, today=today)
    parts: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for agency, days in _open_by_due_day(Part.DECIDING, below, first, last).items():
        for due_on, count in days.items():
            parts[below[agency][0] if below[agency] else top][due_on] += count
    return [DueUnit(agency, dict(days)) for agency, days in sorted(parts.items())]


def _open_by_due_day(part: Part, agencies: Collection[int], first: date, last: date) -> dict[int, dict[date, int]]:
    """Open dossiers of each agency by their due day, from the first to the last."""
    tail, _later = live.beside_the_facts(None)
    statement = f"""
WITH {live.HEAD}, tail AS MATERIALIZED ({tail})
SELECT agency, due_on, sum(open)::bigint FROM (
    SELECT agency, due_on, open FROM measures_agencydue, head
     WHERE measures_agencydue.generation = head.generation AND part = '{part}'
       AND agency = ANY(%(agencies)s) AND due_on BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT agency, due_on, open FROM ({deltas.due_changes("tail")}) changed
     WHERE part = '{part}' AND agency = ANY(%(agencies)s) AND due_on BETWEEN %(first)s AND %(last)s
) counted GROUP BY agency, due_on HAVING sum(open) <> 0"""
    found: dict[int, dict[date, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"agencies": list(agencies), "first": first, "last": last})
        for agency, due_on, count in cursor.fetchall():
            found[agency][due_on] = int(count)
    return found
