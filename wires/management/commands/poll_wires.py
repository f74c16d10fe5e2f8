"""Poll the channels that are due."""

import functools
import os
import random
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.core.management.color import no_style
from django.db import DatabaseError
from django.utils import timezone

from wires import http
from wires.ingest.poll import ChannelPoller, PollTally
from wires.management.outage import no_database
from wires.management.stopping import told_to_stop
from wires.platforms.processes import Parsers

SECONDS_BETWEEN_ROUNDS = 5


class Command(BaseCommand):
    help = "Poll the channels that are due. Without --once, keep polling until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="poll what is due now, then exit")

    def handle(self, *, once: bool, **options: Any) -> None:
        if os.environ.get("NO_COLOR"):
            self.style = no_style()
        with told_to_stop() as over, Parsers(workers=1) as parsers:
            poller = poller_of(parsers, over)
            while not over.is_set():
                self.poll(poller, once=once)
                if once or over.wait(SECONDS_BETWEEN_ROUNDS):
                    break

    def poll(self, poller: ChannelPoller, *, once: bool) -> None:
        """Poll what is due, and say what came. Nobody is told every round that nothing was due."""
        try:
            tally = poller.poll_due()
        except DatabaseError as error:
            raise no_database(error) from error
        if once or tally.channels or tally.failures:
            self.report(tally)

    def report(self, tally: PollTally) -> None:
        for failure in tally.failures:
            self.stderr.write(failure, self.style.WARNING)
        outcome = tally.outcome
        self.stdout.write(
            f"{tally.channels} channels polled, {tally.unchanged} unchanged,"
            f" {len(tally.failures)} failed: {outcome.new} new posts, {outcome.versions} new versions,"
            f" {outcome.seen} known"
        )


def poller_of(parsers: Parsers, over: threading.Event) -> ChannelPoller:
    """Return a poller on the real network with this project's settings."""
    return ChannelPoller(
        fetch=functools.partial(
            http.fetch,
            trusted_hosts=settings.WIRE_TRUSTED_HOSTS,
            user_agent=settings.WIRE_USER_AGENT,
        ),
        parse=parsers.parse,
        now=timezone.now,
        sleep=over.wait,
        chance=random.SystemRandom(),
        is_over=over.is_set,
    )
