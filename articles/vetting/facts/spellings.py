"""Whether two names are one name spelt in two ways, or forms of one, or one of them misspelt.

Words are folded and without accents, as `bare` gives them.
"""

import re
from collections.abc import Iterator, Mapping

from articles.vetting.lexicon.given_names import SHORT_FORMS
from articles.vetting.lexicon.titles import ARTICLES_IN_NAMES

# Spellings of one sound: Jürgen and Juergen, Zelensky and Zelenskiy, Defence and Defense.
_ANYWHERE = (
    ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ß", "ss"), ("ø", "o"), ("æ", "a"), ("ł", "l"),
    ("đ", "d"), ("ı", "i"), ("kh", "h"), ("dj", "j"), ("'", ""), ("isation", "ization"),
    ("our", "or"), ("gramme", "gram"),
)  # fmt: skip
_AT_END = (
    ("iy", "y"), ("yy", "y"), ("ij", "y"), ("yi", "y"), ("ii", "y"), ("ei", "ey"), ("off", "ov"),
    ("eff", "ev"), ("tre", "ter"), ("bre", "ber"), ("ence", "ense"),
)  # fmt: skip
_MAY_DIFFER = re.compile(
    "|".join([*(written for written, _ in _ANYWHERE), *(f"{written}$" for written, _ in _AT_END)])
)
# What makes people and adjectives of a place, and one of many, with the endings that the place
# may lose for it: Calvera, Calveran, Calverans; Belgium, Belgian; Iraq, Iraqi.
_PLACES = ("", "a", "e", "y", "o", "ia", "land", "us", "ey", "ea", "os", "is", "um")
_MADE_WITH: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("an", "ian", "ean", "n", "ese", "ish", "ic", "er", "ite", "ak", "iot"), _PLACES
    ),
    **dict.fromkeys(("i", "ist", "ism"), ("", "ia")),
    **dict.fromkeys(("s", "es", "al", "ine"), ("",)),
    "ar": ("o",),
}
# German, Turk, Scot.
_LEFT_OUT = ("y", "ey", "land", "ia", "istan")
_SHORTEST = 3
# What is longer has forms that all begin with as many letters as it does.
BEGINNING = _SHORTEST
_VOWELS = frozenset("aeiouy")
# Up to this length one letter may differ, beyond it two.
_SHORT = 5
_ALONE_SHORT = 6


def spelling(word: str) -> str:
    """Return what all accepted spellings of a name have in common."""
    if not _MAY_DIFFER.search(word):
        return word
    for written, sound in _ANYWHERE:
        if written in word:
            word = word.replace(written, sound)
    for written, sound in _AT_END:
        if word.endswith(written):
            return word.removesuffix(written) + sound
    return word


def is_same_name(one: str, other: str) -> bool:
    """Return whether two words are one name, spelt as one house or another does."""
    if one == other or spelling(one) == spelling(other):
        return True
    return any(a + one == other or a + other == one for a in ARTICLES_IN_NAMES)


def related_forms(word: str) -> Iterator[str]:
    """Yield the names that a word may be made of, or that may be made of it."""
    for end in _LEFT_OUT:
        yield word + end
        yield word.removesuffix("s") + end
        if word.endswith(end) and len(word) - len(end) > _SHORTEST:
            yield word.removesuffix(end)
    for stem in _stems(word):
        yield stem
        for end in _MADE_WITH:
            if end != "n" or stem[-1] in _VOWELS:
                yield stem + end
                yield f"{stem}{end}s"


def _stems(word: str) -> Iterator[str]:
    """Yield a word, and what it may be without the endings that people and adjectives have."""
    yield word
    for single in (word, word.removesuffix("s")):
        for end, dropped in _MADE_WITH.items():
            stem = single.removesuffix(end)
            is_made = stem != single and len(stem) >= _SHORTEST
            if is_made and (end != "n" or stem[-1] in _VOWELS):
                yield from (stem + lost for lost in dropped)
    for lost in _PLACES[1:]:
        stem = word.removesuffix(lost)
        if stem != word and len(stem) > _SHORTEST:
            yield from (stem + end for end, dropped in _MADE_WITH.items() if lost in dropped)


def is_short_form(one: str, other: str) -> bool:
    """Return whether two first names may be those of one person: Bill and William, J and John."""
    if one.startswith(other) or other.startswith(one):
        return True
    return frozenset({one, other}) in SHORT_FORMS


def is_near(one: str, other: str, *, alone: bool) -> bool:
    """Return whether two different names are so near that one may be a slip for the other.

    alone: nothing around them says that they are the same thing, so they have to be nearer.
    """
    shorter = min(len(one), len(other))
    if alone and (shorter < _SHORT or one[0] != other[0]):
        return False
    if shorter < _SHORTEST:
        return False
    most = 1 if shorter <= (_ALONE_SHORT if alone else _SHORT) else 2
    return 0 < distance(one, other, most=most) <= most


def distance(one: str, other: str, *, most: int) -> int:
    """Return how many letters differ, two that changed places counting as one; at most most + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        earlier, before, row = before, row, [n]
        for m, given in enumerate(other, 1):
            cost = min(before[m] + 1, row[m - 1] + 1, before[m - 1] + (letter != given))
            if earlier and m > 1 and letter == other[m - 2] and one[n - 2] == given:
                cost = min(cost, earlier[m - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
