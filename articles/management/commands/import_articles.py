"""Read in what export_articles wrote."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.moving import BadExport, Imported, read_export
from web.words import count_of
from wires.management.outage import no_database


class Command(BaseCommand):
    help = (
        "Read in a folder that export_articles wrote. Live articles are live here at once, at the"
        " addresses that they had; the posts that they cite are marked as copied, and their channels"
        " are paused. What is here already stays as it is, so a run can be repeated. Who published"
        " or wrote what stays behind. Exit status: 0; 1 where a file cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument(
            "--dry-run", action="store_true", help="read all of it, and keep nothing"
        )

    def handle(self, *, folder: Path, dry_run: bool, verbosity: int, **options: Any) -> None:
        done = Imported()
        try:
            for done in read_export(folder, is_dry=dry_run):
                if verbosity > 1:
                    self.stdout.write(f"{count_of(done.added + done.known, 'article')} …")
        except BadExport as error:
            kept = "Nothing" if dry_run or not done.added else count_of(done.added, "article")
            message = f"{error} {kept} was imported; repeat the command once it is put right."
            raise CommandError(message) from error
        except DatabaseError as error:
            raise no_database(error) from error
        for said in done.problems:
            self.stderr.write(said)
        if done.added and not dry_run:
            self.stderr.write("Nothing was checked on the way in: run vet_archive.")
        if verbosity:
            would = "would be imported" if dry_run else "imported"
            self.stdout.write(
                f"{count_of(done.added, 'article')} {would}, {done.known} were here already;"
                f" {count_of(done.pictures, 'picture')} stored."
            )
