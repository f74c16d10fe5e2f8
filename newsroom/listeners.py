"""A listening socket for each web worker, all of which gunicorn's master keeps open.

With one socket for all, keep-alive gives one worker every connection. With a socket that each
worker opens for itself (reuse_port), the connections that a worker had not yet accepted when it
ended are lost: at each reload, and whenever one is killed. Here the sockets outlive the workers:
the system shares connections out among them, and what waits in one is accepted by the next worker
that takes it, or by another one meanwhile.

At a reload the new workers take seconds to start, so the old ones go on until one of them is ready.
"""

import fcntl
import os
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from gunicorn import sock

# How often a worker looks after the sockets that nobody has: while one boots, or was killed.
LOOK_EVERY = 0.1  # seconds

# A byte a socket; the worker that has locked it accepts from that socket. From WAITING on, a byte
# for each worker that is ready and has none. Locks end with their process, and workers inherit the
# file. What stands in it is the number of reloads.
_locks: Any = None
WAITING = 1_000


def open_listeners(server: Any) -> None:
    """Open a socket for each worker. For gunicorn's on_starting.

    Leaves it to gunicorn where sockets were handed in, or its one address is no TCP address.
    """
    global _locks
    cfg = server.cfg
    is_handed_in = bool(server.master_pid or os.environ.get("LISTEN_FDS"))
    if is_handed_in or len(cfg.address) > 1 or not isinstance(cfg.address[0], tuple):
        return
    host, port = cfg.address[0]
    try:
        opened = _sockets(host, port, number=max(cfg.workers, 1))
    except OSError as error:
        server.log.error("Cannot listen on %s port %s: %s", host, port, error.strerror)
        raise SystemExit(1) from error
    server.LISTENERS = sock.create_sockets(cfg, server.log, fds=[one.detach() for one in opened])
    _locks = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - as long as the process
    note_reload()


def note_reload() -> None:
    """Tell workers that live that those of now on are to replace them. For gunicorn's on_reload."""
    if _locks is not None:
        os.pwrite(_locks.fileno(), (reloads() + 1).to_bytes(8, "little"), 0)


def reloads() -> int:
    """Return a number that is another after each reload; always the same without own sockets."""
    return 0 if _locks is None else int.from_bytes(os.pread(_locks.fileno(), 8, 0), "little")


def _sockets(host: str, port: int, *, number: int) -> list[socket.socket]:
    """Open as many sockets on one address; gunicorn listens. Raises OSError, leaving none."""
    opened: list[socket.socket] = []
    try:
        for _ in range(number):
            one = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
            opened.append(one)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            one.bind((host, port))
            # Port 0 is any; the others share the one that was found.
            port = one.getsockname()[1]
    except OSError:
        for one in opened:
            one.close()
        raise
    return opened


class Places:
    """Which of the sockets a worker accepts from: one of its own, and what nobody has. One thread."""

    def __init__(self, listeners: Sequence[Any]) -> None:
        self._listeners = list(listeners)
        # Sockets that gunicorn made are everybody's.
        self._is_shared = _locks is None
        self.mine: list[Any] = self._listeners if self._is_shared else []
        self._waits: int | None = None

    def take(self, *, waits: bool) -> Any | None:
        """Take a socket that is free, if this worker has none; return it if it is a new one.

        While there is none, others see that this worker waits, if it does.
        """
        if self.mine:
            return None
        place = next(filter(_lock, range(len(self._listeners))), None)
        if place is not None:
            self.mine = [self._listeners[place]]
            if self._waits is not None:
                _unlock(self._waits)
            return self.mine[0]
        if waits and self._waits is None:
            self._waits = next(filter(_lock, self._waiting()), None)
        return None

    def is_awaited(self) -> bool:
        """Return whether another worker is ready to take this one's socket."""
        for place in self._waiting():
            if not _lock(place):
                return True
            _unlock(place)
        return False

    def _waiting(self) -> range:
        return range(WAITING, WAITING + len(self._listeners))

    @contextmanager
    def borrowed(self) -> Iterator[list[Any]]:
        """Yield the sockets that nobody has, and nobody takes meanwhile."""
        if self._is_shared:
            yield []
            return
        # To lock its own again would succeed, and to unlock it would give it away.
        others = [each for each in enumerate(self._listeners) if each[1] not in self.mine]
        free = [(place, listener) for place, listener in others if _lock(place)]
        try:
            yield [listener for _, listener in free]
        finally:
            for place, _ in free:
                _unlock(place)

    def leave(self) -> None:
        """Let others have this worker's socket: it accepts nobody any more."""
        if not self._is_shared:
            for listener in self.mine:
                _unlock(self._listeners.index(listener))


def _lock(place: int) -> bool:
    try:
        fcntl.lockf(_locks, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
    except OSError:
        return False
    return True


def _unlock(place: int) -> None:
    fcntl.lockf(_locks, fcntl.LOCK_UN, 1, place)
