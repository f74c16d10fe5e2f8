"""The pictures inside published texts, as browsers and readers of feeds get them today.

A text is frozen when it is published, with the original of each of its pictures. The renditions
came later, and the file may have been replaced since.
"""

import re
from collections.abc import Iterable, Mapping
from html import unescape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.models import Image, ReplacedFile
from web.addresses import absolute

# As our own renderer writes it, which quotes and escapes every attribute.
_SHOWN = re.compile(
    r'<img class="figure__image" src="/media/([0-9a-f]{64})\.[a-z]+" width="[0-9]+" height="[0-9]+"'
    r' alt="([^"]*)" loading="lazy">'
)
# The columns that a page shows of a picture in a text.
_FIELDS = ("sha256", "extension", "width", "height", "focus_x", "focus_y", "renditions")


def find_pictures(texts: Iterable[str]) -> dict[str, Image]:
    """Return the pictures that published texts show, by the hash that stands in the text.

    No query where they show none, else one, or two where a file was replaced.
    """
    named = {match[1] for text in texts for match in _SHOWN.finditer(text)}
    if not named:
        return {}
    rows = Image.objects.only(*_FIELDS).filter(sha256__in=named)
    found = {image.sha256: image for image in rows}
    if missing := named - found.keys():
        replaced = ReplacedFile.objects.select_related("image").filter(sha256__in=missing)
        found |= {row.sha256: row.image for row in replaced}
    return found


def with_pictures(html: str, pictures: Mapping[str, Image], *, in_feed: bool = False) -> str:
    """Return a published text with what there is of its pictures now. No query."""

    def shown(match: re.Match[str]) -> str:
        image = pictures.get(match[1])
        if image is None:
            return match[0]
        alt = unescape(match[2])
        return feed_picture(image, alt) if in_feed else _picture(image, alt)

    return _SHOWN.sub(shown, html)


def _picture(image: Image, alt: str) -> SafeString:
    context = {"image": image, "alt": alt, "css": "figure__image", "whole": True}
    return _stripped("articles/_picture.html", context)


def feed_picture(image: Image, alt: str) -> SafeString:
    """Return a picture as feeds have it: on pages that are not ours, and in one format."""
    parts = [absolute(part) for part in image.srcset.split(", ") if part]
    context = {"image": image, "alt": alt, "srcset": ", ".join(parts)}
    return _stripped("articles/_feed_picture.html", context)


def _stripped(template: str, context: dict[str, object]) -> SafeString:
    # Stripping makes a plain text of it.
    return SafeString(render_to_string(template, context).strip())
