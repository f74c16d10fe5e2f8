"""What can go wrong on the way to a site, each with a name, a line and a way out."""

import re
from datetime import timedelta
from enum import StrEnum


class FaultKind(StrEnum):
    """What went wrong, in a word. Other statuses than 200 and 304 are ``http_`` and the status."""

    BAD_ANSWER = "bad_answer"
    BAD_ENCODING = "bad_encoding"
    BAD_URL = "bad_url"
    DNS = "dns"
    EMPTY = "empty"
    NOT_ASKED = "not_asked"
    RATE_LIMITED = "rate_limited"
    REDIRECT = "redirect"
    REFUSED = "refused"
    RESET = "reset"
    SSRF = "ssrf"
    TIMEOUT = "timeout"
    TLS = "tls"
    TOO_BIG = "too_big"
    TRUNCATED = "truncated"
    UNREACHABLE = "unreachable"


class FetchError(Exception):
    """A fetch that brought nothing. ``kind`` is a FaultKind, or ``http_`` and the status.

    The message is one line that names the host and what can be done. ``body`` is what came with a
    status of 400 or more, as far as it is short: it tells why, and whether a site or something
    before it says so.
    """

    def __init__(
        self,
        kind: str,
        message: str,
        *,
        status: int | None = None,
        retry_after: timedelta | None = None,
        body: bytes = b"",
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.status = status
        self.retry_after = retry_after
        self.body = body


# A redirect has lines of its own, each where it is raised.
_LINES = {
    FaultKind.BAD_ANSWER: "{host} does not answer in HTTP: open the address in a browser",
    FaultKind.BAD_ENCODING: "{host} sent a body that cannot be unpacked: the publisher must fix it",
    FaultKind.BAD_URL: "the address at {host} cannot be requested: correct it",
    FaultKind.DNS: "the host {host} was not found: check the address, or wait if the site is moving",
    FaultKind.EMPTY: "{host} sent an empty answer: open the address in a browser",
    FaultKind.NOT_ASKED: "{host} answered “not modified” to a plain request: fetch it again later",
    FaultKind.RATE_LIMITED: "{host} asks us to come back later ({status}): poll it less often",
    FaultKind.REFUSED: "{host} refuses connections: check the port, or wait until the site is up again",
    FaultKind.RESET: "{host} closed the connection early: it will be tried again later",
    FaultKind.SSRF: (
        "{host} points to a private address, which is never fetched: "
        "list a host of your own in WIRE_TRUSTED_HOSTS"
    ),
    FaultKind.TIMEOUT: "{host} took longer than {seconds:g} seconds: it will be tried again later",
    FaultKind.TLS: "{host} has a faulty certificate or encryption: the publisher must fix it",
    FaultKind.TOO_BIG: "{host} sent more than {megabytes:g} MB: ask the publisher for a shorter feed",
    FaultKind.TRUNCATED: "{host} sent an incomplete answer: it will be tried again later",
    FaultKind.UNREACHABLE: "{host} cannot be reached: check this machine's network and the address",
}

_STATUS_LINES = {
    401: "{host} asks for a password (401): ask the publisher for an open feed",
    403: "{host} refuses access (403): ask the publisher to let this newsroom read the feed",
    404: "{host} has nothing at this address (404): find the feed's new address",
    410: "{host} has removed this for good (410): find another feed",
    451: "{host} withholds this for legal reasons (451): find another feed",
}
_ANY_STATUS_LINE = "{host} answered {status} instead of a feed: open the address in a browser"

# From this status on the body says why there is nothing.
FIRST_REFUSAL = 400
# 503 says the same as 429 to who polls: come back later.
REFUSALS = frozenset({429, 503})


def fault(kind: FaultKind, host: str, **details: float) -> FetchError:
    """The error of a kind, with its line."""
    return FetchError(kind, _LINES[kind].format(host=shown(host), **details))


def fault_of_status(
    status: int, host: str, *, retry_after: timedelta | None, body: bytes = b""
) -> FetchError:
    """The error for an answer that is neither 200 nor 304."""
    is_busy = status in REFUSALS
    line = (
        _LINES[FaultKind.RATE_LIMITED] if is_busy else _STATUS_LINES.get(status, _ANY_STATUS_LINE)
    )
    return FetchError(
        FaultKind.RATE_LIMITED if is_busy else f"http_{status}",
        line.format(host=shown(host), status=status),
        status=status,
        retry_after=retry_after,
        body=body,
    )


def shown(host: str) -> str:
    """A host fit for one line of a log: printable ASCII, not too long."""
    text = re.sub(r"[^!-~]", "?", host)
    return text if len(text) <= 100 else f"{text[:97]}..."
