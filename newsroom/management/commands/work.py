"""The worker: everything that happens without anybody asking."""

import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.core.management.color import no_style
from django.db import (
    InterfaceError,
    OperationalError,
    ProgrammingError,
    close_old_connections,
    connection,
)

from newsroom.worker_jobs import JOBS, Job, Work
from web.words import first_line
from wires.management.outage import NO_ANSWER, NOT_SET_UP, is_not_set_up, what_is_wrong
from wires.management.stopping import told_to_stop
from wires.platforms.processes import Parsers

LONGEST_RETRY = 30  # seconds
OUTAGE_OVER = 2 * LONGEST_RETRY
# systemd sends SIGKILL after 30.
LONGEST_LAST_TASK = 20  # seconds


class Outage:
    """A database that is away, bare or full: said once, however many jobs meet it.

    It is over when nobody has met it for longer than any job waits before it tries again: jobs
    that only read go on while none can write, so that one of them works says nothing.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._known = ""
        self._met_at = 0.0
        self._lock = threading.Lock()

    def met(self, error: Exception, *, at: float) -> None:
        """Say what is wrong unless that is known. `at` is in seconds on a clock that never jumps."""
        what = what_is_wrong(error)
        with self._lock:
            is_over = at - self._met_at > OUTAGE_OVER
            # A database that is being set up or has no room may also fail to answer: no more to say.
            is_told = what == self._known or what == f"{NO_ANSWER}."
            self._met_at = at
            if self._known and is_told and not is_over:
                return
            self._known = what
            is_bare = what == NOT_SET_UP
            self._say(what if is_bare else f"{what} Trying again: {first_line(error)}")


class Command(BaseCommand):
    help = "Run the background work until SIGINT or SIGTERM. Several may run, on several hosts."

    def handle(self, **options: Any) -> None:
        if os.environ.get("NO_COLOR"):
            self.style = no_style()
        self._failures: list[BaseException] = []
        with told_to_stop() as over, Parsers(workers=settings.WIRE_PARSERS) as parsers:
            work = Work(parsers=parsers, over=over, say=self.say)
            outage = Outage(self.complain)
            threads = [
                threading.Thread(
                    target=self.keep, args=(job, work, outage), name=job.name, daemon=True
                )
                for job in JOBS
            ]
            for thread in threads:
                thread.start()
            over.wait()
            ends_at = time.monotonic() + LONGEST_LAST_TASK
            for thread in threads:
                thread.join(max(0.0, ends_at - time.monotonic()))
            work.tasks.wait(seconds=max(0.0, ends_at - time.monotonic()))
        for failure in self._failures:
            raise failure
        if any(thread.is_alive() for thread in threads):
            # It hangs somewhere; what it leased runs out. Threads that the interpreter ends under
            # way may end it with a traceback.
            sys.stdout.flush()
            os._exit(os.EX_OK)

    def keep(self, job: Job, work: Work, outage: Outage) -> None:
        """Run a job again and again in its thread; what it did not expect ends the worker."""
        try:
            self.repeat(job, work, outage)
        except BaseException as error:  # noqa: BLE001 - raised again in the main thread
            self._failures.append(error)
            work.over.set()
        finally:
            connection.close()

    def repeat(self, job: Job, work: Work, outage: Outage) -> None:
        """Run a job when its time has come. A database that is away or bare is waited for."""
        failures = 0
        while not work.over.is_set():
            try:
                if line := job.run(work):
                    self.say(f"{job.name}: {line}")
                failures = 0
                pause = job.every
            except (OperationalError, InterfaceError, ProgrammingError) as error:
                if isinstance(error, ProgrammingError) and not is_not_set_up(error):
                    raise
                failures += 1
                outage.met(error, at=time.monotonic())
                pause = min(2**failures, LONGEST_RETRY)
            finally:
                close_old_connections()
            work.over.wait(pause)

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def complain(self, line: str) -> None:
        self.stderr.write(line)
        self.stderr.flush()
