"""What the tables of an index hold, in the bytes too."""

from django.db import connection


def all_that_is_in(index):
    """Return everything that is stored of an index, as text in lower case."""
    tables = [index.table]
    if connection.vendor == "sqlite":
        tables = [f"{index.table}_{part}" for part in ("content", "data", "idx")]
    rows = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  # a name of our own
            rows += cursor.fetchall()
    return repr(rows).lower()
