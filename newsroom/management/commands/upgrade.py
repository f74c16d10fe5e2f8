"""Bring the database and the static files up to the release that is installed."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from articles import search as articles
from newsroom.management.commands.migrate import place_of
from newsroom.page_checks import site_pages_are_reachable
from newsroom.upgrading import UpgradeRefused, alone_with, refuse_newer, waiting_migrations
from newsroom.version import release
from web.words import count_of
from wires.management.outage import no_database
from wires.search import POSTS


class Command(BaseCommand):
    help = (
        "Say what an upgrade to this release does, and do it: migrations, instruments, static"
        " files. It can be repeated. Exit status 1: refused, or broken off."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do not ask, as scripts need it")

    def handle(self, *, yes: bool, **options: Any) -> None:
        try:
            with alone_with(DEFAULT_DB_ALIAS):
                refuse_newer(DEFAULT_DB_ALIAS)
                self.announce(waiting_migrations(DEFAULT_DB_ALIAS))
                if yes or self.is_confirmed():
                    self.upgrade()
        except UpgradeRefused as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise no_database(error) from error
        except OSError as error:
            message = f"{error.filename or 'The upgrade'}: {error.strerror or error}"
            raise CommandError(message) from error

    def announce(self, waiting: list[str]) -> None:
        """Say which database it is, and what happens to it."""
        self.stdout.write(f"Release {release()}")
        self.stdout.write(f"Database: {place_of(DEFAULT_DB_ALIAS)}")
        self.stdout.write(f"{count_of(len(waiting), 'migration')} to apply.")
        for name in waiting:
            self.stdout.write(f"  {name}")
        self.stdout.write("Then: load new instruments, collect static files beside the old ones.")
        if waiting:
            self.stdout.write("Make a backup first: manage.py backup. It is the sure way back.")

    def is_confirmed(self) -> bool:
        """Ask on a terminal. Raises UpgradeRefused where nobody can answer."""
        if not sys.stdin.isatty():
            message = "Nobody is there to say yes, so nothing was done: add --yes."
            raise UpgradeRefused(message)
        if input("Upgrade? [y/N] ").strip().lower() in {"y", "yes"}:
            return True
        self.stdout.write("Nothing was done.")
        return False

    def upgrade(self) -> None:
        """Do it, step by step. Each can be repeated."""
        for name, command, arguments in (
            ("Migrating", "migrate", {"interactive": False}),
            ("Loading instruments", "load_instruments", {}),
            ("Collecting static files", "collectstatic", {"interactive": False}),
        ):
            self.stdout.write(f"{name} …")
            self.stdout.flush()
            call_command(command, verbosity=0, **arguments)
        # An earlier release had none, or kept less in it, and what is not there is found by nobody.
        if POSTS.is_empty() or articles.ARTICLES.is_empty() or articles.is_outdated():
            self.stdout.write("Indexing articles and posts, minutes where there are millions …")
            self.stdout.flush()
            call_command("rebuild_search", verbosity=0)
        for caution in site_pages_are_reachable(None, databases=[DEFAULT_DB_ALIAS]):
            self.stderr.write(f"{caution.msg} {caution.hint}")
        self.stdout.write(
            self.style.SUCCESS(f"Upgraded to {release()}.")
            + " Restart the worker, then reload the web processes."
        )
