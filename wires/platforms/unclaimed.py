"""A body that no platform claims: what it is instead, and the feeds that a page advertises."""

from selectolax.lexbor import LexborHTMLParser

from wires.platforms.base import NOT_A_FEED, UNKNOWN_FORMAT, UnreadableBody
from wires.platforms.bodies import DecodedBody
from wires.platforms.links import web_address
from wires.platforms.text import title_of

_FEED_TYPES = {
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    "application/json", "text/xml", "application/xml",
}  # fmt: skip
_MOST_FEEDS = 10


def refusal(body: DecodedBody, *, url: str = "") -> UnreadableBody:
    """Return the error that says what the body is."""
    if body.kind != "html":
        return UnreadableBody(UNKNOWN_FORMAT, f"{body.kind.upper()}, but not a feed")
    page = LexborHTMLParser(body.text)
    message = f"not a feed, but {page_name(page)}"
    return UnreadableBody(NOT_A_FEED, message, feeds=_advertised(page, url))


def page_name(page: LexborHTMLParser) -> str:
    title = page.css_first("title")
    name = title_of(title.text()) if title is not None else ""
    return f"a page titled “{name}”" if name else "a page without a title"


def _advertised(page: LexborHTMLParser, url: str) -> tuple[str, ...]:
    feeds: dict[str, None] = {}
    for link in page.css("link[rel~=alternate][href]"):
        kind = (link.attributes.get("type") or "").split(";")[0].strip().lower()
        address = web_address(link.attributes.get("href") or "", base=url)
        if kind in _FEED_TYPES and address:
            feeds[address] = None
    return tuple(feeds)[:_MOST_FEEDS]
