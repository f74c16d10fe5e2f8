"""Poll the providers of quotes that are due."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from markets.ingest.poll import LARGEST, QuotePoller, QuotesTally
from wires.management.polling import PollingCommand, fetch_by_settings
from wires.schedule import name_worker

# A quote that takes longer is old, and in the worker the wire waits for it.
SECONDS_TO_ANSWER = 15


class Command(PollingCommand[QuotesTally]):
    help = "Poll the quote providers that are due. Without --once, keep polling until stopped."

    def handle(self, **options: Any) -> None:
        if settings.MARKETS_POLL is False:
            message = "Polling is switched off: MARKETS_POLL=0. Unset MARKETS_POLL or set it to 1."
            raise CommandError(message)
        super().handle(**options)

    @contextmanager
    def polling(self, over: threading.Event) -> Iterator[Callable[[], QuotesTally]]:
        yield poller_of(over).poll_due

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


def poller_of(over: threading.Event, *, worker: str = "") -> QuotePoller:
    """Return a poller on the real network with this project's settings."""
    return QuotePoller(
        fetch=fetch_by_settings(
            total_timeout=SECONDS_TO_ANSWER, wire_cap=LARGEST, body_cap=LARGEST
        ),
        addresses=settings.MARKETS_ADDRESSES,
        keys=settings.MARKETS_KEYS,
        now=timezone.now,
        chance=random.SystemRandom(),
        is_over=over.is_set,
        worker=worker or name_worker(),
    )
