"""What would come in from an address: read once, shown, and not stored.

Of what is no feed nothing is passed on but the addresses of the feeds that a page advertises: who
may test an address must not read other people's pages through us.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from wires.http import Response
from wires.ingest.bodies import Parse
from wires.ingest.conversations import Conversation, Get
from wires.ingest.known import Errand, Known
from wires.ingest.storable import followable, storable
from wires.platforms import Platform, platform_of
from wires.platforms.addresses import host_of
from wires.platforms.base import (
    EMPTY,
    NO_ZONE,
    NOT_A_FEED,
    NOT_AVAILABLE,
    POISON,
    TOO_BIG,
    TRUNCATED,
    Document,
    RawPost,
    UnreadableBody,
)
from wires.platforms.charsets import charset_of_header
from wires.platforms.questions import Subject
from wires.platforms.sources import TypedSource
from wires.schedule.outcomes import PACE

SHOWN = 5
MOST_FEEDS = 10
LONGEST_RAW = 60
AHEAD = timedelta(minutes=5)
QUIET = timedelta(days=30)

_REFUSED = {
    EMPTY: "the answer is empty",
    TOO_BIG: "the answer is too big: ask the publisher for a shorter feed",
    TRUNCATED: "the end of the feed is missing, and no entry is complete: test it again later",
    POISON: "reading the answer takes too long or too much memory: ask the publisher for another feed",
}
_NO_FEED = "what is at this address is neither a feed nor a web page: find the address of the feed"
_PAGE = "this is a web page, not a feed"
_NO_FEED_OFFERED = f"{_PAGE}, and it names none: look for “RSS” on the site, or ask the publisher"
_FAULTS = {
    "bad_bytes": "Some characters are broken.",
    "wrong_charset": "It declares another character set than it is written in.",
    "unknown_charset": "It declares a character set that nobody knows.",
    "control_characters": "It has control characters, which are dropped.",
    "junk_before": "Something stands before the feed, such as a warning of its server.",
    "not_well_formed": "It is not well-formed XML; what can be read is read.",
    "truncated": "Its end is missing.",
    "too_many_items": "It has more entries than are read at once.",
    "one_date_for_all": "All entries have one date, so they are dated by when they are first seen.",
    "no_messages": "It shows no posts now.",
    "undeclared_entities": "Some headlines are lost in entities that it does not declare.",
}


@dataclass(frozen=True, slots=True)
class PreviewItem:
    """A post as it would come in: headline, language, time in ISO 8601 or "", how it is dated."""

    title: str
    language: str
    posted_at: str
    dating: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePreview:
    """What a source is and what would come in; `odd` in sentences, `feeds` where it is a page."""

    title: str = ""
    account: str = ""
    numeric_id: str = ""
    language: str = ""
    count: int = 0
    items: tuple[PreviewItem, ...] = ()
    odd: tuple[str, ...] = ()
    minutes: int = 0
    feeds: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class NothingComesIn(Exception):
    """Why an address brings no posts, in one clause. `feeds` are those that a page advertises."""

    def __init__(self, message: str, *, feeds: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.feeds = tuple(feeds)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewReader:
    """What reading needs from outside. `rest` is called between two requests to a site."""

    get: Get
    parse: Parse
    rest: Callable[[], None]
    charge: Callable[[int], None] = field(default=lambda posts: None)

    def read(
        self,
        source: TypedSource,
        *,
        at: datetime,
        minutes: int,
        numeric_id: str = "",
        most: int | None = None,
    ) -> SourcePreview:
        """Read a source once. Raises FetchError and NothingComesIn."""
        platform = platform_of(source.platform)
        try:
            response, document = self._ask(
                platform, source, at=at, numeric_id=numeric_id, most=most
            )
        except UnreadableBody as error:
            raise _refused(error, platform, source) from error
        asked = max(document.ttl or timedelta(), response.max_age or timedelta())
        wait = max(timedelta(minutes=minutes), min(asked, PACE.longest_asked))
        posts = sorted(document.posts, key=_newest_first)
        return SourcePreview(
            title=storable(document.title)[:300],
            account=storable(document.account)[:255],
            numeric_id=storable(document.numeric_id)[:64],
            language=storable(document.language)[:35],
            count=len(posts),
            items=tuple(_item(raw, document, at) for raw in posts[:SHOWN]),
            odd=tuple(_oddities(source, response, document, at)),
            minutes=int(wait.total_seconds() // 60),
        )

    def _ask(
        self,
        platform: Platform,
        source: TypedSource,
        *,
        at: datetime,
        numeric_id: str,
        most: int | None,
    ) -> tuple[Response, Document]:
        if platform.questions is None:
            response = self.get(source.address)
            charset = charset_of_header(response.content_type)
            return response, self.parse(
                response.body, url=response.url, account=source.account, charset=charset
            )
        conversation = Conversation(
            platform=platform,
            # The newest page is enough to see what would come in.
            questions=replace(platform.questions, first_pages=1),
            get=self.get,
            parse=self.parse,
            rest=self.rest,
            charge=self.charge,
        )
        host = host_of(source.address)
        subject = Subject(account=source.account, numeric_id=numeric_id, host=host, most=most)
        reading = conversation.read_posts(subject, Known(edited_at={}), Errand(at=at))
        turn = reading.turns[-1]
        return turn.response, turn.document


def _refused(error: UnreadableBody, platform: Platform, source: TypedSource) -> NothingComesIn:
    """Return why a body has no posts, in our own words: its own may repeat what it says."""
    if error.kind == NOT_A_FEED and not source.account:
        feeds = [feed for feed in map(followable, error.feeds) if feed][:MOST_FEEDS]
        return NothingComesIn(_PAGE if feeds else _NO_FEED_OFFERED, feeds=feeds)
    if source.account and error.kind in (NOT_A_FEED, NOT_AVAILABLE):
        name = platform.account_name(source.account)
        return NothingComesIn(
            f"{platform.label} shows the public no posts of {name}: check the name, and whether the"
            " account is public"
        )
    return NothingComesIn(_REFUSED.get(error.kind, _NO_FEED))


def _newest_first(raw: RawPost) -> float:
    return -raw.posted_at.timestamp() if raw.posted_at else float("inf")


def _item(raw: RawPost, document: Document, at: datetime) -> PreviewItem:
    return PreviewItem(
        title=storable(raw.title),
        language=storable(raw.language),
        posted_at=raw.posted_at.isoformat() if raw.posted_at else "",
        dating=storable(_dating(raw, document, at)),
    )


def _dating(raw: RawPost, document: Document, at: datetime) -> str:
    """Say how a post is dated, in a clause; "" where it is as usual."""
    if raw.posted_at is None:
        written = " ".join(raw.posted_raw.split())[:LONGEST_RAW]
        reason = f"its date cannot be read: “{written}”" if written else "it has no date"
        return f"{reason}; it is dated by when it is first seen"
    if raw.posted_at > at + AHEAD:
        return "its date is in the future; it is dated by when it is first seen"
    if NO_ZONE in raw.flags:
        return "its date names no time zone, and is read as UTC unless the channel has one"
    if "one_date_for_all" in document.faults:
        return "it shares its date with all the others"
    return ""


def _oddities(
    source: TypedSource, response: Response, document: Document, at: datetime
) -> Iterator[str]:
    """Yield what is odd about a source, a sentence each."""
    if not source.account and response.url != source.address:
        moved_to = followable(response.moved_to)
        yield (
            f"The address has moved for good: enter {moved_to} instead."
            if moved_to
            else "The address redirects to another one."
        )
    yield from (_FAULTS[fault] for fault in document.faults if fault in _FAULTS)
    if document.guids_repeat:
        yield "Different entries share an id, so they are known by their links."
    yield from _odd_times(document, at)


def _odd_times(document: Document, at: datetime) -> Iterator[str]:
    if not document.posts and "no_messages" not in document.faults:
        yield "It has no entries now."
    dates = [raw.posted_at for raw in document.posts if raw.posted_at]
    if document.posts and not dates:
        yield "No entry has a date that can be read."
    if dates and max(dates) < at - QUIET:
        yield "Nothing was posted in the last 30 days."
