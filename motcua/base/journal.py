"""Writing the journal: one statement per event, inside the transaction of the change it tells of."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from motcua.base import prepared
from motcua.base.actors import Actor
from motcua.base.events import Event

GENESIS = b"\0" * 32
"""Stands for "the entry before" of the first entry in a stream."""


def record(event: Event, *, stream: str, by: Actor, at: datetime) -> int:
    """Append the event to its stream and return its number there; the only way an entry comes into being."""
    with prepared.cursor() as cursor:
        cursor.execute(
            "SELECT journal_append(%s, %s, %s, %s, %s, %s::jsonb)",
            [stream, event.journal_name, at, by.id, by.acting_for, json.dumps(event.values(), ensure_ascii=False)],
        )
        return int(cursor.fetchone()[0])


def jsonb_text(value: Any) -> str:
    """The text PostgreSQL prints for a jsonb value: keys by length, then bytes. The hash is taken over this text."""
    return _encode(_in_order(value))


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _in_order(value: Any) -> Any:
    match value:
        case dict():
            return {key: _in_order(value[key]) for key in _order_of(tuple(value))}
        case list() | tuple():
            return [_in_order(one) for one in value]
        case _:
            return value


@lru_cache(maxsize=500)
def _order_of(keys: tuple[str, ...]) -> list[str]:
    """The keys as PostgreSQL keeps them; events of one class have the same ones again and again."""
    return sorted(keys, key=lambda key: (len(key.encode()), key.encode()))


def entry_hash(
    prev: bytes, stream: str, seq: int, name: str, at: datetime, by: int | None, acting_for: int | None, facts: str
) -> bytes:
    """SHA-256 over the hash before and this entry's lines; the same sum as the database function `journal_hash`."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    lines = "\n".join([stream, str(seq), name, moment, str(by or ""), str(acting_for or ""), facts])
    return hashlib.sha256(prev + lines.encode()).digest()


class Line(NamedTuple):
    """One event of a history that is written in bulk."""

    stream: str
    event: Event
    by: Actor
    at: datetime


def record_new_streams(lines: Iterable[Line]) -> int:
    """Write whole histories of streams that do not exist yet, by COPY; for `actions/bulk.py` of the owning apps only.

    The chain is the same as `record` would have made: a test makes both and compares.
    """
    heads: dict[str, tuple[int, bytes]] = {}
    rows: list[Sequence[Any]] = []
    for line in lines:
        seq, prev = heads.get(line.stream, (0, GENESIS))
        facts = jsonb_text(line.event.values())
        name, by, acting_for = line.event.journal_name, line.by.id, line.by.acting_for
        own = entry_hash(prev, line.stream, seq + 1, name, line.at, by, acting_for, facts)
        rows.append((line.stream, seq + 1, name, line.at, by, acting_for, facts, prev, own))
        heads[line.stream] = (seq + 1, own)
    columns = "stream, seq, name, at, by, acting_for, facts, prev, hash"
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY journal_entry ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        with cursor.copy("COPY journal_head (stream, seq, hash) FROM STDIN") as copy:
            for stream, (seq, own) in heads.items():
                copy.write_row((stream, seq, own))
    return len(rows)
