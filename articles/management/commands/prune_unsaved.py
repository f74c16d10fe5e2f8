"""Delete unsaved texts and overwritten drafts of long ago."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.pruning import old_unsaved, prune_unsaved
from web.words import count_of


class Command(BaseCommand):
    help = (
        "Delete text that was typed and not saved, and drafts that a save wrote over, after 30"
        " days. The worker does this once a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="count what would go, and delete nothing"
        )

    def handle(self, *, dry_run: bool = False, **options: Any) -> None:
        at = timezone.now()
        if dry_run:
            found = ", ".join(
                count_of(rows.count(), name) for name, rows in old_unsaved(at).items()
            )
            self.stdout.write(f"Nothing was deleted. {found} would be.")
        else:
            self.stdout.write(f"{count_of(sum(prune_unsaved(at)), 'row')} deleted.")
