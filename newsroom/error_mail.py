"""Faults by e-mail: what failed and where, never whose words.

Messages of exceptions and of the log are about drafts, posts and passwords, so neither they nor
bodies, queries and cookies are sent: the mail names the kind of fault and the request, by which the
line in the log is found. It goes out without the database, which may be the fault.
"""

import fcntl
import json
import logging
import socket
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Lock, Thread
from types import TracebackType

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from newsroom import env, request_ids
from newsroom.shown_addresses import without_secrets
from newsroom.version import release

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[1]
FILE_NAME = "error-mail.json"
HOUR = 3600.0
# Of all kinds together, from one host.
MOST_AN_HOUR = 12
MOST_WAITING = 20
# How long a process that ends waits for the mail server.
LAST_SECONDS = 20.0
FRAMES = 12
IDLE_SECONDS = 1.0
# Anybody can cause these, by the thousand: they are refusals, and no faults.
NOT_TOLD = ("django.security",)


def read_admins(*, is_mail_set_up: bool) -> list[str]:
    """Return who is told of faults. Raises ImproperlyConfigured where nothing could be sent."""
    admins = env.words("ADMINS")
    if any("@" not in address for address in admins):
        message = "ADMINS must be e-mail addresses, comma-separated."
        raise ImproperlyConfigured(message)
    if admins and not is_mail_set_up:
        message = "ADMINS are told of faults by e-mail, for which MAIL_HOST is needed."
        raise ImproperlyConfigured(message)
    return admins


@dataclass(frozen=True, slots=True)
class Report:
    """What an e-mail says of a fault; `kind` is the same for the same fault."""

    kind: str
    subject: str
    text: str


def report_of(record: logging.LogRecord) -> Report:
    """Return what may be said of a line of the log."""
    error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
    frames = _frames_of(record.exc_info[2] if record.exc_info else None)
    ours = [frame for frame in frames if not frame.startswith("…")]
    place = (ours or frames or [f"{_short(record.pathname)}:{record.lineno}"])[-1]
    what = error or record.levelname.capitalize()
    lines = [
        f"What: {what}, told by {record.name}",
        f"Where: {place}",
        f"When: {time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime(record.created))} UTC",
        f"Host: {socket.gethostname()}, {record.processName} {record.process}",
        f"Release: {release()}",
    ]
    if name := request_ids.current():
        lines.append(f"Request: {name}, by which the log names it")
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        # Without the query, in which readers type words.
        lines.append(f"Address: {request.method} {without_secrets(request.path)}")
    if frames:
        lines += ["", "Through:", *frames[-FRAMES:]]
    subject = f"{what} in {place}"
    return Report(f"{record.name} {subject}", subject, "\n".join(lines) + "\n")


def _frames_of(found: TracebackType | None) -> list[str]:
    """Return a line for each call that led to the fault: file, line and function, no values."""
    summary = traceback.extract_tb(found) if found else []
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in summary]


def _short(name: str) -> str:
    """Return a file of the project from its top, another one by its last two names."""
    path = Path(name)
    if path.is_relative_to(ROOT) and ".venv" not in path.parts:
        return str(path.relative_to(ROOT))
    return "…/" + "/".join(path.parts[-2:])


class Limits:
    """Lets one e-mail of a kind through in an hour, and so many of all, for all processes of a host.

    What it remembers is a small file that the processes lock in turn.
    """

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._clock = clock

    def admit(self, kind: str) -> int | None:
        """Return how often a kind was kept back since its last e-mail; None if this one is too.

        Raises OSError.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            known = self._read(file.read())
            kept_back = self._count(known, kind)
            file.seek(0)
            file.truncate()
            json.dump(known, file)
        return kept_back

    def _read(self, text: str) -> dict[str, list[float]]:
        """Return what is known of each kind: when it was sent last, and how often not since."""
        try:
            known: dict[str, list[float]] = json.loads(text or "{}")
        except ValueError:
            return {}  # cut short by a full disk
        now = self._clock()
        # A clock that was put back must not keep faults secret.
        return {
            kind: [at, count] for kind, (at, count) in known.items() if 0 <= now - at < 24 * HOUR
        }

    def _count(self, known: dict[str, list[float]], kind: str) -> int | None:
        now = self._clock()
        lately = sum(now - at < HOUR for at, _ in known.values())
        at, count = known.get(kind, [now - HOUR, 0])
        if now - at < HOUR or lately >= MOST_AN_HOUR:
            if kind in known:
                known[kind] = [at, count + 1]
            return None
        known[kind] = [now, 0]
        return int(count)


class MailHandler(logging.Handler):
    """Tells ADMINS of errors, in a thread of its own: a mail server may be slow, or away."""

    def __init__(self, limits: Limits | None = None) -> None:
        super().__init__(logging.ERROR)
        self._limits = limits
        self._waiting: Queue[tuple[Report, int]] = Queue(MOST_WAITING)
        self._lock = Lock()
        self._thread: Thread | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(NOT_TOLD):
            return
        report = report_of(record)
        try:
            kept_back = self._of_site().admit(report.kind)
            if kept_back is not None:
                self._waiting.put_nowait((report, kept_back))
                self._start()
        except (OSError, Full) as error:
            # The log has the fault itself. A warning, which is not mailed.
            logger.warning("An error could not be told by e-mail: %s", error or "too many wait")

    def _of_site(self) -> Limits:
        if self._limits is None:
            from django.conf import settings

            self._limits = Limits(settings.RUNTIME_DIR / FILE_NAME)
        return self._limits

    def _start(self) -> None:
        # Not before it is needed: the web server forks after the log is set up.
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._send_all, name="error-mail", daemon=True)
                self._thread.start()

    def _send_all(self) -> None:
        while True:
            try:
                send(*self._waiting.get(timeout=IDLE_SECONDS))
            except Empty:
                with self._lock:
                    if self._waiting.empty():
                        self._thread = None
                        return

    def flush(self) -> None:
        """Wait a while for what is being sent: a process that ends calls this."""
        thread = self._thread
        if thread is not None:
            thread.join(LAST_SECONDS)


def send(report: Report, kept_back: int) -> None:
    """Send one report to ADMINS. One that cannot be sent is a line in the log."""
    from django.conf import settings
    from django.core.mail import EmailMessage

    text = report.text
    if kept_back:
        text += f"\nIt happened {kept_back} more times since the last e-mail about it.\n"
    text += "\nAt most one e-mail an hour is sent about it. The message itself is in the log.\n"
    subject = f"[{settings.SITE_SHORT_NAME}] {report.subject}"
    try:
        EmailMessage(subject, text, settings.SERVER_EMAIL, settings.ADMINS).send()
    except (OSError, ValueError) as error:
        # smtplib's errors are OSErrors.
        logger.warning("An error could not be told by e-mail: %s", error)
