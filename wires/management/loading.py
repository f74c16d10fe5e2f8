"""What the commands share that bring one of the project's own lists into the database."""

import os
from typing import Any

from django.core.management.base import BaseCommand
from django.core.management.color import no_style
from django.db import DatabaseError, transaction

from wires.management.outage import no_database


class LoadingCommand(BaseCommand):
    """Load a list, whole or not at all, and say what came."""

    def load(self) -> str:
        """Load it and return what to say. Runs in a transaction."""
        raise NotImplementedError

    def handle(self, *, verbosity: int, **options: Any) -> None:
        if os.environ.get("NO_COLOR"):
            self.style = no_style()
        try:
            with transaction.atomic():
                said = self.load()
        except DatabaseError as error:
            raise no_database(error) from error
        if verbosity:
            self.stdout.write(said)
