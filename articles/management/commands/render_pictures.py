"""Make the renditions of pictures that are missing or were made by an older recipe."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.models import Image
from articles.pictures import render_all
from desk.renditions import RECIPE
from web.words import count_of
from wires.management.outage import no_database


class Command(BaseCommand):
    help = (
        "Make the renditions of pictures, AVIF, WebP and JPEG or PNG in several widths, where they"
        " are missing or were made by an older release. The worker does this for every upload, and"
        " every five minutes for what was missed; until it has, readers get the original. It may"
        " be interrupted and run again at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="count what would be rendered, change nothing"
        )
        parser.add_argument("--all", action="store_true", help="render what is there as well")

    def handle(self, *, dry_run: bool = False, **options: Any) -> None:
        try:
            if dry_run:
                rows = Image.objects.all() if options["all"] else Image.objects.to_render(RECIPE)
                line = f"{count_of(rows.count(), 'picture')} would be rendered."
                self.stdout.write(f"{line} Nothing was changed.")
                return
            failed = self._render(is_all=options["all"])
        except DatabaseError as error:
            raise no_database(error) from error
        if failed:
            message = f"{count_of(failed, 'picture')} could not be rendered; see the log."
            raise CommandError(message)

    def _render(self, *, is_all: bool) -> int:
        """Render, and return of how many it failed."""
        rendered, failed = 0, 0
        for image, is_done in render_all(is_all=is_all):
            rendered, failed = rendered + is_done, failed + (not is_done)
            self.stderr.write(f"Picture {image.pk}: {count_of(len(image.renditions), 'file')}")
        self.stdout.write(f"{count_of(rendered, 'picture')} rendered.")
        return failed
