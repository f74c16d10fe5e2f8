"""Ask whether posts are still there, on platforms that can prove that they are not."""

import os
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.management.color import no_style
from django.db import DatabaseError
from django.utils import timezone

from web.words import count_of
from wires import schedule
from wires.ingest.due_rechecks import due_channels, due_posts, questions_left
from wires.ingest.rechecks import Rechecker, RecheckTally, wanted_of
from wires.management.commands.poll_wires import OFF
from wires.management.outage import no_database
from wires.management.polling import fetch_by_settings
from wires.management.stopping import told_to_stop
from wires.platforms.processes import Parsers


class Command(BaseCommand):
    help = (
        "Ask platforms whether posts are still there, where they can prove it: recent ones, and those"
        " that public articles cite. Asks for what is due now, then ends; the worker does the same."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would be asked for now, and ask nothing",
        )

    def handle(self, *, dry_run: bool = False, **options: Any) -> None:
        if os.environ.get("NO_COLOR"):
            self.style = no_style()
        try:
            if dry_run:
                self.say_what_is_due()
                return
            if settings.WIRE_POLL is False:
                raise CommandError(OFF)
            with told_to_stop() as over, Parsers(workers=settings.WIRE_PARSERS) as parsers:
                self.report(rechecker_of(parsers, over).recheck_due())
        except DatabaseError as error:
            raise no_database(error) from error

    def report(self, tally: RecheckTally) -> None:
        for failure in tally.failures:
            self.stderr.write(failure, self.style.WARNING)
        self.stdout.write(recheck_line(tally))

    def say_what_is_due(self) -> None:
        """Print a line for each channel with posts to ask for."""
        at, total = timezone.now(), 0
        for channel in due_channels(at).order_by("code"):
            wanted = wanted_of(channel, due_posts(channel, at=at))
            count = len(wanted[: questions_left(channel, at=at)])
            if count:
                self.stdout.write(f"{channel.code}  {count_of(count, 'post')}")
            total += count
        self.stdout.write(f"{count_of(total, 'post')} would be asked for. Nothing was.")


def recheck_line(tally: RecheckTally) -> str:
    """Return what rechecks brought, in one line."""
    outcome = tally.outcome
    return (
        f"{count_of(tally.posts, 'post')} of {count_of(tally.channels, 'channel')} asked for:"
        f" {outcome.withdrawn} withdrawn, {outcome.back} there again,"
        f" {count_of(len(tally.failures), 'failure')}"
    )


def rechecker_of(parsers: Parsers, over: threading.Event, *, worker: str = "") -> Rechecker:
    """Return a rechecker on the real network with this project's settings."""
    return Rechecker(
        fetch=fetch_by_settings(),
        parse=parsers.parse,
        now=timezone.now,
        sleep=over.wait,
        is_over=over.is_set,
        worker=worker or schedule.name_worker(),
    )
