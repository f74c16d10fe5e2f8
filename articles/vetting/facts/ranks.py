"""Places in an order ("the third cut in a row", "88th minute"), and what is told of a period.

English alone, over the words of a sentence.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from articles.vetting.facts.words import PREPOSITIONS, Word
from articles.vetting.lexicon.english import LEXICON
from articles.vetting.lexicon.periods import ALWAYS, EACH, NO_RANK_AFTER, NO_RANK_BEFORE, PERIODS

_ORDINALS = {**LEXICON.ordinals, "first": 1}
_ENDINGS = frozenset({"st", "nd", "rd", "th"})
# So many words after a place in an order say of what it is one.
_AFTER, _BEFORE = 3, 3
# "28 pounds less a month".
_REACH = 4
# What may be a rank, quickly seen among the words of a sentence.
ORDINALS = frozenset(_ORDINALS)


class Rank(NamedTuple):
    """The n-th of something; start and end enclose it. of are the roots of what it is one of.

    after are the roots before it, which count where nothing follows: "drop to eighth".
    """

    start: int
    end: int
    value: str
    of: frozenset[str]
    after: frozenset[str]


class Rate(NamedTuple):
    """A number with the period that it is told of; start and end enclose both."""

    start: int
    end: int
    value: str
    period: str


def may_rank(keys: frozenset[str]) -> bool:
    """Return whether words may have a place in an order, seen quickly."""
    return not keys.isdisjoint(ORDINALS) or any(
        key[0].isdigit() and key[-2:] in _ENDINGS for key in keys
    )


def read_ranks(said: Sequence[Word]) -> Iterator[Rank]:
    for n, word in enumerate(said):
        is_suffixed = n > 0 and word.key in _ENDINGS and said[n - 1].end == word.start
        first = n - 1 if is_suffixed else n
        if is_suffixed and said[first].is_number:
            value = said[first].key
        elif word.key in _ORDINALS and not word.is_number:
            value = str(_ORDINALS[word.key])
        else:
            continue
        if _is_rank(said, first, n):
            following = _clause_after(said, n)
            before = [one for one in said[max(0, first - _BEFORE) : first] if one.root]
            yield Rank(
                said[first].start,
                word.end,
                value,
                frozenset(one.root for one in following),
                frozenset(one.root for one in before if one.clause == word.clause),
            )


def _is_rank(said: Sequence[Word], first: int, last: int) -> bool:
    """Return whether it is neither "a third of", "28th September" nor "a second"."""
    before = said[first - 1] if first else None
    after = said[last + 1] if last + 1 < len(said) else None
    if before is not None and (before.is_number or before.time or before.key in NO_RANK_BEFORE):
        return False
    return after is None or not (after.time or after.key in NO_RANK_AFTER)


def _clause_after(said: Sequence[Word], last: int) -> list[Word]:
    found: list[Word] = []
    for one in said[last + 1 : last + 1 + _AFTER]:
        if one.clause != said[last].clause or one.key in PREPOSITIONS:
            break
        if one.root:
            found.append(one)
    return found


def read_rates(said: Sequence[Word]) -> Iterator[Rate]:
    for n, word in enumerate(said):
        period = ALWAYS.get(word.key) or (
            PERIODS.get(word.key) if n and said[n - 1].key in EACH else None
        )
        if period is None:
            continue
        reach = [one for one in said[max(0, n - _REACH) : n] if one.clause == word.clause]
        number = next((one for one in reversed(reach) if one.is_number and not one.time), None)
        if number is not None:
            yield Rate(number.start, word.end, number.key, period)
