"""Empty the bodies of old captures."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from web.words import count_of
from wires.management.outage import no_database
from wires.management.pruning import prune
from wires.pruning.captures import BODIES_FOR, count_needless, empty_bodies


class Command(BaseCommand):
    help = (
        f"Empty the fetched bodies that are older than {BODIES_FOR.days} days and prove nothing: no"
        " article or draft cites a post in them, none was withdrawn or entered by hand. Hashes stay"
        " for ever. The worker does this once a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="count what would go, and change nothing"
        )

    def handle(self, *, dry_run: bool = False, **options: Any) -> None:
        before = timezone.now() - BODIES_FOR
        try:
            if dry_run:
                self.say_what_would_go(before)
                return
            emptied = prune(empty_bodies(before))
        except DatabaseError as error:
            raise no_database(error) from error
        self.stdout.write(f"{count_of(emptied, 'body', 'bodies')} emptied.")

    def say_what_would_go(self, before: Any) -> None:
        found = count_needless(before)
        bodies = count_of(found.old, "body", "bodies")
        self.stdout.write(f"{bodies} would be emptied, {found.size:,} bytes unpacked.")
        self.stdout.write(
            f"{found.kept} of that age prove something and stay. Nothing was changed."
        )
