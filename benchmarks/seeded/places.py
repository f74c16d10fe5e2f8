"""Where a fault can be put: quotations, numbers and marks of a text, read without the checks.

What is read here is less than what the checks read, and surer: a number that may be a label or a
year is left alone, a quotation that no post has word for word too.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from benchmarks.seeded.articles import Article
from benchmarks.seeded.world import LOWERING, MEASURES, RAISING, ROUGHLY

MARK = re.compile(r" ?\[\s*@[^\]\s;,@]+(?:\s*[;,]\s*@[^\]\s;,@]+)*\s*\]")
_HIDDEN = re.compile(
    r"`[^`\n]*`|\[\s*@[^\]]*\]|\]\{\s*\.\w+\s*\}|\]\([^)\s]*\)|https?://\S+|(?m:^\s*(?:\d+\.|[-*+>]) )"
)
_FOLDED = str.maketrans(
    dict.fromkeys("‘’\u201a\u201b“”„«»\u2039\u203a\"'", "'")
    | dict.fromkeys("\u2010\u2011\u2012–—\u2015−", "-")
)
_PAIRS = re.compile(
    r"“([^“”\n]+)”|„([^„“\n]+)“|«[\s\u00a0\u202f]?([^«»\n]+?)[\s\u00a0\u202f]?»"
    r"|(?<![\w.])\"(?!\s)([^\"\n]+)\"|(?<![\w.,])‘(?!\s)([^‘\n]+?)’(?!\w)"
)
_SCALES = {
    "k": 1e3, "thousand": 1e3, "mil": 1e3, "mille": 1e3, "m": 1e6, "million": 1e6, "millones": 1e6,
    "millions": 1e6, "mn": 1e6, "mio": 1e6, "millionen": 1e6, "bn": 1e9, "billion": 1e9,
    "mrd": 1e9, "milliards": 1e9, "milliarden": 1e9, "trillion": 1e12, "dozen": 12, "hundred": 100,
}  # fmt: skip
_NUMBER = re.compile(
    r"(?<![\w@#.,:/–-])(?P<sign>(?:US|R|A|C)?[$€£¥] ?)?(?P<digits>\d+(?:[.,\u066b\u066c]\d+)*)"
    r"(?:[ \u00a0-]?(?P<scale>" + "|".join(sorted(_SCALES, key=len, reverse=True)) + r")\b)?"
    r"(?P<percent>[ \u00a0\u202f]?(?:%|٪|per cent\b|percent\b))?",
    re.IGNORECASE,
)
_SMALL = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {word: float(n) for n, word in enumerate(_SMALL, 2)} | {
    word: 10.0 * n for n, word in enumerate(_TENS, 3)
}
_IN_WORDS = re.compile(
    r"\b(?:(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?P<ones>[a-z]+)"
    rf"|(?P<word>an?|half an?|{'|'.join(sorted(WORDS, key=len, reverse=True))}))\b"
    r"(?:[ -](?P<scale>dozen|hundred|thousand|million|billion)\b)?",
    re.IGNORECASE,
)
_ONES = {"one": 1.0, **WORDS}
_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "ene", "abr",
    "ago", "dic", "fév", "avr", "mai", "juin", "juil", "août", "déc", "mär", "okt", "dez", "fev",
    "out", "set",
)  # fmt: skip
# What is counted or measured: a plural with a word before it at most, or a unit of the almanac.
_COUNTED = re.compile(
    rf"[ \u00a0-]?(?:{'|'.join(sorted(map(re.escape, MEASURES), key=len, reverse=True))})(?![\w-])"
    r"| (?:[a-z-]+ )?(?:[a-z-]{3,}s|people|men|women|children)\b"
)
_NEITHER = re.compile(
    r" (?:of|was|has|is|as|to|in|on|at|and|or|its|his|this|across|plus|versus|minus)\b"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. values are what it can mean; end includes scale and per cent."""

    start: int
    end: int
    digits_end: int
    text: str
    values: tuple[float, ...]
    sign: str
    scale: str
    is_percent: bool


def masked(text: str) -> str:
    """Return the text with marks, code, addresses and enumerators blotted out, as long as before."""
    return _HIDDEN.sub(lambda match: "\x00" * len(match.group()), text)


def fold(text: str) -> str:
    """Return a text so that spelling, spacing and case make no difference."""
    text = unicodedata.normalize("NFKC", text.translate(_FOLDED)).casefold()
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(text.split())


@lru_cache(maxsize=64)
def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Return the quotations of four words or more, without their marks. Cut ones are left out."""
    found = []
    for match in _PAIRS.finditer(masked(text)):
        start, end = next(match.span(n) for n in range(1, 6) if match[n] is not None)
        inside = text[start:end]
        if len(inside.split()) < 4 or set(inside) & set("…[]*_“«") or "..." in inside:
            continue
        if not _is_title(inside):
            found.append((start, end))
    return tuple(found)


def _is_title(inside: str) -> bool:
    """Return whether most words have a capital: titles are no quotations."""
    words = re.findall(r"[^\W\d_]{4,}", inside)
    return sum(word[0].isupper() for word in words) > len(words) / 2


def quoted_at_all(text: str) -> tuple[tuple[int, int], ...]:
    """Return all that stands in quotation marks, short or long."""
    return tuple(match.span() for match in _PAIRS.finditer(masked(text)))


def is_within(place: int, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= place < end for start, end in spans)


@lru_cache(maxsize=512)
def numbers(text: str) -> tuple[Number, ...]:
    """Return what is written in digits, as it can be meant; dates and labels are among them."""
    plain = "".join(
        str(unicodedata.decimal(c)) if not c.isascii() and unicodedata.decimal(c, None) is not None else c
        for c in masked(text)
    )  # fmt: skip
    found = []
    for match in _NUMBER.finditer(plain):
        scale = (match["scale"] or "").casefold()
        values = tuple(value * _SCALES.get(scale, 1) for value in _values(match["digits"]))
        if not values:
            continue
        start, end = match.span()
        found.append(
            Number(
                match.start("digits"), end, match.end("digits"), text[start:end], values,
                (match["sign"] or "").strip(), scale, match["percent"] is not None,
            )
        )  # fmt: skip
    return tuple(found)


def _values(digits: str) -> tuple[float, ...]:
    digits = digits.replace("\u066b", ".").replace("\u066c", "")
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return (float(digits),)
    groups = re.split(r"[.,]", digits)
    values = []
    if all(len(group) == 3 for group in groups[1:]):
        values.append(float("".join(groups)))
    if len(marks) == 1:
        values.append(float(".".join(groups)))
    elif len(set(marks)) == 2:
        values.append(float("".join(groups[:-1]) + "." + groups[-1]))
    return tuple(values)


def in_words(text: str) -> Iterator[tuple[int, int, float]]:
    """Yield start, end and value of the English number words of a text."""
    for match in _IN_WORDS.finditer(masked(text)):
        scale = _SCALES.get((match["scale"] or "").casefold(), 1)
        if match["tens"]:
            value = WORDS[match["tens"].casefold()] + _ONES.get(match["ones"].casefold(), 0)
        elif match["word"].casefold() in WORDS:
            value = WORDS[match["word"].casefold()]
        elif match["scale"]:
            value = 0.5 if match["word"].casefold().startswith("half") else 1.0
        else:
            continue
        yield match.start(), match.end(), value * scale


@lru_cache(maxsize=512)
def given(text: str) -> frozenset[float]:
    """Return every value that a text gives, in digits or words."""
    values = {value for number in numbers(text) for value in number.values}
    return frozenset(values | {value for _, _, value in in_words(text)})


def is_figure(text: str, number: Number) -> bool:
    """Return whether a number surely counts or measures: no year, date, time, label, score or range."""
    before, after = masked(text)[: number.start], masked(text)[number.end :]
    if number.sign or number.is_percent or number.scale:
        return not re.match(r"\s?[-–]\s?[\d$€£]", after)
    if number.values[0] in (0, 1):
        return False
    if re.match(r"\s?[-–/:]\s?\d|[.:]\d|½|¼|\s?[hH]\b|\s?Uhr\b|\s?[ap]\.?m\b", after) or re.search(
        r"\d\s?[-–/:]\s?\Z", before
    ):
        return False
    if number.text.isdigit() and 1900 <= number.values[0] < 2100:
        return False
    if _COUNTED.match(after) and not _NEITHER.match(after) and is_in_english(text):
        return True
    # The 1960s, the 4x100m.
    if re.match(r"[A-Za-z]", after) and not _COUNTED.match(after):
        return False
    return not _is_name_or_date(before, after)


def _is_name_or_date(before: str, after: str) -> bool:
    """Return whether a number that counts nothing may be part of a name, a range or a date."""
    words = re.findall(r"[^\W\d_][\w.’']*", before[-40:])
    last = words[-1] if words and re.search(r"\w[\s\u00a0]*\Z", before) else ""
    following = re.match(r"\s*([^\W\d_]+)", after)
    following = following.group(1).casefold() if following else ""
    if last[:1].isupper():
        return True
    return following.startswith(_MONTHS) or following in {"de", "and", "or", "to", "y", "et", "und"}


def is_in_english(text: str) -> bool:
    """Return whether a text is surely English, so that its number words can be read."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    ours = sum(word in _ENGLISH for word in words)
    return ours > 0 and ours > 2 * sum(word in _ELSEWHERE for word in words)


_ENGLISH = frozenset({
    "the", "of", "and", "in", "to", "is", "are", "was", "for", "on", "with", "at", "has", "by", "from",
    "its", "an", "as", "after",
})  # fmt: skip
_ELSEWHERE = frozenset({
    "el", "la", "los", "las", "de", "del", "en", "le", "les", "des", "du", "et", "der", "die", "das",
    "und", "ein", "os", "o", "da", "do", "em", "com", "por", "para", "um",
})  # fmt: skip


def is_hedged(text: str, start: int) -> str:
    """Return "up" after "more than" and the like, "down" after "nearly", "about" after "some".

    Of another language than English nothing is known, so that each figure may be "about".
    """
    if not is_in_english(text):
        return "about"
    lead = re.findall(r"[^\W\d_]+", text[max(0, start - 30) : start].casefold())[-3:]
    for kind, words in (("up", RAISING), ("down", LOWERING), ("about", ROUGHLY)):
        if words.intersection(lead):
            return kind
    return ""


def in_cited_scope(article: Article, place: int) -> tuple[str, ...]:
    """Return the keys of the marks in whose scope a place of the body is; () in own words."""
    for claim in article.claims():
        if not claim.start <= place < claim.end:
            continue
        if claim.voice != "cited" or any(s.start <= place < s.end for s in claim.voice_spans):
            return ()
        keys = [mark.key for mark in claim.marks if mark.scope_start <= place < mark.scope_end]
        return tuple(dict.fromkeys(keys)) or claim.keys
    return ()
