"""Parsing foreign bodies in processes that may die of them.

feedparser takes minutes over some 100 kB, and other bodies want all memory there is. So each body
is parsed in a child that has a fixed address space, a processor time of its own and a wall clock
over it. A child has one body at a time over one pipe: when it dies, the guilty one is known.
"""

import contextlib
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import TYPE_CHECKING, Self

from wires.platforms import PLATFORMS
from wires.platforms.base import POISON, Document, ParserNotStarted, UnreadableBody

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess

MEMORY = 1_500_000_000  # bytes of address space; 20 MB of feed need 400 MB
CPU_SECONDS = 20  # for one body; 5 MB take 1
# For one body, however little of a processor it gets: when it is tried first, so that the bodies
# behind it need not wait long, and when it is tried again, after all of these.
FIRST_WALL_SECONDS = 10.0
WALL_SECONDS = 45.0
LONGEST_IN_QUEUE = 540.0  # seconds until the second try begins even if there are always others
BODIES_PER_PROCESS = 500  # what a parser leaks goes with it
_START_SECONDS = 30.0
_FAREWELL_SECONDS = 2.0

CLOSED = "the parser processes are being ended"

_FORKSERVER = multiprocessing.get_context("forkserver")
_PRELOADED = [
    *(platform.adapter for platform in PLATFORMS if platform.can_be_polled),
    "wires.platforms.unclaimed",
    "wires.platforms.preloaded",
]


class ParserDied(UnreadableBody):
    """Two processes died of this body, the second with nothing else before it."""

    def __init__(
        self, kind: str = POISON, message: str = "", *, feeds: tuple[str, ...] = ()
    ) -> None:
        super().__init__(kind, message or "the body crashed the parser twice", feeds=feeds)


class _Died(Exception):
    """The child is gone, or had to be ended."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one body may cost: bytes of address space, seconds of processor, seconds at all."""

    memory: int = MEMORY
    cpu_seconds: int = CPU_SECONDS
    wall_seconds: float = WALL_SECONDS

    @property
    def first_wall_seconds(self) -> float:
        return min(FIRST_WALL_SECONDS, self.wall_seconds)


class Parsers:
    """A few parser processes; safe to share between threads, which wait for a free one.

    with Parsers(workers=2) as parsers:
        document = parsers.parse(body, url=address)
    """

    def __init__(self, workers: int = 1, *, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._workers = [_Worker(self._limits) for _ in range(workers)]
        self._free = list(self._workers)
        self._changed = threading.Condition()
        self._waiting = 0
        self._is_closed = False
        # A body that is tried again leaves the other processes to the rest.
        self._trying_again = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes and start no more. Those at work are not waited for."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        for worker in self._workers:
            worker.close()

    def parse(
        self, body: bytes, *, url: str = "", account: str = "", charset: str = ""
    ) -> Document:
        """Read a body as platforms.parse does.

        Raises UnreadableBody; ParserDied, which is one, for a poison; ParserNotStarted.

        A body of which a process dies is tried once more, at the end of the queue and alone in a
        new process: the first may have been worn out, or ended from outside.
        """
        asked = {"url": url, "account": account, "charset": charset}
        with contextlib.suppress(_Died), self._worker() as worker:
            return worker.parse(body, asked, seconds=self._limits.first_wall_seconds)
        with self._trying_again, self._worker(is_last=True) as worker:
            worker.end()
            try:
                return worker.parse(body, asked, seconds=self._limits.wall_seconds)
            except _Died as death:
                message = f"the body crashed the parser twice: {death}"
                raise ParserDied(POISON, message) from death

    @contextlib.contextmanager
    def _worker(self, *, is_last: bool = False) -> Iterator["_Worker"]:
        """Yield a free process. Who is last lets all others go first, for some minutes."""
        with self._changed:
            if is_last:
                self._changed.wait_for(self._is_nobody_before, LONGEST_IN_QUEUE)
            self._waiting += 1
            self._changed.wait_for(lambda: self._free or self._is_closed)
            self._waiting -= 1
            if self._is_closed:
                raise ParserNotStarted(CLOSED)
            worker = self._free.pop()
        try:
            yield worker
        finally:
            with self._changed:
                self._free.append(worker)
                self._changed.notify_all()

    def _is_nobody_before(self) -> bool:
        return self._is_closed or bool(self._free and not self._waiting)


class _Worker:
    """One place for a process, which is started when a body comes and replaced when it is spent."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: ForkServerProcess | None = None
        self._pipe: Connection | None = None
        self._bodies = 0
        # One thread ends the process while another waits for its answer, or starts it: a process
        # that begins while the others are ended would outlive them.
        self._lock = threading.RLock()
        self._is_closed = False

    def parse(self, body: bytes, asked: Mapping[str, str], *, seconds: float) -> Document:
        if self._bodies >= BODIES_PER_PROCESS:
            self.end()
        pipe = self._living() or self._start()
        self._bodies += 1
        try:
            pipe.send((body, asked))
            if not pipe.poll(seconds):
                self.end()
                message = f"no answer in {seconds:g} s"
                raise _Died(message)
            answer = pipe.recv()
        except (EOFError, OSError) as error:
            code = self._exit_code()
            self.end()
            raise _Died(_why(code)) from error
        if isinstance(answer, UnreadableBody):
            raise answer
        document: Document = answer
        return document

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            self.end()

    def end(self) -> None:
        with self._lock:
            # The process first: who waits at the other end of the pipe learns that it is gone.
            if self._process is not None:
                if self._process.is_alive():
                    self._process.kill()
                self._process.join(_FAREWELL_SECONDS)
                self._process.close()
            if self._pipe is not None:
                self._pipe.close()
            self._pipe = self._process = None
            self._bodies = 0

    def _living(self) -> Connection | None:
        """Return the pipe to a process that lives."""
        with self._lock:
            is_alive = self._process is not None and self._process.is_alive()
            return self._pipe if is_alive else None

    def _start(self) -> Connection:
        self.end()
        with self._lock:
            if self._is_closed:
                raise ParserNotStarted(CLOSED)
            ours = self._begin()
        try:
            if ours.poll(_START_SECONDS):
                ours.recv()
                return ours
            why = f"no sign of life in {_START_SECONDS:g} s"
        except (EOFError, OSError):
            why = _why(self._exit_code())
        self.end()
        message = f"a parser process did not start: {why}"
        raise ParserNotStarted(message)

    def _begin(self) -> Connection:
        # Not fork: a fork of a process with threads can copy a lock that nobody will release.
        _FORKSERVER.set_forkserver_preload(_PRELOADED)
        ours, theirs = _FORKSERVER.Pipe()
        process = _FORKSERVER.Process(
            target=_serve, args=(theirs, self._limits), name="parser", daemon=True
        )
        process.start()
        theirs.close()
        self._pipe, self._process = ours, process
        return ours

    def _exit_code(self) -> int | None:
        with self._lock:
            if self._process is None:
                return None
            self._process.join(_FAREWELL_SECONDS)
            return self._process.exitcode


def _why(code: int | None) -> str:
    if code == -signal.SIGXCPU:
        return "its processor time was used up"
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return "it ended" if code is None else f"exit status {code}"


def _serve(pipe: Connection, limits: Limits) -> None:
    """Parse what comes over the pipe until it is closed. Runs in the child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_die_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            body, asked = pipe.recv()
            _allow(limits.cpu_seconds)
            pipe.send(_answer(body, asked))


def _answer(body: bytes, asked: Mapping[str, str]) -> Document | UnreadableBody:
    from wires.platforms import parse

    try:
        return parse(body, **asked)
    except UnreadableBody as error:
        return error
    except MemoryError:
        # Nothing of this process can be trusted now; the parent sees an end of the pipe.
        os._exit(os.EX_OSERR)


def _die_with_parent() -> None:
    """End this process when the one that asked for it is gone, whatever it is doing.

    The fork server in between lives as long as its children, so no signal comes from there.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(os.EX_OK)


def _allow(seconds: int) -> None:
    """Let this process use so many more seconds of processor time; the limit counts its life."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
