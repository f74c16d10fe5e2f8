"""N(): what makes two spellings of the same words equal, and nothing more.

NFKC; quotation marks, dashes and spaces folded; invisible characters removed; casefold. The
words of a quote are then compared exactly: a similarity threshold passes an inserted "not".
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from articles.vetting.signs import Signs

_QUOTES = "\"'`\u00b4‘’\u201a\u201b“”„‟«»\u2039\u203a\u2032″〝〞〟❛❜❝❞\uff02\uff07「」『』"
_DASHES = "-\u2010\u2011\u2012–—―−⸺⸻\ufe58﹣\uff0d"
# Zero-width and bidirectional controls, soft hyphen, variation selectors, tags.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_FOLD = Signs(dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_DASHES, "-"))
_WORD = re.compile(r"\S+")
# Not a blank that is one already: most are.
_SPACE = re.compile(r"[^\S ]\s*| \s+")
_DASH_RUN = re.compile(r"-{2,}")


def normal(text: str) -> str:
    """Return N(text). White space is one blank, also at the ends."""
    if text.isascii():
        text = _FOLD.put(text.casefold())
    else:
        text = _INVISIBLE.sub("", text)
        # Before NFKC, which makes a spacing the acute accent, and after it for wide forms.
        text = unicodedata.normalize("NFKC", _FOLD.put(text))
        # Folding case can leave what NFKC would change again.
        text = _FOLD.put(unicodedata.normalize("NFKC", text.casefold()))
        text = _INVISIBLE.sub("", text)
    return _SPACE.sub(" ", _DASH_RUN.sub("-", text))


@dataclass(frozen=True)
class Normal:
    """A text and N() of it, with the way back from one to the other."""

    source: str

    @cached_property
    def text(self) -> str:
        return normal(self.source)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return where text[start:end] stands in the source, in code points."""
        words = self._words
        first = max(bisect_right(words, start, key=_normal_start) - 1, 0)
        last = max(bisect_left(words, end, key=_normal_start) - 1, 0)
        return (
            _within(self.source, words[first], start, bisect_right),
            _within(self.source, words[last], end, bisect_left) + 1,
        )

    @cached_property
    def _words(self) -> tuple[tuple[int, int, int], ...]:
        """Where each word begins and ends in the source, and where it begins in the text.

        Words are folded one by one, which is as good as together: nothing composes over a blank.
        A text for which that does not hold is one word.
        """
        whole = self.text
        at = len(whole) - len(whole.lstrip(" "))
        found: list[tuple[int, int, int]] = []
        folded: list[str] = []
        for match in _WORD.finditer(self.source):
            if word := _folded_word(match.group()):
                found.append((match.start(), match.end(), at))
                folded.append(word)
                at += len(word) + 1
        if not found or whole.strip(" ") != " ".join(folded):
            return ((0, len(self.source), 0),)
        return tuple(found)


def _folded_word(word: str) -> str:
    # Most words are plain, and the longer way takes ten times as long.
    return word.casefold() if word.isascii() and word.isalnum() else normal(word)


def _normal_start(word: tuple[int, int, int]) -> int:
    return word[2]


def _within(text: str, word: tuple[int, int, int], place: int, bisect: Callable[..., int]) -> int:
    start, end, at = word
    if text[start:end].isascii() and text[start:end].isalnum():
        # Each of its characters stays one.
        return min(max(place - at + start - (bisect is bisect_left), start), end)

    def length(n: int) -> int:
        return at + len(normal(text[start : n + 1]))

    return bisect(range(len(text)), place, lo=start, hi=end, key=length)
