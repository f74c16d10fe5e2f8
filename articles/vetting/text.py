"""A text as its reader sees it, and folded for comparison, with the way back to its offsets.

`text` keeps capitals, kinds of quotation marks and dashes, and the ends of lines; `folded` has
one mark, one dash, one blank, and no capitals. Both have the same length, so that one map leads
from either to the source. Two texts say the same words when their folded texts are equal.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from articles.vetting.signs import Signs

_QUOTES = (
    "\"'`\u00b4‘’\u201a\u201b“”„‟«»\u2039\u203a\u2032\u2033〝〞\u300c\u300d\u300e\u300f\u02bc❝❞❛❜"
)
_DASHES = "-\u2010\u2011\u2012–—―−⸺⸻"
# Zero-width and bidirectional controls, soft hyphen, fillers, variation selectors, tags.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_FOLD = Signs(dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_DASHES, "-") | {"\n": " "})
# What NFKC would break up into a blank and an accent, and separators of Arabic figures.
_AS = Signs(
    dict.fromkeys("\u00b4`\u02bc\u2032", "'")
    | {"\u2033": '"'}
    | {"\u066b": ".", "\u066c": ",", "\u066a": "%"}
)
# Here one code point is one character, and NFKC leaves it as it is.
_PLAIN = "!-,./-_a-~À-ÖØ-Þà-öø-ÿ‘’“”€£"
_ODD = re.compile(f"[^\n –—{_PLAIN}-]|[ \n]{{2}}|[-–—]{{2}}")
# One blank or dash between plain characters is as plain: most of a text is a few long parts.
_PART = re.compile(
    f"(?P<plain>[{_PLAIN}]+(?:[ \n–—-][{_PLAIN}]+)*)|(?P<blank>\\s+)|(?P<dash>[{_DASHES}]+)|(?P<other>[^{_DASHES}{_PLAIN}\\s]+)"
)
# Letters of one script may have marks of another; blanks and dashes in a row are one.
_AFTER_PLAIN = re.compile(f"[{_PLAIN}]([^{_DASHES}{_PLAIN}\\s])")
_RUN_OF_BLANKS = re.compile(f"\\s{{2}}|[{_DASHES}]{{2}}")
_BLANK = re.compile(r"[^\S\n]")
# A superscript after a figure is a mark, or a power of its unit, never another digit of it.
_SUPERSCRIPTS = "\u00b2\u00b3\u00b9\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
# 4½ is no 41/2.
_FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
_KEPT = frozenset(_SUPERSCRIPTS + _FRACTIONS)
_DIGIT = re.compile(r"[^\x00-\x7f\D]")
# More marks on one letter are no writing (UAX 15); unbounded, they take quadratic time.
_MARKS = 30


@dataclass(frozen=True, slots=True)
class View:
    """A text without what cannot be seen. locate() leads from its offsets to the source's."""

    source: str
    text: str
    folded: str
    _starts: Sequence[int] = field(repr=False, compare=False)
    _ends: Sequence[int] = field(repr=False, compare=False)

    @classmethod
    def of(cls, source: str) -> Self:
        if not _ODD.search(source):
            text = source.replace("`", "'")
            places = range(len(source) + 1)
            return cls(source, text, _FOLD.put(text.casefold()), places, places[1:])
        if whole := _as_a_whole(source):
            places = range(len(source) + 1)
            return cls(source, *whole, places, places[1:])
        builder = _Builder()
        for match in _PART.finditer(source):
            builder.add(match)
        builder.end_cluster()
        text, folded = "".join(builder.text), _FOLD.put("".join(builder.folded))
        return cls(source, text, folded, builder.starts, builder.ends)

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Return where text[start:end], which is not empty, stands in the source."""
        return self._starts[start], self._ends[end - 1]

    def excerpt(self, start: int, end: int) -> str:
        first, last = self.locate(start, end)
        return self.source[first:last]


class _Builder:
    """Collects what is seen, a letter with its marks at a time."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.folded: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._cluster = ""
        self._from = self._to = 0
        # A hostile text repeats a letter that takes long.
        self._clusters: dict[str, tuple[str, str]] = {}
        self._others: dict[str, tuple[str, str, bool]] = {}

    def add(self, match: re.Match[str]) -> None:
        part, start = match.group(), match.start()
        if match.lastgroup == "other":
            self._add_others(part, start)
            return
        self.end_cluster()
        if match.lastgroup == "plain":
            # Its last letter may have marks of its own: none of ASCII.
            is_closed = match.string[match.end() : match.end() + 1].isascii()
            text = (part if is_closed else part[:-1]).replace("`", "'")
            self._put_each(text, text.casefold(), start)
            if not is_closed:
                self._open_cluster(part[-1], match.end() - 1)
        elif match.lastgroup == "dash":
            self._put("—" if len(part) > 1 else part, "-", start, match.end())
        else:
            self._put_blank("\n" if "\n" in part else " ", start, match.end())

    def end_cluster(self) -> None:
        if not self._cluster:
            return
        cluster, self._cluster = self._cluster, ""
        found = self._clusters.get(cluster)
        if found is None:
            found = self._clusters[cluster] = self._read(cluster)
        self._put(*found, self._from, self._to)

    def _read(self, cluster: str) -> tuple[str, str]:
        """Return a letter with its marks as it looks, and folded."""
        text = self._seen(cluster)
        folded = text if text in _KEPT else unicodedata.normalize("NFKC", text.casefold())
        # ß folds to two letters: the text has them too, so that both stay as long.
        if len(folded) != len(text):
            text = folded
        return text, _FOLD.put(folded)

    def _add_others(self, part: str, start: int) -> None:
        """Add letters of other scripts: as a whole where nothing about them needs a closer look."""
        # A hostile text repeats a few of them thousands of times.
        known = self._others.get(part)
        if known is None:
            text = _AS.put(_in_ascii_digits(part))
            folded = text.casefold()
            known = self._others[part] = (text, folded, _is_one_to_one(text, folded))
        text, folded, is_simple = known
        if is_simple and not (self._cluster and _joins(part[0])):
            self.end_cluster()
            self._put_each(text, folded, start)
            return
        for at, character in enumerate(part, start):
            self._add_other(character, at)

    def _add_other(self, character: str, at: int) -> None:
        if _UNSEEN.match(character) or unicodedata.category(character) == "Cf":
            return
        if self._cluster and _joins(character):
            if len(self._cluster) < _MARKS:
                self._cluster += character
            self._to = at + 1
            return
        self.end_cluster()
        self._open_cluster(character, at)

    def _open_cluster(self, character: str, at: int) -> None:
        self._cluster, self._from, self._to = character, at, at + 1

    def _seen(self, cluster: str) -> str:
        if cluster in _KEPT:
            return cluster
        text = unicodedata.normalize("NFKC", _AS.put(_in_ascii_digits(cluster)))
        return _UNSEEN.sub("", text)

    def _put_each(self, text: str, folded: str, start: int) -> None:
        self.text.append(text)
        self.folded.append(folded)
        self.starts.extend(range(start, start + len(text)))
        self.ends.extend(range(start + 1, start + len(text) + 1))

    def _put_blank(self, blank: str, start: int, end: int) -> None:
        """Add a blank, or widen the one that only what is unseen parts from this."""
        if self.folded and self.folded[-1] == " ":
            self.text[-1] = "\n" if "\n" in (blank, self.text[-1]) else " "
            self.ends[-1] = end
        else:
            self._put(blank, " ", start, end)

    def _put(self, text: str, folded: str, start: int, end: int) -> None:
        if folded.startswith("-") and self.folded and self.folded[-1] == "-":
            # Only what is unseen parts it from the dash before: both are one.
            self.text[-1], self.ends[-1] = "—", end
            text, folded = text[1:], folded[1:]
        elif folded.startswith(" ") and self.folded and self.folded[-1] == " ":
            # NFKC makes a blank and an accent of an accent that stands alone.
            text, folded = text[1:], folded[1:]
        if not text:
            return
        self.text.append(text)
        self.folded.append(folded)
        self.starts.extend([start] * len(text))
        self.ends.extend([end] * len(text))


def _as_a_whole(source: str) -> tuple[str, str] | None:
    """Return the text and folded of what has one character for each of the source's; else None.

    Most texts in another script than Latin are such, and letter by letter take ten times as long.
    """
    if _RUN_OF_BLANKS.search(source) or any(_joins(m[1]) for m in _AFTER_PLAIN.finditer(source)):
        return None
    text = _AS.put(_in_ascii_digits(_BLANK.sub(" ", source)))
    folded = text.casefold()
    if not _is_one_to_one(text.replace("\n", " "), folded.replace("\n", " ")):
        return None
    return text, _FOLD.put(folded)


def _is_one_to_one(text: str, folded: str) -> bool:
    """Return whether nothing of a text is unseen, or may become another number of characters."""
    return (
        text.isprintable()
        and len(folded) == len(text)
        and unicodedata.is_normalized("NFKC", text)
        and unicodedata.is_normalized("NFKC", folded)
        and not _UNSEEN.search(text)
    )


def _in_ascii_digits(text: str) -> str:
    """Return a text with the digits of all scripts as 0 to 9."""
    digits = () if text.isascii() else set(_DIGIT.findall(text))
    if not digits:
        return text
    return text.translate({ord(one): str(unicodedata.decimal(one)) for one in digits})


def _joins(character: str) -> bool:
    """Return whether a character is written onto the one before it."""
    return (
        unicodedata.category(character)[0] == "M"
        or "\u1161" <= character <= "\u11ff"
        or character in "\uff9e\uff9f"
    )
