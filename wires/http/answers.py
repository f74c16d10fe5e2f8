"""What is asked of a site, and what it answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wires.http.tokens import Tokens

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.5"
)

NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer: 200 with a body, or 304 without.

    ``url`` is where it came from in the end. ``headers`` have names in lower case. ``etag`` and
    ``last_modified`` are to be sent with the next request as they are; of a 304 that does not
    repeat them, they are what was sent. ``retry_after`` is how
    long the site wants to be left alone, by Retry-After or by its rate limit. ``moved_to`` is where 301 and 308 lead for good, "" if
    they do not; a temporary redirect ends that chain.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    etag: str = ""
    last_modified: str = ""
    retry_after: timedelta | None = None
    max_age: timedelta | None = None
    moved_to: str = ""

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    url: str
    etag: str
    last_modified: str
    trusted_hosts: Collection[str]
    user_agent: str
    at: datetime
    connect_timeout: float
    total_timeout: float
    wire_cap: int
    body_cap: int
    max_redirects: int
    tokens: Tokens = field(default_factory=dict, repr=False)

    @property
    def is_conditional(self) -> bool:
        return bool(self.etag or self.last_modified)

    def headers(self) -> dict[str, str]:
        wanted = {
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip",
            "Accept-Language": "en",
            "Connection": "close",
            "If-None-Match": self.etag,
            "If-Modified-Since": self.last_modified,
        }
        return {name: value for name, value in wanted.items() if value}


def sendable(validator: str) -> str:
    """A validator as it was received, or "" where it could not be sent back."""
    # Unfolded lines and signs of other alphabets were never in a header we could send back.
    return validator if validator.isprintable() and _is_latin1(validator) else ""


def _is_latin1(text: str) -> bool:
    return all(ord(character) < 256 for character in text)
