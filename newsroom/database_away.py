"""A database that does not answer: noticed once, asked until it answers, said to readers as 503."""

import logging
import time
from collections.abc import Callable
from threading import Event, Lock, Thread

from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from web.interface import in_site_language

logger = logging.getLogger(__name__)

# Seconds between two questions, each of which waits two seconds at most (newsroom/databases.py).
ASK_EVERY = 0.5
RETRY_AFTER = "3"
SAFE = {"GET", "HEAD"}
AWAY = "The database does not answer: readers get kept pages for a minute, then 503"
BACK = "The database answers again"
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
    """Since when the database is away. While it is, a thread asks until it answers.

    So no reader waits to find out. `clock` gives seconds that only go forward.
    """

    def __init__(
        self,
        answers: Callable[[], bool] = database_answers,
        *,
        clock: Callable[[], float] = time.monotonic,
        ask_every: float = ASK_EVERY,
        away: str = AWAY,
        back: str = BACK,
    ) -> None:
        self._answers = answers
        self._clock = clock
        self._ask_every = ask_every
        self._away, self._back = away, back
        self._lock = Lock()
        self._away_since: float | None = None

    def note_failure(self) -> None:
        """Say that a connection could not be had."""
        with self._lock:
            if self._away_since is not None:
                return
            self._away_since = self._clock()
        logger.error(self._away)
        Thread(target=self._wait_until_back, name="database-watch", daemon=True).start()

    def seconds_away(self) -> float | None:
        """Return for how long the database has been away, None where it answers."""
        since = self._away_since
        return None if since is None else self._clock() - since

    def _wait_until_back(self) -> None:
        pause = Event()
        while not self._answers():
            pause.wait(self._ask_every)
        self._away_since = None
        logger.error(self._back)


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
        with in_site_language():
            response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = RETRY_AFTER
        response.headers["Cache-Control"] = "no-store"
        return response
