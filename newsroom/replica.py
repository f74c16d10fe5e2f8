"""A copy of the database that public pages are made from, where REPLICA_URL names one.

Only the page cache lets a page be made from it, so the desk, the worker, and whatever writes never
see it. A page is never older than its numbers (wires/generations.py). Once for each numbers, after
they were read, the primary is asked how far it has written; the copy may be read while these are
the numbers and it has replayed that much. Each query looks at the numbers again, for a part that
pages share is kept under those of its own moment.
"""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from newsroom.database_away import DatabaseWatch
from wires import generations

REPLICA = "replica"
# How long a page may take of the copy, all queries together, and how long it is asked how far it
# is: then the primary makes the page.
SECONDS = 2.0
AWAY = "The replica does not answer: the primary makes all pages"
BACK = "The replica answers again"
# Of which numbers it is remembered that the copy has them; the older ones do not come again.
MOST_KNOWN = 16
_WRITTEN = "SELECT pg_current_wal_insert_lsn()::text"
_REPLAYED = "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn"
_BEHIND = "SELECT pg_wal_lsn_diff(%s::pg_lsn, pg_last_wal_replay_lsn())"

type Numbers = tuple[int, ...]
read_numbers = generations.reader(*generations.NAMES)


@dataclass(slots=True)
class Reading:
    """That this thread makes a public page from the copy, as long as nothing changes."""

    numbers: Numbers
    was_cut: bool = False


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


class ReplicaRouter:
    """Sends what a public page reads to the copy, everything else to the primary."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        reading = _reading.get()
        if reading is None or connection.in_atomic_block or read_numbers() != reading.numbers:
            return DEFAULT_DB_ALIAS
        return REPLICA

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class Replica:
    """Knows whether the copy answers, and of which numbers it has everything. Thread-safe."""

    def __init__(
        self,
        *,
        written: Callable[[], str],
        has_replayed: Callable[[str], bool],
        answers: Callable[[], bool],
        numbers: Callable[[], Numbers] = read_numbers,
    ) -> None:
        self._written = written
        self._answers = answers
        self._has_replayed = has_replayed
        self._numbers = numbers
        self._lock = threading.Lock()
        self._wanted: dict[Numbers, str] = {}
        self._known: dict[Numbers, bool] = {}
        self.watch = DatabaseWatch(answers, away=AWAY, back=BACK)

    def numbers_it_has(self) -> Numbers | None:
        """Return the numbers of now, None where the copy is away or behind.

        No query for numbers of which it is known; else one to the copy, and one to the primary the
        first time.
        """
        if self.watch.seconds_away() is not None:
            return None
        numbers = self._numbers()
        if numbers in self._known:
            return numbers
        try:
            wanted = self._wanted.get(numbers) or self._written()
        except Error:
            return None
        try:
            has_it = self._has_replayed(wanted)
        except Error:
            self._note_away()
            return None
        self._remember(numbers, wanted, has_it=has_it)
        return numbers if has_it else None

    def _remember(self, numbers: Numbers, wanted: str, *, has_it: bool) -> None:
        with self._lock:
            # Where two asked, the first is the one to wait for.
            self._wanted.setdefault(numbers, wanted)
            if has_it:
                self._known[numbers] = True
            for kept in (self._wanted, self._known):
                while len(kept) > MOST_KNOWN:
                    del kept[next(iter(kept))]

    @contextmanager
    def reading(self, numbers: Numbers) -> Iterator[Reading]:
        """Let the queries of this thread go to the copy while these are the numbers."""
        found = Reading(numbers)
        token = _reading.set(found)
        try:
            with limited(lambda: setattr(found, "was_cut", True)):
                yield found
        finally:
            _reading.reset(token)

    def note_failure(self, reading: Reading) -> None:
        """Say that a query of a page failed. One that the copy itself broke off is no fault of it."""
        if reading.was_cut or not self._answers():
            self._note_away()

    def _note_away(self) -> None:
        # What comes back may have been made again, and be behind.
        self._known.clear()
        self.watch.note_failure()


@contextmanager
def limited(note: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Close the connection to the copy after SECONDS: a server that hangs does not do it itself."""
    wrapper = connections[REPLICA]

    def cut() -> None:
        note()
        # Another thread asks by it; AttributeError where it has no connection at the moment.
        with (
            suppress(OSError, Error, AttributeError),
            socket.socket(fileno=os.dup(wrapper.connection.fileno())) as line,
        ):
            line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(SECONDS, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def written() -> str:
    """Return how far the primary has written. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN)
        return str(cursor.fetchone()[0])


def has_replayed(wanted: str) -> bool:
    """Return whether the copy is one, and has come so far. One query, SECONDS at most."""
    return bool(_ask(_REPLAYED, wanted))


def bytes_behind() -> int:
    """Return how much the copy has still to replay. Two queries. Raises Error."""
    return max(int(_ask(_BEHIND, written()) or 0), 0)


def answers() -> bool:
    """Return whether the copy answers, and is one: a promoted one says other things."""
    try:
        return bool(_ask("SELECT pg_is_in_recovery()"))
    except Error:
        return False


def _ask(sql: str, *values: str) -> Any:
    try:
        with limited(), connections[REPLICA].cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchone()[0]
    except Error:
        connections[REPLICA].close()
        raise
    finally:
        if not connections[REPLICA].in_atomic_block:
            connections[REPLICA].close()


def of_site() -> Replica | None:
    """Return the copy of this site, None where it has none."""
    if REPLICA not in settings.DATABASES:
        return None
    return Replica(written=written, has_replayed=has_replayed, answers=answers)


replica = of_site()


class LeaveToPrimary:
    """End a page that the copy failed, which newsroom.pagecache has made again by the primary.

    The last of all middleware: what others make of a database that fails is for the primary's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if replica is None:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        reading = _reading.get()
        if reading is None or replica is None or not isinstance(error, Error):
            return None
        replica.note_failure(reading)
        unseen = HttpResponse(status=503)
        unseen._has_been_logged = True  # type: ignore[attr-defined]  # by the watch, in one line
        return unseen
