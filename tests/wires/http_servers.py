"""Servers on loopback that misbehave as a test requires, and host names that lead to them."""

import contextlib
import socket
import ssl
import threading

from tests.waiting import CEILING
from wires.http import fetch

AGENT = "newsroom-tests/1 (+https://desk.example/)"
PUBLIC = "93.184.216.34"


def get(url, **options):
    """Fetch with long timeouts, unless the test passes others."""
    return fetch(
        url, **{"user_agent": AGENT, "total_timeout": CEILING, "connect_timeout": CEILING} | options
    )


def answer(body=b"", *, status="200 OK", length=None, headers=()):
    """Return the bytes of an HTTP response."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if length != "none":
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*lines, "", ""]).encode() + body


class RawServer:
    """Passes every connection to a function, after reading its request (or at once)."""

    def __init__(self, talk, *, tls=None, at_once=False, listener=None):
        self._talk, self._tls, self._at_once = talk, tls, at_once
        self.requests = []
        self._listener = listener or socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.host}/feed"
        self.is_over = threading.Event()

    def __enter__(self):
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error):
        self.is_over.set()
        # Closing alone leaves the thread in accept(), where it would take one connection more.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(CEILING)

    def linger(self, seconds=CEILING):
        """Keep the other side waiting for some time, or until the test is over."""
        self.is_over.wait(seconds)

    def get(self, **options):
        return get(self.url, **{"trusted_hosts": [self.host]} | options)

    def _serve(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        # The client hangs up when it has had enough: that is what many tests are about.
        with contextlib.suppress(OSError), connection:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            if self._at_once or self._has_read(connection):
                self._talk(connection)
            if self._tls:
                connection.unwrap()

    def _has_read(self, connection):
        request = b""
        while b"\r\n\r\n" not in request:
            piece = connection.recv(65_536)
            if not piece:
                return False
            request += piece
        self.requests.append(request)
        return True


def saying(data, **options):
    """Return a server that answers every request with the same bytes."""
    return RawServer(lambda connection: connection.sendall(data), **options)


def dripping(data, *, every, tail=b"x"):
    """Return a server that sends bytes, and then one more byte from time to time for ever."""

    def talk(connection):
        connection.sendall(data)
        while not server.is_over.is_set():
            server.linger(every)
            connection.sendall(tail)

    server = RawServer(talk)
    return server


class Internet:
    """Host names that resolve as a test says, and public addresses that lead to loopback.

    Only the socket module is replaced: our client and requests-hardened are the real ones.
    """

    def __init__(self, monkeypatch):
        self.names = {}
        self.routes = {}
        self.connected = []
        connect, resolve = socket.socket.connect, socket.getaddrinfo

        def routed(sock, address):
            self.connected.append(address[:2])
            return connect(sock, self.routes.get(address[:2], address))

        def resolved(host, port, *args, **kwargs):
            if host not in self.names:
                return resolve(host, port, *args, **kwargs)
            answers = self.names[host]
            addresses = answers.pop(0) if isinstance(answers[0], list) else answers
            return [_place(address, port) for address in addresses]

        monkeypatch.setattr(socket.socket, "connect", routed)
        monkeypatch.setattr(socket, "getaddrinfo", resolved)

    def serve(self, name, server_port, *, port=80):
        """Make a host name lead to a server on loopback."""
        self.names[name] = [PUBLIC]
        self.routes[PUBLIC, port] = ("127.0.0.1", server_port)


def _place(address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    place = (address, port or 0, 0, 0) if family == socket.AF_INET6 else (address, port or 0)
    return family, socket.SOCK_STREAM, 6, "", place


def server_context(certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
