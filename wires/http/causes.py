"""What lies behind an error of one of the libraries."""

import errno
import http.client
import socket
import ssl
import zlib
from collections.abc import Iterator

import requests
import urllib3
from requests_hardened.ip_filter import InvalidIPAddress

from wires.http.faults import FaultKind, FetchError, fault

# In the order in which they are looked for: an outer error often hides the telling one inside.
_CAUSES: tuple[tuple[FaultKind, tuple[type[BaseException], ...]], ...] = (
    (FaultKind.SSRF, (InvalidIPAddress,)),
    (FaultKind.RESET, (ssl.SSLEOFError, ssl.SSLZeroReturnError)),
    (FaultKind.TLS, (ssl.SSLError, urllib3.exceptions.SSLError, requests.exceptions.SSLError)),
    (FaultKind.DNS, (socket.gaierror, urllib3.exceptions.NameResolutionError)),
    (FaultKind.REFUSED, (ConnectionRefusedError,)),
    (FaultKind.TRUNCATED, (http.client.IncompleteRead, urllib3.exceptions.IncompleteRead)),
    (FaultKind.RESET, (ConnectionError, http.client.RemoteDisconnected)),
    (
        FaultKind.TIMEOUT,
        (TimeoutError, urllib3.exceptions.TimeoutError, requests.exceptions.Timeout),
    ),
    (FaultKind.BAD_ENCODING, (zlib.error,)),
    (
        FaultKind.BAD_URL,
        (
            UnicodeError,
            requests.exceptions.InvalidURL,
            requests.exceptions.InvalidSchema,
            requests.exceptions.MissingSchema,
            urllib3.exceptions.LocationValueError,
        ),
    ),
    (FaultKind.BAD_ANSWER, (http.client.HTTPException, urllib3.exceptions.HTTPError)),
)
# urllib3 gives these the same class as a connection that timed out.
_NO_WAY_THERE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN})


def fault_behind(error: BaseException, host: str, *, seconds: float) -> FetchError:
    """The error that says what lies behind one of the libraries'."""
    chain = list(_chain(error))
    if any(getattr(link, "errno", None) in _NO_WAY_THERE for link in chain):
        return fault(FaultKind.UNREACHABLE, host)
    for kind, classes in _CAUSES:
        if any(isinstance(link, classes) for link in chain):
            return fault(kind, host, seconds=seconds)
    return fault(FaultKind.BAD_ANSWER, host)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        link = waiting.pop()
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        inner = (*link.args, getattr(link, "reason", None), link.__cause__, link.__context__)
        waiting.extend(found for found in inner if isinstance(found, BaseException))
