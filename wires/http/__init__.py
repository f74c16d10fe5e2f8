"""The one way out: every request to a site that is not ours is made here.

Public addresses only, over plain rules of our own on top of requests-hardened; limits on size and
time that hold however the site behaves; conditional requests byte for byte; named faults.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Protocol

from wires.http import policy
from wires.http.answers import NOT_MODIFIED, Request, Response, sendable
from wires.http.background import in_a_thread
from wires.http.faults import REFUSALS, FaultKind, FetchError, fault
from wires.http.tokens import BearerToken, Tokens

__all__ = [
    "NOT_MODIFIED",
    "REFUSALS",
    "BearerToken",
    "FaultKind",
    "Fetch",
    "FetchError",
    "Response",
    "Tokens",
    "fetch",
]

CONNECT_TIMEOUT = 10.0
TOTAL_TIMEOUT = 45.0
WIRE_CAP = 5_000_000
BODY_CAP = 20_000_000
MAX_REDIRECTS = 5


class Fetch(Protocol):
    """fetch with the settings of this project. Raises FetchError."""

    def __call__(self, url: str, *, etag: str = "", last_modified: str = "") -> Response: ...


def fetch(
    url: str,
    *,
    user_agent: str,
    etag: str = "",
    last_modified: str = "",
    trusted_hosts: Collection[str] = (),
    tokens: Tokens = MappingProxyType({}),
    at: datetime | None = None,
    connect_timeout: float = CONNECT_TIMEOUT,
    total_timeout: float = TOTAL_TIMEOUT,
    wire_cap: int = WIRE_CAP,
    body_cap: int = BODY_CAP,
    max_redirects: int = MAX_REDIRECTS,
) -> Response:
    """Fetch an address, following redirects and checking each one. Raises FetchError.

    ``trusted_hosts`` (``host:port`` to the letter) may be private and on any port, but only as
    the address given, never as where a redirect leads. ``tokens`` are sent to their own hosts, as
    the address given and encrypted. ``at`` is the present moment, against
    which dates in headers are read where the site does not tell its own; by default the clock's.
    Times are in seconds; ``total_timeout`` holds from the look-up of the name to the last byte.
    """
    # Loads requests and what it needs, some megabytes: a web process does without, until somebody
    # at the desk has it fetch something.
    from wires.http.attempts import FetchAttempt

    request = Request(
        url=url.strip(),
        etag=sendable(etag),
        last_modified=sendable(last_modified),
        trusted_hosts=trusted_hosts,
        tokens=tokens,
        user_agent=user_agent,
        at=at or datetime.now(UTC),
        connect_timeout=connect_timeout,
        total_timeout=total_timeout,
        wire_cap=wire_cap,
        body_cap=body_cap,
        max_redirects=max_redirects,
    )
    target = policy.check(request.url, trusted_hosts=trusted_hosts)
    attempt = FetchAttempt(request)
    # In a thread of its own, because nothing else ends a look-up or a header that never comes.
    answer = in_a_thread(lambda: attempt.follow(target))
    try:
        return answer.result(total_timeout)
    except TimeoutError as error:
        raise fault(FaultKind.TIMEOUT, target.host, seconds=total_timeout) from error
    finally:
        attempt.connections.cut()
