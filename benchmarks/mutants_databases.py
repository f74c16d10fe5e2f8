"""A database for each process that tries a mutant: a copy of one that was migrated once."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from benchmarks.mutants import module_of

NO_DATABASE = 70  # an exit status that pytest does not use

# What these make is in the database before a test begins, so it is made again by the mutant, and
# the tests of what was made are run, which may never call them.
AFTER_MIGRATE = {
    "newsroom.groups": ("tests/newsroom/test_groups.py",),
    "wires.retention": ("tests/wires/test_retention.py",),
}


class PostgreSQL:
    """A migrated database to copy from, and a copy for each process."""

    def __init__(self, url: str) -> None:
        self._url = url

    def named(self, name: str) -> str:
        return urlsplit(self._url)._replace(path=f"/{name}").geturl()

    def run(self, *statements: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self._url, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def clear(self) -> None:
        for (name,) in self.run("SELECT datname FROM pg_database WHERE datname LIKE 'mutants\\_%'"):
            self.drop(name)

    def make(self, name: str) -> str:
        self.run(f"CREATE DATABASE {name}")
        return self.named(name)

    def copy(self, name: str) -> str:
        self.run(f"CREATE DATABASE {name} TEMPLATE mutants_template")
        return name

    def drop(self, name: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class SQLite:
    """The same with files."""

    def __init__(self) -> None:
        self._folder = Path("databases").resolve()

    def clear(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()

    def make(self, name: str) -> str:
        return f"sqlite:///{self._folder / name}"

    def copy(self, name: str) -> str:
        copy = self._folder / name
        with (
            contextlib.closing(sqlite3.connect(self._folder / "mutants_template")) as source,
            contextlib.closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
        return str(copy)

    def drop(self, name: str) -> None:
        for path in self._folder.glob(f"{Path(name).name}*"):
            path.unlink()


def databases() -> PostgreSQL | SQLite:
    url = os.environ.get("DATABASE_URL", "")
    return PostgreSQL(url) if url.startswith("postgres") else SQLite()


def make_template(project: Path) -> None:
    """Migrate the database that is copied, with the code of that folder."""
    kind = databases()
    kind.clear()
    environment = {**os.environ, "DATABASE_URL": kind.make("mutants_template")}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"], cwd=project, env=environment, check=True
    )


class OwnDatabase:
    """Fixtures that give the process a copy of the migrated database instead of migrating one."""

    @pytest.fixture(scope="session")
    @classmethod
    def django_db_setup(
        cls, django_test_environment: None, django_db_blocker: Any
    ) -> Iterator[None]:
        from django.db import connection

        kind = databases()
        try:
            connection.settings_dict["NAME"] = kind.copy(f"mutants_{os.getpid()}")
        except (psycopg.Error, sqlite3.Error) as error:
            # A test that has no database must not look as if it had noticed something.
            pytest.exit(f"no database: {error}", returncode=NO_DATABASE)
        with django_db_blocker.unblock():
            if module_of(os.environ["MUTANT_UNDER_TEST"]) in AFTER_MIGRATE:
                cls.migrate_again()
        yield
        with django_db_blocker.unblock():
            connection.close()
        kind.drop(connection.settings_dict["NAME"])

    @staticmethod
    def migrate_again() -> None:
        from django.contrib.auth.models import Group
        from django.core.management.sql import emit_post_migrate_signal

        Group.objects.all().delete()
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
