"""Write the indexes of articles and posts again."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from articles import search as articles
from web.words import count_of
from wires import search as wires
from wires.management.outage import no_database


class Command(BaseCommand):
    help = (
        "Write the indexes by which articles and posts are searched again, newest first. Needed"
        " once after an upgrade that makes or changes an index, and after a change of an outlet’s"
        " excerpt length. The site stays up meanwhile; a run that is broken off can be repeated."
    )

    def handle(self, *, verbosity: int = 1, **options: Any) -> None:
        try:
            for noun, counts in (("article", articles.rebuild()), ("post", wires.rebuild())):
                self._write(noun, counts, verbosity)
        except DatabaseError as error:
            raise no_database(error) from error

    def _write(self, noun: str, counts: Iterator[int], verbosity: int) -> None:
        written = 0
        for count in counts:
            written += count
            if verbosity > 1:
                self.stdout.write(f"{count_of(written, noun)} …")
        if verbosity:
            self.stdout.write(f"{count_of(written, noun)} indexed.")
