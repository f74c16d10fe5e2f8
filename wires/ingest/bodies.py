"""A body as it came in, and what parses it."""

import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from wires.platforms.base import Document


class Parse(Protocol):
    """platforms.parse or Parsers.parse. Raises UnreadableBody."""

    def __call__(
        self, body: bytes, *, url: str = "", account: str = "", charset: str = ""
    ) -> Document: ...


@dataclass(frozen=True, slots=True)
class FetchedBody:
    """Bytes as they came in, hashed and compressed before any transaction begins."""

    sha256: str
    size: int
    compressed: bytes
    url: str = ""

    @classmethod
    def of(cls, body: bytes, *, url: str = "") -> "FetchedBody":
        return cls(sha256(body).hexdigest(), len(body), zlib.compress(body), url)


class HasParse(Protocol):
    """Parsers of wires.platforms.processes."""

    @property
    def parse(self) -> Parse: ...
