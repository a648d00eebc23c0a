"""Questions asked on every click. Django writes their SQL once in a process and PostgreSQL plans it once in a connection;
otherwise both would do so again each time, which costs several times what the answer costs.

    _named = Prepared(lambda: Dossier.objects.filter(reference=slot("reference", CharField())))
    _named.first(reference="H48…")

The rows are those of the query itself: models with what `select_related` names, or the tuples of `values_list`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC
from functools import cache
from operator import itemgetter
from threading import RLock
from typing import Any, Final, Generic, NamedTuple, TypeVar

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, connection, models
from django.db.backends.postgresql.base import CursorMixin
from django.db.models import Expression, F, Field, Func, QuerySet, Value
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable, get_related_populators
from psycopg.sql import Literal
from psycopg.types.datetime import TimestamptzLoader

Row = TypeVar("Row")


class Slot(Expression):
    """A place in a query for a value that each asking brings."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """A parameter that stands for itself until the question is asked."""
        return "%s", (self,)


def numbers(name: str) -> Any:
    """A slot for several numbers, for `among`."""
    return Slot(name, ArrayField(models.BigIntegerField()))


def texts(name: str) -> Any:
    """A slot for several texts, for `among`."""
    return Slot(name, ArrayField(models.TextField()))


def flags(name: str) -> Any:
    """A slot for yes, no, or both, for `among`."""
    return Slot(name, ArrayField(models.BooleanField()))


def among(column: str, values: Any) -> Func:
    """The column is one of these values, or of those in a slot: one statement, however many they are."""
    if not isinstance(values, Slot):
        if not values:  # an empty list has no kind that the column could be compared with
            return Func(template="FALSE", output_field=models.BooleanField())
        kind = models.TextField() if any(isinstance(one, str) for one in values) else models.BigIntegerField()
        values = Value(list(values), ArrayField(kind))
    template = "%(expressions)s)"
    return Func(F(column), values, template=template, arg_joiner=" = ANY(", output_field=models.BooleanField())


def text(name: str) -> Any:
    """A slot for a text."""
    return Slot(name, models.CharField())


def number(name: str) -> Any:
    """A slot for a number."""
    return Slot(name, models.BigIntegerField())


def day(name: str) -> Any:
    """A slot for a day."""
    return Slot(name, models.DateField())


def moment(name: str) -> Any:
    """A slot for a moment."""
    return Slot(name, models.DateTimeField())


class _Cursor(CursorMixin, psycopg.Cursor[Any]):
    """Values travel beside the statement, so that PostgreSQL can keep its plan.

    Moments are read by psycopg's compiled reader: in UTC it gives what Django's gives, which is Python over Python's.
    """

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        if connection.timezone is UTC:
            self.adapters.register_loader("timestamptz", TimestamptzLoader)

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        return super().execute(query, params, prepare=True, **how)

    def _send_query_prepared(self, name: bytes, pgq: Any, **how: Any) -> None:
        self._query = pgq  # what a log of statements shows
        super()._send_query_prepared(name, pgq, **how)


_WRITING: Final = RLock()
"""One thread at a time writes SQL: Django changes a query while it writes it, and two at once wrote a statement with a table
missing, which the process would have kept."""


class Prepared(Generic[Row]):
    """One question. With `keep_plan=False` PostgreSQL plans anew: for searches whose best way depends on the words."""

    def __init__(self, build: Callable[[], "QuerySet[Any, Row]"], *, keep_plan: bool = True) -> None:
        self._build, self._keep_plan = build, keep_plan
        self._written: _Written | None = None

    def all(self, **values: Any) -> list[Row]:
        """Every row, with the values for the slots."""
        written = self._written or self._write()
        with _cursor(keep_plan=self._keep_plan) as cursor:
            cursor.execute(written.sql, _filled(written.parameters, values))
            return list(written.rows(cursor.fetchall()))

    def _write(self) -> "_Written":
        with _WRITING:
            if self._written is None:
                self._written = _Written(self._build())
            return self._written

    def one(self, **values: Any) -> Row:
        """The one row there is."""
        (found,) = self.all(**values)
        return found

    def first(self, **values: Any) -> Row | None:
        """The first row, if any."""
        return next(iter(self.all(**values)), None)


@contextmanager
def cursor() -> Iterator[Any]:
    """A cursor for SQL written by hand, whose statements PostgreSQL plans once in a connection."""
    with _cursor(keep_plan=True) as found:
        yield found


def insert(rows: Sequence[models.Model]) -> None:
    """Write new rows of one table, as `bulk_create` does, and give them their numbers."""
    if not rows:
        return
    if len(rows) > _FEW:
        type(rows[0])._default_manager.bulk_create(rows)
        return
    statement = _inserting(type(rows[0]), len(rows))
    values = [one.get_db_prep_save(one.value_from_object(row), connection) for row in rows for one in statement.fields]
    with cursor() as asked:
        asked.execute(statement.sql, values)
        for row, (number,) in zip(rows, asked.fetchall(), strict=True):
            row.pk, row._state.adding, row._state.db = number, False, connection.alias


def update(row: models.Model, names: Iterable[str]) -> None:
    """Write some columns of a row that is there, as `save(update_fields=…)` does."""
    statement = _updating(type(row), tuple(names))
    values = [one.get_db_prep_save(one.value_from_object(row), connection) for one in statement.fields]
    with cursor() as asked:
        asked.execute(statement.sql, [*values, row.pk])
        if asked.rowcount != 1:
            raise DatabaseError(f"{row!r} is not there")


_FEW: Final = 12


class _Writing(NamedTuple):
    sql: str
    fields: "list[Field[Any, Any]]"


@cache
def _inserting(model: type[models.Model], rows: int) -> _Writing:
    fields = [one for one in model._meta.local_concrete_fields if not isinstance(one, models.AutoField)]
    columns = ", ".join(f'"{one.column}"' for one in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * rows)
    key = model._meta.pk.column
    sql = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES {places} RETURNING "{key}"'  # noqa: S608
    return _Writing(sql, fields)


@cache
def _updating(model: type[models.Model], names: tuple[str, ...]) -> _Writing:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f'"{one.column}" = %s' for one in fields)
    key = model._meta.pk.column
    return _Writing(f'UPDATE "{model._meta.db_table}" SET {columns} WHERE "{key}" = %s', fields)  # noqa: S608


class Counts:
    """How many rows each of several queries has, up to a cap, in one statement."""

    def __init__(self, build: "Callable[[], Mapping[str, QuerySet[Any, Any]]]", *, cap: int) -> None:
        self._build, self._cap = build, cap
        self._written: tuple[str, list[Slot], list[str]] | None = None

    def all(self, **values: Any) -> dict[str, int]:
        """By name, with the values for the slots."""
        if self._written is None:
            with _WRITING:
                self._written = self._written or self._write()
        sql, parameters, names = self._written
        with cursor() as asked:
            asked.execute(sql, _filled(parameters, values))
            return dict(zip(names, asked.fetchone(), strict=True))

    def _write(self) -> tuple[str, list[Slot], list[str]]:
        parts, parameters, lists = [], list[Slot](), self._build()
        for rows in lists.values():
            few = rows.order_by().values("pk")[: self._cap + 1]
            sql, own = _with_constants(*few.query.sql_with_params())
            parts.append(f"(SELECT count(*) FROM ({sql}) AS capped)")  # noqa: S608  Django's own statement
            parameters += own
        return f"SELECT {', '.join(parts)}", parameters, list(lists)


def _with_constants(sql: str, parameters: Iterable[Any]) -> tuple[str, list[Slot]]:
    """What is the same each time stands in the statement itself: PostgreSQL uses a partial index only if it sees it."""
    connection.ensure_connection()
    found = list(parameters)
    written = ["%s" if isinstance(one, Slot) else _literal(one) for one in found]
    return sql.replace("%%", "%%%%") % tuple(written), [one for one in found if isinstance(one, Slot)]


def _literal(value: Any) -> str:
    return Literal(value).as_string(connection.connection).replace("%", "%%")


def _filled(slots: Iterable[Slot], values: Mapping[str, Any]) -> list[Any]:
    return [values[one.name] for one in slots]


def _cursor(*, keep_plan: bool) -> Any:
    if not keep_plan:
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    # Django's types leave its inner methods out.
    return connection._prepare_cursor(_Cursor(connection.connection))  # type: ignore[attr-defined]


class _Written:
    """The SQL of a query, and how its rows become what the query gives."""

    def __init__(self, query: "QuerySet[Any, Any]") -> None:
        self.compiler = query.query.get_compiler(connection.alias)
        self.sql, self.parameters = _with_constants(*self.compiler.as_sql())
        columns_asked = [one[0] for one in self.compiler.select[: self.compiler.col_count]]
        self.converters = self.compiler.get_converters(columns_asked)
        self.make: Callable[[Any], Any] | None = None
        # Django's types leave this out: whether rows become instances, or stay values.
        if query._iterable_class is ModelIterable:  # type: ignore[attr-defined]
            known: Any = self.compiler.klass_info
            columns = known["select_fields"]
            self.begin, self.end = columns[0], columns[-1] + 1
            names = [one[0].target.attname for one in self.compiler.select[self.begin : self.end]]
            self.make = _maker(known["model"], names)
            populators: Any = get_related_populators
            self.related = [_Related(one) for one in populators(known, self.compiler.select, connection.alias)]
            self.notes: dict[str, int] = self.compiler.annotation_col_map

    def rows(self, found: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
        """What Django would have made of them."""
        plain = self.compiler.apply_converters(found, self.converters) if self.converters else found
        if self.make is None:
            yield from map(tuple, plain)
            return
        for row in plain:
            one = self.make(row[self.begin : self.end])
            for related in self.related:
                related.populate(row, one)
            for name, place in self.notes.items():
                setattr(one, name, row[place])
            yield one


class _Related:
    """The object beside a row that `select_related` names, made and tied to it as Django's own populator does."""

    def __init__(self, django: Any) -> None:
        self.make = _maker(django.model_cls, django.init_list)
        self.columns = django.reorder_for_init or itemgetter(slice(django.cols_start, django.cols_end))
        self.key, self.tie, self.tie_back = django.pk_idx, django.local_setter, django.remote_setter
        self.related = [_Related(one) for one in django.related_populators]

    def populate(self, row: Any, beside: Any) -> None:
        values = self.columns(row)
        if values[self.key] is None:
            self.tie(beside, None)
            return
        found = self.make(values)
        for one in self.related:
            one.populate(row, found)
        self.tie(beside, found)
        self.tie_back(found, beside)


def _maker(model: Any, names: Sequence[str]) -> Callable[[Any], Any]:
    """How values become an instance. `from_db` looks through every column of the model for every row, which costs more than
    the row did; where a model has not said what else is to be done, the values are put in their places at once. Nothing
    listens to the making of an instance here (`tests/test_architecture.py`).
    """
    alias = connection.alias
    own = vars(models.Model)
    plain = model.__init__ is own["__init__"] and model.from_db.__func__ is own["from_db"].__func__
    if not plain:
        return lambda values: model.from_db(alias, names, values)
    blank = model.__new__

    def make(values: Any) -> Any:
        one = blank(model)
        state = ModelState()
        state.adding, state.db = False, alias
        one.__dict__.update(zip(names, values, strict=True), _state=state)
        return one

    return make
