"""Addresses in foreign documents: absolute, of the web, or none at all."""

import re
from urllib.parse import urljoin, urlsplit

from wires.platforms.permalinks import canonical_url

LONGEST = 2_000  # characters; longer ones are session dumps or attacks
_UNSEEN = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\ufffe\uffff]")


def web_address(href: str, *, base: str = "") -> str:
    """Return href as an absolute http(s) address, or "" if it is not one."""
    href = href.strip()
    if not href or len(href) > LONGEST:
        return ""
    href = _UNSEEN.sub(_escaped, href)
    try:
        if base and "://" not in href[:12]:
            href = urljoin(base, href)
        parts = urlsplit(href)
        named = bool(parts.hostname)
    except ValueError:
        return ""
    return href if named and parts.scheme in ("http", "https") else ""


def identity_of(url: str) -> str:
    """Return the one spelling of an address by which posts are known; "" for ""."""
    return canonical_url(url) if url else ""


def media_id(url: str) -> str:
    """Return what stays the same of a media address while CDNs change its signature and size."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}{parts.path}"


def _escaped(unseen: re.Match[str]) -> str:
    return "%20" if unseen.group() in " \xa0" else ""
