"""Numbers that another word says: the fifth gold, a hat trick.

They need no source in an article, but in a post, or in the body below a headline, they carry the
number that follows from them.
"""

from dataclasses import dataclass

from articles.vetting.content import stem
from articles.vetting.facts.numerals import Numeral, NumeralReader
from articles.vetting.facts.tokens import TokenKind
from articles.vetting.lexicon.lexicon import Unit

_LONGEST_GROUP = 2


@dataclass(frozen=True, slots=True)
class Worded:
    """A number that a word says, and what of: thing is empty where the noun after it tells."""

    numeral: Numeral
    thing: str = ""
    unit: Unit | None = None


def read_worded(reader: NumeralReader, at: int) -> Worded | None:
    """Return the number that a word says, or None."""
    return _ordinal(reader, at) or _group(reader, at)


def _ordinal(reader: NumeralReader, at: int) -> Worded | None:
    """Return the five golds of "fifth gold"."""
    value = reader.lexicon.ordinals.get(reader.keys[at])
    if value is None or at + 1 >= len(reader.tokens):
        return None
    noun = reader.tokens[at + 1]
    is_noun = noun.kind is TokenKind.WORD and noun.key not in reader.lexicon.function_words
    return Worded(_numeral(at, at + 1, float(value)), stem(noun.key)) if is_noun else None


def _group(reader: NumeralReader, at: int) -> Worded | None:
    """Return the three goals of "hat trick", the two tugs of "a pair of tugs"."""
    phrase, after = reader.longest(at, reader.lexicon.groups, _LONGEST_GROUP)
    if not phrase:
        return None
    value, of_what = reader.lexicon.groups[phrase]
    # A brace of goals, unless it is said of what.
    thing = stem(of_what) if of_what and reader.keys[after] != "of" else ""
    return Worded(_numeral(at, after, float(value)), thing)


def _numeral(first: int, after: int, value: float) -> Numeral:
    return Numeral(first, after, (value,), in_digits=False, scale=1.0, significant=2)
