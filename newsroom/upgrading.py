"""What an upgrade would do to a database, and that only one is done at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from newsroom.health import needed_migrations

# Any number, as long as nobody else locks by it: PostgreSQL's advisory locks have no names.
LOCK = 0x6E657773  # "news"


class UpgradeRefused(Exception):
    """The database is not upgraded; the message says why."""


def waiting_migrations(alias: str) -> list[str]:
    """Return the migrations that a database does not have yet, in the order of their turn."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def refuse_newer(alias: str) -> None:
    """Raise UpgradeRefused for a database that a newer release has migrated. One query."""
    applied = set(MigrationRecorder(connections[alias]).applied_migrations())
    apps = {app for app, _ in needed_migrations()}
    unknown = sorted(one for one in applied - needed_migrations() if one[0] in apps)
    if unknown:
        app, name = unknown[0]
        message = (
            f"The database is of a newer release: its migration {app}.{name} is unknown here."
            " Install that release, or restore a backup of before into an empty database."
        )
        raise UpgradeRefused(message)


@contextmanager
def alone_with(alias: str) -> Iterator[None]:
    """Keep a second upgrade of the same database away. Raises UpgradeRefused, OSError.

    The lock ends with the process, however that ends.
    """
    connection = connections[alias]
    message = "Another upgrade of this database is running. Wait for that one."
    if connection.vendor == "sqlite":
        with (settings.RUNTIME_DIR / "upgrade.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise UpgradeRefused(message) from error
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise UpgradeRefused(message)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
