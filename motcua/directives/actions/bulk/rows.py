"""Rows into tables by COPY, and numbers of rows taken from the tables' own sequences."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def take_numbers(model: type[models.Model], count: int) -> list[int]:
    """So many primary keys, as the table itself would have given them."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def write_rows(model: type[models.Model], rows: Sequence[models.Model], *, into: str = "") -> None:
    """All rows of one table in one statement; rows without a key get the next of the sequence. `into`: a table of that shape."""
    if not rows:
        return
    known = rows[0].pk is not None
    fields = [one for one in model._meta.concrete_fields if known or not one.primary_key]
    columns = ", ".join(f'"{one.column}"' for one in fields)
    readers = [(one.attname, isinstance(one, models.CharField | models.TextField)) for one in fields]
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{into or model._meta.db_table}" ({columns}) FROM STDIN') as copy,
    ):
        for row in rows:
            values: dict[str, Any] = row.__dict__
            copy.write_row([_plain(values[name], words) for name, words in readers])


def _plain(value: Any, words: bool) -> Any:
    """Words of `terms` are written as the text they are."""
    return str(value) if words and value is not None else value
