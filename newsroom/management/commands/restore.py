"""Restore a backup into an empty place."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError
from django.utils import timezone

from accounts import redis_sessions
from accounts.redis_sessions import SessionsAway
from articles.erasure import again, journal
from newsroom.backups import (
    BadBackup,
    BadKey,
    NoDump,
    NotEmpty,
    check_backup,
    restore_backup,
)
from newsroom.backups.archive import Manifest
from newsroom.backups.places import S3, in_bucket
from newsroom.backups.restoring import missing_pictures, pictures_place
from newsroom.management.commands.migrate import place_of
from web.words import count_of
from wires import generations
from wires.management.outage import no_database

FEW = 3
REPEAT = "Make that right, then run `manage.py restore --erasures-only` before the site starts."


class Command(BaseCommand):
    help = (
        "Restore a backup into an empty database and an empty folder of pictures, migrate it, and"
        " erase again what was erased since. Exit status 1: refused, or not all was done."
    )
    # They may ask the database, which is empty.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", nargs="?", help="the backup: a path, or s3://BUCKET/NAME"
        )
        parser.add_argument("--key", metavar="FILE", type=Path, help="its key, if it is encrypted")
        parser.add_argument(
            "--check", action="store_true", help="read all of the backup, and restore nothing"
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="replace tables without articles and posts, and add to pictures that are there",
        )
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--erasures",
            metavar="FILE",
            type=Path,
            help=f"the newest {journal.FILE_NAME} (what is noted beside the backup)",
        )
        which.add_argument(
            "--no-erasures", action="store_true", help="nothing was ever erased on this site"
        )
        parser.add_argument(
            "--erasures-only",
            action="store_true",
            help="restore nothing, and only erase again: after a restore that was broken off",
        )

    def handle(
        self,
        *,
        file: str | None,
        key: Path | None,
        check: bool,
        force: bool,
        erasures: Path | None,
        no_erasures: bool,
        erasures_only: bool,
        **options: Any,
    ) -> None:
        if file is None and not erasures_only:
            message = "Name the file of the backup."
            raise CommandError(message)
        try:
            if check and file:
                with at_hand(file) as path:
                    whole = told(check_backup(path, keys=key))
                self.stdout.write(f"The backup is whole: {whole}.")
                return
            noted = self.read_erasures(file, erasures, is_waived=no_erasures)
            if file and not erasures_only:
                with at_hand(file) as path:
                    self.restore(path, key, is_forced=force)
            self.erase_again(noted)
        except (
            BadBackup, BadKey, NoDump, NotEmpty, SessionsAway, journal.UnreadableJournal,
        ) as error:  # fmt: skip
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise no_database(error) from error
        except OSError as error:
            message = f"{error.filename or file or 'Restore'}: {error.strerror or error}"
            raise CommandError(message) from error

    def read_erasures(
        self, file: str | None, named: Path | None, *, is_waived: bool
    ) -> list[journal.NotedErasure]:
        """Return what was erased since, before anything is restored. Raises CommandError, OSError."""
        if is_waived:
            return []
        beside = journal.FileJournal(named) if named else journal_beside(file)
        try:
            return beside.read()
        except FileNotFoundError as error:
            message = (
                f"There is no {beside}, which says what was erased since the backup. Name"
                f" {journal.FILE_NAME} with --erasures; or say with --no-erasures that there was"
                " nothing."
            )
            raise CommandError(message) from error

    def restore(self, file: Path, key: Path | None, *, is_forced: bool) -> None:
        """Restore the file and bring the database up to this release."""
        # Before anything is changed: they are ended at the end.
        if settings.SESSIONS_URL and not redis_sessions.answers():
            raise SessionsAway
        self.stderr.write(f"Database: {place_of(DEFAULT_DB_ALIAS)}")
        self.stderr.write(f"Pictures: {pictures_place()}")
        restored = restore_backup(file, keys=key, is_forced=is_forced, say=self.stderr.write)
        self.stderr.write("Migrating …")
        call_command("migrate", interactive=False, verbosity=0)
        # Who was logged in then may have been locked out since; and they hold unread messages.
        Session.objects.all().delete()
        if settings.SESSIONS_URL:
            redis_sessions.end_all()
        for name in generations.NAMES:
            generations.bump(name)
        self.stdout.write(f"Restored: {told(restored.manifest)}. Everybody has to log in again.")
        if missing := missing_pictures():
            names = ", ".join(missing[:FEW])
            self.stdout.write(
                f"{count_of(len(missing), 'picture')} of the library had no file in it: {names}."
            )

    def erase_again(self, noted: list[journal.NotedErasure]) -> None:
        """Erase what was erased since. Raises CommandError where one could not be."""
        counts = again.erase_again(noted, at=timezone.now())
        if noted:
            parts = [f"{count} {what}" for what, count in sorted(counts.items())]
            self.stdout.write(f"Erasures made since: {', '.join(parts)}.")
        if counts[again.FAILED]:
            message = f"{counts[again.FAILED]} could not be erased again. {REPEAT}"
            raise CommandError(message)


def journal_beside(file: str | None) -> journal.Journal:
    """Return where erasures are noted beside a backup; without one, where this site notes them."""
    if file is None:
        return journal.site_journal()
    if file.startswith(S3):
        bucket, _ = in_bucket(file)
        return journal.BucketJournal(bucket.bucket)
    return journal.FileJournal(Path(file).with_name(journal.FILE_NAME))


@contextmanager
def at_hand(file: str) -> Iterator[Path]:
    """Yield a path of the backup: a copy on this machine of one in a bucket. Raises OSError."""
    if not file.startswith(S3):
        yield Path(file)
        return
    bucket, name = in_bucket(file)
    Path(settings.RUNTIME_DIR).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.RUNTIME_DIR, prefix=".restore-") as folder:
        yield bucket.fetch(name, Path(folder))


def told(manifest: Manifest) -> str:
    """Return in words what a backup holds."""
    return (
        f"made at {manifest.made_at[:16].replace('T', ' ')} UTC by release {manifest.release},"
        f" {manifest.database}, {count_of(len(manifest.files) - 1, 'file')} of pictures"
    )
