"""Poll the providers of quotes that are due."""

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

from markets.ingest.poll import LARGEST, QuotePoller, QuotesTally
from wires import http
from wires.management.outage import no_database
from wires.management.stopping import told_to_stop

SECONDS_BETWEEN_ROUNDS = 5
# A quote that takes longer is old, and in the worker the wire waits for it.
SECONDS_TO_ANSWER = 15


class Command(BaseCommand):
    help = "Poll the quote providers that are due. Without --once, keep polling until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="poll what is due now, then exit")

    def handle(self, *, once: bool, **options: Any) -> None:
        if os.environ.get("NO_COLOR"):
            self.style = no_style()
        with told_to_stop() as over:
            poller = poller_of(over)
            while not over.is_set():
                self.poll(poller, once=once)
                if once or over.wait(SECONDS_BETWEEN_ROUNDS):
                    break

    def poll(self, poller: QuotePoller, *, once: bool) -> None:
        """Poll what is due, and say what came. Nobody is told every round that nothing was due."""
        try:
            tally = poller.poll_due()
        except DatabaseError as error:
            raise no_database(error) from error
        if once or tally.providers or tally.failures:
            self.report(tally)

    def report(self, tally: QuotesTally) -> None:
        for line in tally.failures:
            self.stderr.write(line, self.style.WARNING)
        for line in tally.held:
            self.stderr.write(f"held back: {line}", self.style.WARNING)
        self.stdout.write(
            f"{tally.providers} providers polled, {tally.unchanged} unchanged,"
            f" {len(tally.failures)} failed: {describe_failures(tally)}"
        )


def describe_failures(tally: QuotesTally) -> str:
    return f"{tally.new} new quotes, {tally.known} known, {len(tally.held)} held back"


def poller_of(over: threading.Event) -> QuotePoller:
    """Return a poller on the real network with this project's settings."""
    return QuotePoller(
        fetch=functools.partial(
            http.fetch,
            trusted_hosts=settings.WIRE_TRUSTED_HOSTS,
            user_agent=settings.WIRE_USER_AGENT,
            total_timeout=SECONDS_TO_ANSWER,
            wire_cap=LARGEST,
            body_cap=LARGEST,
        ),
        addresses=settings.MARKETS_ADDRESSES,
        keys=settings.MARKETS_KEYS,
        now=timezone.now,
        chance=random.SystemRandom(),
        is_over=over.is_set,
    )
