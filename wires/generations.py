"""Counters that say "what you kept is old": pages, the wire, the quotes.

Every process of a host sees one set of counters, kept in a small file. Where several hosts share no
directory, `share` adds counters that all of them see. A number says nothing but
whether it is another than before: compare for equality only. Numbers start at the clock, so that
they stay ahead of every older one when the file was lost.

"pages" and "quotes" move with every bump. "wire" moves at most once a second, else every arriving
post would throw pages away; a bump inside the second is kept waiting and shows when it is over.
"""

import fcntl
import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from io import FileIO
from pathlib import Path

logger = logging.getLogger(__name__)

NAMES = ("pages", "wire", "quotes")
SECOND = 1_000  # milliseconds
# How long a file that was replaced may go unnoticed: asking costs more than reading.
LOOK_EVERY = 50  # milliseconds
# How long another host's change may go unnoticed.
SHARED_EVERY = 250  # milliseconds

# The name holds the version of the layout: a mark, then one 64-bit word a name.
_FILE_NAME = "counters.1"
_MARK = b"GENERAT1"
_WORD = 8
_SIZE = _WORD * (1 + len(NAMES))


class NoGenerations(Exception):
    """The counters cannot be kept where they should be; the message says what to do."""


class Generations:
    """The counters. Of this process alone until ``configure`` names a directory to share.

    ``clock`` gives seconds since 1970. Safe between threads, processes and forks.
    """

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._own = _first_words(self._now())
        self._bumped: set[str] = set()
        self._path: Path | None = None
        self._open: _Open | None = None
        self._looked_at = 0
        self._read_shared: Callable[[], Mapping[str, int] | None] | None = None
        self._raise_shared: Callable[[str], None] | None = None
        self._shared: Mapping[str, int] = {}
        self._shared_at = 0

    def share(
        self, *, read: Callable[[], Mapping[str, int] | None], bump: Callable[[str], None]
    ) -> None:
        """Add counters that other hosts see too, read at most every SHARED_EVERY milliseconds.

        `read` returns None where they cannot be had now: then the last known go on. `bump` raises
        OSError.
        """
        self._read_shared, self._raise_shared = read, bump

    def configure(self, directory: Path) -> None:
        """Share the counters with every process that names the same directory of this host.

        Makes the directory. Raises NoGenerations where it cannot be written.
        """
        path = directory / _FILE_NAME
        try:
            self._open = _Open(_opened(path, self._now()))
        except OSError as error:
            reason = error.strerror or str(error)
            message = (
                f"the page-change counters cannot be kept in {directory} ({reason}): make it "
                "a directory that the web processes and the worker can write to, or set another as "
                "RUNTIME_DIR"
            )
            raise NoGenerations(message) from error
        self._path = path
        for name in sorted(self._bumped):
            self.bump(name)
        self._bumped.clear()

    def bump(self, name: str) -> None:
        """Say that something changed. Raises KeyError for a name not in NAMES.

        Raises NoGenerations where the file cannot be written: others would show what is old.
        """
        place = _PLACES[name]
        try:
            self._bump_own(name, place)
        finally:
            self._bump_shared(name)

    def _bump_own(self, name: str, place: int) -> None:
        if self._path is None:
            with self._lock:
                self._own[place] = _bumped(name, self._own[place], self._now())
                self._bumped.add(name)
            return
        try:
            self._bump_file(self._path, name, place)
        except OSError as error:
            message = (
                f"the other processes could not be told that {name} changed: {self._path} "
                f"cannot be written ({error.strerror or error}); restart them when it can"
            )
            raise NoGenerations(message) from error

    def current(self, name: str) -> int:
        """The present number. A microsecond or two: one read, no open.

        Where the file was lost and cannot be made again, every call gives another number: then
        nothing is taken for fresh.
        """
        place = _PLACES[name]
        now = self._now()
        others = self._of_all_hosts(name, now) if self._read_shared else 0
        if self._path is None:
            return _shown(name, self._own[place], now) + others
        try:
            return _shown(name, self._read(self._path, place, now), now) + others
        except OSError:
            logger.exception("No counters in %s: no kept page is served", self._path)
            return time.time_ns()

    def _of_all_hosts(self, name: str, now: int) -> int:
        if self._read_shared is not None and abs(now - self._shared_at) >= SHARED_EVERY:
            self._shared_at = now
            self._shared = self._read_shared() or self._shared
        # Far above the digits of the host's own number.
        return self._shared.get(name, 0) << 64

    def _bump_shared(self, name: str) -> None:
        if self._raise_shared is None:
            return
        try:
            self._raise_shared(name)
        except OSError as error:
            message = (
                f"the other hosts could not be told that {name} changed ({error}); restart their "
                "web processes when the database answers"
            )
            raise NoGenerations(message) from error
        self._shared_at = 0

    def _read(self, path: Path, place: int, now: int) -> int:
        kept = self._open
        if kept is None or abs(now - self._looked_at) >= LOOK_EVERY:
            kept = self._looked(path, now)
        # Eight aligned bytes: no writer is seen half-way.
        word = os.pread(kept.number, _WORD, _offset(place))
        if len(word) < _WORD:
            kept = self._open = _Open(_opened(path, now))
            word = os.pread(kept.number, _WORD, _offset(place))
        return int.from_bytes(word, "little")

    def _looked(self, path: Path, now: int) -> "_Open":
        kept = self._open
        if kept is None or _identity(path) != kept.identity:
            kept = self._open = _Open(_opened(path, now))
        self._looked_at = now
        return kept

    def _bump_file(self, path: Path, name: str, place: int) -> None:
        # A file of its own each time: its lock then holds between threads and forks as well.
        with _opened(path, self._now(), keep_locked=True) as file:
            word = int.from_bytes(os.pread(file.fileno(), _WORD, _offset(place)), "little")
            word = _bumped(name, word, self._now())
            os.pwrite(file.fileno(), word.to_bytes(_WORD, "little"), _offset(place))
        # A process sees its own bump, even in a new file.
        self._looked_at = 0

    def _now(self) -> int:
        return int(self._clock() * SECOND)


_PLACES = {name: place for place, name in enumerate(NAMES)}


def _offset(place: int) -> int:
    return _WORD * (1 + place)


def _first_words(now: int) -> list[int]:
    # In microseconds, because no one bumps a million times a second: see the top.
    return [now << 1 if name == "wire" else now * 1_000 for name in NAMES]


# The word of the wire is the moment it last moved, in milliseconds, and one bit: a bump waits.
# That it is one word lets it be read without a lock.


def _shown(name: str, word: int, now: int) -> int:
    if name != "wire":
        return word
    moved, waits = word >> 1, word & 1
    # Where the clock was set back, a waiting bump shows at once rather than hours late.
    return moved + SECOND if waits and not _is_same_second(moved, now) else moved


def _bumped(name: str, word: int, now: int) -> int:
    if name != "wire":
        return word + 1
    moved = _shown(name, word, now)
    if _is_same_second(moved, now):
        return moved << 1 | 1
    return max(now, moved + 1) << 1


def _is_same_second(moved: int, now: int) -> bool:
    return -SECOND <= now - moved < SECOND


class _Open:
    """A file held open for reading, and what it was when it was opened.

    It is closed when the last thread that reads it lets go of it.
    """

    __slots__ = ("_file", "identity", "number")

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self.number = file.fileno()
        self.identity = _identity(self.number)


def _identity(file: Path | int) -> tuple[int, int] | None:
    """What tells a file from the one that replaced it at its path; None where there is none."""
    try:
        found = os.fstat(file) if isinstance(file, int) else file.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_dev


def _opened(path: Path, now: int, *, keep_locked: bool = False) -> FileIO:
    """Open the file for reading and writing, made and filled if need be. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        file = FileIO(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660), "r+")
        fcntl.flock(file, fcntl.LOCK_EX)
        if _identity(file.fileno()) == _identity(path):
            break
        # Replaced while we waited for the lock.
        file.close()
    if os.fstat(file.fileno()).st_size != _SIZE or os.pread(file.fileno(), _WORD, 0) != _MARK:
        words = (word.to_bytes(_WORD, "little") for word in _first_words(now))
        os.ftruncate(file.fileno(), _SIZE)
        os.pwrite(file.fileno(), _MARK + b"".join(words), 0)
    if not keep_locked:
        fcntl.flock(file, fcntl.LOCK_UN)
    return file


_shared = Generations()


def configure(directory: Path) -> None:
    """Share the counters through a directory: see Generations.configure."""
    _shared.configure(directory)


def share(*, read: Callable[[], Mapping[str, int] | None], bump: Callable[[str], None]) -> None:
    """Add counters that other hosts see too: see Generations.share."""
    _shared.share(read=read, bump=bump)


def bump(name: str) -> None:
    """Say that something changed: see Generations.bump."""
    _shared.bump(name)


def current(name: str) -> int:
    """The present number: see Generations.current."""
    return _shared.current(name)


def reader(*names: str) -> Callable[[], tuple[int, ...]]:
    """Return what reads the present numbers of these names. Raises KeyError for an unknown name."""
    for name in names:
        _PLACES[name]

    def read() -> tuple[int, ...]:
        return tuple(current(name) for name in names)

    return read
