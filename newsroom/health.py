"""What load balancers ask: whether this process lives, and whether it can serve pages."""

import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.db import Error, connection
from django.db.migrations.recorder import MigrationRecorder

from accounts import redis_sessions
from newsroom import replica
from newsroom.database_away import database_answers
from newsroom.in_thread import InThread
from newsroom.version import release

type Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

PATHS = {"/healthz", "/readyz", "/metrics"}
# However often it is asked, a process looks once in this time.
KEPT_FOR = 1.0
MOST_SECONDS = 0.8
LEAST_ROOM = 16 * 1024 * 1024
OK = "ok"
NO_REPLICA = "no answer"
NO_ANSWER = {"database": "no answer", "migrations": "unknown"}


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was found of each part a page needs: "ok", or what is wrong in a few words.

    `beside` is what readers can do without, so that a host which lacks it stays in service. As
    text it names the release too.
    """

    parts: dict[str, str]
    beside: dict[str, str] = field(default_factory=dict)

    @property
    def is_ready(self) -> bool:
        return all(found == OK for found in self.parts.values())

    def __str__(self) -> str:
        lines = [*self.parts.items(), *self.beside.items(), ("release", release())]
        return "".join(f"{name}: {found}\n" for name, found in lines)


class Looking:
    """Looks whether this process can serve, at most once a second, however many ask. Thread-safe."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._found: Readiness | None = None
        self._looked_at = 0.0
        self._database = InThread(lambda: of_database(), name="readiness")
        self._beside = {name: InThread(question, name=name) for name, question in beside().items()}

    def look(self) -> Readiness:
        if connection.in_atomic_block:
            # What a transaction wrote is seen by its own thread alone.
            return self._look(of_database())
        with self._lock:
            now = self._clock()
            if self._found is None or now - self._looked_at >= KEPT_FOR:
                self._found, self._looked_at = self._look(None), now
            return self._found

    def _look(self, database: dict[str, str] | None) -> Readiness:
        ends = time.monotonic() + MOST_SECONDS
        beside = {name: thread.ask() for name, thread in self._beside.items()}
        database = database or answer_of(self._database.ask(), until=ends) or NO_ANSWER
        parts = {**database, "static files": static_files(), "disk": disk()}
        return Readiness(
            parts,
            {name: answer_of(asked, until=ends) or "no answer" for name, asked in beside.items()},
        )


def answer_of[T](asked: Future[T], *, until: float) -> T | None:
    """Wait for an answer until a moment of the monotonic clock; None where it is late."""
    try:
        return asked.result(max(until - time.monotonic(), 0))
    except TooLate:
        return None


def beside() -> dict[str, Callable[[], str]]:
    """Return what this site has beside its database, and how each is asked whether it answers."""
    found: dict[str, Callable[[], str]] = {}
    if settings.SESSIONS_URL:
        found["sessions"] = of_sessions
    if replica.REPLICA in settings.DATABASES:
        found["replica"] = of_replica
    return found


def of_sessions() -> str:
    return OK if redis_sessions.answers() else "no answer"


def of_replica() -> str:
    return OK if replica.answers() else NO_REPLICA


looking = Looking()


def of_database() -> dict[str, str]:
    """Say whether the database answers and is migrated. One query."""
    applied = MigrationRecorder.Migration.objects.values_list("app", "name")
    try:
        missing = needed_migrations() - set(applied)
    except Error:
        # No table of them, or no database.
        return {"database": OK, "migrations": "none applied"} if database_answers() else NO_ANSWER
    finally:
        if not connection.in_atomic_block:
            connection.close()
    return {"database": OK, "migrations": f"{len(missing)} not applied" if missing else OK}


@cache
def needed_migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations of this release, by the files that stand in the apps' folders."""
    return frozenset(
        (app.label, path.stem)
        for app in apps.get_app_configs()
        for path in (Path(app.path) / "migrations").glob("[!_]*.py")
    )


def static_files() -> str:
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return OK
    path = Path(settings.STATIC_ROOT) / staticfiles_storage.manifest_name
    return OK if path.is_file() else "not collected"


def disk() -> str:
    """Say whether there is room where this host keeps its own files."""
    try:
        found = os.statvfs(settings.RUNTIME_DIR)
    except OSError as error:
        return error.strerror or str(error)
    if found.f_flag & os.ST_RDONLY:
        return "read-only"
    room = found.f_bavail * found.f_frsize
    return OK if room >= LEAST_ROOM else f"{room // 1024**2} MB left"


def any_host() -> str:
    """Return a host name that the site answers to."""
    names = [name.lstrip(".") for name in settings.ALLOWED_HOSTS if name.strip("*.")]
    return names[0] if names else "localhost"


def answer_at_any_host(application: Application) -> Application:
    """Let the health checks and the metrics be asked without a Host header, or by a number."""
    host = any_host()

    def at_any_host(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] in PATHS:
            environ["HTTP_HOST"] = host
        return application(environ, start)

    return at_any_host
