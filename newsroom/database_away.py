"""A database that does not answer: noticed once, asked again each second, said to readers as 503."""

import logging
import time
from collections.abc import Callable
from threading import Lock

from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)

# A probe waits a second at most for a connection (newsroom/settings.py).
ASK_EVERY = 1.0
RETRY_AFTER = "3"
SAFE = {"GET", "HEAD"}
# Where the middleware says, in the environment of the request, that the database was away.
MARK = "newsroom.database_is_away"


def database_answers() -> bool:
    """Return whether the database answers a query. Waits as long as for any connection."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    finally:
        # Outside a request nobody else gives it back.
        if not connection.in_atomic_block:
            connection.close()
    return True


class DatabaseWatch:
    """Since when the database is away. While it is, one thread a second asks whether it is back.

    `clock` gives seconds that only go forward. Safe between threads.
    """

    def __init__(
        self,
        answers: Callable[[], bool] = database_answers,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._answers = answers
        self._clock = clock
        self._lock = Lock()
        self._away_since: float | None = None
        self._asked_at = 0.0

    def note_failure(self) -> None:
        """Say that a connection could not be had."""
        with self._lock:
            self._asked_at = self._clock()
            if self._away_since is not None:
                return
            self._away_since = self._asked_at
        logger.error("The database does not answer: readers get kept pages for a minute, then 503")

    def seconds_away(self) -> float | None:
        """Return for how long the database has been away, None where it answers. May ask it."""
        if self._away_since is None:
            return None
        if self._is_my_turn() and self._answers():
            self._away_since = None
            logger.error("The database answers again")
            return None
        since = self._away_since
        return None if since is None else self._clock() - since

    def _is_my_turn(self) -> bool:
        with self._lock:
            now = self._clock()
            if now - self._asked_at < ASK_EVERY:
                return False
            # From now on: the answer itself may take a second.
            self._asked_at = now
            return True


watch = DatabaseWatch()


class AnswerUnavailable:
    """Answer 503 to a page that the database failed. What was sent to be saved is left to others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, InterfaceError | OperationalError):
            return None
        # A statement that took too long failed by itself; the database is there.
        is_away = connection.connection is None or not database_answers()
        if is_away:
            watch.note_failure()
            request.META[MARK] = True
        if request.method not in SAFE:
            return None
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = RETRY_AFTER
        response.headers["Cache-Control"] = "no-store"
        return response
