"""The file of a backup: a compressed tar, so that `tar` alone can open it, with a manifest.

The manifest comes last, so that a file that was cut short has none, and is refused.
"""

import io
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from types import TracebackType
from typing import IO, Any, Self

MANIFEST = "manifest.json"
FORMAT = 1
CUT_SHORT = "The backup is cut short: its last part, the manifest, is missing."
# Most of what is stored is pictures, which nothing makes smaller.
COMPRESSION = 3
LARGEST_MANIFEST = 256 * 1024 * 1024


class BadBackup(Exception):
    """The file is no backup, or a damaged one; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What the manifest says of one file."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds: the release, the kind of database with its migrations, every file."""

    release: str
    made_at: str
    database: str
    migrations: list[tuple[str, str]]
    files: dict[str, StoredFile] = field(default_factory=dict)
    format: int = FORMAT


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what the libraries raise of a file that is no whole backup into BadBackup."""
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error) as error:
        message = f"This is no backup, or it is cut short or damaged: {error}."
        raise BadBackup(message) from error


class HashedFile:
    """A file to read from that knows what was read of it. Raises BadBackup where it is cut short."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._hash = sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        with _refusing():
            part = self._source.read(size)
        self._hash.update(part)
        self.size += len(part)
        return part

    @property
    def stored(self) -> StoredFile:
        return StoredFile(self._hash.hexdigest(), self.size)


class ArchiveWriter:
    """Writes a backup into an open file, which it does not close."""

    def __init__(self, target: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=target, mode="w|gz", compresslevel=COMPRESSION)  # noqa: SIM115  # finish() closes it
        self.files: dict[str, StoredFile] = {}

    def add(self, name: str, source: IO[bytes], *, size: int) -> None:
        """Add a file of exactly this size. Raises OSError, also where it is shorter by now."""
        entry = tarfile.TarInfo(name)
        entry.size = size
        entry.mode = 0o600
        hashed = HashedFile(source)
        self._tar.addfile(entry, hashed)
        self.files[name] = hashed.stored

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest, without which nobody takes the file for a backup. Raises OSError."""
        body = json.dumps(asdict(manifest), indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(body)
        self._tar.addfile(entry, io.BytesIO(body))
        self._tar.close()


class ArchiveReader:
    """Reads a backup from beginning to end, once. Raises BadBackup where it is none."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._read: dict[str, StoredFile] = {}
        self.manifest: Manifest | None = None

    def __enter__(self) -> Self:
        with _refusing():
            self._tar = tarfile.open(fileobj=self._source, mode="r|gz")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._tar.close()

    def files(self) -> Iterator[tuple[str, HashedFile]]:
        """Yield the name of each file with what it can be read from, then check all sums.

        What the caller left of a file is read before the next.
        """
        while self.manifest is None:
            with _refusing():
                entry = self._tar.next()
            if entry is None:
                raise BadBackup(CUT_SHORT)
            with _refusing():
                source = self._tar.extractfile(entry)
            if source is None:
                message = f"This is no backup of this site: {entry.name} in it is no file."
                raise BadBackup(message)
            hashed = HashedFile(source)
            if entry.name == MANIFEST:
                self.manifest = read_manifest(hashed.read(LARGEST_MANIFEST))
                break
            yield entry.name, hashed
            while hashed.read(1 << 20):
                pass
            self._read[entry.name] = hashed.stored
        self._check(self.manifest)

    def _check(self, manifest: Manifest) -> None:
        wanted = manifest.files
        for name in wanted.keys() | self._read.keys():
            if wanted.get(name) != self._read.get(name):
                message = f"The backup is damaged: {name} is not what was backed up."
                raise BadBackup(message)


def read_manifest(body: bytes) -> Manifest:
    """Return what a manifest says. Raises BadBackup for one that this release cannot read."""
    try:
        read: dict[str, Any] = json.loads(body)
        if read["format"] != FORMAT:
            message = (
                f"The backup was made by a newer release, {read['release']}: install that one."
            )
            raise BadBackup(message)
        return Manifest(
            release=read["release"],
            made_at=read["made_at"],
            database=read["database"],
            migrations=[(app, name) for app, name in read["migrations"]],
            files={name: StoredFile(**stored) for name, stored in read["files"].items()},
        )
    except (ValueError, KeyError, TypeError) as error:
        message = "The backup is damaged: its manifest cannot be read."
        raise BadBackup(message) from error
