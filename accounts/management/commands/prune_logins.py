"""Delete what logins left behind."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.leftovers import leftovers, prune_logins
from web.words import count_of


class Command(BaseCommand):
    help = (
        "Delete sessions that are over, failed logins that no longer count, logins that are older"
        " than 30 days, and old requests for a new password. The worker does this once a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="count what would go, and delete nothing"
        )

    def handle(self, *, dry_run: bool = False, **options: Any) -> None:
        at = timezone.now()
        if not dry_run:
            self.stdout.write(f"{count_of(sum(prune_logins(at)), 'row')} deleted.")
            return
        for name, rows in leftovers(at).items():
            many = "requests for a password" if "request" in name else ""
            self.stdout.write(count_of(rows.count(), name, many))
        self.stdout.write("would be deleted. Nothing was.")
