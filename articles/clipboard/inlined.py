"""Pictures that stand inside the HTML of a clipboard as base64: taken out before it is read.

Their place is held by a word that no text has and no Markdown changes.
"""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

# As large as the whole clipboard: no tag ends before the next one begins.
_IMAGE = re.compile(r"<img\b([^<>]*+)>", re.IGNORECASE)
_DATA = re.compile(
    r"""\bsrc\s*+=\s*+["']?\s*+data:image/[a-z0-9.+-]{1,30};base64,([A-Za-z0-9+/=\s%]++)""",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"""\bsrc\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""", re.IGNORECASE)
# Mail and social sites draw their emoji as pictures; their words stay.
_LONGEST_EMOJI = 10


@dataclass(frozen=True, slots=True)
class InlinedPicture:
    """The file of a picture, as it was sent, and what was said of it there."""

    body: bytes
    alt: str


def take_out(html: str, *, word: str) -> tuple[str, dict[str, InlinedPicture]]:
    """Return the HTML with a word in the place of each picture, and the pictures by these words.

    The words begin with `word`, which must not stand in the HTML: letters and digits only.
    """
    pictures: dict[str, InlinedPicture] = {}

    def replaced(match: re.Match[str]) -> str:
        data = _DATA.search(match[1])
        if data is None:
            return match[0]
        said = _ALT.search(match[1])
        alt = unescape((said[1] or said[2] or "") if said else "").strip()
        if alt and len(alt) <= _LONGEST_EMOJI and not any(map(str.isalnum, alt)):
            return alt
        name = f"{word}x{len(pictures)}x"
        pictures[name] = InlinedPicture(body=_decoded(data[1]), alt=alt)
        return f" {name} "

    return _IMAGE.sub(replaced, html), pictures


def _decoded(text: str) -> bytes:
    """Return the bytes; none where they are damaged, which is no picture either."""
    try:
        return b64decode("".join(unquote(text).split()))
    except (NotBase64, ValueError):
        return b""


@dataclass(frozen=True, slots=True)
class LinkedPicture:
    """A picture that stands elsewhere, and what was said of it."""

    address: str
    alt: str


def take_out_linked(html: str, *, word: str) -> tuple[str, dict[str, LinkedPicture]]:
    """Return the HTML with a word in the place of each picture that has an address, as take_out."""
    pictures: dict[str, LinkedPicture] = {}

    def replaced(match: re.Match[str]) -> str:
        source, said = _SOURCE.search(match[1]), _ALT.search(match[1])
        address = unescape((source[1] or source[2] or "") if source else "").strip()
        if not address.lower().startswith(("http://", "https://", "/")):
            return ""
        name = f"{word}x{len(pictures)}x"
        alt = unescape((said[1] or said[2] or "") if said else "").strip()
        pictures[name] = LinkedPicture(address=address, alt=alt)
        return f" {name} "

    return _IMAGE.sub(replaced, html), pictures


def put_picture(markdown: str, word: str, mark: str) -> str:
    """Return the text with a mark in the place of a word; without one, no gap is left there."""
    if mark:
        return markdown.replace(word, mark)
    return re.sub(rf"\A{word}\s*|\n\n{word}(?=\n\n|\Z)| ?{word}", "", markdown)
