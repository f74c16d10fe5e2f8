"""The grammar of addresses: which account and which post, the clock in its id, one spelling.

One platform a module, tried in the order of PLATFORMS. Nothing here asks the network.
"""

import re

from wires.platforms.addresses import Permalink, read_address
from wires.platforms.bluesky import permalink as bluesky
from wires.platforms.canonical import tidy
from wires.platforms.clocks import mastodon_time, tid_time, x_id_at, x_time
from wires.platforms.mastodon import permalink as mastodon
from wires.platforms.telegram import permalink as telegram
from wires.platforms.x import permalink as x

__all__ = [
    "PLATFORMS",
    "Permalink",
    "canonical_url",
    "mastodon_time",
    "recognise",
    "tid_time",
    "why_not_a_post",
    "x_id_at",
    "x_time",
]

# Mastodon comes last: it is known by the shape of the path alone, on any host.
PLATFORMS = (
    ("x", "X", x.read),
    ("telegram", "Telegram", telegram.read),
    ("bluesky", "Bluesky", bluesky.read),
    ("mastodon", "Mastodon", mastodon.read),
)
_NAMES = {platform: name for platform, name, _ in PLATFORMS}

_HOME = re.compile(r"|home|(?:index|default)\.(?:html?|php|aspx?)", re.IGNORECASE)
_FEED = re.compile(
    r"(?:.*/)?(?:feed|rss|atom|(?:feed|rss|atom|index)\.(?:xml|rss|json))", re.IGNORECASE
)
# Sites that have all their pages at the root: /?p=1234
_PAGE_IN_QUERY = frozenset(
    {"p", "page_id", "id", "article", "articleid", "newsid", "post", "story"}
)


def recognise(url: str) -> Permalink | None:
    """What an address is on the platforms we know; None where it is on none. Never raises."""
    address = read_address(url)
    if address is None:
        return None
    found = (read(address) for _, _, read in PLATFORMS)
    return next((permalink for permalink in found if permalink is not None), None)


def canonical_url(url: str) -> str:
    """The one spelling of an address, by which two links are found to be one. Idempotent.

    A post of a platform gets the platform's own form. On a host that only looks like a Mastodon
    server this is done where the number holds a time, which is hardly ever so by accident.
    """
    found = recognise(url)
    if found is None or found.kind != "post":
        return tidy(url)
    if found.platform == "mastodon" and found.id_time is None:
        return tidy(url)
    return found.url


def why_not_a_post(url: str, *, platform: str) -> str:
    """One clause that says what an address is instead of a post of this platform; "" for a post.

    Of any platform but ours (rss, jsonfeed) every page is a post that is not a site's home page,
    a feed, or a profile or the like on a platform of ours.
    """
    found = recognise(url)
    if platform not in _NAMES:
        return found.why_not if found else _why_not_a_page(url)
    if found is None:
        return _why_not_a_page(url) or f"it is not an address on {_NAMES[platform]}"
    if found.platform != platform:
        return f"it is an address on {_NAMES[found.platform]}, not on {_NAMES[platform]}"
    return found.why_not


def _why_not_a_page(url: str) -> str:
    address = read_address(url)
    if address is None or address.scheme == "at":
        return "it is not a web address" if url.strip() else "it has no address"
    if _FEED.fullmatch(address.path):
        return "it is a feed, not one post"
    if not _HOME.fullmatch(address.path):
        return ""
    named = {name.lower() for name, value in address.parameters().items() if value}
    return "" if named & _PAGE_IN_QUERY else f"it is the home page of {address.host}, not one post"
