"""Poll the channels that are due."""

import functools
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone

from wires import http
from wires.ingest import answer_pasted_links
from wires.ingest.poll import ChannelPoller, PollTally
from wires.management.polling import PollingCommand, bearer_tokens, fetch_by_settings
from wires.platforms.processes import Parsers


class Command(PollingCommand[PollTally]):
    help = "Fetch pasted links, and poll the channels that are due. Without --once, keep polling until stopped."

    @contextmanager
    def polling(self, over: threading.Event) -> Iterator[Callable[[], PollTally]]:
        with Parsers(workers=settings.WIRE_PARSERS) as parsers:
            poller = poller_of(parsers, over)

            def poll_due() -> PollTally:
                answer_links(parsers)
                return poller.poll_due()

            yield poll_due

    def report(self, tally: PollTally) -> None:
        for failure in tally.failures:
            self.stderr.write(failure, self.style.WARNING)
        outcome = tally.outcome
        self.stdout.write(
            f"{tally.channels} channels polled, {tally.unchanged} unchanged,"
            f" {len(tally.failures)} failed: {outcome.new} new posts, {outcome.versions} new versions,"
            f" {outcome.seen} known"
        )


def answer_links(parsers: Parsers) -> int:
    """Fetch the links that the desk pasted, on the real network."""
    fetch = functools.partial(http.fetch, tokens=bearer_tokens())
    return answer_pasted_links(now=timezone.now, fetch=fetch, parsers=parsers)


def poller_of(parsers: Parsers, over: threading.Event) -> ChannelPoller:
    """Return a poller on the real network with this project's settings."""
    return ChannelPoller(
        fetch=fetch_by_settings(),
        parse=parsers.parse,
        now=timezone.now,
        sleep=over.wait,
        chance=random.SystemRandom(),
        is_over=over.is_set,
    )
