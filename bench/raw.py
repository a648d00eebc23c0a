"""The raw limit: the statements of one request, as the product runs them, replayed by eight bare processes with prepared
statements on the same database. No Python of ours, no HTTP: what is left is PostgreSQL and the disk.
"""

import multiprocessing
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import connection
from django.test import Client
from psycopg.sql import SQL, Identifier

from bench.counting import Ran, counted
from bench.scenes import Ground, Scene, Turn
from bench.wire import parsed
from motcua.dossiers.models import Dossier

PROCESSES = 8
REFERENCE_LETTERS = 16
INSERT = re.compile(r'INSERT INTO "?(\w+)"? .*RETURNING', re.DOTALL)
LINK = "psycopg.Connection[Any]"


@dataclass(frozen=True)
class RawFigure:
    """What the bare database gives."""

    per_second: float
    statements: int
    why_not: str = ""


@dataclass(frozen=True)
class Recorded:
    """The statements of one request, and the values in them that differ from one time to the next."""

    statements: list[tuple[str, Any, bool]]
    texts: tuple[str, ...]
    """Key and reference: each time others of the same length."""
    given: dict[str, list[int]] = field(default_factory=dict)
    """By table, the numbers that the database gave to the new rows."""
    dossier: tuple[int, str] | None = None
    """Number and reference of the dossier that was moved; each time another one's."""


def limit(scene: Scene, ground: Ground, *, seconds: float) -> RawFigure:
    """Record one request of the scene, replay it."""
    recorded = _record(scene, ground)
    targets = list(Dossier.objects.filter(pk__in=ground.load.spare).values_list("pk", "reference"))
    return _measure(recorded, targets if recorded.dossier else [], seconds=seconds)


def _record(scene: Scene, ground: Ground) -> Recorded:
    first, second, *_others = scene.requests(ground)
    _send(*parsed(first))  # what is kept in memory is not read again
    method, path, headers, body = parsed(second)
    tables = _numbers()
    with counted() as ran:
        told = _send(method, path, headers, body)
    reference = str(told["reference"])
    pk = Dossier.objects.values_list("pk", flat=True).get(reference=reference)
    return Recorded(
        statements=ran.statements,
        texts=(headers["Idempotency-Key"], *(() if isinstance(second, Turn) else (reference,))),
        given={table: _new(table, tables.get(table, 0)) for table in _inserted(ran)},
        dossier=(pk, reference) if isinstance(second, Turn) else None,
    )


def _send(method: str, path: str, headers: dict[str, str], body: str) -> dict[str, Any]:
    kept = {name: value for name, value in headers.items() if name not in ("Host", "Content-Type")}
    answer = Client().generic(method, path, body, content_type="application/json", headers=kept)
    assert answer.status_code in (200, 201), answer.content
    found: dict[str, Any] = answer.json()
    return found


def _inserted(ran: Ran) -> list[str]:
    return [found.group(1) for sql, _values, _inside in ran.statements if (found := INSERT.match(sql))]


def _numbers() -> dict[str, int]:
    """The last number of each table that gives numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name FROM information_schema.columns c WHERE c.table_schema = 'public'"
            " AND c.column_name = 'id' AND c.data_type = 'bigint' AND c.table_name LIKE 'dossiers\\_%'"
        )
        names = [str(one[0]) for one in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(SQL("SELECT coalesce(max(id), 0) FROM {}").format(Identifier(name)))
            found[name] = int(cursor.fetchone()[0])
    return found


def _new(table: str, after: int) -> list[int]:
    if not after:
        return []
    with connection.cursor() as cursor:
        cursor.execute(SQL("SELECT id FROM {} WHERE id > %s ORDER BY id").format(Identifier(table)), [after])
        return [int(one[0]) for one in cursor.fetchall()]


def _measure(recorded: Recorded, targets: Sequence[tuple[int, str]], *, seconds: float) -> RawFigure:
    parameters = connection.get_connection_params()
    ours = ("cursor_factory", "context", "prepare_threshold")  # of Django's way of asking
    parameters = {name: value for name, value in parameters.items() if name not in ours}
    connection.close()
    context = multiprocessing.get_context("fork")
    told: Any = context.Queue()
    shares = [list(targets[n::PROCESSES]) for n in range(PROCESSES)]
    workers = [context.Process(target=_replay, args=(parameters, recorded, share, seconds, told)) for share in shares]
    for one in workers:
        one.start()
    found = [told.get(timeout=seconds + 60) for _one in workers]
    for one in workers:
        one.join()
    errors = [text for _number, _time, text in found if text]
    rate = sum(number / took for number, took, _text in found if took)
    return RawFigure(round(rate, 1), len(recorded.statements), errors[0] if errors else "")


def _replay(
    parameters: dict[str, Any], recorded: Recorded, share: list[tuple[int, str]], seconds: float, told: Any
) -> None:
    try:
        with psycopg.connect(**parameters, autocommit=True, prepare_threshold=0) as link:
            for number in range(3):  # everything is prepared once
                _once(link, recorded, share[number % len(share)] if share else None)
            begun, number = time.monotonic(), 0
            while time.monotonic() - begun < seconds:
                _once(link, recorded, share[number % len(share)] if share else None)
                number += 1
            told.put((number, time.monotonic() - begun, ""))
    except Exception as error:  # noqa: BLE001  the process that waits must hear of it
        told.put((0, 0.0, f"{type(error).__name__}: {error}"))
    told.close()
    told.join_thread()
    os._exit(0)  # nothing of the parent is closed twice


def _once(link: LINK, recorded: Recorded, target: tuple[int, str] | None) -> None:
    changes: dict[Any, Any] = {
        one: uuid4().hex if len(one) > REFERENCE_LETTERS else uuid4().hex[:REFERENCE_LETTERS].upper()
        for one in recorded.texts
    }
    if target and recorded.dossier:
        changes.update(zip(recorded.dossier, target, strict=True))
    inside = False
    for sql, values, in_transaction in recorded.statements:
        if in_transaction and not inside:
            link.execute("BEGIN")
        elif inside and not in_transaction:
            link.execute("COMMIT")
        inside = in_transaction
        if sql.startswith(("SAVEPOINT", "RELEASE")):
            link.execute(sql.encode())
            continue
        cursor = link.execute(sql.encode(), _changed(values, changes), prepare=True)
        rows = cursor.fetchall() if cursor.description else []
        found = INSERT.match(sql)
        if found and (old := recorded.given.get(found.group(1))):
            changes.update(zip(old, (row[0] for row in rows), strict=False))
    if inside:
        link.execute("COMMIT")


def _changed(value: Any, changes: dict[Any, Any]) -> Any:
    match value:
        case bool() | None:
            return value
        case int():
            return changes.get(value, value)
        case str():
            return _changed_text(value, changes)
        case UUID():
            return uuid4()
        case dict():
            return {name: _changed(one, changes) for name, one in value.items()}
        case tuple() | list():
            return type(value)(_changed(one, changes) for one in value)
        case _:
            return value


def _changed_text(value: str, changes: dict[Any, Any]) -> str:
    """Whole texts, and numbers within the names of streams and within JSON."""
    if value in changes:
        return str(changes[value])
    for old, new in changes.items():
        if isinstance(old, str):
            value = value.replace(old, new)
        elif str(old) in value:
            value = re.sub(rf"(?<=[:\s]){old}(?!\d)", str(new), value)
    return value
