"""Delete old posts that nobody did anything with."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from web.words import count_of
from wires.management.outage import no_database
from wires.management.pruning import prune
from wires.pruning.posts import IDS_FOR, count_prunable, prune_posts

FOR_EVER = "WIRE_KEEP_DAYS is 0, so posts are kept for ever. Use --older-than to prune anyway."


def days(text: str) -> int:
    """Return a number of days, one or more. Raises ArgumentTypeError."""
    if text.isdecimal() and 1 <= int(text) <= 36_500:
        return int(text)
    message = f"{text} is not a number of days."
    raise ArgumentTypeError(message)


class Command(BaseCommand):
    help = (
        "Delete the words of posts that are older than --older-than, and were last seen before"
        " then. Nothing is deleted that an article or a draft cites, that was withdrawn, erased,"
        " entered by hand, confirmed or hidden by a person, or that its outlet still lists. Their ids go"
        f" {IDS_FOR.days} days later, so that they do not come back as new. The worker does this"
        " once a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--older-than",
            type=days,
            metavar="DAYS",
            help=f"by default WIRE_KEEP_DAYS, which is {settings.WIRE_KEEP_DAYS}",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="count what would go, and change nothing"
        )

    def handle(
        self, *, older_than: int | None = None, dry_run: bool = False, **options: Any
    ) -> None:
        age, at = older_than or settings.WIRE_KEEP_DAYS, timezone.now()
        if not age:
            self.stdout.write(FOR_EVER)
            return
        try:
            self.go(at - timedelta(days=age), at=at, dry_run=dry_run)
        except DatabaseError as error:
            raise no_database(error) from error

    def go(self, before: datetime, *, at: datetime, dry_run: bool) -> None:
        if not dry_run:
            pruned = prune(prune_posts(before, at=at))
            self.stdout.write(f"{count_of(pruned, 'post')} pruned.")
            return
        found = count_prunable(before, at=at)
        self.stdout.write(f"{count_of(found.words, 'post')} would lose their words,")
        self.stdout.write(
            f"{count_of(found.ids, 'post')} pruned earlier their ids. Nothing was changed."
        )
