"""A migrated, empty database on SQLite, kept between runs: migrating takes longer than most tests.

Kept under a name made of the migrations and what they call, so that any change of these makes it
again. `migrate` runs on the copy as on any database, so groups and triggers are those of today.
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
