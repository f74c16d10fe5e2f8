"""What gunicorn's threads read requests from and write answers to: without waiting for a client."""

import errno
import os
import socket
import time
from collections import deque
from typing import Any

# How long a large body may pause; the rest of its limits are in newsroom.web_worker.
BODY_PAUSE = 10
CHUNK = 64 * 1024


class Part:
    """Something to send: bytes, or a stretch of an open file."""

    def __init__(self, source: memoryview | int, at: int, end: int) -> None:
        self.source, self.at, self.end = source, at, end

    def send(self, client: socket.socket) -> None:
        """Send what the client takes. Raises BlockingIOError if that is nothing, and OSError."""
        if isinstance(self.source, memoryview):
            sent = client.send(self.source[self.at : self.end])
        else:
            sent = os.sendfile(client.fileno(), self.source, self.at, self.end - self.at)
        # A file that became shorter.
        self.at = self.at + sent if sent else self.end

    def close(self) -> None:
        if isinstance(self.source, int):
            os.close(self.source)


class ClientSocket(socket.socket):
    """What gunicorn's threads read from and write to, without waiting for the client."""

    def __init__(self, accepted: socket.socket) -> None:
        super().__init__(fileno=accepted.detach())
        self.unsent: deque[Part] = deque()
        self.read_until = 0.0

    def setblocking(self, flag: bool, /) -> None:  # noqa: FBT001
        self.settimeout(0)

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """Read the rest of a large body. Raises ConnectionResetError if it does not come.

        An end before its time is one too: half of a form must not be taken for a whole one.
        """
        left = self.read_until - time.monotonic()
        if left > 0:
            self.settimeout(min(left, BODY_PAUSE))
            try:
                if data := super().recv(size, flags):
                    return data
            except TimeoutError:
                pass
        raise ConnectionResetError(errno.ECONNRESET, "the request did not come whole")

    def receive(self) -> bytes:
        """Return what is there. Raises BlockingIOError if nothing is yet, and OSError at an end."""
        if data := super().recv(CHUNK):
            return data
        raise ConnectionResetError(errno.ECONNRESET, "the client has gone")

    def sendall(self, data: Any, flags: int = 0, /) -> None:
        self.unsent.append(Part(memoryview(data), 0, len(data)))
        self.flush()

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        # The file is closed before it is sent.
        source = os.dup(file.fileno())
        size = count if count is not None else os.fstat(source).st_size - offset
        self.unsent.append(Part(source, offset, offset + size))
        self.flush()
        return size

    def flush(self) -> bool:
        """Send what the client takes now; return whether that was all. Raises OSError."""
        self.settimeout(0)
        try:
            while self.unsent:
                part = self.unsent[0]
                if part.at < part.end:
                    part.send(self)
                else:
                    self.unsent.popleft().close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        while self.unsent:
            self.unsent.popleft().close()
        super().close()
