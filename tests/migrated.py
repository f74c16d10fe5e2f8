"""Migrated, empty databases for tests to copy: migrating takes longer than most tests.

On SQLite one is kept between runs, on PostgreSQL one by each server, under a name made of the
migrations and what they call, so that any change of these makes it again. `migrate` runs on the
copy as on any database, so groups and triggers are those of today. `python -m tests.migrated`
makes one before the tests, whose processes would each make their own.
"""

import functools
import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".var" / "tests"
# What makes tables and is no migration.
CALLED = ("articles/search", "wires/search", "articles/retention.py", "wires/retention.py")


@functools.cache
def kept():
    """Return where the database of today's migrations is kept, whether it is there or not."""
    files = {ROOT / "uv.lock", *ROOT.glob("*/migrations/*.py")}
    for place in map(ROOT.joinpath, CALLED):
        files |= {place} if place.is_file() else {*place.glob("*.py")}
    contents = hashlib.sha256(sqlite3.sqlite_version.encode())
    for path in sorted(files):
        contents.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return FOLDER / f"migrated-{contents.hexdigest()[:16]}.sqlite3"


def keep(connection):
    """Keep what an open connection of sqlite3 shows, and nothing older."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    unfinished = FOLDER / f"{os.getpid()}.part"
    with closing(sqlite3.connect(unfinished)) as copy:
        connection.backup(copy)
    for old in {*FOLDER.glob("migrated-*.sqlite3")} - {kept()}:
        old.unlink(missing_ok=True)
    unfinished.rename(kept())


def fill(name):
    """Fill the database of that name, of a file or shared memory, and return the open connection."""
    connection = sqlite3.connect(name, uri=name.startswith("file:"))
    with closing(sqlite3.connect(f"{kept().as_uri()}?mode=ro", uri=True)) as source:
        source.backup(connection)
    return connection


def databases_of(connection):
    """Return the names of the databases that a server of PostgreSQL keeps for copying."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(r"SELECT datname FROM pg_database WHERE datname LIKE 'migrated\_%'")
        return {name for (name,) in cursor.fetchall()}


def name_on_server():
    """Return what the database of today's migrations is called on PostgreSQL."""
    return kept().stem.replace("-", "_")


def make():
    """Migrate a database of the kind that the settings name and keep it, unless one is kept."""
    from django.db import connection

    if connection.vendor == "sqlite":
        if not kept().is_file():
            connection.creation.create_test_db(verbosity=0)
            keep(connection.connection)
        return
    there = databases_of(connection)
    if name_on_server() in there:
        return
    unfinished = f"unfinished_{os.getpid()}"
    connection.settings_dict["TEST"]["NAME"] = unfinished
    connection.creation.create_test_db(verbosity=0)
    connection.close()
    connection.close_pool()
    with connection._nodb_cursor() as cursor:
        for old in there:
            cursor.execute(f'DROP DATABASE "{old}"')
        cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name_on_server()}"')


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    make()
