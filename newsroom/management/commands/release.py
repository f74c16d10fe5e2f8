"""Print which release this is, and whether the database is of the same."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from newsroom.management.commands.migrate import place_of
from newsroom.upgrading import waiting_migrations
from newsroom.version import release
from web.words import count_of
from wires.management.outage import no_database


class Command(BaseCommand):
    help = "Print the release, the database, and how many migrations it waits for."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="print one JSON object"
        )

    def handle(self, *, as_json: bool = False, **options: Any) -> None:
        place = place_of(DEFAULT_DB_ALIAS)
        try:
            waiting = waiting_migrations(DEFAULT_DB_ALIAS)
        except DatabaseError as error:
            raise no_database(error) from error
        if as_json:
            found = {"release": release(), "database": place, "migrations_waiting": waiting}
            self.stdout.write(json.dumps(found))
            return
        self.stdout.write(f"Release {release()}")
        self.stdout.write(f"Database: {place}")
        names = f": {', '.join(waiting)}" if waiting else ""
        self.stdout.write(f"{count_of(len(waiting), 'migration')} waiting{names}")
