"""HTML where posts were expected: a Telegram channel's page, or something that is no feed."""

from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from wires.platforms.base import NOT_A_FEED, NOT_AVAILABLE, Document, Unreadable
from wires.platforms.bodies import Body
from wires.platforms.links import web_address
from wires.platforms.telegram import adapter as telegram
from wires.platforms.text import title_of

_FEED_TYPES = {
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    "application/json", "text/xml", "application/xml",
}  # fmt: skip
_MOST_FEEDS = 10


def parse(body: Body, *, url: str = "", account: str = "") -> Document:
    """Read a page of a Telegram channel. Raises Unreadable for any other page."""
    page = LexborHTMLParser(body.text)
    if telegram.shows_messages(page):
        return telegram.read(page, body, account=account)
    title = page.css_first("title")
    name = title_of(title.text()) if title is not None else ""
    called = f"a page called “{name}”" if name else "a page without a name"
    if account or urlsplit(url).hostname in {"t.me", "telegram.me"}:
        # A group, a private channel, one without preview and a name that nobody has look alike.
        raise Unreadable(NOT_AVAILABLE, f"Telegram shows no messages here, but {called}")
    raise Unreadable(NOT_A_FEED, f"not a feed, but {called}", feeds=_advertised(page, url))


def _advertised(page: LexborHTMLParser, url: str) -> tuple[str, ...]:
    feeds: dict[str, None] = {}
    for link in page.css("link[rel~=alternate][href]"):
        kind = (link.attributes.get("type") or "").split(";")[0].strip().lower()
        address = web_address(link.attributes.get("href") or "", base=url)
        if kind in _FEED_TYPES and address:
            feeds[address] = None
    return tuple(feeds)[:_MOST_FEEDS]
