"""Querysets of one shape that are asked for often: Django writes their SQL once for each database.

To write a query of five tables takes Django longer than a database takes to answer it, and it is the
same each time but for the values. Everything else is as with any queryset: the router names the
database, the statement goes through its connection, and rows become objects as always.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from itertools import chain
from threading import local
from typing import Any, Self, cast, override

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler


class Given(Expression):
    """A value of a prepared query that is told by name when it runs, and stored as that field would.

    It stands for a column's value, never for a number of rows. None equals nothing, as in SQL.
    """

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        # It is its own parameter until there is a value.
        return "%s", (self,)

    def bound(self, values: Mapping[str, object], connection: BaseDatabaseWrapper) -> object:
        """Return its value as the database takes it. Raises KeyError where none was told."""
        return self.output_field.get_db_prep_value(values[self.name], connection=connection)


class Prepared[Row]:
    """A queryset with `Given` values, which is made when it is first asked for and then fixed.

    So it must not depend on the moment, the language or the settings. Safe between threads.
    """

    def __init__(self, make: Callable[[], QuerySet[Any, Row]]) -> None:
        self._make = make
        self._made: QuerySet[Any, Row] | None = None

    def rows(self, **values: object) -> list[Row]:
        """Return the rows for these values. One query, and what it prefetches."""
        return list(self._asked(values))

    def first(self, **values: object) -> Row | None:
        """Return the first row for these values, None where there is none. One query, as `rows`."""
        return next(iter(self.rows(**values)), None)

    def plain_rows(self, **values: object) -> list[tuple[Any, ...]]:
        """Return the columns of the rows as the database has them, with no field asked. One query."""
        asked = self._asked(values)
        return [*chain.from_iterable(asked.query.get_compiler(using=asked.db).execute_sql())]

    def _asked(self, values: Mapping[str, object]) -> QuerySet[Any, Row]:
        if self._made is None:
            made = self._make()
            made.query = made.query.chain(_WrittenQuery)
            cast("_WrittenQuery", made.query).written = {}
            self._made = made
        asked = self._made.all()
        cast("_WrittenQuery", asked.query).values = values
        return asked


class _WrittenQuery(Query):
    """A query whose clones share what was written, by the name of the database."""

    written: dict[str, "_WrittenCompiler"]
    values: Mapping[str, object]

    @override
    def get_compiler(
        self,
        using: str | None = None,
        connection: BaseDatabaseWrapper | None = None,
        elide_empty: bool = True,
    ) -> SQLCompiler:
        """Return a compiler that has written the statement, with the values of this query."""
        here = connections[using or DEFAULT_DB_ALIAS]
        if here.alias not in self.written:
            # To write it adds what it joins to the query.
            self.written[here.alias] = _WrittenCompiler.of(super().clone(), here)
        return self.written[here.alias].bound(self.values, here)

    @override
    def clone(self) -> Self:
        """Return a copy that shares everything: what is written is not narrowed any more."""
        return copy(self)


class _WrittenCompiler(SQLCompiler):
    """A compiler that has done its work. A copy of it runs the statement."""

    statement: str
    parameters: tuple[Any, ...]
    converted: tuple[int, ...]  # the columns that do not stay as the database has them
    of_thread: local  # what converts them, of this thread's connection

    @classmethod
    def of(cls, query: Query, connection: BaseDatabaseWrapper) -> Self:
        """Write a query for a database. Raises NotImplementedError for what it cannot be done for."""
        if not issubclass(cls, connection.ops.compiler("SQLCompiler")):
            message = f"{connection.vendor} has a compiler of its own."
            raise NotImplementedError(message)
        written = cls(query, connection, connection.alias)
        written.statement, written.parameters = SQLCompiler.as_sql(written)
        columns = [column for column, *_ in written.select[: written.col_count]]
        if SQLCompiler.has_composite_fields(written, columns):
            message = "A column that is several is at no place of its own."
            raise NotImplementedError(message)
        written.converted = tuple(SQLCompiler.get_converters(written, columns))
        # A connection belongs to a thread, and ends with it.
        written.of_thread = local()
        written.connection = None  # type: ignore[assignment]
        return written

    def bound(self, values: Mapping[str, object], connection: BaseDatabaseWrapper) -> Self:
        """Return a copy that runs on a connection with these values. Raises KeyError."""
        bound = copy(self)
        bound.connection = connection
        bound.parameters = tuple(
            each.bound(values, connection) if isinstance(each, Given) else each
            for each in self.parameters
        )
        return bound

    @override
    def as_sql(
        self, with_limits: bool = True, with_col_aliases: bool = False
    ) -> tuple[str, tuple[Any, ...]]:
        return self.statement, self.parameters

    @override
    def get_converters(self, expressions: Sequence[Any]) -> dict[int, Any]:
        """Return what converts columns, by their place: asked once for each connection."""
        if getattr(self.of_thread, "connection", None) is not self.connection:
            found = super().get_converters([expressions[place] for place in self.converted])
            known = {self.converted[n]: converters for n, converters in found.items()}
            self.of_thread.connection, self.of_thread.converters = self.connection, known
        return cast("dict[int, Any]", self.of_thread.converters)

    @override
    def has_composite_fields(self, expressions: Iterable[Any]) -> bool:
        return False
