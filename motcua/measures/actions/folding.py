"""Folding the journal into facts: batch by batch, each with its cursor in one transaction, so that nothing counts twice."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection, transaction

from motcua.measures.models import AgencyDay, AgencyDue, AgencyMonth, Fact, Folding, Intake, ProcedureMonth, TimeTaken
from motcua.measures.queries import deltas
from motcua.measures.rules.columns import COLUMNS

BATCH: Final = 50_000
"""Entries of one transaction: memory stays bounded however long the journal is."""

LARGE: Final = 20_000
"""From here on a second process reads the entries beside the one that folds: a rebuild, or a load; never a few seconds' work."""

_TOGETHER: Final = "; ".join(
    f"SET LOCAL {one}"
    for one in (
        *("max_parallel_workers_per_gather = 1", "parallel_setup_cost = 0", "parallel_tuple_cost = 0"),
        *("min_parallel_table_scan_size = 0", "min_parallel_index_scan_size = 0", "enable_seqscan = off"),
    )
)
_ALONE: Final = "SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL enable_seqscan = on"

BOUND: Final = "xact < pg_snapshot_xmin(pg_current_snapshot())"
"""Only what no open transaction can come before."""

_COLUMNS: Final = ", ".join(COLUMNS)
_SUMS: Final = ", ".join(f"sum({one})" for one in COLUMNS)
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
    return _fold(_live(at), at=at, batch=batch)


def fold_all(*, at: datetime, batch: int = BATCH) -> int:
    """Fold until nothing is left but what is being written; returns how many entries were read."""
    total = 0
    while done := fold(at=at, batch=batch):
        total += done
    return total


def rebuild(*, at: datetime, batch: int = BATCH, told: Callable[[int], None] | None = None) -> int:
    """Fold the whole journal anew beside the live facts and put the new ones in their place; returns the entries folded.

    Broken off, it goes on where it was: the cursor of the new generation is committed with each batch. Until the last
    step, one transaction, every figure is answered from the facts before.
    """
    live = _live(at)
    following = _following(live, at)
    total = 0
    while done := _fold(following, at=at, batch=batch):
        total += done
        if told is not None:
            told(total)
    with transaction.atomic():
        Folding.objects.select_for_update().filter(generation=live).update(live=False)
        Folding.objects.filter(generation=following).update(live=True)
    _drop(live)
    return total


def _live(at: datetime) -> int:
    found = Folding.objects.filter(live=True).values_list("generation", flat=True).first()
    if found is not None:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO measures_folding (generation, live, xact, entry, entries, begun_at, folded_at)
               VALUES (1, true, 0, 0, 0, %s, %s) ON CONFLICT DO NOTHING""",
            [at, at],
        )
    return Folding.objects.values_list("generation", flat=True).get(live=True)


def _following(live: int, at: datetime) -> int:
    """The generation under way beside the live one, begun now if there is none."""
    waiting = Folding.objects.exclude(generation=live).values_list("generation", flat=True).first()
    if waiting is not None:
        return waiting
    following = live % 30_000 + 1
    Folding.objects.create(generation=following, xact=0, begun_at=at, folded_at=at)
    return following


@transaction.atomic
def _drop(generation: int) -> None:
    """Throw away what another generation has replaced; a fold still busy with it is waited for, so that nothing is left."""
    Folding.objects.filter(generation=generation, live=False).delete()
    for model in (Fact, AgencyDay, AgencyMonth, ProcedureMonth, AgencyDue, Intake, TimeTaken):
        model.objects.filter(generation=generation).delete()


@transaction.atomic
def _fold(generation: int, *, at: datetime, batch: int) -> int:
    folding = Folding.objects.select_for_update(of=("self",)).filter(generation=generation).first()
    if folding is None:  # replaced while we waited for its lock
        return 0
    with connection.cursor() as cursor:
        span = _span(folding, batch)
        if span is None:
            return 0
        if span.entries >= LARGE:
            cursor.execute(_TOGETHER)
        cursor.execute(
            "CREATE TEMP TABLE measures_read ON COMMIT DROP AS "
            + deltas.read("(e.xact, e.id) > (%s::text::xid8, %s) AND (e.xact, e.id) <= (%s::text::xid8, %s)"),
            [str(folding.xact), folding.entry, str(span.xact), span.entry],
        )
        cursor.execute(_ALONE)
        cursor.execute(
            f"CREATE TEMP TABLE measures_changed ON COMMIT DROP AS SELECT day, {_DIMENSIONS}, "
            + ", ".join(f"sum({one})::bigint AS {one}" for one in COLUMNS)
            + f" FROM ({deltas.deltas('measures_read')}) AS changed GROUP BY day, {_DIMENSIONS}"
        )
        cursor.execute(_OFFICES)
        for statement in (*_CELLS_AND_FACTS, *_ROLL_UPS):
            cursor.execute(statement, [generation] if "%s" in statement else None)
        cursor.execute(
            """UPDATE measures_folding SET xact = %s, entry = %s, entries = entries + %s,
                      latest_at = greatest(latest_at, %s), folded_at = %s WHERE generation = %s""",
            [span.xact, span.entry, span.entries, span.latest_at, at, generation],
        )
        cursor.execute("DROP TABLE measures_read, measures_changed, measures_offices")
    return span.entries


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
    SELECT day, deciding, receiving, holding, {", ".join(f"sum({one})::bigint AS {one}" for one in COLUMNS)}
      FROM measures_changed GROUP BY day, deciding, receiving, holding"""
"""The changes without procedure and channel: few rows, from which the sums of all parts are made."""

_SAME_CELL: Final = " AND ".join(f"cell.{one} = changed.{one}" for one in deltas.DIMENSIONS)

_CELLS_AND_FACTS: Final = (
    f"""INSERT INTO measures_cell ({_DIMENSIONS}, field)
        SELECT {", ".join(f"changed.{one}" for one in deltas.DIMENSIONS)}, coalesce(version_of.field, '')
          FROM (SELECT DISTINCT {_DIMENSIONS} FROM measures_changed) changed
          LEFT JOIN procedures_procedure ON procedures_procedure.code = changed.procedure
          LEFT JOIN procedures_procedureversion version_of
                 ON version_of.procedure_id = procedures_procedure.id AND version_of.number = changed.version
         WHERE NOT EXISTS (SELECT 1 FROM measures_cell cell WHERE {_SAME_CELL})
        ON CONFLICT DO NOTHING""",
    f"""INSERT INTO measures_fact (generation, cell_id, day, {_COLUMNS})
        SELECT %s, cell.id, changed.day, {", ".join(f"changed.{one}" for one in COLUMNS)}
          FROM measures_changed changed JOIN measures_cell cell ON {_SAME_CELL}""",
)


def _roll_up(model: type[AgencyDay | AgencyMonth | ProcedureMonth], keys: str, source: str) -> str:
    table = model._meta.db_table
    return f"""INSERT INTO {table} AS held (generation, {keys}, {_COLUMNS})
        SELECT %s, {keys}, {_SUMS} FROM ({source}) news GROUP BY {keys} ORDER BY {keys}
        ON CONFLICT (generation, {keys}) DO UPDATE SET {_GROWN}"""


_OF_AGENCIES: Final = deltas.of_agencies("measures_offices")
_INTAKE_SUMS: Final = ", ".join(f"sum({one})" for one in deltas.INTAKE)
_INTAKE_GROWN: Final = ", ".join(f"{one} = held.{one} + excluded.{one}" for one in deltas.INTAKE)

_ROLL_UPS: Final = (
    _roll_up(AgencyDay, "part, agency, day", _OF_AGENCIES),
    _roll_up(
        AgencyMonth,
        "part, agency, month",
        f"SELECT part, agency, date_trunc('month', day)::date AS month, {_COLUMNS} FROM ({_OF_AGENCIES}) each",
    ),
    _roll_up(
        ProcedureMonth,
        "agency, procedure, channel, month",
        f"SELECT deciding AS agency, procedure, channel, date_trunc('month', day)::date AS month, {_COLUMNS} "
        "FROM measures_changed",
    ),
    f"""INSERT INTO measures_agencydue AS held (generation, part, agency, due_on, open)
        SELECT %s, part, agency, due_on, sum(open) FROM ({deltas.due_changes("measures_read")}) news
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
