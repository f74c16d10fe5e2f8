"""The addresses behind links: as their authors meant them, or none."""

import re
from functools import lru_cache
from urllib.parse import parse_qs, quote, urlsplit

_READABLE = re.compile(r"(?:https?://|mailto:)[^\s/]", re.IGNORECASE)
# Who puts an address of his own in front of each link, and where in it the true one is.
_WRAPPERS = (
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}"), "/url", ("q", "url")),
    (re.compile(r"[a-z0-9-]+\.safelinks\.protection\.outlook\.com"), "/", ("url",)),
    (re.compile(r"(?:l|lm)\.facebook\.com"), "/l.php", ("u",)),
)
_LONGEST = 2_000
# What Markdown would read as the end of the address, as an entity, or not as an address at all.
_UNFIT = re.compile(r"[\s<>()\[\]{}\"`|^\\]|&(?=#?\w{1,31};)")


@lru_cache(maxsize=256)
def readable_address(href: str) -> str:
    """Return an address that readers can follow, fit for Markdown; "" for any other."""
    href = "".join(href.split())
    if len(href) > _LONGEST or not _READABLE.match(href):
        return ""
    return _UNFIT.sub(lambda sign: quote(sign[0], safe=""), _unwrapped(href))


def _unwrapped(href: str) -> str:
    try:
        parts = urlsplit(href)
        host = (parts.hostname or "").lower()
    except ValueError:
        return href
    for hosts, path, names in _WRAPPERS:
        if parts.path == path and hosts.fullmatch(host):
            query = parse_qs(parts.query)
            inner = next((query[name][0] for name in names if name in query), "")
            return inner if _READABLE.match(inner) else href
    return href
