"""Folding the journal into facts: batch by batch, each with its cursor in one transaction, so that nothing counts twice."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from motcua.measures.models import AgencyDay, AgencyMonth, Folding, ProcedureMonth
from motcua.measures.queries import deltas
from motcua.measures.rules.columns import AMOUNTS, COLUMNS

BATCH: Final = 50_000
"""Entries of one transaction: memory stays bounded however long the journal is."""

MEMORY: Final = "SET LOCAL work_mem = '64MB'"
"""What a batch adds up stays in memory instead of being written to the disk and read again."""

BOUND: Final = "xact < pg_snapshot_xmin(pg_current_snapshot())"
"""Only what no open transaction can come before."""

_COLUMNS: Final = ", ".join(COLUMNS)
# A sum of whole numbers of eight bytes is kept by PostgreSQL as a decimal of any length: slow, and needed for amounts only.
SUMS: Final = ", ".join(f"sum({one})::{'bigint' if one in AMOUNTS else 'int'} AS {one}" for one in COLUMNS)
_GROWN: Final = ", ".join(f"{one} = held.{one} + excluded.{one}" for one in COLUMNS)
_DIMENSIONS: Final = ", ".join(deltas.DIMENSIONS)


class Span(NamedTuple):
    """The entries of one batch: up to which of them, how many, the latest moment among them."""

    xact: int
    entry: int
    entries: int
    latest_at: datetime


def fold(*, at: datetime, batch: int = BATCH) -> int:
    """Fold the next entries into the live generation; returns how many were read.

    Never reads past `pg_snapshot_xmin`: a transaction still open may yet commit an entry that belongs before. What is
    committed meanwhile is the tail, which every figure adds to the facts.
    """
    return fold_next(live_generation(at), at=at, batch=batch)


def live_generation(at: datetime) -> int:
    """The generation that answers, begun now if there is none."""
    found = Folding.objects.filter(live=True).values_list("generation", flat=True).first()
    if found is not None:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO measures_folding (generation, live, stretching, xact, entry, entries, begun_at, folded_at)
               VALUES (1, true, false, 0, 0, 0, %s, %s) ON CONFLICT DO NOTHING""",
            [at, at],
        )
    return Folding.objects.values_list("generation", flat=True).get(live=True)


@transaction.atomic
def fold_next(generation: int, *, at: datetime, batch: int) -> int:
    """Fold the entries behind the cursor of a generation and move it; returns how many were read."""
    folding = Folding.objects.select_for_update(of=("self",)).filter(generation=generation).first()
    if folding is None:  # replaced while we waited for its lock
        return 0
    with connection.cursor() as cursor:
        span = _span(folding, batch)
        if span is None:
            return 0
        read_changes(
            cursor,
            "(e.xact, e.id) > (%s::text::xid8, %s) AND (e.xact, e.id) <= (%s::text::xid8, %s)",
            [str(folding.xact), folding.entry, str(span.xact), span.entry],
        )
        cursor.execute(_OFFICES)
        for statement in (*CELLS_AND_FACTS, *_OF_FACTS, *OF_ENTRIES):
            cursor.execute(statement, [generation] if "%s" in statement else None)
        cursor.execute(
            """UPDATE measures_folding SET xact = %s, entry = %s, entries = entries + %s,
                      latest_at = greatest(latest_at, %s), folded_at = %s WHERE generation = %s""",
            [span.xact, span.entry, span.entries, span.latest_at, at, generation],
        )
        cursor.execute(f"DROP TABLE {READ}, measures_offices")
    return span.entries


def read_changes(cursor: CursorWrapper, where: str, values: list[Any]) -> None:
    """What the entries under that condition change, as tables of this transaction: each entry, and added up by due day and by cell.

    What falls overdue is added up by itself: most of it is taken back by the result that comes in time, and leaves no row.
    """
    cursor.execute(MEMORY)
    cursor.execute(f"CREATE TEMP TABLE measures_read ON COMMIT DROP AS {deltas.read(where, named=False)}", values)
    cursor.execute(f"CREATE TEMP TABLE measures_dues ON COMMIT DROP AS {deltas.dues('measures_read')}")
    overdue = ", ".join("sum(open)::int AS overdue" if one == "overdue" else "0" for one in COLUMNS)
    cursor.execute(
        f"""CREATE TEMP TABLE measures_changed ON COMMIT DROP AS
            SELECT day, {_DIMENSIONS}, {SUMS} FROM ({deltas.steps("measures_read")}) AS changed GROUP BY day, {_DIMENSIONS}
            UNION ALL
            SELECT day, {_DIMENSIONS}, {overdue} FROM measures_dues GROUP BY day, {_DIMENSIONS} HAVING sum(open) <> 0"""
    )


READ: Final = "measures_read, measures_dues, measures_changed"
"""The tables that `read_changes` makes."""


def _span(folding: Folding, batch: int) -> Span | None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH news AS MATERIALIZED (
                   SELECT xact, id, at FROM journal_entry
                    WHERE (xact, id) > (%s::text::xid8, %s) AND {BOUND}
                    ORDER BY xact, id LIMIT %s)
               SELECT last.xact::text, last.id, whole.number, whole.latest
                 FROM (SELECT xact, id FROM news ORDER BY xact DESC, id DESC LIMIT 1) last,
                      (SELECT count(*) AS number, max(at) AS latest FROM news) whole""",
            [str(folding.xact), folding.entry, batch],
        )
        row = cursor.fetchone()
    return None if row is None else Span(int(row[0]), row[1], row[2], row[3])


_OFFICES: Final = f"""CREATE TEMP TABLE measures_offices ON COMMIT DROP AS
    SELECT day, deciding, receiving, holding, {SUMS}
      FROM measures_changed GROUP BY day, deciding, receiving, holding"""
"""The changes without procedure and channel: few rows, from which the sums of all parts are made."""

_SAME_CELL: Final = " AND ".join(f"cell.{one} = changed.{one}" for one in deltas.DIMENSIONS)

CELLS_AND_FACTS: Final = (
    f"""INSERT INTO measures_cell ({_DIMENSIONS}, field)
        SELECT {", ".join(f"changed.{one}" for one in deltas.DIMENSIONS)}, coalesce(version_of.field, '')
          FROM (SELECT DISTINCT {_DIMENSIONS} FROM measures_changed) changed
          LEFT JOIN procedures_procedure ON procedures_procedure.code = changed.procedure
          LEFT JOIN procedures_procedureversion version_of
                 ON version_of.procedure_id = procedures_procedure.id AND version_of.number = changed.version
         WHERE NOT EXISTS (SELECT 1 FROM measures_cell cell WHERE {_SAME_CELL})
         ORDER BY {", ".join(f"changed.{one}" for one in deltas.DIMENSIONS)}
        ON CONFLICT DO NOTHING""",
    f"""INSERT INTO measures_fact (generation, cell_id, day, {_COLUMNS})
        SELECT %s, cell.id, changed.day, {", ".join(f"changed.{one}" for one in COLUMNS)}
          FROM measures_changed changed JOIN measures_cell cell ON {_SAME_CELL}""",
)
"""New cells in the order of their dimensions, so that two processes that meet the same ones wait for each other in turn."""


def roll_up(model: type[AgencyDay | AgencyMonth | ProcedureMonth], keys: str, source: str) -> str:
    """The statement that adds rows with these keys to the sums of a generation."""
    table = model._meta.db_table
    return f"""INSERT INTO {table} AS held (generation, {keys}, {_COLUMNS})
        SELECT %s, {keys}, {SUMS} FROM ({source}) news GROUP BY {keys} ORDER BY {keys}
        ON CONFLICT (generation, {keys}) DO UPDATE SET {_GROWN}"""


_OF_AGENCIES: Final = deltas.of_agencies("measures_offices")
_INTAKE_SUMS: Final = ", ".join(f"sum({one})" for one in deltas.INTAKE)
_INTAKE_GROWN: Final = ", ".join(f"{one} = held.{one} + excluded.{one}" for one in deltas.INTAKE)

_OF_FACTS: Final = (
    roll_up(AgencyDay, "part, agency, day", _OF_AGENCIES),
    roll_up(
        AgencyMonth,
        "part, agency, month",
        f"SELECT part, agency, date_trunc('month', day)::date AS month, {_COLUMNS} FROM ({_OF_AGENCIES}) each",
    ),
    roll_up(
        ProcedureMonth,
        "agency, procedure, channel, month",
        f"SELECT deciding AS agency, procedure, channel, date_trunc('month', day)::date AS month, {_COLUMNS} "
        "FROM measures_changed",
    ),
)
"""Sums that follow from the facts."""

OF_ENTRIES: Final = (
    f"""INSERT INTO measures_agencydue AS held (generation, part, agency, due_on, open)
        SELECT %s, part, agency, due_on, sum(open) FROM ({deltas.of_parts("SELECT * FROM measures_dues")}) news
         GROUP BY part, agency, due_on HAVING sum(open) <> 0 ORDER BY part, agency, due_on
        ON CONFLICT (generation, part, agency, due_on) DO UPDATE SET open = held.open + excluded.open""",
    f"""INSERT INTO measures_intake AS held (generation, agency, month, day, {", ".join(deltas.INTAKE)})
        SELECT %s, agency, month, day, {_INTAKE_SUMS} FROM ({deltas.intake_changes("measures_read")}) news
         GROUP BY agency, month, day ORDER BY agency, month, day
        ON CONFLICT (generation, agency, month, day) DO UPDATE SET {_INTAKE_GROWN}""",
    f"""INSERT INTO measures_timetaken AS held (generation, agency, procedure, month, hours, results)
        SELECT %s, agency, procedure, month, hours, count(*) FROM ({deltas.times_taken("measures_read")}) news
         GROUP BY agency, procedure, month, hours ORDER BY agency, procedure, month, hours
        ON CONFLICT (generation, agency, procedure, month, hours) DO UPDATE SET results = held.results + excluded.results""",
)
"""Sums of which the facts do not know: by due day, by the month of receipt, by the hours taken."""
