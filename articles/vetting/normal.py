"""N(): what makes two spellings of the same words equal, and nothing more.

NFKC; quotation marks, dashes and spaces folded; invisible characters removed; casefold. The
words of a quote are then compared exactly: a similarity threshold passes an inserted "not".
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache

_QUOTES = "\"'`\u00b4‘’\u201a\u201b“”„‟«»\u2039\u203a\u2032″〝〞\uff02\uff07「」『』"
_DASHES = "-\u2010\u2011\u2012–—―−⸺⸻\ufe58﹣\uff0d"
# Zero-width and bidirectional controls, soft hyphen, variation selectors, tags.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_FOLD = str.maketrans(dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_DASHES, "-"))
_SPACE = re.compile(r"\s+")
_DASH_RUN = re.compile(r"-{2,}")


@lru_cache(maxsize=512)
def normal(text: str) -> str:
    """Return N(text). White space is one blank, also at the ends."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
        # Before NFKC, which makes a spacing the acute accent, and after it for wide forms.
        text = unicodedata.normalize("NFKC", text.translate(_FOLD))
    # Folding case can leave what NFKC would change again.
    text = unicodedata.normalize("NFKC", text.casefold()).translate(_FOLD)
    return _SPACE.sub(" ", _DASH_RUN.sub("-", _INVISIBLE.sub("", text)))


def origin(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where normal(text)[start:end] stands in the text, in code points."""

    def length(n: int) -> int:
        return len(normal.__wrapped__(text[: n + 1]))

    places = range(len(text))
    return bisect_right(places, start, key=length), bisect_left(places, end, key=length) + 1
