"""Copy rows inside the database: a hundred thousand take seconds, and need no list of columns."""

from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

N = "numbers.n"


def multiply(row: Model, times: int, **columns: str) -> int:
    """Copy a stored row so many times; return the number before the first copy's primary key.

    `columns` gives SQL for the columns that differ, in which numbers.n counts from 1. The copies'
    primary keys follow the largest there is, so that copies of several tables can name each other.
    """
    model = type(row)
    key = model._meta.pk.column
    table = connection.ops.quote_name(model._meta.db_table)
    base = last_key(model)
    written = {key: f"{base} + {N}"} | columns
    names = [field.column for field in model._meta.concrete_fields]
    values = [written.get(name, f"source.{connection.ops.quote_name(name)}") for name in names]
    quoted = ", ".join(map(connection.ops.quote_name, names))
    run(
        f"INSERT INTO {table} ({quoted})"  # noqa: S608 - names of our own columns
        " WITH RECURSIVE numbers(n) AS"
        " (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)"
        f" SELECT {', '.join(values)} FROM {table} AS source CROSS JOIN numbers"
        f" WHERE source.{key} = %s ORDER BY numbers.n",
        [times, row.pk],
    )
    for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
        run(statement)
    return base


def last_key(model: type[Model]) -> int:
    """Return the largest primary key of a model, 0 where it has no rows."""
    newest = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def earlier(column: str, seconds: str) -> str:
    """Return SQL for a moment so many seconds before the one in the column."""
    if connection.vendor == "postgresql":
        return f"source.{column} - ({seconds}) * interval '1 second'"
    # As Django writes it.
    return f"datetime(source.{column}, (0 - ({seconds})) || ' seconds')"


def run(statement: str, parameters: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
