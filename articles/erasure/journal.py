"""The erasures, noted beside the backups: a backup of before holds the words again.

A line names a post or a version by its numbers and by what nobody else has, and holds no word.
The lines stand in one file. In a bucket each is a file of its own, for nothing can be added to a
file there, and several hosts note at the same time.
"""

import errno
import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from articles.models import Erasure

logger = logging.getLogger(__name__)

FILE_NAME = "erasures.jsonl"
# The folder of a bucket, and the file that tells one without erasures from a lost one.
FOLDER, BEGUN = "erasures", "begun"


@dataclass(frozen=True, slots=True)
class NotedErasure:
    """One erased post or version: what its row belongs to, and which one of that it is.

    Of a post `owner` is the channel and `mark` the hash of its id there; of a version they are the
    article and the number with the time of publication. Both stay when the words are erased.
    """

    kind: str
    owner: int
    mark: str
    erased_at: str

    @property
    def what(self) -> tuple[str, int, str]:
        """Return what was erased, whenever that was."""
        return self.kind, self.owner, self.mark

    @property
    def file_name(self) -> str:
        """Return what its file in a bucket is called: the same by any process, at any time."""
        return sha256(f"{self.kind} {self.owner} {self.mark}".encode()).hexdigest() + ".json"


class UnreadableJournal(Exception):
    """The file of erasures cannot be read, or a line of it; the message says which."""


def journal_path() -> Path:
    return Path(settings.BACKUP_DIR) / FILE_NAME


class Journal(Protocol):
    """Where erasures are noted. All raise OSError, and UnreadableJournal for a broken line.

    To read one that nobody began raises FileNotFoundError.
    """

    def add(self, lines: Iterable[NotedErasure]) -> None: ...

    def read(self) -> list[NotedErasure]: ...

    def lacks(self, lines: Iterable[NotedErasure]) -> list[NotedErasure]: ...


class FileJournal:
    """One file in a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __str__(self) -> str:
        return str(self._path)

    def add(self, lines: Iterable[NotedErasure]) -> None:
        _append(self._path, lines)

    def read(self) -> list[NotedErasure]:
        return read(self._path)

    def lacks(self, lines: Iterable[NotedErasure]) -> list[NotedErasure]:
        known = {one.what for one in self.read()} if self._path.exists() else set()
        return [line for line in lines if line.what not in known]


class BucketJournal:
    """A folder of a bucket, with a file for each erasure."""

    def __init__(self, bucket: Storage) -> None:
        self._bucket = bucket

    def __str__(self) -> str:
        return f"{self._bucket}/{FOLDER}"

    def add(self, lines: Iterable[NotedErasure]) -> None:
        self._bucket.save(f"{FOLDER}/{BEGUN}", ContentFile(b""))
        for line in lines:
            body = ContentFile(_line_of(line).encode())
            self._bucket.save(f"{FOLDER}/{line.file_name}", body)

    def read(self) -> list[NotedErasure]:
        names = {*self._bucket.listdir(FOLDER)[1]}
        if BEGUN not in names:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self))
        found = []
        for name in sorted(names - {BEGUN}):
            with self._bucket.open(f"{FOLDER}/{name}") as file:
                found.append(_noted_in(file.read().decode(), f"{self}/{name}"))
        return found

    def lacks(self, lines: Iterable[NotedErasure]) -> list[NotedErasure]:
        known = {*self._bucket.listdir(FOLDER)[1]}
        return [line for line in lines if line.file_name not in known]


def site_journal() -> Journal:
    """Return where this site notes its erasures: in BACKUP_BUCKET, else in BACKUP_DIR."""
    if "backups" in storages.backends:
        return BucketJournal(storages["backups"])
    return FileJournal(journal_path())


def note(erasures: Iterable[Erasure]) -> None:
    """Note erasures beside the backups. One that cannot be is logged: the erasure itself is done.

    The next backup notes what is missing.
    """
    try:
        site_journal().add(map(noted_of, erasures))
    except OSError as error:
        logger.error(
            "An erasure could not be noted in %s (%s). Make that right, then run"
            " `manage.py backup`, which notes it: else a restored backup brings the words back.",
            site_journal(),
            error.strerror or error,
        )


def note_missing() -> int:
    """Note the erasures of the database that are not noted, and return how many.

    Makes the file where there is none, so that one without erasures can be told from a lost one.
    One query. Raises OSError and UnreadableJournal.
    """
    journal = site_journal()
    missing = journal.lacks(_all_erasures())
    journal.add(missing)
    return len(missing)


def count_missing() -> int:
    """Return how many erasures of the database are not noted. One query.

    Raises OSError and UnreadableJournal.
    """
    return len(site_journal().lacks(_all_erasures()))


def _all_erasures() -> Iterator[NotedErasure]:
    rows = Erasure.objects.exclude(post=None, version=None)
    fields = ("kind", "at", "post__channel_id", "post__native_id_hash", "version__n", "version__at")
    rows = rows.select_related("post", "version").only(*fields, "version__article_id")
    return map(noted_of, rows.order_by("pk").iterator())


def noted_of(erasure: Erasure) -> NotedErasure:
    """Return the line of an erasure whose post or version is still there."""
    at = erasure.at.isoformat()
    if erasure.version is not None:
        version = erasure.version
        mark = f"{version.n} {version.at.isoformat()}"
        return NotedErasure(erasure.kind, version.article_id, mark, at)
    if erasure.post is None:
        message = f"{erasure.subject} is gone"
        raise ValueError(message)
    return NotedErasure(erasure.kind, erasure.post.channel_id, erasure.post.native_id_hash, at)


def read(path: Path) -> list[NotedErasure]:
    """Return what a file notes. Raises OSError, and UnreadableJournal for a line that is broken."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    return [_noted_in(line, f"Line {number} of {path}") for number, line in lines if line.strip()]


def _noted_in(line: str, place: str) -> NotedErasure:
    try:
        return NotedErasure(**json.loads(line))
    except (ValueError, TypeError) as error:
        message = (
            f"{place} cannot be read, so nobody knows what it erased."
            " Take it out, and look in Erasures at the desk for what it may have been."
        )
        raise UnreadableJournal(message) from error


def _line_of(noted: NotedErasure) -> str:
    return json.dumps(asdict(noted)) + "\n"


def _append(path: Path, lines: Iterable[NotedErasure]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    body = "".join(map(_line_of, lines)).encode()
    number = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        before = os.fstat(number).st_size
        # All of the lines, or none: a broken one would stop a restore.
        if os.write(number, body) != len(body):
            os.ftruncate(number, before)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(number)
    finally:
        os.close(number)
