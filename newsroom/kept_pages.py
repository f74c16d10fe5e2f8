"""Public pages as they were answered, within a bound of bytes. What may be kept, pagecache says."""

import zlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock

from django.utils.http import parse_etags, parse_http_date_safe

from web.conditional import PublicPage

type Header = tuple[str, str]
type Headers = list[Header]

LEVEL = 6
GZIP = 31  # zlib's number for a gzip stream
# What headers, key and objects of a page take besides its bytes, roughly.
OVERHEAD = 3_000
# Every midnight of every zone falls on one; a page that shows clocks is true for a minute.
QUARTER = 15 * 60
MINUTE = 60
# What a 304 repeats of its page (RFC 9110, 15.4.5).
REPEATED = {"cache-control", "etag", "last-modified", "vary"}


@dataclass(slots=True, eq=False)
class KeptPage:
    """An answer for everybody: compressed once, uncompressed once somebody wants it so.

    `numbers` were read before it was made. It is true as it stands from `begins` to `ends`, in
    seconds since 1970; `headers` say neither its length nor its encoding.
    """

    page: PublicPage
    numbers: tuple[int, ...]
    begins: float
    ends: float
    status: str
    headers: Headers
    compressed: bytes
    plain: bytes | None = None
    etag: str = ""
    changed_at: int | None = None
    with_gzip: Headers = field(default_factory=list)
    unchanged: Headers = field(default_factory=list)

    def __post_init__(self) -> None:
        told = {name.lower(): value for name, value in self.headers}
        self.etag = told.get("etag", "")
        self.changed_at = parse_http_date_safe(told.get("last-modified", ""))
        length = str(len(self.compressed))
        self.with_gzip = [
            *self.headers,
            ("Content-Encoding", "gzip"),
            ("Content-Length", length),
        ]
        self.unchanged = [pair for pair in self.headers if pair[0].lower() in REPEATED]

    def __len__(self) -> int:
        """Return how many bytes it takes."""
        return OVERHEAD + len(self.compressed) + len(self.plain or b"")

    def uncompressed(self) -> bytes:
        return self.plain if self.plain is not None else zlib.decompress(self.compressed, GZIP)

    def is_known(self, if_none_match: str | None, if_modified_since: str | None) -> bool:
        """Return whether the sender of these headers has the page. Tags are compared weakly."""
        if if_none_match is not None:
            if not self.etag:
                return False
            if if_none_match == self.etag:
                return True
            sent = {tag.removeprefix("W/") for tag in parse_etags(if_none_match)}
            return "*" in sent or self.etag.removeprefix("W/") in sent
        if if_modified_since is None or self.changed_at is None:
            return False
        since = parse_http_date_safe(if_modified_since)
        return since is not None and self.changed_at <= since


def keep(
    page: PublicPage,
    *,
    numbers: tuple[int, ...],
    status: str,
    headers: Headers,
    body: bytes,
    at: float,
) -> KeptPage:
    """Return an answer as it is kept: compressed, with how long it is true."""
    # Its moment of last modification is left out, so the same page has the same bytes.
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    span = MINUTE if page.shows_clocks else QUARTER
    begins = at // span * span
    return KeptPage(
        page=page,
        numbers=numbers,
        begins=begins,
        ends=begins + span,
        status=status,
        headers=varying(headers),
        compressed=packer.compress(body) + packer.flush(),
    )


def varying(headers: Headers) -> Headers:
    """Return the headers without length, and with Accept-Encoding in Vary."""
    vary = [value for name, value in headers if name.lower() == "vary"]
    others = [pair for pair in headers if pair[0].lower() not in {"vary", "content-length"}]
    return [*others, ("Vary", ", ".join([*vary, "Accept-Encoding"]))]


class Shelf:
    """At most so many bytes of pages; the first to go was asked for longest ago. Thread-safe."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    @property
    def size(self) -> int:
        return self._size

    def get(self, key: Hashable) -> KeptPage | None:
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: Hashable, page: KeptPage) -> None:
        """Keep a page in the place of the one before. One that is too large is not kept."""
        with self._lock:
            self._drop(key)
            if len(page) > self._most:
                return
            self._pages[key] = page
            self._size += len(page)
            self._make_room()

    def keep_plain(self, key: Hashable, page: KeptPage, plain: bytes) -> None:
        """Keep the uncompressed body too, if the page is kept still and there is room for it."""
        with self._lock:
            is_kept = self._pages.get(key) is page and page.plain is None
            if not is_kept or len(page) + len(plain) > self._most:
                return
            page.plain = plain
            self._size += len(plain)
            self._make_room()

    def _make_room(self) -> None:
        while self._size > self._most:
            self._drop(next(iter(self._pages)))

    def _drop(self, key: Hashable) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._size -= len(page)
