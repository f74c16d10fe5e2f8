"""Store again the parts of article pages that are not true any more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from articles.page_parts import render_all
from web.words import count_of
from wires.management.outage import no_database


class Command(BaseCommand):
    help = (
        "Render what article pages and feeds show of the posts they cite, where what is stored is"
        " missing or not true any more: after a release, or after an outlet was renamed. Readers"
        " never see what is not true; until it is stored again their pages only take longer. The"
        " worker does this for the newest articles each minute, and for all once a day. It may be"
        " interrupted and run again at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="count what would be rendered, change nothing"
        )
        parser.add_argument("--all", action="store_true", help="render what is true as well")

    def handle(self, *, dry_run: bool = False, **options: Any) -> None:
        checked, stale, waiting = 0, 0, 0
        try:
            for done in render_all(at=timezone.now(), is_dry=dry_run, is_all=options["all"]):
                checked, stale = checked + done.checked, stale + done.stale
                waiting += done.waiting
                self.stderr.write(f"{count_of(checked, 'article')} checked, {stale} to render")
        except DatabaseError as error:
            raise no_database(error) from error
        if dry_run:
            line = f"{count_of(stale, 'article')} of {checked} would be rendered."
            self.stdout.write(f"{line} Nothing was changed.")
            return
        self.stdout.write(f"{count_of(stale - waiting, 'article')} of {checked} rendered.")
        if waiting:
            self.stdout.write(
                f"{count_of(waiting, 'article')} changed meanwhile: run the command again."
            )
