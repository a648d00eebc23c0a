"""Rows into tables by COPY, and numbers of rows taken from the tables' own sequences: for bulk writing in the owning apps only."""

from collections.abc import Callable, Sequence
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
    readers = [(one.attname, _converter(one)) for one in fields]
    statement = f'COPY "{into or model._meta.db_table}" ({columns}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            values = row.__dict__
            copy.write_row([values[name] if convert is None else convert(values[name]) for name, convert in readers])


def _converter(one: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    """How a value of that column is handed to the database; None where it goes as it is."""
    if isinstance(one, models.JSONField):
        return lambda value: one.get_db_prep_save(value, connection)
    if isinstance(one, models.CharField | models.TextField):
        return lambda value: None if value is None else str(value)  # words of `terms` as the text they are
    return None
