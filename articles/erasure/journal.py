"""The erasures, noted in a file beside the backups: a backup of before holds the words again.

A line names a post or a version by its numbers and by what nobody else has, and holds no word.
"""

import errno
import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from articles.models import Erasure

logger = logging.getLogger(__name__)

FILE_NAME = "erasures.jsonl"


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


class UnreadableJournal(Exception):
    """The file of erasures cannot be read, or a line of it; the message says which."""


def journal_path() -> Path:
    return Path(settings.BACKUP_DIR) / FILE_NAME


def note(erasures: Iterable[Erasure]) -> None:
    """Note erasures in the file. One that cannot be is logged: the erasure itself is done.

    The next backup notes what is missing.
    """
    try:
        _append(noted_of(erasure) for erasure in erasures)
    except OSError as error:
        logger.error(
            "An erasure could not be noted in %s (%s). Make that right, then run"
            " `manage.py backup`, which notes it: else a restored backup brings the words back.",
            journal_path(),
            error.strerror or error,
        )


def note_missing() -> int:
    """Note the erasures of the database that are not in the file, and return how many.

    Makes the file where there is none, so that one without erasures can be told from a lost one.
    One query. Raises OSError and UnreadableJournal.
    """
    missing = _missing()
    _append(missing)
    return len(missing)


def count_missing() -> int:
    """Return how many erasures of the database are not in the file. One query.

    Raises OSError and UnreadableJournal.
    """
    return len(_missing())


def _missing() -> list[NotedErasure]:
    path = journal_path()
    known = {one.what for one in read(path)} if path.exists() else set()
    return [one for one in _all_erasures() if one.what not in known]


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
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(NotedErasure(**json.loads(line)))
        except (ValueError, TypeError) as error:
            message = (
                f"Line {number} of {path} cannot be read, so nobody knows what it erased."
                " Take it out, and look in Erasures at the desk for what it may have been."
            )
            raise UnreadableJournal(message) from error
    return found


def _append(lines: Iterable[NotedErasure]) -> None:
    path = journal_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    body = "".join(json.dumps(asdict(line)) + "\n" for line in lines).encode()
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
