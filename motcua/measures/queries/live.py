"""Figures that are true when they are asked: facts, plus the entries committed since, in one statement and one snapshot."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any, Final

from motcua.base import prepared
from motcua.base.clock import VIET_NAM, day_of
from motcua.measures.queries import deltas
from motcua.measures.rules.columns import COLUMNS, FLOWS, STOCKS
from motcua.measures.terms import Part

Sums = Mapping[str, int]
"""The value of each column that was asked for."""


@dataclass(frozen=True)
class Span:
    """What is asked for: the flows of the days from `since` to `until`, the stocks at the end of `until`.

    With `at` within the last day, that day counts only up to the moment. Without `since` flows count from the beginning.
    """

    until: date
    since: date | None = None
    at: datetime | None = None

    @classmethod
    def now(cls, at: datetime, since: date | None = None) -> "Span":
        """Up to this moment."""
        return cls(day_of(at), since, at)

    @property
    def moment(self) -> datetime | None:
        """The moment within the last day after which entries do not count; None: the whole day."""
        return self.at if self.at is not None and day_of(self.at) == self.until else None

    @property
    def begin(self) -> datetime | None:
        """The first moment of the first day."""
        return None if self.since is None else datetime.combine(self.since, clock_time(), VIET_NAM)

    @property
    def end(self) -> datetime:
        """The first moment after the last day."""
        return datetime.combine(self.until + timedelta(days=1), clock_time(), VIET_NAM)


HEAD: Final = """head AS MATERIALIZED (
    SELECT coalesce(max(generation), 0) AS generation, coalesce(max(xact), 0)::text::xid8 AS xact,
           coalesce(max(entry), 0) AS entry, max(latest_at) AS latest_at
      FROM measures_folding WHERE live)"""
# The second line says nothing new but to the planner: that a small stretch is wanted. Without it a third of the journal is
# expected behind the cursor, and the whole of it is read for a handful of entries.
_TAIL: Final = """(e.xact, e.id) > ((SELECT xact FROM head), (SELECT entry FROM head))
   AND e.xact BETWEEN (SELECT xact FROM head) AND '18446744073709551615'::xid8"""
_FOLDED: Final = "(e.xact, e.id) <= ((SELECT xact FROM head), (SELECT entry FROM head))"


def beside_the_facts(moment: datetime | None) -> tuple[str, str]:
    """The common tables `tail` (to add) and `later` (to take away: folded, but after the moment on its day)."""
    until = " AND e.at <= %(moment)s" if moment else ""
    tail = deltas.read(_TAIL + until)
    later = deltas.read(
        f"{_FOLDED} AND e.at > %(moment)s AND e.at < %(end)s AND (SELECT latest_at FROM head) > %(moment)s"
        if moment
        else "false"
    )
    return tail, later


def agency_sums(
    span: Span, part: Part, agencies: Collection[int] | None = None, columns: Iterable[str] = COLUMNS
) -> dict[int, dict[str, int]]:
    """The columns for each agency, or each of those named, that has any; one statement. Stocks are heights, flows sums."""
    wanted = _known(columns)
    tail, later = beside_the_facts(span.moment)
    named = ", ".join(wanted)
    mine = "" if agencies is None else " AND agency = ANY(%(agencies)s)"
    changed = "\nUNION ALL ".join(
        f"SELECT {part} AS agency, day, {sign}1 AS sign, {named} FROM ({deltas.deltas(source)}) {source}_changed"
        for source, sign in (("tail", ""), ("later", "-"))
    )
    sums = ", ".join(
        f"coalesce(sum(sign * {one}) FILTER (WHERE {'flow' if one in FLOWS else 'stock'}), 0)::bigint" for one in wanted
    )
    statement = f"""
WITH {HEAD}, tail AS MATERIALIZED ({tail}), later AS MATERIALIZED ({later})
SELECT agency, {sums} FROM (
    SELECT agency, month >= %(whole)s AS flow, true AS stock, 1 AS sign, {named}
      FROM measures_agencymonth, head
     WHERE measures_agencymonth.generation = head.generation AND part = '{part}' AND month < %(month)s{mine}
    UNION ALL
    SELECT agency, day >= %(since)s, day >= %(month)s, 1, {named}
      FROM measures_agencyday, head
     WHERE measures_agencyday.generation = head.generation AND part = '{part}'
       AND (day BETWEEN %(month)s AND %(until)s OR day >= %(since)s AND day < %(edge)s){mine}
    UNION ALL
    SELECT agency, day >= %(since)s, true, sign, {named} FROM ({changed}) changed
     WHERE day <= %(until)s{mine}
) counted GROUP BY agency"""
    with prepared.cursor() as cursor:
        cursor.execute(statement, {**_days(span), "agencies": list(agencies or ())})
        return {row[0]: dict(zip(wanted, row[1:], strict=True)) for row in cursor.fetchall()}


def _days(span: Span) -> dict[str, Any]:
    """The days of the statement: whole months from `whole` on, single days before `edge` and from `month` on."""
    month = span.until.replace(day=1)
    since = span.since or date.min
    whole = since if since.day == 1 else (since.replace(day=1) + timedelta(days=32)).replace(day=1)
    return {
        "month": month,
        "until": span.until,
        "since": since,
        "whole": whole,
        "edge": min(whole, month),
        "moment": span.moment,
        "end": span.end,
    }


_KEPT: Final = ("deciding", "receiving", "holding", "procedure", "version", "case", "channel")
DIMENSIONS: Final = (*_KEPT, "field", "level")
"""By what the fine facts may be asked; `field` and `level` (who decides: commune, department, province) are the procedure's."""


def fine_sums(
    span: Span,
    by: Sequence[str] = (),
    only: Mapping[str, Collection[Any]] | None = None,
    columns: Iterable[str] = COLUMNS,
) -> dict[tuple[Any, ...], dict[str, int]]:
    """The columns by any of the dimensions (`DIMENSIONS`, `day`), under any choice of their values; one statement."""
    wanted, chosen = _known(columns), dict(only or {})
    if unknown := (set(by) - {"day", *DIMENSIONS}) | (set(chosen) - set(DIMENSIONS)):
        raise ValueError(f"no such dimension: {sorted(unknown)}")
    if "day" in by and any(one in STOCKS for one in wanted):
        raise ValueError("a stock has no day of its own")
    tail, later = beside_the_facts(span.moment)
    named, keys = ", ".join(wanted), ", ".join(f'"{one}"' for one in by)
    dimensions = ", ".join(f'"{one}"' for one in _KEPT)
    changed = "\nUNION ALL ".join(
        f"""SELECT {dimensions}, coalesce(version_of.field, '') AS field, coalesce(version_of.deciding_level, '') AS level,
                   day, {sign}1 AS sign, {named}
              FROM ({deltas.deltas(source)}) {source}_changed {_version_of(f"{source}_changed")}"""
        for source, sign in (("tail", ""), ("later", "-"))
    )
    # The level is not kept with the facts: it is looked up where it is asked for, and nowhere else.
    leveled = "level" in by or "level" in chosen
    # A flow asked for some days only need not read the days before them; a stock needs them all.
    begin = "" if any(one in STOCKS for one in wanted) or span.since is None else " AND day >= %(since)s"
    where = "".join(f' AND "{one}" = ANY(%(only_{one})s)' for one in chosen)
    sums = ", ".join(
        f"coalesce(sum(sign * {one}){' FILTER (WHERE day >= %(since)s)' if one in FLOWS else ''}, 0)::bigint"
        for one in wanted
    )
    statement = f"""
WITH {HEAD}, tail AS MATERIALIZED ({tail}), later AS MATERIALIZED ({later})
SELECT {keys + ", " if keys else ""}{sums} FROM (
    SELECT {dimensions}, field, level, day, 1 AS sign, {named}
      FROM measures_fact JOIN {_CELLS_WITH_LEVEL if leveled else _CELLS} cell ON cell.id = measures_fact.cell_id, head
     WHERE measures_fact.generation = head.generation AND day <= %(until)s{begin}{where}
    UNION ALL
    SELECT {dimensions}, field, level, day, sign, {named} FROM ({changed}) changed WHERE day <= %(until)s{begin}{where}
) counted {f"GROUP BY {keys}" if keys else ""}"""
    values = {**_days(span), **{f"only_{one}": list(allowed) for one, allowed in chosen.items()}}
    with prepared.cursor() as cursor:
        cursor.execute(statement, values)
        return {row[: len(by)]: dict(zip(wanted, row[len(by) :], strict=True)) for row in cursor.fetchall()}


def _version_of(source: str) -> str:
    return f"""LEFT JOIN procedures_procedure ON procedures_procedure.code = {source}.procedure
              LEFT JOIN procedures_procedureversion version_of
                     ON version_of.procedure_id = procedures_procedure.id AND version_of.number = {source}.version"""


_CELLS: Final = "(SELECT *, '' AS level FROM measures_cell)"
_CELLS_WITH_LEVEL: Final = f"""(SELECT measures_cell.*, coalesce(version_of.deciding_level, '') AS level
              FROM measures_cell {_version_of("measures_cell")})"""


def due_in_days(part: Part, agencies: Collection[int], first: date, last: date) -> dict[date, int]:
    """Open dossiers of these agencies by due day, as of what is committed now; days without any are left out."""
    statement = f"""
WITH {HEAD}, tail AS MATERIALIZED ({deltas.read(_TAIL)})
SELECT due_on, sum(open)::bigint FROM (
    SELECT due_on, open FROM measures_agencydue, head
     WHERE measures_agencydue.generation = head.generation AND part = '{part}'
       AND agency = ANY(%(agencies)s) AND due_on BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT due_on, open FROM ({deltas.due_changes("tail")}) changed
     WHERE part = '{part}' AND agency = ANY(%(agencies)s) AND due_on BETWEEN %(first)s AND %(last)s
) counted GROUP BY due_on HAVING sum(open) <> 0 ORDER BY due_on"""
    with prepared.cursor() as cursor:
        cursor.execute(statement, {"agencies": list(agencies), "first": first, "last": last})
        return {row[0]: int(row[1]) for row in cursor.fetchall()}


def intake_sums(first: date, last: date, until: date, at: datetime | None = None) -> dict[int, dict[str, int]]:
    """What has become, by the end of `until`, of the dossiers each authority received in the months from `first` to `last`.

    Both are named by their first day. With `at` on the day `until`, the day counts up to that moment.
    """
    span = Span(until, at=at)
    tail, later = beside_the_facts(span.moment)
    named = ", ".join(deltas.INTAKE)
    changed = "\nUNION ALL ".join(
        f"SELECT agency, month, day, {sign}1 AS sign, {named} FROM ({deltas.intake_changes(source)}) {source}_changed"
        for source, sign in (("tail", ""), ("later", "-"))
    )
    sums = ", ".join(f"sum(sign * {one})::bigint" for one in deltas.INTAKE)
    statement = f"""
WITH {HEAD}, tail AS MATERIALIZED ({tail}), later AS MATERIALIZED ({later})
SELECT agency, {sums} FROM (
    SELECT agency, month, day, 1 AS sign, {named} FROM measures_intake, head
     WHERE measures_intake.generation = head.generation AND month BETWEEN %(first)s AND %(last)s AND day <= %(until)s
    UNION ALL
    SELECT agency, month, day, sign, {named} FROM ({changed}) changed
     WHERE month BETWEEN %(first)s AND %(last)s AND day <= %(until)s
) counted GROUP BY agency"""
    with prepared.cursor() as cursor:
        cursor.execute(statement, {**_days(span), "first": first, "last": last})
        return {row[0]: dict(zip(deltas.INTAKE, row[1:], strict=True)) for row in cursor.fetchall()}


def _known(columns: Iterable[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(columns))
    if unknown := set(wanted) - set(COLUMNS):
        raise ValueError(f"no such column: {sorted(unknown)}")
    return wanted


_NOTHING_LATER: Final = (
    "coalesce((SELECT (latest_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date FROM head) <= %(until)s, true)"
)


def _of_days(keys: str, days: str) -> str:
    return f"""SELECT {keys.replace("agency", "cell.deciding AS agency").replace("procedure", "cell.procedure")}, fact.received
      FROM measures_fact fact JOIN measures_cell cell ON cell.id = fact.cell_id, head
     WHERE fact.generation = head.generation AND cell.deciding = ANY(%(agencies)s) AND cell.channel = %(channel)s AND {days}"""


def procedures_received(span: Span, agencies: Collection[int], *, channel: str) -> list[str]:
    """The procedures of which these authorities received a dossier through that channel in the days of the span.

    Whole months are read from their sums, and so is a month of which nothing later is folded: what is received today is
    never counted for tomorrow. The days of a month only begun are read from the fine facts where that does not hold.
    """
    return [str(row[0]) for row in _received("procedure", span, agencies, channel)]


def procedures_received_by_each(span: Span, agencies: Collection[int], *, channel: str) -> list[tuple[int, str]]:
    """The same for each authority by itself: pairs of authority and procedure, still one statement."""
    return [(int(row[0]), str(row[1])) for row in _received("agency, procedure", span, agencies, channel)]


def _received(keys: str, span: Span, agencies: Collection[int], channel: str) -> list[tuple[Any, ...]]:
    tail, later = beside_the_facts(span.moment)
    changed = "\nUNION ALL ".join(
        f"SELECT deciding AS agency, procedure, day, channel, {sign}received AS received"
        f" FROM ({deltas.deltas(source)}) {source}_changed"
        for source, sign in (("tail", ""), ("later", "-"))
    )
    statement = f"""
WITH {HEAD}, tail AS MATERIALIZED ({tail}), later AS MATERIALIZED ({later})
SELECT {keys} FROM (
    SELECT {keys}, received FROM measures_proceduremonth kept, head
     WHERE kept.generation = head.generation AND agency = ANY(%(agencies)s) AND kept.channel = %(channel)s
       AND month >= %(whole)s AND (month < %(month)s OR month = %(month)s AND {_NOTHING_LATER})
    UNION ALL
    {_of_days(keys, "fact.day BETWEEN greatest(%(month)s, %(since)s) AND %(until)s")}
       AND NOT ({_NOTHING_LATER} AND %(whole)s <= %(month)s)
    UNION ALL
    {_of_days(keys, "fact.day >= %(since)s AND fact.day < %(edge)s")} AND %(since)s < %(edge)s
    UNION ALL
    SELECT {keys}, received FROM ({changed}) changed
     WHERE agency = ANY(%(agencies)s) AND channel = %(channel)s AND day BETWEEN %(since)s AND %(until)s
) counted GROUP BY {keys} HAVING sum(received) > 0 ORDER BY {keys}"""
    with prepared.cursor() as cursor:
        cursor.execute(statement, {**_days(span), "agencies": list(agencies), "channel": channel})
        return list(cursor.fetchall())
