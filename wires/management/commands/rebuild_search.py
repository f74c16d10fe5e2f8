"""Write the index of posts again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from web.words import count_of
from wires import search
from wires.management.outage import no_database


class Command(BaseCommand):
    help = (
        "Write the index by which posts are searched again, newest posts first. Needed once after"
        " an upgrade that makes or changes the index, and after a change of an outlet’s excerpt"
        " length. The site stays up meanwhile; a run that is broken off can be repeated."
    )

    def handle(self, *, verbosity: int = 1, **options: Any) -> None:
        written = 0
        try:
            for count in search.rebuild():
                written += count
                if verbosity > 1:
                    self.stdout.write(f"{count_of(written, 'post')} …")
        except DatabaseError as error:
            raise no_database(error) from error
        if verbosity:
            self.stdout.write(f"{count_of(written, 'post')} indexed.")
