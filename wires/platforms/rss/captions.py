"""Captions of pictures and episodes, kept apart from the words of an item.

feedparser takes media:description and itunes:summary for descriptions of the item, so that the
caption of a picture replaces the story where it is longer.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_MEDIA, _ITUNES = "search.yahoo.com/mrss", "itunes.com/dtds/podcast"
_NAMESPACE = re.compile(r"""xmlns:([\w.-]{1,40})\s*=\s*["']([^"']{1,200})["']""", re.IGNORECASE)
_OF_MEDIA = "description|text|title"
_OF_ITUNES = "summary"
# What feedparser, which knows no such elements, calls them then.
TEXTS = ("media_captiondescription", "media_captiontext", "itunes_captionsummary")
TITLE = "media_captiontitle"


def set_apart(xml: str) -> str:
    """Return the feed with its captions under names that feedparser does not take for the text."""
    names = {"media": _OF_MEDIA, "itunes": _OF_ITUNES}
    for prefix, address in _NAMESPACE.findall(xml[:65_536]):
        if _MEDIA in address.lower():
            names[prefix] = _OF_MEDIA
        elif _ITUNES in address.lower():
            names[prefix] = _OF_ITUNES
    elements = "|".join(
        f"{re.escape(prefix)}:(?:{each})" for prefix, each in names.items() if f"{prefix}:" in xml
    )
    if not elements:
        return xml
    pattern = re.compile(rf"<(/?)({elements})(?:\s[^<>]*?)?(/?)>", re.IGNORECASE)
    return pattern.sub(_renamed, xml)


def _renamed(tag: re.Match[str]) -> str:
    prefix, _, name = tag[2].partition(":")
    # Without its attributes: of an unknown element that has some, feedparser keeps these alone.
    return f"<{tag[1]}{prefix}:caption{name.lower()}{tag[3]}>"


def captions_of(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield the captions of an item, as HTML."""
    for name in TEXTS:
        value = dict.get(entry, name) if isinstance(entry, dict) else None
        if isinstance(value, str) and value.strip():
            yield value
