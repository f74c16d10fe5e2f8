"""Back up the site into one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from articles.erasure import journal
from newsroom.backups import BadKey, NoDump, NotWritten, make_backup
from newsroom.backups.encryption import make_key
from newsroom.backups.places import Folder, delete_older, place_of_site
from web.words import count_of
from wires.management.outage import no_database


class Command(BaseCommand):
    help = (
        "Write the database and the pictures into one file, in BACKUP_BUCKET or in FOLDER, while the"
        " site runs. Exit status 1: no backup was made, and nothing is left of it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            metavar="FOLDER",
            type=Path,
            nargs="?",
            help=f"where to put it (the bucket of BACKUP_BUCKET, else {settings.BACKUP_DIR})",
        )
        parser.add_argument(
            "--key",
            metavar="FILE",
            type=Path,
            help="encrypt it with this key of age; its public half is enough",
        )
        parser.add_argument(
            "--keep", metavar="N", type=int, help="then delete all but the newest N there"
        )
        parser.add_argument(
            "--make-key", metavar="FILE", type=Path, help="make such a key, and no backup"
        )

    def handle(
        self,
        *,
        folder: Path | None,
        key: Path | None,
        keep: int | None,
        make_key: Path | None,
        verbosity: int,
        **options: Any,
    ) -> None:
        if make_key:
            self.write_key(make_key)
            return
        if keep is not None and keep < 1:
            message = f"--keep is {keep}: keep one at least."
            raise CommandError(message)
        place = Folder(folder) if folder else place_of_site()
        folder = folder or Path(settings.BACKUP_DIR)
        try:
            # Before the backup: what is erased while it is made is noted anyway.
            journal.note_missing()
            made = make_backup(
                folder,
                keys=key,
                at=timezone.now(),
                say=self.stderr.write if verbosity else lambda line: None,
                place=place,
            )
            old = delete_older(place, keep=keep) if keep else []
        except (BadKey, NoDump, NotWritten, journal.UnreadableJournal) as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise no_database(error) from error
        except OSError as error:
            message = f"{error.filename or folder}: {error.strerror or error}"
            raise CommandError(message) from error
        if verbosity:
            pictures = count_of(made.pictures, "file")
            self.stdout.write(
                f"{made.place}: {filesizeformat(made.size)}, with {pictures} of pictures."
            )
            for name in old:
                self.stdout.write(f"Deleted {name}.")

    def write_key(self, path: Path) -> None:
        """Make a key file and say what to do with it. Raises CommandError."""
        try:
            public = make_key(path)
        except OSError as error:
            message = f"The key cannot be written to {path}: {error.strerror}."
            raise CommandError(message) from error
        self.stdout.write(
            f"{path} is the key. Keep it where the backups are not: without it nobody can read"
            f" them. To make backups, a file with this line is enough:\n{public}"
        )
