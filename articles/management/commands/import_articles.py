"""Read in what export_articles wrote."""

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from articles import archive
from articles.moving import BadExport, Imported, read_export
from web.words import count_of
from wires.management.outage import no_database


@dataclass(slots=True)
class Checked:
    """How many public articles were checked, and how many have holds or could not be checked."""

    articles: int = 0
    held: int = 0
    failed: int = 0

    def add_unchecked(self) -> None:
        """Check the public articles that never were, a few at a time, and record what is found.

        An earlier run may have been broken off between the two.
        """
        for vetted in archive.vet_all(archive.never_vetted(), now=timezone.now, is_over=_never):
            self.articles += 1
            self.held += bool(vetted.holds)
            self.failed += bool(vetted.failure)

    def __str__(self) -> str:
        failed = f", {self.failed} could not be checked" if self.failed else ""
        where = " The desk lists them under “Needs attention”." if self.held else ""
        return (
            f"{count_of(self.articles, 'article')} checked, {self.held} with holds{failed}.{where}"
        )


def _read(folder: Path, checked: Checked, *, is_dry: bool) -> Iterator[Imported]:
    """Read an export and check what is public of it, whatever stops it. Raises BadExport."""
    try:
        for done in read_export(folder, is_dry=is_dry):
            if not is_dry:
                checked.add_unchecked()
            yield done
    except BadExport:
        if not is_dry:
            checked.add_unchecked()
        raise


def _never() -> bool:
    return False


class Command(BaseCommand):
    help = (
        "Read in a folder that export_articles wrote. Live articles are live here at once, at the"
        " addresses that they had; the posts that they cite are marked as copied, and their channels"
        " are paused. What is here already stays as it is, so a run can be repeated. Who published"
        " or wrote what stays behind. Live articles are checked as they come, a hundred at a time,"
        " and what was never checked here with them. Exit status: 0; 1 where a file cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument(
            "--dry-run", action="store_true", help="read all of it, and keep nothing"
        )

    def handle(self, *, folder: Path, dry_run: bool, verbosity: int, **options: Any) -> None:
        done, checked = Imported(), Checked()
        try:
            for done in _read(folder, checked, is_dry=dry_run):
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
        if checked.articles:
            self.stderr.write(str(checked))
        if verbosity:
            would = "would be imported" if dry_run else "imported"
            self.stdout.write(
                f"{count_of(done.added, 'article')} {would}, {done.known} were here already;"
                f" {count_of(done.pictures, 'picture')} stored."
            )
