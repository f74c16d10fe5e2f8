"""A database in one file, as it was at one moment, and a database from such a file."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connections
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.recorder import MigrationRecorder

from newsroom.storage import flush
from web.words import first_line

FILES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
# What a database must not hold where a backup is restored over it.
OF_WORTH = {"articles_article": "articles", "wires_post": "posts"}


class NoDump(Exception):
    """The database could not be written to a file, or read from one; the message says why."""


def applied_migrations(alias: str) -> list[tuple[str, str]]:
    """Return the migrations that a database has, in order; none of one without tables."""
    return sorted(MigrationRecorder(connections[alias]).applied_migrations())


def dump(alias: str, path: Path) -> None:
    """Write a database to a new file as it is at one moment, while others write to it.

    Raises NoDump, leaving what was written.
    """
    connection = connections[alias]
    if connection.vendor == "sqlite":
        # A reader among others in WAL mode. Free pages stay behind, and with them erased words.
        try:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(path)])
        except DatabaseError as error:
            message = f"The database could not be copied: {first_line(error)}"
            raise NoDump(message) from error
        return
    # The archive is compressed as a whole.
    options = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
    _run("pg_dump", [*options, f"--file={path}"], connection.settings_dict)


def load(alias: str, path: Path) -> None:
    """Make an empty database what a file says: all of it or nothing. Raises NoDump.

    On SQLite the file itself becomes the database; it must be in the same folder.
    """
    connection = connections[alias]
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        connection.close()
        for ending in ("-wal", "-shm"):
            name.with_name(name.name + ending).unlink(missing_ok=True)
        flush(path)
        path.replace(name)
        flush(name.parent)
        return
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    options += ["--clean", "--if-exists"]
    _run("pg_restore", [*options, str(path)], connection.settings_dict)
    # Planner statistics are in no dump, and the first pages would be slow without.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _run(program: str, arguments: list[str], settings: dict[str, Any]) -> None:
    found = shutil.which(program)
    if found is None:
        message = (
            f"{program} is not installed, without which PostgreSQL cannot be backed up or"
            " restored: on Debian, apt install postgresql-client."
        )
        raise NoDump(message)
    (_, *where), environment = DatabaseClient.settings_to_cmd_args_env(settings, [])
    *where, name = where
    # The programs are PostgreSQL's, the arguments our own, and no shell reads them.
    done = subprocess.run(  # noqa: S603
        [found, *where, f"--dbname={name}", "--no-password", *arguments],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = re.sub(rf"^{program}: (error: )?", "", done.stderr.strip().partition("\n")[0])
        message = f"{program} failed: {said or f'status {done.returncode}'}"
        raise NoDump(message)


def held(alias: str) -> tuple[int, dict[str, int]]:
    """Return how many tables a database has, and how much of what must not be lost.

    At most two queries besides the list of tables.
    """
    connection = connections[alias]
    tables = set(connection.introspection.table_names())
    counts = {}
    with connection.cursor() as cursor:
        for table, name in OF_WORTH.items():
            if table in tables:
                cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608 - names of our own
                counts[name] = cursor.fetchone()[0]
    return len(tables), {name: count for name, count in counts.items() if count}


def clear(alias: str) -> None:
    """Drop every table of a database that holds nothing of worth."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        return  # `load` replaces the file
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
