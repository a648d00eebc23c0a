"""What of single units may be told to everybody where an amount is the sum of few: money, hours, marks out of five.

A count over all procedures of an authority is the authority's own record: it points at nobody, and is told as it stands.
An amount is another matter: of one dossier it is what that person paid, how long they waited, what they said. And two numbers
seen a minute apart would tell the dossier between them. So amounts of a unit are told of whole months that have ended, and
only where no month of the period has from one to four cases, nor any that the province less the others would tell.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from motcua.base import prepared
from motcua.measures.queries import deltas, live, tree
from motcua.measures.queries.figures import Asked, Figures, figures
from motcua.measures.queries.live import Span
from motcua.measures.rules import small
from motcua.measures.rules.declared import Measure
from motcua.measures.rules.periods import Period
from motcua.organisations.terms import Reading

SIGNED: Final = "signed"
_CASES: Final = MappingProxyType(
    {"stars": "rated", "paid_vnd": "paid", **dict.fromkeys(("took_minutes", "held_minutes", "given_minutes"), SIGNED)}
)
"""Each amount and what it is the sum of; hours are those of results that were signed, not of what was handed over at once."""


@dataclass(frozen=True)
class Told:
    """Up to which day amounts are told by unit, and which units are not named; without a day nothing of them is."""

    until: date | None = None
    hidden: Mapping[str, Collection[int]] = field(default_factory=dict)

    def of(self, unit: int, measure: Measure) -> bool:
        """Whether this amount of this unit is told."""
        cases = {_CASES[one] for one in measure.amounts}
        return self.until is not None and not any(unit in self.hidden[one] for one in cases)


def told_by_unit(top: int, period: Period, *, today: date) -> Told:
    """What of the units directly under one may be told of a period; the top itself stands for what is its own."""
    ended = [month for month in period.by_months() if month.last < today]
    if not ended:
        return Told()
    signed = _signed(top, ended[0].first, ended[-1].last, today=today)
    hidden: dict[str, set[int]] = {one: set() for one in set(_CASES.values())}
    for month in ended:
        span = Span(month.last, month.first)
        sums = tree.tree_sums(top, span, today=today, columns=("rated", "paid"))
        for column in ("rated", "paid"):
            counts = {unit: values[column] for unit, values in {**sums.parts, top: sums.own}.items()}
            hidden[column] |= _hidden(counts)
        hidden[SIGNED] |= _hidden(signed.get(month.first, {}))
    return Told(ended[-1].last, hidden)


def _hidden(counts: Mapping[int, int]) -> set[int]:
    if not small.sum_may_be_told(counts):
        return {unit for unit, count in counts.items() if count}
    return {unit for unit, count in small.published(counts).items() if count is None}


def told_figures(top: int, period: Period, told: Told, measures: Collection[Measure], *, today: date) -> Figures | None:
    """These amounts of every unit over the months that are told; nothing where no month has ended."""
    if told.until is None:
        return None
    return figures(Asked(top, Span(told.until, period.first), today), [one.code for one in measures])


def _last_of(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _signed(top: int, first: date, last: date, *, today: date) -> dict[date, dict[int, int]]:
    """Results signed in each month by the unit directly under the top; one statement."""
    tail, _later = live.beside_the_facts(None)
    statement = f"""
WITH {live.HEAD}, tail AS MATERIALIZED ({tail})
SELECT agency, month, sum(results)::bigint FROM (
    SELECT agency, month, results FROM measures_timetaken kept, head
     WHERE kept.generation = head.generation AND month BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT agency, month, 1 FROM ({deltas.times_taken("tail")}) each WHERE month BETWEEN %(first)s AND %(last)s
) counted GROUP BY agency, month"""
    found: dict[date, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    with prepared.cursor() as cursor:
        cursor.execute(statement, {"first": first, "last": last})
        rows = cursor.fetchall()
    for agency, month, results in rows:
        below = tree.members(top, _last_of(month), reading=Reading.THEN, today=today)
        if agency in below:
            found[month][below[agency][0] if below[agency] else top] += int(results)
    return {month: dict(units) for month, units in found.items()}
