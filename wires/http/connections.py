"""Connections that go only where they may, and that can be cut from outside at any time."""

import ipaddress
import socket
import ssl
import threading
from contextvars import ContextVar
from functools import lru_cache

import requests
from requests_hardened import Config, Manager
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_ import create_urllib3_context

from wires.http.faults import FaultKind, fault
from wires.http.policy import is_public


class Connections:
    """All the connections of one fetch. A read that waits on one ends when the line is cut.

    A timeout of a socket counts from byte to byte, so a site that drips would keep it for ever;
    also in the headers and the TLS handshake, where nothing of ours runs.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ends: list[socket.socket] = []
        self._is_cut = False
        self.is_trusted = False

    def check(self, host: str) -> None:
        """Refuse a private address just before it is connected to. Raises FetchError: ssrf."""
        if not self.is_trusted and not is_public(ipaddress.ip_address(host.strip("[]"))):
            raise fault(FaultKind.SSRF, host)

    def keep(self, connection: socket.socket) -> socket.socket:
        """Hold on to a connection. Raises ConnectionAbortedError when the line is cut already."""
        with self._lock:
            if self._is_cut:
                connection.close()
                raise ConnectionAbortedError
            # A second handle on it: TLS takes the first one away.
            self._ends.append(connection.dup())
        return connection

    def cut(self) -> None:
        """Break every connection off, now and from now on."""
        with self._lock:
            self._is_cut = True
            ends, self._ends = self._ends, []
        for end in ends:
            with end:
                _shut(end)


def _shut(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        # The other side was faster.
        return


# The line of the fetch that this thread makes: urllib3 makes its connections itself, and what it
# hands them is fixed.
CONNECTIONS: ContextVar[Connections] = ContextVar("CONNECTIONS")


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        connections = CONNECTIONS.get()
        connections.check(self.host)
        return connections.keep(super()._new_conn())


@lru_cache(maxsize=4)
def _tls_context(certificates: str) -> ssl.SSLContext:
    """Made once a process: to read the certificates takes longer than most fetches."""
    context = create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED)
    context.load_verify_locations(certificates)
    return context


class _SecureConnection(HTTPSConnection):
    def connect(self) -> None:
        if self.ca_certs:
            self.ssl_context, self.ca_certs = _tls_context(self.ca_certs), None
        super().connect()

    def _new_conn(self) -> socket.socket:
        connections = CONNECTIONS.get()
        connections.check(self.host)
        return connections.keep(super()._new_conn())


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


_POOLS = {"http": _Pool, "https": _SecurePool}


def _nowhere(response: requests.Response) -> None:
    """Where a session itself goes next. (To prepare that, it would read the body, however long.)"""


def open_session(*, is_trusted: bool, connect_timeout: float, user_agent: str) -> requests.Session:
    """A session that follows no redirect, reads no environment and keeps to public addresses.

    requests-hardened looks the name up, refuses private addresses and connects to the very one it
    looked at, with the name still asked of the certificate. Only a trusted host goes without.
    """
    config = Config(
        ip_filter_enable=not is_trusted,
        ip_filter_allow_loopback_ips=False,
        never_redirect=True,
        default_timeout=(connect_timeout, connect_timeout),
        user_agent_override=user_agent,
    )
    session = Manager(config).get_session()
    session.get_redirect_target = _nowhere
    # No proxies, no .netrc, no other certificates than certifi's.
    session.trust_env = False
    session.headers.clear()
    for adapter in session.adapters.values():
        if isinstance(adapter, requests.adapters.HTTPAdapter):
            adapter.poolmanager.pool_classes_by_scheme = _POOLS
    opened: requests.Session = session
    return opened
