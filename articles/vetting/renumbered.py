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
# Who makes what is called by a number alone: "the A321 and the 737".
_MAKERS = words(
    "boeing, airbus, embraer, bombardier, porsche, peugeot, mazda, nokia, antonov, ilyushin, tupolev"
)
_DIGITS_OF_MODELS = 3
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


def remodelled(each: Told) -> Iterator[Exchanged]:
    """Yield the "516" of "Boeing 516" where no post has it, and one has a number that counts nothing."""
    said = each.saying
    if said.keys.isdisjoint(_MAKERS):
        return
    for maker, number in pairwise(said.words):
        if maker.key not in _MAKERS or not _is_model(number) or said.is_quoted(number.start):
            continue
        passages = [(source, one) for source, sayings in each.posts for one in sayings]
        if any(number.key in one.numbers for _, one in passages):
            continue
        for source, one in passages:
            given = next(_uncounted(one, said), None)
            if given is not None and said.numbers & one.numbers:
                yield Exchanged(number, source, one, given)
                break


def _uncounted(saying: Saying, said: Saying) -> Iterator[Word]:
    """Yield the numbers of a passage that nothing is counted by, and the sentence does not have."""
    for n, word in enumerate(saying.words):
        after = saying.words[n + 1 : n + 2]
        is_counted = bool(after) and bool(after[0].root)
        if _is_model(word) and not is_counted and word.key not in said.numbers:
            yield word


def _is_model(word: Word) -> bool:
    return word.is_number and word.key.isdigit() and len(word.key) >= _DIGITS_OF_MODELS


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
