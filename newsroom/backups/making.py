"""Make a backup: the database as it is at one moment, then the pictures."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.core.files.storage import Storage, default_storage
from django.db import DEFAULT_DB_ALIAS, connections

from newsroom.backups import databases
from newsroom.backups.archive import ArchiveWriter, Manifest
from newsroom.backups.encryption import encrypted_into
from newsroom.backups.places import Folder, Place, name_of
from newsroom.version import release
from web.words import count_of

MEDIA = "media/"
UNFINISHED = ".unfinished"


class NotWritten(Exception):
    """No backup was made; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBackup:
    """A backup that is whole and in its place; `size` in bytes."""

    place: str
    size: int
    pictures: int


def make_backup(
    folder: Path,
    *,
    keys: Path | None,
    at: datetime,
    say: Callable[[str], None],
    place: Place | None = None,
) -> MadeBackup:
    """Make a backup in a folder, encrypted if there are keys, while the site goes on.

    It is kept in `place`, or in the folder itself. Nothing has the final name before all of it is
    on the disk. Raises NotWritten, NoDump and BadKey, leaving nothing behind; what a killed one
    left, the next removes.
    """
    place = place or Folder(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone_in(folder), _scratch_in(folder) as scratch:
            return _make(place, scratch, keys=keys, at=at, say=say)
    except OSError as error:
        message = (
            f"No backup was made in {folder}: {error.strerror or error}. Nothing is left of it."
        )
        raise NotWritten(message) from error


def _make(
    place: Place, scratch: Path, *, keys: Path | None, at: datetime, say: Callable[[str], None]
) -> MadeBackup:
    kind = connections[DEFAULT_DB_ALIAS].vendor
    migrations = databases.applied_migrations(DEFAULT_DB_ALIAS)
    say(f"Copying the database ({databases.NAMES[kind]}) …")
    dumped = scratch / databases.FILES[kind]
    databases.dump(DEFAULT_DB_ALIAS, dumped)
    if databases.applied_migrations(DEFAULT_DB_ALIAS) != migrations:
        message = "No backup was made: the database was migrated meanwhile. Begin again."
        raise NotWritten(message)
    manifest = Manifest(
        release=release(),
        made_at=at.isoformat(),
        database=kind,
        migrations=migrations,
    )
    # Named by their hashes and never changed, so the database names none that comes later.
    names = list(names_in(default_storage))
    say(f"Copying {count_of(len(names), 'file')} of pictures …")
    draft = scratch / "archive"
    with draft.open("wb") as file:
        with encrypted_into(file, keys) as target:
            pictures = _write(target, dumped, names, manifest)
        file.flush()
        os.fsync(file.fileno())
    size = draft.stat().st_size
    kept = place.take(draft, name_of(at, is_encrypted=bool(keys)))
    return MadeBackup(place=kept, size=size, pictures=pictures)


def _write(target: IO[bytes], dumped: Path, names: list[str], manifest: Manifest) -> int:
    """Write all of a backup and return how many files of pictures it holds. Raises OSError."""
    archive = ArchiveWriter(target)
    with dumped.open("rb") as file:
        archive.add(dumped.name, file, size=dumped.stat().st_size)
    # It was a copy, and its place may be needed for the pictures.
    dumped.unlink()
    for name in names:
        try:
            picture, size = default_storage.open(name), default_storage.size(name)
        except FileNotFoundError:
            continue  # deleted meanwhile, as one that nothing names any more
        with picture:
            archive.add(MEDIA + name, picture, size=size)
    pictures = len(archive.files) - 1
    manifest.files.update(archive.files)
    archive.finish(manifest)
    return pictures


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """Yield the name of every whole file of a storage, in order."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        # What an upload has not finished.
        if not name.endswith(".part"):
            yield f"{folder}{name}"
    for name in sorted(folders):
        yield from names_in(storage, f"{folder}{name}/")


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep another backup from beginning in the same folder. Raises NotWritten, OSError."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = f"Another backup is being made in {folder}. Wait for that one."
            raise NotWritten(message) from error
        yield


@contextmanager
def _scratch_in(folder: Path) -> Iterator[Path]:
    """Yield a folder for what is not finished, and remove it, and those of killed processes."""
    for left in folder.glob(f".*{UNFINISHED}"):
        shutil.rmtree(left)
    scratch = folder / f".{os.getpid()}{UNFINISHED}"
    scratch.mkdir(mode=0o700)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
