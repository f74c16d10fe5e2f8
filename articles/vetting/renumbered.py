"""Numbers that name a thing, where a cited post numbers it otherwise: mile 25 of mile 45.

Such a number counts nothing, and may be known to the desk: it is asked about only where no cited
post has it at all, and one has another number after the same word.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from articles.vetting.exchanged import Exchanged
from articles.vetting.facts.words import Word
from articles.vetting.lexicon.english import LEXICON
from articles.vetting.lexicon.lexicon import words
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told

# These count as often, or are verbs.
_NO_NAMES = words(
    "no, nos, nr, number, numbers, day, week, top, call, ring, wear, wears, wore, wearing, dial, dialled,"
    " dialed, act, form, part, figure, area, step, position, game, match, mark, quarter, line, level,"
    " seed, lot, bill, rule, title, type, model, version, build, page, pages"
)
_NAMES = (LEXICON.labels - _NO_NAMES) | words(
    "engine, engines, car, coach, boat, well, shaft, pump"
)
# What may stand between the word and its number.
_NUMERO = words("no, nos, nr, number") | {"."}


def renumbered(each: Told) -> Iterator[Exchanged]:
    """Yield the numbers that a cited post has otherwise after the same word."""
    said = each.saying
    if said.keys.isdisjoint(_NAMES) or not said.numbers:
        return
    given = frozenset().union(*(one.numbers for _, sayings in each.posts for one in sayings))
    unknown = [
        (name, number)
        for name, number in _named(said)
        if number.key not in given and not said.is_quoted(number.start)
    ]
    theirs = _otherwise(each, {name for name, _ in unknown}) if unknown else {}
    for name, number in unknown:
        if name in theirs:
            yield Exchanged(number, *theirs[name])


def _otherwise(each: Told, names: set[str]) -> Mapping[str, tuple[SourceRef, Saying, Word]]:
    """Return the first number that a post has after each word, and the sentence has not."""
    found: dict[str, tuple[SourceRef, Saying, Word]] = {}
    for source, sayings in each.posts:
        for saying in sayings:
            if saying.keys.isdisjoint(names):
                continue
            for name, number in _named(saying):
                if name in names and number.key not in each.saying.numbers:
                    found.setdefault(name, (source, saying, number))
    return found


def _named(saying: Saying) -> Iterator[tuple[str, Word]]:
    """Yield the words that take a number, each with its number: "engine 5", "Engine No. 5"."""
    said = [word for word in saying.words if word.key not in _NUMERO]
    for before, word in pairwise(said):
        if word.is_number and not word.time and before.key in _NAMES:
            yield before.key, word
