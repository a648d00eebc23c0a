"""Tasks by the hundred thousand: a few told histories, copied by the database to other days under numbers of their own.

For benches that ask how boards behave when all is large. A copy is what its history would have been, had it been given on
another day and were it now `now`: later acts have not happened yet. Rows, days, facts and chains say so; a test compares.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any, Final

from django.contrib.postgres.fields import DateRangeField
from django.db import connection, models, transaction

from motcua.base import journal
from motcua.base.clock import day_of
from motcua.base.journal import Line
from motcua.base.rows import write_rows
from motcua.directives.actions.bulk.life import Life, Numbers
from motcua.directives.actions.bulk.told import History, lived
from motcua.directives.actions.tallying import count_closed_of
from motcua.directives.models import Coordination, Extension, Note, Report, Task, TaskSpan, TaskText
from motcua.directives.terms import GivenBy

_BESIDE: Final[tuple[type[models.Model], ...]] = (TaskText, Coordination, TaskSpan, Note, Report, Extension)
_NAMED: Final[dict[type[models.Model], str]] = {Report: "report", Extension: "extension"}
"""Rows that events name by their number."""
_ALL: Final[tuple[type[models.Model], ...]] = (Task, *_BESIDE)


@transaction.atomic
def write_copies(
    histories: Sequence[History],
    count: int,
    *,
    days: int,
    now: datetime,
    seed: float = 0.5,
    givers: Sequence[GivenBy] = (),
) -> int:
    """Write so many copies, each moved to an earlier day, `days` at most; returns the entries written.

    `givers`: each copy says one of these to have given it, whatever its history says. The heads count as signed already, so
    that the worker does not put years of history under one note.
    """
    if not histories or not count:
        return 0
    samples = list(_samples(histories))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        _keep(cursor, samples)
        cursor.execute("SELECT setseed(%s)", [seed])
        cursor.execute(
            _DRAWN,
            {"count": count, "of": len(histories), "days": days, "now": now, "givers": [str(one) for one in givers]},
        )
        cursor.execute("ANALYZE copied")
        for model in _ALL:
            if model in _NAMED:
                cursor.execute(_numbered(model))
            cursor.execute(_copied(model))
        written = 0
        cursor.execute(_HEADS_BEGUN)
        for seq in range(1, max(len(one.acts) for one in histories) + 2):
            cursor.execute(_ENTRIES, {"seq": seq})
            written += int(cursor.rowcount)
        cursor.execute(_HEADS)
        count_closed_of("SELECT id FROM copied")
        made = [
            "sample",
            "copied_head",
            "sample_entry",
            "copied",
            *(f"sample_{one._meta.db_table}" for one in _ALL),
        ]
        cursor.execute(f"DROP TABLE {', '.join([*made, *(f'copied_{one}' for one in _NAMED.values())])}")
    return written


def _samples(histories: Sequence[History]) -> Iterator[tuple[int, int, Life]]:
    """Each history as it stands after none, one, … all of its acts; numbers below nought, no row has them."""
    key, reports, extensions = 0, iter(range(-1, -10_000_000, -1)), iter(range(-1, -10_000_000, -1))
    for number, one in enumerate(histories):
        for acts in range(len(one.acts) + 1):
            key -= 1
            book: list[Line] = []
            yield (
                number,
                acts,
                lived(replace(one, acts=one.acts[:acts]), key, Numbers(reports, extensions), book),
            )


def _keep(cursor: Any, samples: Sequence[tuple[int, int, Life]]) -> None:
    """The samples in tables of their own, of the shape of the real ones."""
    for model in _ALL:
        table = model._meta.db_table
        cursor.execute(
            f"CREATE TEMP TABLE sample_{table} (LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY) ON COMMIT DROP"
        )
        rows = [
            row for _number, _acts, life in samples for row in chain([life.task], life.rows()) if type(row) is model
        ]
        write_rows(model, rows, into=f"sample_{table}")
        cursor.execute(f"ANALYZE sample_{table}")
    cursor.execute(
        "CREATE TEMP TABLE sample (number int, acts int, task bigint, begun date, moments timestamptz[], PRIMARY KEY (number, acts)) ON COMMIT DROP"
    )
    cursor.execute(
        """CREATE TEMP TABLE sample_entry (task bigint, seq int, name text, at timestamptz, by bigint, acting_for bigint,
                                           facts jsonb, PRIMARY KEY (seq, task)) ON COMMIT DROP"""
    )
    with cursor.copy("COPY sample FROM STDIN") as copy:
        for number, acts, life in samples:
            moments = [line.at for line in life.book]
            copy.write_row((number, acts, life.task.pk, day_of(moments[0]), moments[1:]))
    with cursor.copy("COPY sample_entry FROM STDIN") as copy:
        for _number, _acts, life in samples:
            for seq, line in enumerate(life.book, 1):
                facts = journal.jsonb_text(line.event.values())
                name = line.event.journal_name
                copy.write_row((life.task.pk, seq, name, line.at, line.by.id, line.by.acting_for, facts))
    cursor.execute("ANALYZE sample_entry")


_DRAWN: Final = """
CREATE TEMP TABLE copied ON COMMIT DROP AS
SELECT id, drawn.shift, drawn.given_by, part.task AS source, part.begun + drawn.shift AS begun
  FROM (SELECT nextval(pg_get_serial_sequence('directives_task', 'id')) AS id, *
          FROM (SELECT place %% %(of)s AS number, -(random() * %(days)s)::int AS shift,
                       (%(givers)s::text[])[1 + (random() * 1000)::int %% greatest(1, cardinality(%(givers)s::text[]))] AS given_by
                  FROM generate_series(1, %(count)s) place ORDER BY 2 OFFSET 0) day) drawn
  JOIN (SELECT DISTINCT ON (number) number, moments FROM sample ORDER BY number, acts DESC) whole USING (number)
 CROSS JOIN LATERAL (SELECT count(*) AS acts FROM unnest(whole.moments) moment
                      WHERE moment + make_interval(days => drawn.shift) < %(now)s) happened
  JOIN sample part ON part.number = drawn.number AND part.acts = happened.acts
"""

_CODE: Final = (
    "'NV' || to_char(copied.begun, 'YY') || '-' || lpad(copied.id::text, greatest(6, length(copied.id::text)), '0')"
)

_DAYS: Final = ("given_on", "due_on", "reported_on", "wanted_on", "old_due_on")
"""The days among the facts of events."""

_MOVED: Final = ", ".join(f"'{one}', (said.facts ->> '{one}')::date + copied.shift" for one in _DAYS)
_RENAMED: Final = ", ".join(f"'{one}', made_{one}.id" for one in _NAMED.values())
_RENUMBERED: Final = " ".join(
    f"LEFT JOIN copied_{one} made_{one} ON made_{one}.task = copied.id AND made_{one}.source = (said.facts ->> '{one}')::bigint"
    for one in _NAMED.values()
)

_HEADS_BEGUN: Final = """
CREATE TEMP TABLE copied_head ON COMMIT DROP AS
SELECT id, 0 AS seq, decode(repeat('00', 32), 'hex') AS hash FROM copied
"""

# One entry of each chain, upon the entry before; the sum is that of `journal_hash`.
_ENTRIES: Final = f"""
WITH told AS MATERIALIZED (
SELECT copied.id, 'directives.task:' || copied.id AS stream, said.seq, said.name, said.at + make_interval(days => copied.shift) AS at,
       said.by, said.acting_for, head.hash AS prev,
       said.facts || jsonb_strip_nulls(jsonb_build_object('task', copied.id, 'given_by', copied.given_by, {_MOVED}, {_RENAMED},
                     'code', CASE WHEN said.facts ? 'code' THEN {_CODE} END)) AS facts
  FROM copied
  JOIN sample_entry said ON said.task = copied.source AND said.seq = %(seq)s
  JOIN copied_head head ON head.id = copied.id AND head.seq = %(seq)s - 1
  JOIN sample_directives_task one ON one.id = copied.source
  {_RENUMBERED}
), summed AS MATERIALIZED (
SELECT *, sha256(prev || convert_to(stream || E'\\n' || seq || E'\\n' || name || E'\\n'
               || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || E'\\n' || coalesce(by::text, '') || E'\\n'
               || coalesce(acting_for::text, '') || E'\\n' || facts::text, 'UTF8')) AS hash FROM told
), heads AS (
INSERT INTO copied_head SELECT id, seq, hash FROM summed
)
INSERT INTO journal_entry (stream, seq, name, at, by, acting_for, facts, prev, hash)
SELECT stream, seq, name, at, by, acting_for, facts, prev, hash FROM summed
"""

_HEADS: Final = """
INSERT INTO journal_head (stream, seq, hash, sealed_seq)
SELECT 'directives.task:' || copied.id, head.seq, head.hash, head.seq
  FROM copied JOIN sample ON sample.task = copied.source
  JOIN copied_head head ON head.id = copied.id AND head.seq = sample.acts + 1
"""


def _numbered(model: type[models.Model]) -> str:
    """Numbers of their own for rows that events name."""
    name, table = _NAMED[model], model._meta.db_table
    return (
        f"CREATE TEMP TABLE copied_{name} ON COMMIT DROP AS SELECT nextval(pg_get_serial_sequence('{table}', 'id')) AS id, "
        f"copied.id AS task, one.id AS source FROM copied JOIN sample_{table} one ON one.task_id = copied.source"
    )


def _copied(model: type[models.Model]) -> str:
    """The rows of one table for all copies."""
    columns, values = [], []
    for one in model._meta.concrete_fields:
        value = _value(model, one)
        if value:
            columns.append(f'"{one.column}"')
            values.append(value)
    table, own = model._meta.db_table, "id" if model is Task else "task_id"
    named = _NAMED.get(model)
    joined = f" JOIN copied_{named} made ON made.task = copied.id AND made.source = one.id" if named else ""
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "
        f"FROM copied JOIN sample_{table} one ON one.{own} = copied.source{joined}"
    )


def _value(model: type[models.Model], field: Any) -> str:
    """What stands in one column of a copy: the number and the days its own, all else as told."""
    column = f'one."{field.column}"'
    if (model is Task and field.primary_key) or field.column == "task_id":
        return "copied.id"
    if field.primary_key:
        return "made.id" if model in _NAMED else ""  # the others are numbered by their tables
    if field.column == "given_by":
        return f"coalesce(copied.given_by, {column})"
    if field.column == "code":
        return _CODE
    if field.column == "search":
        return f"lower({_CODE}) || substr({column}, length(one.code) + 1)"
    if isinstance(field, models.DateTimeField):
        return f"{column} + make_interval(days => copied.shift)"
    if isinstance(field, DateRangeField):
        return f"daterange(lower({column}) + copied.shift, upper({column}) + copied.shift)"
    if isinstance(field, models.DateField):
        return f"{column} + copied.shift"
    return column
