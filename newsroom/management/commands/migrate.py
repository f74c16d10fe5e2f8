"""Django's migrate, which says first on which database it works."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if options["verbosity"]:
            self.stdout.write(f"Database: {place_of(options['database'])}")
        super().handle(*args, **options)


def place_of(alias: str) -> str:
    """Return where a database is, without its password."""
    connection = connections[alias]
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"SQLite, {given['NAME']}"
    host = f"{given['HOST'] or 'this machine'}{':' if given['PORT'] else ''}{given['PORT']}"
    return f"{connection.display_name}, {given['NAME']} on {host}"
