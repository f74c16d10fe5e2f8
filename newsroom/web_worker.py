"""A gunicorn worker whose threads never wait for a client.

gthread reads a request and writes its answer in a thread, without a deadline: as many clients that
stop halfway as there are threads stop the site for ever. A deadline in the threads would not do,
for such clients come back. So here the main loop receives requests and sends answers, as nginx
would, and a thread gets a request that has come whole. Only a large body is read in a thread:
nobody but the staff may send one (newsroom/large_bodies.py), and it has a deadline of its own.
Where all places are taken, the connection that has been waited for longest makes room.
"""

import errno
import os
import re
import selectors
import socket
import time
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn import util
from gunicorn.errors import ConfigError
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, TConn, ThreadWorker

from newsroom.client_sockets import ClientSocket
from newsroom.large_bodies import MOST_FROM_ANYBODY
from newsroom.listeners import LOOK_EVERY, Places, reloads

# From the first byte of a request, or the opening of its connection, to the last byte.
REQUEST_SECONDS = float(os.environ.get("WEB_REQUEST_SECONDS", "10"))
# How long a worker goes on at a reload while none of the new ones is ready.
LONGEST_REPLACEMENT = 30.0
# How long the first byte of a new connection may take when the worker ends.
FIRST_BYTE_SECONDS = 1.0
# What a head may have: more than the longest that gunicorn accepts on its default limits is absurd.
MOST_HEAD = 64 * 1024
# A body larger than anybody may send is read in a thread: in so many seconds,
# more for each byte, and never so long without one.
BODY_SECONDS, BODY_RATE = 20, 100_000
ANSWER_SECONDS, ANSWER_RATE = 30, 10_000
# How long we go on listening after a last answer: a client that is cut off while it sends a body
# may never see why.
FAREWELL_SECONDS = 5.0
NO_FILES_LEFT = {errno.EMFILE, errno.ENFILE}
NOBODY_THERE = {errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED}

_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,9})[ \t]*(?=\r\n)", re.IGNORECASE)
_ANY_BODY = re.compile(rb"\r\n(?:content-length|transfer-encoding)[ \t]*:", re.IGNORECASE)
_EXPECTS_CONTINUE = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)


class Connection(TConn):  # type: ignore[misc]  # gunicorn has no types
    """A client, and as much of its next request as has come."""

    def __init__(self, cfg: Any, accepted: socket.socket, client: Any, server: Any) -> None:
        super().__init__(cfg, ClientSocket(accepted), client, server)
        self.request = bytearray()
        self.stays = False
        self.expect(b"")

    def expect(self, so_far: bytes) -> None:
        """Begin with the next request, of which so much was read ahead."""
        self.request[:] = so_far
        self.searched = 0
        self.size = 0
        self.rest = 0
        self.timeout = time.monotonic() + REQUEST_SECONDS

    def is_ready(self) -> bool:
        """Return whether a thread can take the request, or its head is too long. Raises OSError."""
        if not self.size:
            end = self.request.find(b"\r\n\r\n", self.searched)
            self.searched = max(0, len(self.request) - 3)
            if end < 0:
                return len(self.request) > MOST_HEAD
            self._read_head(self.request[: end + 2])
        return len(self.request) >= self.size

    def _read_head(self, head: bytearray) -> None:
        """Note the size to wait for, and the rest: a large body, or one of a size not given."""
        self.size = len(head) + 2
        length = _CONTENT_LENGTH.search(head)
        body = int(length[1]) if length else 0
        if body > MOST_FROM_ANYBODY:
            self.rest = body
        elif len(_ANY_BODY.findall(head)) > bool(length):
            # Ambiguous or without a length: gunicorn refuses it, or Django takes it for empty.
            self.rest = 1
        else:
            self.size += body
            if body and _EXPECTS_CONTINUE.search(head):
                self.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    def hand_over(self) -> None:
        """Give what was received to gunicorn's parser."""
        self.init()
        self.parser.unreader.unread(bytes(self.request))
        self.request.clear()
        # One byte stands for a body that is not to be waited for.
        wait = BODY_SECONDS + self.rest / BODY_RATE if self.rest > 1 else 0
        self.sock.read_until = time.monotonic() + wait


class WebWorker(ThreadWorker):  # type: ignore[misc]
    """gthread, with its waiting done in the main loop. `pending_conns` are all those waited for."""

    @classmethod
    def check_config(cls, cfg: Any, log: Any) -> None:
        if cfg.is_ssl:
            message = "gunicorn does not speak TLS here: remove certfile and put a proxy in front."
            raise ConfigError(message)
        super().check_config(cfg, log)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        # Still in the master, which counts a reload before it makes the next workers.
        self.born_at = reloads()
        self.replaced_at: float | None = None
        super().__init__(*arguments, **named)
        self._accepting = False

    def init_process(self) -> None:
        self.places = Places(self.sockets)
        self.looked_at = 0.0
        super().init_process()

    def handle_exit(self, sig: int, frame: Any) -> None:
        """End; where a reload is the reason, when the next worker is ready."""
        if reloads() == self.born_at:
            super().handle_exit(sig, frame)
        elif self.replaced_at is None:
            self.replaced_at = time.monotonic()

    def is_replaced(self, now: float) -> bool:
        """Return whether a reload told this worker to end, and others serve without it."""
        if self.replaced_at is None:
            return False
        is_over = now - self.replaced_at > LONGEST_REPLACEMENT
        return is_over or not self.places.mine or self.places.is_awaited()

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - gunicorn calls it so
        """Accept from this worker's own socket, or not. At the end another may have it."""
        if enabled != self._accepting:
            self._accepting = enabled
            for listener in self.places.mine:
                self.listen_to(listener) if enabled else self.poller.unregister(listener)
        if not self.alive:
            self.places.leave()

    def listen_to(self, listener: socket.socket) -> None:
        self.poller.register(listener, selectors.EVENT_READ, self.accept)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        if self.alive and self._accepting:
            self.look_after_sockets()
            timeout = min(timeout, LOOK_EVERY)
        super().wait_for_and_dispatch_events(timeout)

    def look_after_sockets(self) -> None:
        """Take a socket if this worker has none, and accept what waits in those that nobody has."""
        now = time.monotonic()
        if now - self.looked_at < LOOK_EVERY:
            return
        self.looked_at = now
        if (taken := self.places.take(waits=self.replaced_at is None)) is not None:
            self.listen_to(taken)
        if self.is_replaced(now):
            self.alive = False
            return
        with self.places.borrowed() as listeners:
            for listener in listeners:
                before = -1
                while before < self.nr_conns < self.worker_connections:
                    before = self.nr_conns
                    self.accept(listener)

    def accept(self, listener: socket.socket) -> None:
        try:
            accepted, address = listener.accept()
        except OSError as error:
            if error.errno in NO_FILES_LEFT:
                self.make_room()
            elif error.errno not in NOBODY_THERE:
                raise
            return
        conn = Connection(self.cfg, accepted, address, listener.getsockname())
        self.nr_conns += 1
        if self.nr_conns >= self.worker_connections:
            self.make_room()
        self.watch(conn, selectors.EVENT_READ, self.receive)

    def make_room(self) -> None:
        """Drop an idle connection, else the one that has been waited for longest."""
        if self.keepalived_conns:
            conn = self.keepalived_conns.popleft()
            self.poller.unregister(conn.sock)
            self.drop(conn)
        elif self.pending_conns:
            conn = self.pending_conns[0]
            self.unwatch(conn)
            self.drop(conn)

    def watch(self, conn: Connection, events: int, step: Any) -> None:
        """Call the step whenever the client is ready, until it is unwatched or too late."""
        self.poller.register(conn.sock, events, partial(step, conn))
        self.pending_conns.append(conn)

    def unwatch(self, conn: Connection) -> None:
        self.poller.unregister(conn.sock)
        self.pending_conns.remove(conn)

    def drop(self, conn: Connection) -> None:
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Drop those that were waited for too long, and at the end those that sent nothing.

        One that has just come gets its moment: its request is on the way.
        """
        now = time.monotonic()
        for conn in tuple(self.pending_conns):
            is_silent = not (conn.request or conn.sock.unsent)
            is_new = conn.timeout > now + REQUEST_SECONDS - FIRST_BYTE_SECONDS
            if conn.timeout < now or (is_silent and not self.alive and not is_new):
                if conn.request:
                    refuse(conn, 408, "Request Timeout", "The request did not come whole in time.")
                self.unwatch(conn)
                self.drop(conn)

    def receive(self, conn: Connection, _: object) -> None:
        try:
            conn.request += conn.sock.receive()
            if not conn.is_ready():
                return
        except BlockingIOError:
            return
        except OSError:
            self.unwatch(conn)
            self.drop(conn)
            return
        self.unwatch(conn)
        self.proceed(conn)

    def proceed(self, conn: Connection) -> None:
        """Have a request answered that has come, or wait for the rest of it."""
        try:
            if not conn.is_ready():
                self.watch(conn, selectors.EVENT_READ, self.receive)
            elif conn.size:
                conn.hand_over()
                self.enqueue_req(conn)
            else:
                refuse(conn, 431, "Request Header Fields Too Large", "The request is too long.")
                self.say_goodbye(conn)
        except OSError:
            self.drop(conn)

    def on_client_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """Begin with the next request of a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        conn.expect(b"")
        self.watch(conn, selectors.EVENT_READ, self.receive)

    def handle_request(self, req: Any, conn: Connection) -> Any:
        if conn.rest:
            # Nobody knows how much of it will be read: what follows is no request.
            req.force_close()
        return super().handle_request(req, conn)

    def finish_request(self, conn: Connection, future: Future[Any]) -> None:
        """Send what is left of the answer when the thread is done with it."""
        conn.stays = not (future.cancelled() or future.exception()) and bool(future.result())
        unsent = sum(part.end - part.at for part in conn.sock.unsent)
        conn.timeout = time.monotonic() + ANSWER_SECONDS + unsent / ANSWER_RATE
        try:
            if conn.sock.flush():
                self.go_on(conn)
            else:
                self.watch(conn, selectors.EVENT_WRITE, self.send)
        except (OSError, ValueError):
            self.drop(conn)

    def send(self, conn: Connection, _: object) -> None:
        try:
            if not conn.sock.flush():
                return
        except OSError:
            self.unwatch(conn)
            self.drop(conn)
            return
        self.unwatch(conn)
        self.go_on(conn)

    def go_on(self, conn: Connection) -> None:
        """Keep a connection for its next request, which may have begun, or end it."""
        if not conn.stays:
            self.say_goodbye(conn)
            return
        if begun := conn.parser.unreader.take_buffered():
            conn.expect(begun)
            self.proceed(conn)
            return
        conn.set_timeout()
        if not self.alive:
            conn.timeout = min(conn.timeout, time.monotonic() + STOP_KEEPALIVE_LINGER)
        self.keepalived_conns.append(conn)
        self.poller.register(
            conn.sock, selectors.EVENT_READ, partial(self.on_client_socket_readable, conn)
        )

    def say_goodbye(self, conn: Connection) -> None:
        """End a connection; gunicorn would wait for the client here, and accept nobody."""
        conn.request.clear()
        conn.timeout = time.monotonic() + FAREWELL_SECONDS
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self.drop(conn)
        else:
            self.watch(conn, selectors.EVENT_READ, self.discard)

    def discard(self, conn: Connection, _: object) -> None:
        try:
            conn.sock.receive()
        except BlockingIOError:
            return
        except OSError:
            self.unwatch(conn)
            self.drop(conn)


def refuse(conn: Connection, status: int, reason: str, message: str) -> None:
    """Answer without asking the site, if the client still listens."""
    try:
        util.write_error(conn.sock, status, reason, message)
    except OSError:
        conn.stays = False
