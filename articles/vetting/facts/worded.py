"""Numbers that another word says: the fifth gold, a hat trick, up a fifth.

They need no source in an article, but in a post, or in the body below a headline, they carry the
number that follows from them.
"""

from dataclasses import dataclass

from articles.vetting.content import stem
from articles.vetting.facts.numerals import Numeral, NumeralReader
from articles.vetting.facts.tokens import TokenKind
from articles.vetting.lexicon import units
from articles.vetting.lexicon.lexicon import Unit

_LONGEST_GROUP = 2
_BACK = 4
# What goes between a change and the part that it is by: "rose by nearly a third".
_BETWEEN = frozenset({
    "by", "nearly", "almost", "about", "around", "more", "than", "over", "some", "as", "much", "up", "to",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worded:
    """A number that a word says, and what of: thing is empty where the noun after it tells."""

    numeral: Numeral
    thing: str = ""
    unit: Unit | None = None


def read_worded(reader: NumeralReader, at: int) -> Worded | None:
    """Return the number that a word says, or None."""
    return _part_of_change(reader, at) or _ordinal(reader, at) or _group(reader, at)


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


def _part_of_change(reader: NumeralReader, at: int) -> Worded | None:
    """Return the 20 per cent of "up a fifth" and "rose by nearly a fifth"."""
    part = at + 1
    if reader.keys[at] not in reader.lexicon.articles:
        return None
    share = reader.lexicon.fractions.get(reader.keys[part])
    if share is None or not _is_by_change(reader, at):
        return None
    return Worded(_numeral(at, part + 1, round(100 * share, 1)), unit=units.PERCENT)


def _is_by_change(reader: NumeralReader, at: int) -> bool:
    for n in range(at - 1, max(at - _BACK, 0) - 1, -1):
        if reader.keys[n] in reader.lexicon.changes:
            return True
        if reader.keys[n] not in _BETWEEN:
            return False
    return False


def _numeral(first: int, after: int, value: float) -> Numeral:
    return Numeral(first, after, (value,), in_digits=False, scale=1.0, significant=2)
