"""The words of a post, as far as they tell of which copy it is, and the keys that find it."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate, pairwise

from wires.named_days import NamedDay, bare, find_days

LONGEST = 1_400
# Fewer words say too little: "Good morning" is no story.
FEWEST_WORDS = 8
# Of fewer different words no news is made; and to align such texts takes a hundred times as long.
ONE_OF_HOW_MANY_IS_NEW = 4
# So many words of a text are aligned with another: of a script without spaces each sign is one.
MOST_ALIGNED = 400
# A sign of a script without spaces is half a word.
SIGN = 0.5
# A sentence begins or ends this near to a passage; a gap that is no longer holds none.
SLACK = 2
# A key is made of so many words. Of so many keys in a row one is kept, so that two texts share one
# wherever they share GRAM + KEPT_OF - 1 words in a row; of a short text one of fewer.
GRAM, KEPT_OF, KEPT_OF_SHORT = 4, 12, 3
# A text of fewer pairs of words is short.
SHORT = 42

_UNSPACED_RANGES = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# What continues a word, though it is no letter: vowels of Indian scripts, accents of their own.
_MARKS = r"\u0300-\u036f\u064b-\u0652\u0900-\u0dff\u200c\u200d"
# Digits of other scripts, and what Arabic writes inside figures.
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_SEPARATORS = str.maketrans({"\u066b": ".", "\u066c": ","})
# A figure, a sign of a script without spaces, or a word.
_LETTER = rf"[^\W\d_{_UNSPACED_RANGES}]"
_WORD = re.compile(rf"\d+(?:[.,:]\d+)*|[{_UNSPACED_RANGES}]|{_LETTER}(?:{_LETTER}|[{_MARKS}])*")
_SIGN = re.compile(rf"[{_UNSPACED_RANGES}]")
# "1.400", "1,400" and "1 400" are one figure in three styles.
_GROUPS = re.compile(r"(?<![\d.,:])(\d{1,3})((?:[.,' ]\d{3})+)(?![\d]|[.,:]\d)")
# As languages of Asia end one, too; in a script without spaces no space follows.
_ENDS_SENTENCE = re.compile(
    r"[.!?…\u061f\u06d4\u0964](?=[\s\"'»”’)]|$)|[。\n]"
    rf"|[!?](?=[{_UNSPACED_RANGES}])"
)
# A word inside a sentence: a capital there is that of a name.
_INSIDE = re.compile(r"(?<=[\w,;] )[^\W\d_]{2,}")
_LEADS = re.compile(
    r"^\s*(?:breaking(?: news)?|update(?:\s*\d+)?|urgent|alert|exclusive|live|just in|corrected|eil|"
    r"eilmeldung|flash|urgence|عاجل|срочно|urgente)\s*[:|–—-]\s*",
    re.IGNORECASE,
)
_OUTLET = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,30}$")


@dataclass(frozen=True)
class Copy:
    """The words of a post, as far as they show that another is a copy of it.

    `text` begins with the headline where the headline was cut from it. What only a comparison asks
    for is read when it does: most posts are like no other.
    """

    headline: str
    text: str
    words: tuple[str, ...]
    outlet: int | None = None

    @classmethod
    def of(cls, title: str, text: str, outlet: int | None = None) -> "Copy":
        title = _LEADS.sub("", title)
        title = _OUTLET.sub("", title) if len(title) > 40 else title
        text = _LEADS.sub("", text.strip())
        start = title.removesuffix("…")
        rest = text[len(start) :] if text.casefold().startswith(start.casefold()) else text
        words = (*_words(title), *_words(_LEADS.sub("", rest)[:LONGEST]))
        return cls(title, text[:LONGEST], words, outlet)

    @cached_property
    def title(self) -> tuple[str, ...]:
        return _words(_in_one_style(self.headline))

    @property
    def body(self) -> tuple[str, ...]:
        """The words of the text alone."""
        return self._parted[0]

    @property
    def sentences(self) -> frozenset[int]:
        """The places in the body where a sentence begins."""
        return self._parted[1]

    @cached_property
    def _parted(self) -> tuple[tuple[str, ...], frozenset[int]]:
        body, sentences = _sentences(self.text)
        return (body, sentences) if body else (self.words[:MOST_ALIGNED], frozenset([0]))

    @cached_property
    def facts(self) -> frozenset[str]:
        return _facts(self.text)

    @property
    def has_capitals(self) -> bool:
        return self.text != self.text.casefold()

    @cached_property
    def is_long_enough(self) -> bool:
        says_something = len({*self.words}) * ONE_OF_HOW_MANY_IS_NEW >= len(self.words)
        return says_something and len(self.words) >= FEWEST_WORDS

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pairwise(self.words))

    @cached_property
    def figures(self) -> frozenset[str]:
        return frozenset(word for word in self.body if word[0].isdecimal())

    @cached_property
    def said(self) -> frozenset[str]:
        return frozenset([*self.title, *self.body])

    @cached_property
    def near_sentences(self) -> frozenset[int]:
        """The places within a word or two of which a sentence begins or ends, and both ends."""
        begin = frozenset([*self.sentences, 0, len(self.body)])
        return frozenset(at + n for at in begin for n in range(-SLACK, SLACK + 1))

    @cached_property
    def _lengths(self) -> tuple[float, ...]:
        each = (SIGN if is_sign(word) else 1 for word in self.body)
        return (0, *accumulate(each))

    def count(self, start: int = 0, end: int | None = None) -> float:
        """Return how many words of the body these are, of which signs count half."""
        lengths = self._lengths
        return lengths[-1 if end is None else end] - lengths[start]

    @cached_property
    def days(self) -> dict[int, NamedDay]:
        return find_days(self.body)

    def days_before(self, end: int) -> frozenset[NamedDay]:
        """Return the days that the headline and the text before this place name."""
        before = (day for at, day in self.days.items() if at < end)
        return frozenset([*before, *find_days(self.title).values()])


def keys_of(copy: Copy) -> list[int]:
    """Return keys of which copies of one text share some; none for a few words.

    Of the hashes of every four words in a row, the least of each dozen (winnowing).
    """
    if not copy.is_long_enough:
        return []
    words = copy.words
    hashes = [_key(words[n : n + GRAM]) for n in range(len(words) - GRAM + 1)]
    width = KEPT_OF if len(words) >= SHORT else KEPT_OF_SHORT
    windows = range(max(1, len(hashes) - width + 1))
    return sorted({min(hashes[n : n + width]) for n in windows})


def is_sign(word: str) -> bool:
    """Return whether a word is a sign of a script without spaces."""
    return len(word) == 1 and bool(_SIGN.match(word))


def _key(words: Sequence[str]) -> int:
    """Return a number of 63 bits, which either database keeps as an integer."""
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest()) >> 1


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _in_one_style(text: str) -> str:
    """Return a text with its digits, figures and letters as every outlet could write them."""
    folded = bare(unicodedata.normalize("NFKC", text)).casefold()
    digits = {ord(sign): str(unicodedata.decimal(sign)) for sign in _OTHER_DIGIT.findall(folded)}
    latin = folded.translate(digits | _SEPARATORS)
    return _GROUPS.sub(lambda found: found[1] + re.sub(r"\D", "", found[2]), latin)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace(":", ".") for word in _WORD.findall(_folded(text)))


def _sentences(text: str) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return the words of a text, and at which of them a sentence begins."""
    folded = _in_one_style(text)
    found = [*_WORD.finditer(folded)][:MOST_ALIGNED]
    places = [word.start() for word in found]
    starts = [0, *(bisect_left(places, end.end()) for end in _ENDS_SENTENCE.finditer(folded))]
    return tuple(word[0].replace(":", ".") for word in found), frozenset(starts)


def _facts(text: str) -> frozenset[str]:
    """Return figures, and names where the script has capitals."""
    named = (word[0] for word in _INSIDE.finditer(unicodedata.normalize("NFKC", text)))
    names = (bare(name).casefold() for name in named if name[0].isupper())
    figures = (word for word in _words(_in_one_style(text)) if word[0].isdecimal())
    return frozenset([*names, *figures])
