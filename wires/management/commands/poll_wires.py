"""Poll the channels that are due."""

import functools
import os
import random
import threading
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.management.color import no_style
from django.db import DatabaseError
from django.utils import timezone

from wires import http, schedule
from wires.ingest import AddressTester, answer_pasted_links
from wires.ingest.poll import ChannelPoller, NotClaimed
from wires.ingest.tally import PollTally
from wires.management.outage import no_database
from wires.management.polling import bearer_tokens, fetch_by_settings
from wires.management.status_line import status_line
from wires.management.stopping import told_to_stop
from wires.models import Channel
from wires.platforms.processes import Parsers

OFF = "Polling is switched off: WIRE_POLL=0. Unset WIRE_POLL or set it to 1."


class Command(BaseCommand):
    help = (
        "Fetch pasted links, and poll the channels that are due. Without --once, go on until stopped"
        " and print a line a minute. Exit status 1: nothing could be polled, or the channel of"
        " --channel could not be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="poll what is due now, then end")
        parser.add_argument(
            "--channel",
            metavar="CODE",
            help="poll this channel now, once, even if paused or not due",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be polled now, and poll nothing"
        )

    def handle(
        self, *, once: bool = False, channel: str = "", dry_run: bool = False, **options: Any
    ) -> None:
        if os.environ.get("NO_COLOR"):
            self.style = no_style()
        if settings.WIRE_POLL is False and not dry_run:
            raise CommandError(OFF)
        try:
            only = find_channel(channel) if channel else None
            if dry_run:
                self.say_what_is_due(only)
                return
            with told_to_stop() as over, Parsers(workers=settings.WIRE_PARSERS) as parsers:
                self.poll(poller_of(parsers, over), parsers, over, only=only, once=once)
        except DatabaseError as error:
            raise no_database(error) from error

    def poll(
        self,
        poller: ChannelPoller,
        parsers: Parsers,
        over: threading.Event,
        *,
        only: Channel | None,
        once: bool,
    ) -> None:
        if only is not None:
            self.poll_one(poller, only)
        elif once:
            answer_links(parsers, over)
            answer_tests(parsers, over)
            self.report(poller.poll_due())
        else:
            thread = threading.Thread(target=keep_answering, args=(parsers, over), daemon=True)
            thread.start()
            poller.poll_on(self.report)

    def poll_one(self, poller: ChannelPoller, channel: Channel) -> None:
        try:
            tally = poller.poll_one(channel)
        except NotClaimed as error:
            raise CommandError(str(error)) from error
        self.report(tally)
        if tally.failures:
            message = f"{channel.code} could not be read."
            raise CommandError(message)

    def report(self, tally: PollTally) -> None:
        for failure in tally.failures:
            self.stderr.write(failure, self.style.WARNING)
        self.stdout.write(status_line(tally))
        self.stdout.flush()

    def say_what_is_due(self, only: Channel | None) -> None:
        """Print a line for each channel: its code, how long it has been due, its address."""
        at = timezone.now()
        channels = [only] if only else list(Channel.objects.due(at).order_by("code"))
        for channel in channels:
            since = channel.due_since or channel.next_poll_at
            late = max((at - since).total_seconds(), 0) if since else None
            due = "never polled" if late is None else f"due for {late:.0f} s"
            self.stdout.write(f"{channel.code}  {due}  {channel.address}")
        self.stdout.write(f"{len(channels)} channels would be polled. Nothing was.")


def find_channel(code: str) -> Channel:
    """Return a channel by its code. Raises CommandError."""
    try:
        return Channel.objects.select_related("outlet").get(code=code.upper())
    except Channel.DoesNotExist as error:
        message = f"No channel has the code {code}."
        raise CommandError(message) from error


def keep_answering(parsers: Parsers, over: threading.Event) -> None:
    """Answer what the desk asked for while the channels are polled.

    Of a database that is away the poller speaks, and ends the command.
    """
    while not over.wait(2):
        with suppress(DatabaseError):
            answer_links(parsers, over)
            answer_tests(parsers, over)


def answer_links(parsers: Parsers, over: threading.Event) -> None:
    """Fetch the links that the desk pasted, on the real network."""
    fetch = functools.partial(http.fetch, tokens=bearer_tokens())
    answer_pasted_links(now=timezone.now, fetch=fetch, parsers=parsers, is_over=over.is_set)


def answer_tests(parsers: Parsers, over: threading.Event, *, worker: str = "") -> None:
    """Test the addresses that the desk entered, on the real network."""
    tester = AddressTester(
        fetch=fetch_by_settings(),
        parsers=parsers,
        now=timezone.now,
        sleep=over.wait,
        worker=worker or schedule.name_worker(),
        is_over=over.is_set,
    )
    tester.answer_all()


def poller_of(parsers: Parsers, over: threading.Event, *, worker: str = "") -> ChannelPoller:
    """Return a poller on the real network with this project's settings."""
    return ChannelPoller(
        fetch=fetch_by_settings(),
        parse=parsers.parse,
        now=timezone.now,
        sleep=over.wait,
        chance=random.SystemRandom(),
        is_over=over.is_set,
        at_once=settings.WIRE_FETCHES,
        worker=worker or schedule.name_worker(),
    )
