"""Bodies read in pieces, and unpacked by us, because only we stop in time."""

import zlib
from collections.abc import Iterator, Mapping
from typing import Protocol

from wires.http.faults import FaultKind, fault

_PIECE = 65_536
_MEGABYTE = 1_000_000
_GZIP = 16 + zlib.MAX_WBITS
_GZIP_MARK = b"\x1f\x8b\x08"
# Some servers pack in several members; thousands of them are a way to keep us busy.
_MOST_MEMBERS = 1_000


class Raw(Protocol):
    """What is read from: urllib3's response."""

    def read(self, amt: int, *, decode_content: bool) -> bytes: ...


def read_body(
    raw: Raw, headers: Mapping[str, str], *, host: str, wire_cap: int, body_cap: int
) -> bytes:
    """The unpacked body. ``wire_cap`` and ``body_cap`` count bytes before and after unpacking.

    A file that is gzip itself, without a header that says so, is unpacked as well; what is packed
    twice is refused. Raises FetchError: too_big, bad_encoding, truncated, empty; and what urllib3
    raises.
    """
    codings = headers.get("content-encoding", "").lower().replace(" ", "").split(",")
    packings = [coding for coding in codings if coding not in ("", "identity")]
    if packings not in ([], ["gzip"], ["x-gzip"]):
        raise fault(FaultKind.BAD_ENCODING, host)
    announced = headers.get("content-length", "")
    # Longer numbers are too big as well, and slow to read.
    if announced.isdecimal() and (len(announced) > 18 or int(announced) > wire_cap):
        raise fault(FaultKind.TOO_BIG, host, megabytes=wire_cap / _MEGABYTE)

    pieces = _pieces(raw, host, wire_cap)
    first = next(pieces, b"")
    if not first:
        raise fault(FaultKind.EMPTY, host)
    if not packings and not first.startswith(_GZIP_MARK):
        return b"".join((first, *pieces))
    body = _unpacked(first, pieces, host, body_cap)
    if not body:
        raise fault(FaultKind.EMPTY, host)
    if body.startswith(_GZIP_MARK):
        raise fault(FaultKind.BAD_ENCODING, host)
    return body


def _pieces(raw: Raw, host: str, wire_cap: int) -> Iterator[bytes]:
    size = 0
    while piece := raw.read(_PIECE, decode_content=False):
        size += len(piece)
        if size > wire_cap:
            raise fault(FaultKind.TOO_BIG, host, megabytes=wire_cap / _MEGABYTE)
        yield piece


def _unpacked(first: bytes, rest: Iterator[bytes], host: str, body_cap: int) -> bytes:
    unpacker = _Unpacker(host, body_cap)
    unpacker.feed(first)
    for piece in rest:
        unpacker.feed(piece)
    return unpacker.finish()


class _Unpacker:
    def __init__(self, host: str, cap: int) -> None:
        self._host = host
        self._cap = cap
        self._size = 0
        self._body: list[bytes] = []
        self._members = 1
        self._inflater = zlib.decompressobj(_GZIP)
        self._is_over = False

    def feed(self, data: bytes) -> None:
        while data and not self._is_over:
            if self._inflater.eof:
                self._next_member(data)
                continue
            # One byte more than allowed tells that there is more. (Nought would mean no limit.)
            part = self._inflater.decompress(data, self._cap + 1 - self._size)
            self._size += len(part)
            if self._size > self._cap:
                raise fault(FaultKind.TOO_BIG, self._host, megabytes=self._cap / _MEGABYTE)
            self._body.append(part)
            data = self._inflater.unused_data

    def finish(self) -> bytes:
        if not self._inflater.eof:
            raise fault(FaultKind.TRUNCATED, self._host)
        return b"".join(self._body)

    def _next_member(self, data: bytes) -> None:
        # What follows the last member, usually zeros, is not part of it: every reader drops it.
        if not data.startswith(_GZIP_MARK[:1]):
            self._is_over = True
            return
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise fault(FaultKind.BAD_ENCODING, self._host)
        self._inflater = zlib.decompressobj(_GZIP)
