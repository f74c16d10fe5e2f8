"""How long a statement may take: seconds for readers, as long as it needs at the desk.

A public page whose statement takes longer than that is 503 (newsroom/database_away.py), and its
thread is free for others.
"""

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

# Steps of SQLite's machine between two looks at the clock: well under a millisecond.
STEPS = 10_000

type Execute = Callable[..., Any]


class Limited:
    """Break off what SQLite does for too long. PostgreSQL does so itself (newsroom/databases.py)."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends = 0.0
        self._watched: sqlite3.Connection | None = None

    def __call__(self, execute: Execute, sql: str, *arguments: Any) -> Any:
        self._ends = time.monotonic() + self._seconds
        raw = connection.connection
        if isinstance(raw, sqlite3.Connection) and raw is not self._watched:
            # Rows are fetched after this call, so it goes on looking until the request ends.
            raw.set_progress_handler(self._is_over, STEPS)
            self._watched = raw
        return execute(sql, *arguments)

    def _is_over(self) -> bool:
        return time.monotonic() > self._ends

    def end(self) -> None:
        if self._watched is not None:
            # A connection that was closed meanwhile takes it along.
            with suppress(sqlite3.ProgrammingError):
                self._watched.set_progress_handler(None, STEPS)


class Unlimited:
    """Lift the limit with which a web process connects to PostgreSQL."""

    def __init__(self) -> None:
        self._lifted: Any = None

    def __call__(self, execute: Execute, sql: str, *arguments: Any) -> Any:
        raw = connection.connection
        if raw is not self._lifted and "options" in connection.settings_dict["OPTIONS"]:
            raw.execute("SET statement_timeout = 0")
            self._lifted = raw
        return execute(sql, *arguments)

    def end(self) -> None:
        """Set the limit again, for the connection goes back to the pool."""
        if self._lifted is not None:
            # One that broke is not given to anybody again.
            with suppress(Error), connection.wrap_database_errors:
                self._lifted.execute("RESET statement_timeout")


def limit_statements(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Limit the statements of public pages. Middleware, before any that reads the database."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_of_desk = request.path.startswith(settings.SESSION_COOKIE_PATH)
        limit = Unlimited() if is_of_desk else Limited(settings.PUBLIC_STATEMENT_SECONDS)
        try:
            with connection.execute_wrapper(limit):
                return get_response(request)
        finally:
            limit.end()

    return middleware
