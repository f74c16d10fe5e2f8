"""A text as it looks to its reader, with the way back to the places in the original."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count, repeat
from typing import Self

from articles.vetting.signs import Signs

# Marks of direction, joiners, soft hyphens, variation selectors, tags.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
_LOOKS = Signs(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2212", "-")
)
# Most text looks as it is written, letter by letter.
_AS_IT_IS = re.compile(
    "(?:[!-~\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u00ff\\u2013\\u2014]| (?! ))*"
)


@dataclass(frozen=True, slots=True)
class Plain:
    """Nothing invisible, straight quotes, single spaces; places say where each character stood."""

    source: str
    text: str
    places: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Self:
        same = _LOOKS.put(text)
        if _AS_IT_IS.fullmatch(same):
            return cls(text, same, range(len(same)))
        seen = {character: _look(character) for character in set(text)}
        looks = [seen[character] for character in text]
        whole = "".join(looks)
        places = list(chain.from_iterable(map(repeat, count(), map(len, looks))))
        if "  " in whole:
            # Of some blanks the first is left.
            kept = [n for n, look in enumerate(whole) if look != " " or whole[n - 1 : n] != " "]
            whole, places = "".join([whole[n] for n in kept]), [places[n] for n in kept]
        return cls(text, whole, places)

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span that is not empty stood in the original."""
        return self.places[start], self.places[end - 1] + 1


def _look(character: str) -> str:
    """Return what a character looks like: a ligature like several, a joiner like none."""
    if character.isspace():
        return " "
    if character.isascii():
        return character
    if _HIDDEN.match(character) or unicodedata.category(character) == "Cf":
        return ""
    return unicodedata.normalize("NFKC", _LOOKS.put(character))
