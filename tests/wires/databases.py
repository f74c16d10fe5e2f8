"""Access to the test database from another process."""

import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from tests.processes import clean_environment


@pytest.fixture
def shared_database(tmp_path):
    """Return a context manager that yields the environment for a process using the test database.

    On SQLite, where tests run in memory, it is a copy in a file.
    """

    @contextmanager
    def shared(more):
        environment = {"RUNTIME_DIR": str(tmp_path), **more}
        if connection.vendor == "sqlite":
            with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
                connection.ensure_connection()
                connection.connection.backup(copy)
            copy.close()
            yield {**environment, "DATABASE_URL": f"sqlite:///{tmp_path / 'copy.sqlite3'}"}
            return
        given = connection.settings_dict
        user = f"{given['USER']}:{quote(given['PASSWORD'])}"
        place = f"{given['HOST']}:{given['PORT']}/{given['NAME']}"
        yield {**environment, "DATABASE_URL": f"postgres://{user}@{place}"}

    return shared


def run_beside(environment, *arguments, stderr=subprocess.PIPE):
    """Start a manage.py command as a separate process."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=clean_environment(**environment),
        stdout=subprocess.PIPE,
        stderr=stderr,
    )
