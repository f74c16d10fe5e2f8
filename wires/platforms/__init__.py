"""Bytes in, posts out: one adapter a file, chosen by what a body holds.

Nothing of an adapter is imported before a body asks for it, so that web processes carry neither
feedparser nor an HTML tree builder.
"""

from importlib import import_module

from wires.platforms.base import Document, Media, RawPost, Unreadable

__all__ = ["PLATFORMS", "Document", "Media", "RawPost", "Unreadable", "parse"]

# The platform of a channel, and the module of this package that reads its documents.
PLATFORMS = {
    "rss": "wires.platforms.rss.xmlfeed",
    "jsonfeed": "wires.platforms.rss.jsonfeed",
    "telegram": "wires.platforms.telegram.adapter",
}
_READERS = {
    "xml": "wires.platforms.rss.xmlfeed",
    "json": "wires.platforms.rss.jsonfeed",
    "html": "wires.platforms.unclaimed",
}


def parse(body: bytes, *, url: str = "", account: str = "") -> Document:
    """Read a body. url is where it came from, for relative links; account the Telegram channel asked.

    Raises Unreadable where it holds no posts. Not for untrusted bodies in a process that must
    live: processes.Parsers bounds time and memory.
    """
    found = import_module("wires.platforms.bodies").read_body(body)
    adapter = import_module(_READERS[found.kind])
    document: Document = adapter.parse(found, url=url, account=account)
    return document
