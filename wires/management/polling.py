"""What the commands that poll share: round after round until somebody stops them."""

import functools
import os
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from django.conf import settings
from django.core.management.base import BaseCommand
from django.core.management.color import no_style
from django.db import DatabaseError

from wires import http
from wires.management.outage import no_database
from wires.management.stopping import told_to_stop

SECONDS_BETWEEN_ROUNDS = 5


class Tally(Protocol):
    """What a round brought."""

    @property
    def is_empty(self) -> bool: ...


class PollingCommand[T: Tally](BaseCommand):
    """Poll what is due; without --once go on until stopped."""

    def polling(self, over: threading.Event) -> AbstractContextManager[Callable[[], T]]:
        """Yield what polls everything that is due once. `over` is set when it must end."""
        raise NotImplementedError

    def report(self, tally: T) -> None:
        raise NotImplementedError

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="poll what is due now, then end")

    def handle(self, *, once: bool, **options: Any) -> None:
        if os.environ.get("NO_COLOR"):
            self.style = no_style()
        with told_to_stop() as over, self.polling(over) as poll_due:
            while not over.is_set():
                self.poll(poll_due, once=once)
                if once or over.wait(SECONDS_BETWEEN_ROUNDS):
                    break

    def poll(self, poll_due: Callable[[], T], *, once: bool) -> None:
        """Poll what is due, and say what came. Nobody is told every round that nothing was due."""
        try:
            tally = poll_due()
        except DatabaseError as error:
            raise no_database(error) from error
        if once or not tally.is_empty:
            self.report(tally)


def bearer_tokens() -> http.Tokens:
    """Return the token of each API that has one, by host."""
    return {host: http.BearerToken(token) for host, token in settings.WIRE_TOKENS.items()}


def fetch_by_settings(**limits: Any) -> http.Fetch:
    """Return http.fetch with the settings of this project, and with limits of a caller's own."""
    return functools.partial(
        http.fetch,
        trusted_hosts=settings.WIRE_TRUSTED_HOSTS,
        tokens=bearer_tokens(),
        user_agent=settings.WIRE_USER_AGENT,
        **limits,
    )
