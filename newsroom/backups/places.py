"""Where backups are kept: a folder of this machine, or a bucket."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.files import File

from newsroom.file_stores import bucket_store
from newsroom.storage import flush

PREFIX, ENDING, ENCRYPTED = "newsroom-", ".tar.gz", ".tar.gz.age"
STAMP = "%Y%m%dT%H%M%SZ"
S3 = "s3://"
# Who copies a backup waits longer for a bucket than a reader does.
PATIENCE = 120


class Place(Protocol):
    """Holds whole backups. All raise OSError."""

    def take(self, draft: Path, name: str) -> str:
        """Keep a finished file under a name that nobody sees before, and return where it is."""

    def names(self) -> list[str]:
        """Return the names of the backups, the newest last."""

    def delete(self, name: str) -> None: ...


class Folder:
    """A folder, in the file system where drafts are written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def take(self, draft: Path, name: str) -> str:
        draft.replace(self.path / name)
        flush(self.path)
        return str(self.path / name)

    def names(self) -> list[str]:
        return backups_among(path.name for path in self.path.iterdir())

    def delete(self, name: str) -> None:
        (self.path / name).unlink()


class InBucket:
    """A bucket of newsroom.buckets, or a folder of one."""

    def __init__(self, options: dict[str, Any], *, patience: float = PATIENCE) -> None:
        # Few have one, and the library costs every command time.
        from newsroom.buckets import Bucket

        self.bucket = Bucket(**options, patience=patience)

    def take(self, draft: Path, name: str) -> str:
        with draft.open("rb") as file:
            self.bucket.save(name, File(file, name))
        return f"{self.bucket}/{name}"

    def names(self) -> list[str]:
        return backups_among(self.bucket.listdir("")[1])

    def delete(self, name: str) -> None:
        self.bucket.delete(name)

    def fetch(self, name: str, folder: Path) -> Path:
        """Copy a backup into a folder, and return where it is there."""
        self.bucket.fetch(name, folder / name)
        return folder / name


def place_of_site(*, patience: float = PATIENCE) -> Place:
    """Return where this site keeps its backups: BACKUP_BUCKET, else BACKUP_DIR."""
    if "backups" in settings.STORAGES:
        return InBucket(settings.STORAGES["backups"]["OPTIONS"], patience=patience)
    return Folder(Path(settings.BACKUP_DIR))


def in_bucket(address: str) -> tuple[InBucket, str]:
    """Return the bucket of s3://BUCKET/NAME or s3://BUCKET/FOLDER/NAME, and the name."""
    bucket, _, name = address.rpartition("/")
    return InBucket(bucket_store(bucket, settings.S3)["OPTIONS"]), name


def backups_among(names: Any) -> list[str]:
    """Return those of some names that backups have, the newest last."""
    return sorted(
        name for name in names if name.startswith(PREFIX) and name.endswith((ENDING, ENCRYPTED))
    )


def name_of(at: datetime, *, is_encrypted: bool) -> str:
    return f"{PREFIX}{at.astimezone(UTC):{STAMP}}{ENCRYPTED if is_encrypted else ENDING}"


def made_at(name: str) -> datetime:
    """Return when a backup was made, by its name. Raises ValueError for another name."""
    stamp = name.removeprefix(PREFIX).partition(".")[0]
    return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)


def delete_older(place: Place, *, keep: int) -> list[str]:
    """Delete all backups but the newest, and return what was deleted. Raises OSError."""
    old = place.names()[:-keep]
    for name in old:
        place.delete(name)
    return old
