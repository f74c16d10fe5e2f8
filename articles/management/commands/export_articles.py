"""Write all articles with what they rest on into a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from articles.moving import BadExport, Exported, write_export
from web.words import count_of
from wires.management.outage import no_database


class Command(BaseCommand):
    help = (
        "Write every article, drafts included, into a new folder: JSON with all versions, sources,"
        " corrections and former addresses, the same texts as Markdown with front matter, the posts"
        " that are cited, and the pictures. import_articles reads it in again. Exit status: 0; 1"
        " where it cannot be written, and then the folder is not there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="made by this command")

    def handle(self, *, folder: Path, verbosity: int, **options: Any) -> None:
        done = Exported()
        try:
            for done in write_export(folder, at=timezone.now()):
                if verbosity > 1:
                    self.stdout.write(f"{count_of(done.articles, 'article')} …")
        except BadExport as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise no_database(error) from error
        for said in done.missing:
            self.stderr.write(said)
        if verbosity:
            told = ", ".join(
                count_of(count, noun)
                for count, noun in (
                    (done.articles, "article"),
                    (done.posts, "post"),
                    (done.pictures, "picture"),
                )
            )
            self.stdout.write(f"{told} written to {folder}.")
