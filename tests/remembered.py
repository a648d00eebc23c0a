"""Worlds that many tests begin with: made once by the real actions, afterwards put back as the rows they were.

The first test of a worker that asks for a world builds it, in its own transaction, and what that wrote is noted: every row
of every table, entries and chains of the journal too. Every other test gets these rows in one statement, and the next
numbers are those that came next. Nothing is shared between tests: each still rolls back all it has. Where a test has
already written something before it asks, or commits for good, the world is built as the first was.
"""

import copy
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

import psycopg
from django.core.cache import cache
from django.db import connection
from psycopg import sql

from motcua.dashboards import unchanged
from motcua.directives.desk import unchanged as unchanged_tasks
from motcua.dossiers.queries import situations
from motcua.indices.queries import keeping
from motcua.organisations import queries as organisations
from motcua.procedures.queries import forget_offers
from motcua.workdays import queries as workdays

Given = ParamSpec("Given")
Made = TypeVar("Made")

WRITTEN = """
SELECT relid::regclass::text FROM pg_stat_xact_user_tables
WHERE schemaname = 'public' AND n_tup_ins + n_tup_upd + n_tup_del > 0 ORDER BY 1"""
COLUMNS = """
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum"""
KEY = """
SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
WHERE indrelid = %s::regclass AND indisprimary ORDER BY attnum"""
NUMBERS = "SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences WHERE last_value IS NOT NULL"
STATE = """
SELECT pg_current_xact_id_if_assigned() IS NOT NULL, has_parameter_privilege('session_replication_role', 'SET')"""


class Snapshot(NamedTuple):
    """What a world is made of."""

    made: Any
    rows: bytes


_kept: dict[object, Snapshot] = {}


def remembered(build: Callable[Given, Made]) -> Callable[Given, Made]:
    """Build the world once for all tests of this process that ask for it alike."""

    @wraps(build)
    def world(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        if not connection.in_atomic_block:
            return build(*args, **kwargs)
        with connection.cursor() as cursor:
            cursor.execute(STATE)
            begun, may = cursor.fetchone()
        if begun or not may:
            return build(*args, **kwargs)
        key = (build, args, tuple(sorted(kwargs.items())))
        if key in _kept:
            put_back(_kept[key])
        else:
            forget_what_is_kept()
            _kept[key] = note(build(*args, **kwargs))
        made: Made = copy.deepcopy(_kept[key].made)
        return made

    return world


def forget_what_is_kept() -> None:
    """A process keeps what is published for good under its number; where other rows bear the numbers, it forgets."""
    situations.words_of_version.cache_clear()
    situations.words_of_case.cache_clear()
    forget_offers()
    organisations.forget()
    workdays.forget()
    unchanged.forget()
    unchanged_tasks.forget()
    keeping.forget()
    cache.clear()


def put_back(snapshot: Snapshot) -> None:
    """The rows of a world where none are; the numbers of all tables go on behind them, as they did the first time."""
    forget_what_is_kept()
    connection.connection.execute(snapshot.rows)


def note(made: Any) -> Snapshot:
    """The rows that this transaction has written, beside what lay there before."""
    # No trigger does its part twice.
    parts: list[sql.Composable] = [sql.SQL("SET LOCAL session_replication_role = replica")]
    inside = connection.connection
    with psycopg.connect(inside.info.dsn, password=inside.info.password, autocommit=True) as outside:
        tables = [name for (name,) in inside.execute(WRITTEN)]
        removed, added = [], []
        for table in tables:
            columns, keys = inside.execute(COLUMNS, [table]).fetchall(), inside.execute(KEY, [table]).fetchall()
            before, after = ({one[0]: one[1] for one in each.execute(_all(table, keys))} for each in (outside, inside))
            gone = [one for one, row in before.items() if after.get(one) != row]
            fresh = [row for one, row in after.items() if before.get(one) != row]
            removed += [_without(table, keys, gone)] if gone else []
            added += [_with(table, columns, fresh)] if fresh else []
        numbers = inside.execute(NUMBERS).fetchall()
    parts += [*removed, *added, sql.SQL("SET LOCAL session_replication_role = origin")]
    reached = (sql.SQL("setval({}, {})").format(name, value) for name, value in numbers)
    parts.append(sql.SQL("SELECT {}").format(sql.SQL(", ").join(reached)))
    return Snapshot(copy.deepcopy(made), sql.SQL(";").join(parts).as_bytes(inside))


def _all(table: str, keys: list[Any]) -> sql.Composed:
    of = sql.SQL(", ").join(sql.SQL("t.{}::text").format(sql.Identifier(one)) for (one,) in keys)
    return sql.SQL("SELECT ARRAY[{}]::text, to_json(t)::text FROM {} t").format(of, sql.SQL(table))


def _without(table: str, keys: list[Any], gone: list[str]) -> sql.Composed:
    of = sql.SQL(", ").join(sql.SQL("t.{}::text").format(sql.Identifier(one)) for (one,) in keys)
    return sql.SQL("DELETE FROM {} t WHERE ARRAY[{}]::text = ANY ({})").format(sql.SQL(table), of, sql.Literal(gone))


def _with(table: str, columns: list[Any], fresh: list[str]) -> sql.Composed:
    """The number of the transaction is that of the test: what follows the journal asks for it."""
    names = sql.SQL(", ").join(sql.Identifier(name) for name, _kind in columns)
    values = sql.SQL(", ").join(
        sql.SQL("pg_current_xact_id()") if kind == "xid8" else sql.SQL("t.{}").format(sql.Identifier(name))
        for name, kind in columns
    )
    into = "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM json_populate_recordset(NULL::{}, {}::json) t"
    rows = sql.Literal(f"[{','.join(fresh)}]")
    return sql.SQL(into).format(sql.SQL(table), names, values, sql.SQL(table), rows)
