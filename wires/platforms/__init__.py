"""Bytes in, posts out, and all that the project knows about the places where outlets post.

One platform a folder. Its adapter is imported when a body asks for it, so that web processes
carry neither feedparser nor an HTML tree builder.
"""

from collections.abc import Container
from importlib import import_module

from wires.platforms import bluesky, mastodon, rss, telegram, x
from wires.platforms.base import Document, Media, RawPost, UnreadableBody
from wires.platforms.platform import IdClock, Platform

__all__ = [
    "FEED",
    "PLATFORMS",
    "Document",
    "IdClock",
    "Media",
    "Platform",
    "RawPost",
    "UnreadableBody",
    "choices",
    "find_platform",
    "parse",
    "platform_of",
    "pollable_codes",
]

# In the order in which people choose from them, and in which addresses and bodies are tried.
PLATFORMS: tuple[Platform, ...] = (
    rss.PLATFORM,
    telegram.PLATFORM,
    x.PLATFORM,
    bluesky.PLATFORM,
    mastodon.PLATFORM,  # last, since it takes any host
)
# A page on no other platform belongs to a site, which may have a feed.
FEED = rss.PLATFORM


def find_platform(name: str) -> Platform | None:
    """Return the platform of a code or of a format's name, or None."""
    return next((each for each in PLATFORMS if name in (each.code, *each.formats)), None)


def platform_of(code: str) -> Platform:
    """Return the platform of a channel. One that has left the list is known by its code alone."""
    return find_platform(code) or Platform(code=code, label=code)


def choices() -> list[tuple[str, str]]:
    """Return codes and labels. Called by the model's field, so that no migration lists them."""
    return [(platform.code, platform.label) for platform in PLATFORMS]


def pollable_codes(*, without: Container[str] = ()) -> list[str]:
    """Return the codes of what can be polled, `without` those that this project has switched off."""
    return [
        platform.code
        for platform in PLATFORMS
        if platform.can_be_polled and platform.code not in without
    ]


def parse(body: bytes, *, url: str = "", account: str = "", charset: str = "") -> Document:
    """Read a body. url is where it came from, for relative links; account the one asked for;
    charset what the server said it is in.

    Raises UnreadableBody where it holds no posts. Not for untrusted bodies in a process that must
    live: processes.Parsers bounds time and memory.
    """
    found = import_module("wires.platforms.bodies").read_body(body, charset=charset)
    for platform in PLATFORMS:
        if platform.can_be_polled:
            adapter = import_module(platform.adapter)
            document: Document | None = adapter.parse(found, url=url, account=account)
            if document is not None:
                return document
    refusal: UnreadableBody = import_module("wires.platforms.unclaimed").refusal(found, url=url)
    raise refusal
