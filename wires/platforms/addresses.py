"""What the grammars of the platforms share: an address taken apart, and what it turned out to be."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, quote, unquote, urlsplit

# A browser and urlsplit read these differently; no permalink holds one.
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_TG = re.compile(r"tg:(?://)?(?P<act>resolve|privatepost)/?\?(?P<query>\S+)", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}

# 64-bit signed: no platform counts further.
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Permalink:
    """An address on a platform, and what is there.

    ``kind`` is post, profile, channel, search, home, invite, media or other. ``account`` is in
    lower case where the platform folds case. ``native_id`` is the id by which ingest knows the
    post ("" unless it is a post) and ``number`` the bare id inside the address, which is what two
    accounts on one server cannot share. ``id_time`` is the clock inside the id, in UTC, which
    ``recognise`` reads.
    ``is_copy`` says that the address is on a mirror or in another client, where nothing proves
    what the platform carries.
    ``why_not`` is one clause that says what a page is if it is not a post.
    """

    platform: str
    kind: str
    host: str
    account: str = ""
    native_id: str = ""
    url: str = ""
    id_time: datetime | None = None
    aliases: tuple[str, ...] = ()
    number: str = ""
    why_not: str = ""
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """An http, https or at address, split once, its path decoded segment by segment."""

    scheme: str
    host: str
    port: int | None
    segments: tuple[str, ...]
    query: str
    fragment: str = ""

    @property
    def path(self) -> str:
        """The segments joined again; empty ones are gone."""
        return "/".join(self.segments)

    @property
    def netloc(self) -> str:
        return self.host if self.port is None else f"{self.host}:{self.port}"

    def parameters(self) -> dict[str, str]:
        """The query by name; the last of a repeated name wins."""
        return dict(parse_qsl(self.query, keep_blank_values=True, max_num_fields=None))


def host_of(url: str) -> str:
    """Return the host of an address, with its port where that is not the usual one; "" for none."""
    address = read_address(url)
    return address.netloc if address else ""


def read_address(url: str) -> Address | None:
    """Split an absolute address. None if it is not one, or if it names a user before its host."""
    text = url.strip()
    if _UNSAFE.search(text):
        return None
    if text[:5].lower() == "at://":
        return _read_at_address(text)
    text = _of_app(text)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".").lower()
    if parts.scheme not in _DEFAULT_PORTS or not host or "@" in parts.netloc:
        return None
    return Address(
        scheme=parts.scheme,
        host=host,
        port=None if port == _DEFAULT_PORTS[parts.scheme] else port,
        segments=_segments(parts.path),
        query=parts.query,
        fragment=parts.fragment,
    )


def _of_app(text: str) -> str:
    """Return the web address of a link that opens Telegram's app; any other text as it is."""
    found = _TG.fullmatch(text)
    if found is None:
        return text
    named = dict(parse_qsl(found["query"], max_num_fields=20))
    if found["act"].lower() == "privatepost":
        return f"https://t.me/c/{quote(named.get('channel', ''))}/{quote(named.get('post', ''))}"
    if not named.get("domain") or not named.get("post"):
        return text
    comment = f"?comment={quote(named['comment'])}" if "comment" in named else ""
    return f"https://t.me/{quote(named['domain'])}/{quote(named['post'])}{comment}"


def _read_at_address(text: str) -> Address:
    # urlsplit would take did:plc:… for a host with a port.
    path = re.split(r"[?#]", text[5:], maxsplit=1)[0]
    return Address(scheme="at", host="", port=None, segments=_segments(path), query="")


def _segments(path: str) -> tuple[str, ...]:
    # Split before decoding: an encoded slash is part of a segment.
    return tuple(unquote(segment) for segment in path.split("/") if segment)


@dataclass(frozen=True, slots=True)
class Shape:
    """One form of path that is not a post: what it is, and the clause that says so."""

    kind: str
    pattern: re.Pattern[str]
    clause: str


def shape(kind: str, pattern: str, clause: str) -> Shape:
    """``clause`` may use the named groups of ``pattern``."""
    return Shape(kind, re.compile(pattern, re.ASCII), clause)


def first_fit(shapes: tuple[Shape, ...], path: str) -> tuple[str, str, str] | None:
    """Kind, clause and account of a path by the first shape that fits it; None where none does."""
    for candidate in shapes:
        if found := candidate.pattern.fullmatch(path):
            groups = found.groupdict("")
            return candidate.kind, candidate.clause.format(**groups), groups.get("account", "")
    return None


def describe(shapes: tuple[Shape, ...], path: str) -> tuple[str, str, str]:
    """Kind, clause and account of a path that is not a post."""
    return first_fit(shapes, path) or ("other", "it is another kind of page, not a post", "")


_NUMBER = re.compile(r"[1-9][0-9]{0,18}")


def is_number(text: str, *, largest: int = LARGEST_ID) -> bool:
    """Return whether a text is a plain positive decimal id: no sign, no zero in front, ASCII digits."""
    return bool(_NUMBER.fullmatch(text)) and int(text) <= largest


def malformed(number: str) -> str:
    """The clause for an id that no post can have."""
    if not number:
        return "its post number is missing"
    shown = ascii(number[:24])[1:-1] + ("..." if len(number) > 24 else "")
    return f"its post number, {shown}, is not valid"
