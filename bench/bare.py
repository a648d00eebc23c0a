"""Tables without their indexes and keys to other tables while they are filled: all is built again, and checked, afterwards."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection
from psycopg.sql import SQL, Identifier, Literal

TABLES = ("dossiers_dossier", "dossiers_application", "journal_entry", "journal_head")
AT_ONCE = 2
MEMORY = "768MB"


class Part(NamedTuple):
    """An index or a constraint: how it is taken away and how it is made again."""

    table: str
    drop: str
    make: str
    last: bool
    """A key to another table, made when the indexes of its own table are."""


@contextmanager
def tables(names: Sequence[str] = TABLES) -> Iterator[dict[str, float]]:
    """Only what keys point to stays, and nobody tidies up meanwhile. Tells how many seconds the building took, under `indexes`."""
    parts, told = _parts(names), dict[str, float]()
    try:
        with connection.cursor() as cursor:
            for part in sorted(parts, key=lambda one: not one.last):
                cursor.execute(part.drop)
            for name in names:
                cursor.execute(SQL("ALTER TABLE {} SET (autovacuum_enabled = off)").format(Identifier(name)))
        connection.close()  # each thread, and each process begun from here, has its own
        yield told
    finally:
        begun = time.monotonic()
        connection.close()
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(SQL("ALTER TABLE {} RESET (autovacuum_enabled)").format(Identifier(name)))
            cursor.execute(
                "SELECT one FROM unnest(%s::text[]) one ORDER BY pg_table_size(one::regclass) DESC", [list(names)]
            )
            largest_first = [name for (name,) in cursor.fetchall()]
        connection.close()
        # Table by table: a constraint locks its table, and whoever works on the same one would wait.
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(_make, [[one for one in parts if one.table == name] for name in largest_first]))
        told["indexes"] = time.monotonic() - begun


def _make(parts: Sequence[Part]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(SQL("SET maintenance_work_mem = {}").format(Literal(MEMORY)))
            cursor.execute("SET max_parallel_maintenance_workers = 0")  # two tables at once, on two cores
            for part in sorted(parts, key=lambda one: one.last):
                cursor.execute(part.make)
    finally:
        connection.close()


def _parts(names: Sequence[str]) -> list[Part]:
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype = 'f' FROM pg_constraint
                WHERE conrelid = ANY(%s::regclass[]) AND (contype = 'f' OR contype IN ('p', 'u', 'x') AND NOT EXISTS (
                      SELECT 1 FROM pg_constraint other WHERE other.contype = 'f' AND other.conindid = pg_constraint.conindid))
                ORDER BY 1, 2""",
            [list(names)],
        )
        for table, name, told, foreign in cursor.fetchall():
            of, called = SQL("ALTER TABLE {}").format(Identifier(table)).as_string(), Identifier(name).as_string()
            found.append(Part(table, f"{of} DROP CONSTRAINT {called}", f"{of} ADD CONSTRAINT {called} {told}", foreign))
        cursor.execute(
            """SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
                WHERE i.indrelid = ANY(%s::regclass[])
                  AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
                ORDER BY 1, 2""",
            [list(names)],
        )
        found += [Part(table, f"DROP INDEX {name}", told, False) for table, name, told in cursor.fetchall()]
    return found
