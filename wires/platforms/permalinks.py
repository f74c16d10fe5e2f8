"""Which account and which post an address names, and its one spelling. Nothing asks the network."""

import re
from dataclasses import replace

from wires import platforms
from wires.platforms.addresses import Permalink, read_address
from wires.platforms.canonical import tidy
from wires.platforms.elsewhere import original_of, post_inside, why_closed, without_punctuation

__all__ = [
    "Permalink",
    "canonical_url",
    "is_certain",
    "post_identity",
    "recognise",
    "why_not_a_post",
]

_HOME = re.compile(r"|home|(?:index|default)\.(?:html?|php|aspx?)", re.IGNORECASE)
_FEED = re.compile(
    r"(?:.*/)?(?:feed|rss|atom|(?:feed|rss|atom|index)\.(?:xml|rss|json))", re.IGNORECASE
)
# Sites that have all their pages at the root: /?p=1234
_PAGE_IN_QUERY = frozenset(
    {"p", "page_id", "id", "article", "articleid", "newsid", "post", "story"}
)


def recognise(url: str) -> Permalink | None:
    """Return what an address names on the platforms we know, or None. Never raises."""
    url = original_of(url)
    found = _recognise(url) or _recognise_inside(url)
    if found is not None and found.kind == "post":
        return found
    bare = without_punctuation(url)
    again = _recognise(bare) if bare != url else None
    return again if again is not None and again.kind == "post" else found


def _recognise_inside(url: str) -> Permalink | None:
    """Return the post that an archive or a proxy shows, whose host may be any."""
    inside = post_inside(url)
    found = _recognise(inside) if inside else None
    if found is None or found.kind != "post" or found.is_copy or not is_certain(found):
        return None
    return replace(found, is_copy=True)


def _recognise(url: str) -> Permalink | None:
    address = read_address(url)
    if address is None:
        return None
    for platform in platforms.PLATFORMS:
        found = platform.read_permalink(address) if platform.read_permalink else None
        if found is not None:
            clock = platform.id_clock
            return replace(found, id_time=clock.read(found.number)) if clock else found
    return None


def is_certain(found: Permalink) -> bool:
    """Return whether an address is surely on the platform that it looks like.

    Any host may look like a server of a platform that takes any host. Where the number of the
    post holds a time it hardly ever does so by accident; otherwise it may be a plain page.
    """
    return found.id_time is not None or not platforms.platform_of(found.platform).takes_any_host


def post_identity(found: Permalink) -> str:
    """Return what is equal for two addresses of one post; "" unless it is a post.

    Where numbers are unique across accounts the account is left out: the wrong one leads to the
    same post, and some forms of address have none.
    """
    if found.kind != "post":
        return ""
    if platforms.platform_of(found.platform).ids_are_unique:
        return f"{found.platform}:{found.host}/{found.number}"
    return f"{found.platform}:{found.native_id}"


def canonical_url(url: str) -> str:
    """Return the one spelling of an address, by which two links are found to be one. Idempotent.

    A post of a platform gets the platform's own form, where it is certain that it is one. A copy
    elsewhere keeps its address: a feed of copies goes on being known by the links it has.
    """
    found = recognise(url)
    if found is None or found.kind != "post" or found.is_copy or not is_certain(found):
        return tidy(url)
    return found.url


def why_not_a_post(url: str, *, platform: str) -> str:
    """Return a clause that says what an address is instead of a post of this platform; "" for a post.

    Where a platform has no address grammar every page is a post that is not a site's home page,
    a feed, or a profile or something else on another platform.
    """
    url = original_of(url)
    found, expected = recognise(url), platforms.platform_of(platform)
    if closed := why_closed(url):
        return closed
    if not expected.has_accounts:
        return found.why_not if found else _why_not_a_page(url)
    if found is None:
        return _why_not_a_page(url) or f"it is not an address on {expected.label}"
    if found.platform != platform:
        actual = platforms.platform_of(found.platform)
        return f"it is an address on {actual.label}, not on {expected.label}"
    return found.why_not


def _why_not_a_page(url: str) -> str:
    address = read_address(url)
    if address is None or address.scheme == "at":
        return "it is not a web address" if url.strip() else "it has no address"
    if _FEED.fullmatch(address.path):
        return "it is a feed, not a post"
    if not _HOME.fullmatch(address.path):
        return ""
    named = {name.lower() for name, value in address.parameters().items() if value}
    return "" if named & _PAGE_IN_QUERY else f"it is the home page of {address.host}, not a post"
