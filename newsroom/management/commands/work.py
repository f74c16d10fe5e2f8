"""The worker: everything that happens without anybody asking."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.core.management.color import no_style
from django.db import InterfaceError, OperationalError, ProgrammingError, close_old_connections
from django.utils import timezone

from articles import archive
from markets.management.commands.poll_markets import describe_failures as describe_market_failures
from markets.management.commands.poll_markets import poller_of as markets_poller
from newsroom.tasks import TaskRunner
from web.words import count_of, first_line
from wires.ingest.poll import PollTally
from wires.management.commands.poll_wires import answer_links, poller_of
from wires.management.outage import NOT_SET_UP, is_not_set_up
from wires.management.stopping import told_to_stop
from wires.platforms.processes import Parsers

LONGEST_RETRY = 30  # seconds
# An article under way is finished, which takes a hostile one half a second more.
SLICE = 1.5  # seconds
# systemd sends SIGKILL after 30.
LONGEST_LAST_TASK = 20  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What jobs share: the parser processes, and the event that tells them to stop."""

    parsers: Parsers
    over: threading.Event
    tasks: TaskRunner = field(default_factory=TaskRunner)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something done again and again; `run` returns what to tell, or "" for nothing.

    Every job is a command of its own too, may be broken off at any point, and takes its leases
    in the database, so that any number of workers share it.
    """

    name: str
    every: float  # seconds
    run: Callable[[Work], str]


def poll_wires(work: Work) -> str:
    """Answer the links that the desk pasted, then poll the channels that are due.

    Its leases are one a link, one a channel and one a domain.
    """
    answer_links(work.parsers)
    tally = poller_of(work.parsers, work.over).poll_due()
    return describe_failures(tally) if tally.outcome.is_news or tally.failures else ""


def poll_markets(work: Work) -> str:
    """Poll the providers of quotes that are due. Its leases are one a provider and one a domain."""
    tally = markets_poller(work.over).poll_due()
    # Who failed and what was held back is logged, once, when it begins.
    return describe_market_failures(tally) if tally.new else ""


def describe_failures(tally: PollTally) -> str:
    outcome = tally.outcome
    line = f"{outcome.new} new posts, {outcome.versions} new versions, {outcome.seen} known"
    return "; ".join([line, *tally.failures])


def vet_archive(work: Work) -> str:
    """Once a night, check what is live: a slice each time, so that no other job waits for it."""
    run = archive.tonight(at=timezone.now(), zone=settings.NEWSROOM_TIME_ZONE)
    if run is None:
        return ""
    ends_at = time.monotonic() + SLICE
    for _ in archive.go_on(
        run,
        now=timezone.now,
        is_over=lambda: work.over.is_set() or time.monotonic() > ends_at,
    ):
        pass
    run.refresh_from_db()
    if run.finished_at is None or not run.articles:
        return ""
    return f"{count_of(run.articles, 'article')} checked, {run.held} with new holds"


def run_tasks(work: Work) -> str:
    """Run what was queued, such as e-mail, beside the other jobs. A task is claimed in its row.

    As a command of its own: `manage.py db_worker --batch`.
    """
    work.tasks.go_on(at=timezone.now())
    return ""


JOBS = (
    Job(name="poll_wires", every=5, run=poll_wires),
    Job(name="poll_markets", every=5, run=poll_markets),
    Job(name="vet_archive", every=5, run=vet_archive),
    Job(name="run_tasks", every=2, run=run_tasks),
)


class Command(BaseCommand):
    help = "Run the background work until SIGINT or SIGTERM. Several may run, on several hosts."

    def handle(self, **options: Any) -> None:
        if os.environ.get("NO_COLOR"):
            self.style = no_style()
        with told_to_stop() as over, Parsers(workers=settings.WIRE_PARSERS) as parsers:
            work = Work(parsers=parsers, over=over)
            self.work(work)
            work.tasks.wait(seconds=LONGEST_LAST_TASK)

    def work(self, work: Work) -> None:
        """Run each job when its time has come. A database that is away or bare is waited for."""
        due = dict.fromkeys((job.name for job in JOBS), 0.0)
        failures = 0
        while not work.over.is_set():
            try:
                self.run_due(work, due)
                failures = 0
            except (OperationalError, InterfaceError, ProgrammingError) as error:
                if isinstance(error, ProgrammingError) and not is_not_set_up(error):
                    raise
                failures += 1
                self.say_once(failures, error)
                work.over.wait(min(2**failures, LONGEST_RETRY))
            finally:
                close_old_connections()
            work.over.wait(max(0.0, min(due.values()) - time.monotonic()))

    def run_due(self, work: Work, due: dict[str, float]) -> None:
        for job in JOBS:
            if work.over.is_set() or time.monotonic() < due[job.name]:
                continue
            line = job.run(work)
            due[job.name] = time.monotonic() + job.every
            if line:
                self.stdout.write(f"{job.name}: {line}")
                self.stdout.flush()

    def say_once(self, failures: int, error: Exception) -> None:
        """Complain about the first failure of an outage only."""
        if failures == 1:
            what = f"The database does not answer. Trying again: {first_line(error)}"
            self.stderr.write(NOT_SET_UP if is_not_set_up(error) else what)
            self.stderr.flush()
