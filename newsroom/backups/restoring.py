"""Put a backup into an empty place: pictures first, then the database they belong to."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DEFAULT_DB_ALIAS, connections

from articles.models import Image
from newsroom.backups import databases
from newsroom.backups.archive import ArchiveReader, BadBackup, HashedFile, Manifest
from newsroom.backups.databases import FILES, NAMES
from newsroom.backups.encryption import BadKey, decrypted_from, is_encrypted
from newsroom.backups.making import MEDIA, names_in
from newsroom.health import needed_migrations
from newsroom.version import release
from web.words import count_of


class NotEmpty(Exception):
    """There is something where the backup was to go; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was restored: what the backup says of itself, and how many files of pictures."""

    manifest: Manifest
    pictures: int


def check_backup(path: Path, *, keys: Path | None) -> Manifest:
    """Read all of a backup and return its manifest.

    Raises BadBackup where a sum is wrong or it is cut short, BadKey, and OSError.
    """
    with _opened(path, keys) as archive:
        for _ in archive.files():
            pass
    return cast("Manifest", archive.manifest)


def restore_backup(
    path: Path, *, keys: Path | None, is_forced: bool, say: Callable[[str], None]
) -> Restored:
    """Check a backup, then restore it into the database and the storage of the settings.

    `is_forced` lets it go over tables in which nobody has written, and beside pictures. Raises
    NotEmpty, BadBackup, BadKey, databases.NoDump and OSError; the database is then as it was.
    """
    refuse_what_is_there(is_forced=is_forced)
    say("Checking the backup …")
    manifest = check_backup(path, keys=keys)
    refuse_what_does_not_fit(manifest)
    with _scratch() as scratch:
        say("Restoring the pictures …")
        pictures = 0
        dumped = scratch / FILES[manifest.database]
        with _opened(path, keys) as archive:
            for name, source in archive.files():
                if name.startswith(MEDIA):
                    _store(name.removeprefix(MEDIA), source)
                    pictures += 1
                elif name == dumped.name:
                    with dumped.open("wb") as file:
                        shutil.copyfileobj(cast("IO[bytes]", source), file, 1 << 20)
        say("Restoring the database …")
        databases.clear(DEFAULT_DB_ALIAS)
        databases.load(DEFAULT_DB_ALIAS, dumped)
    return Restored(manifest=manifest, pictures=pictures)


def refuse_what_is_there(*, is_forced: bool) -> None:
    """Raise NotEmpty where the database has tables, or the storage pictures.

    Articles and posts are never restored over, whatever is forced.
    """
    tables, worth = databases.held(DEFAULT_DB_ALIAS)
    if worth:
        what = " and ".join(f"{count:,} {name}" for name, count in worth.items())
        message = (
            f"The database holds {what}, which a restore would replace. Name an empty database in"
            " DATABASE_URL, or move this one away."
        )
        raise NotEmpty(message)
    if is_forced:
        return
    if tables:
        message = (
            f"The database has {count_of(tables, 'table')}, without articles and posts. Restore"
            " into an empty one, or replace these with --force."
        )
        raise NotEmpty(message)
    if first := next(names_in(default_storage), None):
        message = (
            f"There are pictures already in {pictures_place()}, such as {first}. Restore into an"
            " empty MEDIA_ROOT or MEDIA_BUCKET, or add to these with --force."
        )
        raise NotEmpty(message)


def refuse_what_does_not_fit(manifest: Manifest) -> None:
    """Raise BadBackup for a backup of a newer release, or of the other kind of database."""
    unknown = sorted(set(manifest.migrations) - needed_migrations())
    if unknown:
        app, name = unknown[0]
        message = (
            f"The backup is of a newer release: {manifest.release}, this is {release()}. Its"
            f" database has the migration {app}.{name}, unknown here. Install that release first."
        )
        raise BadBackup(message)
    kind = connections[DEFAULT_DB_ALIAS].vendor
    if manifest.database != kind:
        names = f"{NAMES.get(manifest.database, manifest.database)}, not of {NAMES[kind]}"
        message = (
            f"The backup is of {names}, which DATABASE_URL names. Restore it there, then move it"
            " as docs/deploy.md says."
        )
        raise BadBackup(message)


@contextmanager
def _opened(path: Path, keys: Path | None) -> Iterator[ArchiveReader]:
    """Yield the reader of a backup, decrypted where it is encrypted. Raises BadBackup, BadKey."""
    if not is_encrypted(path):
        with path.open("rb") as file, ArchiveReader(file) as archive:
            yield archive
        return
    if keys is None:
        message = f"{path.name} is encrypted: name the file of its key with --key."
        raise BadKey(message)
    try:
        with path.open("rb") as file, decrypted_from(file, keys) as plain:
            with ArchiveReader(plain) as archive:
                yield archive
            # To its end, where a wrong last part shows.
            while plain.read(1 << 20):
                pass
    except OSError as error:
        if error.errno is not None:
            raise
        message = f"The backup is cut short or damaged: {error}."
        raise BadBackup(message) from error


@contextmanager
def _scratch() -> Iterator[Path]:
    """Yield a folder for the database's file, beside where it goes if that is a file too."""
    connection = connections[DEFAULT_DB_ALIAS]
    beside = (
        Path(connection.settings_dict["NAME"]).parent
        if connection.vendor == "sqlite"
        else settings.RUNTIME_DIR
    )
    beside.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=beside, prefix=f".restore-{secrets.token_hex(4)}-") as name:
        yield Path(name)


def _store(name: str, source: HashedFile) -> None:
    """Store a picture under its own name. Raises OSError, and BadBackup for another name."""
    stored = default_storage.save(name, ContentFile(source.read()))
    if stored != name:
        default_storage.delete(stored)
        message = f"The storage keeps {name} as {stored}: it must let names be overwritten."
        raise BadBackup(message)


def pictures_place() -> str:
    """Return where the pictures are: a folder or a bucket."""
    is_folder = isinstance(default_storage, FileSystemStorage)
    return str(settings.MEDIA_ROOT if is_folder else default_storage)


def missing_pictures() -> list[str]:
    """Return the files that pictures of the library name and the storage has not. One query."""
    there = set(names_in(default_storage))
    return sorted({name for image in Image.objects.all() for name in image.files} - there)
