"""Feeds in XML and in JSON: bytes in, posts out."""

from wires.platforms.base import Document
from wires.platforms.bodies import DecodedBody
from wires.platforms.rss.jsonfeed import parse_json
from wires.platforms.rss.xmlfeed import parse_xml

_READERS = {"xml": parse_xml, "json": parse_json}


def parse(body: DecodedBody, *, url: str = "", account: str = "") -> Document | None:
    """Read a feed; None for any other body. Raises UnreadableBody for one that is broken."""
    reader = _READERS.get(body.kind)
    return reader(body, url=url) if reader else None
