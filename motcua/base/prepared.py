"""Questions asked on every click. Django writes their SQL once in a process and PostgreSQL plans it once in a connection;
otherwise both would do so again each time, which costs several times what the answer costs.

    _named = Prepared(lambda: Dossier.objects.filter(reference=slot("reference", CharField())))
    _named.first(reference="H48…")

The rows are those of the query itself: models with what `select_related` names, or the tuples of `values_list`.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.backends.postgresql.base import CursorMixin
from django.db.models import Expression, F, Field, Func, QuerySet
from django.db.models.query import ModelIterable, get_related_populators

Row = TypeVar("Row")


class Slot(Expression):
    """A place in a query for a value that each asking brings."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """A parameter that stands for itself until the question is asked."""
        return "%s", (self,)


def one_of(column: str, name: str) -> Func:
    """The column is one of the numbers in that slot, however many they are."""
    slot = Slot(name, ArrayField(models.BigIntegerField()))
    return Func(F(column), slot, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=models.BooleanField())


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
    """Values travel beside the statement, so that PostgreSQL can keep its plan."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        return super().execute(query, params, prepare=True, **how)

    def _send_query_prepared(self, name: bytes, pgq: Any, **how: Any) -> None:
        self._query = pgq  # what a log of statements shows
        super()._send_query_prepared(name, pgq, **how)  # type: ignore[misc]


class Prepared(Generic[Row]):
    """One question. With `keep_plan=False` PostgreSQL plans anew: for searches whose best way depends on the words."""

    def __init__(self, build: Callable[[], "QuerySet[Any, Row]"], *, keep_plan: bool = True) -> None:
        self._build, self._keep_plan = build, keep_plan
        self._written: _Written | None = None

    def all(self, **values: Any) -> list[Row]:
        """Every row, with the values for the slots."""
        written = self._written
        if written is None:
            written = self._written = _Written(self._build())
        with _cursor(keep_plan=self._keep_plan) as cursor:
            cursor.execute(written.sql, written.filled(values))
            return list(written.rows(cursor.fetchall()))

    def one(self, **values: Any) -> Row:
        """The one row there is."""
        (found,) = self.all(**values)
        return found

    def first(self, **values: Any) -> Row | None:
        """The first row, if any."""
        return next(iter(self.all(**values)), None)


def _cursor(*, keep_plan: bool) -> Any:
    if not keep_plan:
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    return connection._prepare_cursor(_Cursor(connection.connection))  # type: ignore[attr-defined]


class _Written:
    """The SQL of a query, and how its rows become what the query gives."""

    def __init__(self, query: "QuerySet[Any, Any]") -> None:
        self.compiler = query.query.get_compiler(connection.alias)
        self.sql, self.parameters = self.compiler.as_sql()
        self.model: Any = None
        if query._iterable_class is ModelIterable:  # type: ignore[attr-defined]
            known: Any = self.compiler.klass_info
            columns = known["select_fields"]
            self.begin, self.end, self.model = columns[0], columns[-1] + 1, known["model"]
            self.names = [one[0].target.attname for one in self.compiler.select[self.begin : self.end]]
            populators: Any = get_related_populators
            self.related = populators(known, self.compiler.select, connection.alias)
            self.notes: dict[str, int] = self.compiler.annotation_col_map

    def filled(self, values: dict[str, Any]) -> list[Any]:
        """The parameters of one asking."""
        return [values[one.name] if isinstance(one, Slot) else one for one in self.parameters]

    def rows(self, found: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
        """What Django would have made of them."""
        plain = self.compiler.results_iter([found])
        if self.model is None:
            yield from map(tuple, plain)
            return
        for row in plain:
            one = self.model.from_db(connection.alias, self.names, row[self.begin : self.end])
            for related in self.related:
                related.populate(row, one)
            for name, place in self.notes.items():
                setattr(one, name, row[place])
            yield one
