"""Which language a text is in."""

import re
from collections.abc import Set

from web.language_tags import primary

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset({
    "the", "of", "and", "to", "in", "is", "are", "was", "were", "that", "for", "on", "with", "as",
    "by", "at", "from", "has", "have", "had", "it", "its", "be", "been", "this", "an", "not",
    "will", "said", "says", "after", "which", "who", "their", "they", "he", "she", "we", "more",
    "than", "over", "about", "but", "no", "or", "up", "out", "our", "his", "her", "would",
})  # fmt: skip
_OTHERS = frozenset({
    "el", "los", "las", "una", "del", "que", "por", "con", "para", "según", "está", "como", "más",
    "le", "les", "des", "une", "du", "et", "est", "dans", "pour", "sur", "qui", "aux", "ont", "pas",
    "der", "das", "und", "ist", "nicht", "ein", "eine", "mit", "auf", "für", "von", "dem", "den",
    "im", "zu", "il", "gli", "della", "che", "non", "sono", "uma", "dos", "não", "het",
    "esta", "este", "ao", "aos", "pelo", "pela", "een", "van", "och", "att", "som", "la", "lo", "y", "se", "sie", "wir", "nous", "vous",
})  # fmt: skip

# English has these, too: a van, CPI of 2.8% y/y, a lion's den. One alone tells nothing.
_BOTH = frozenset({"van", "y", "la", "se", "den", "im", "dos", "pour", "con"})
# One such word may be a word of another language: "as", "no", "for".
_CLUES = 2
# These are words of the other languages as often.
_OURS_TOO = frozenset({"no", "as"})
# The languages whose number words are read, by words that hardly stand in another text.
_SPELLED = frozenset({
    "el", "los", "las", "una", "del", "que", "por", "con", "para", "según", "como", "más", "le", "les",
    "des", "une", "du", "et", "est", "dans", "pour", "sur", "qui", "aux", "ont", "der", "das", "und",
    "ist", "nicht", "ein", "eine", "mit", "auf", "für", "von", "dem", "den", "im", "zu", "il", "gli",
    "della", "che", "sono", "uma", "dos", "não", "la", "lo", "di", "da", "do", "de", "em", "um", "y",
    "e", "sie", "die", "esta", "este", "ao", "aos", "na", "nas", "pelo", "pela", "mais", "são", "foi",
    "à", "au", "nel", "dal", "alla",
})  # fmt: skip


def is_english_code(language: str) -> bool:
    """Return whether a BCP 47 code is English."""
    return primary(language) == "en"


def spells_numbers(text: str) -> bool:
    """Return whether a text that is not English is in a language whose number words are read."""
    words = [word.casefold() for word in _WORD.findall(text[:4000])]
    return sum(word in _SPELLED for word in words) * 10 >= len(words) > 0


def has_english_words(words: Set[str]) -> bool:
    """Return whether two of the words are small ones of English."""
    return len(words & _ENGLISH) >= _CLUES


def looks_english(text: str) -> bool:
    """Return whether number words can be read here. A few words without any clue count as English."""
    words = list(map(str.casefold, _WORD.findall(text[:4000])))
    latin = len(words) if text.isascii() else sum(word[0] < "\u0250" for word in words)
    if latin * 2 < len(words):
        return False
    ours = sum(map(_ENGLISH.__contains__, words))
    theirs = sum(map(_OTHERS.__contains__, words))
    if theirs and not ours - sum(map(_OURS_TOO.__contains__, words)):
        ours = 0
    if theirs and len(clues := _OTHERS.intersection(words)) == 1 and clues <= _BOTH:
        theirs = 0
    # A real text has one in five; a table of names and figures may have one by accident.
    return ours >= theirs or theirs * 20 < latin
