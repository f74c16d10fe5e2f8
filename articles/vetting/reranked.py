"""Places in an order, and periods, that no cited post has, where one has another of the same thing.

"Its second cut in a row" of a third, "28 pounds less a year" of 28 pounds less a month.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from articles.vetting.facts.ranks import Rank, Rate, may_rank, read_ranks, read_rates
from articles.vetting.facts.words import root_of
from articles.vetting.lexicon.periods import ALWAYS, PERIODS
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told

_FIRST_SHARED = 2
_NUMBERED = frozenset({"no", "number", "nr", "nos"})
_PARTS = frozenset({root_of("half"), root_of("quarter")})
_PERIODS = PERIODS.keys() | ALWAYS.keys()


@dataclass(frozen=True, slots=True)
class Reranked:
    """A rank or rate of the sentence, and the one that a post has in its place."""

    mine: Rank | Rate
    source: SourceRef
    saying: Saying
    theirs: Rank | Rate


def reranked(each: Told) -> Iterator[Reranked]:
    """Yield the ranks and rates of a sentence that its posts give otherwise."""
    said = each.saying
    if may_rank(said.keys):
        for rank in read_ranks(said.words):
            if not said.is_quoted(rank.start):
                yield from islice(_other_ranks(each, rank), 1)
    if not said.keys.isdisjoint(_PERIODS):
        for rate in read_rates(said.words):
            if not said.is_quoted(rate.start):
                yield from islice(_other_rates(each, rate), 1)


def _other_ranks(each: Told, mine: Rank) -> Iterator[Reranked]:
    others: list[Reranked] = []
    for source, sayings in each.posts:
        for saying in sayings:
            if mine.value in saying.numbers and _is_counted_so(saying, mine):
                return
            for theirs in read_ranks(saying.words) if may_rank(saying.keys) else ():
                if theirs.value == mine.value:
                    return
                if _is_of_same_thing(mine, theirs):
                    others.append(Reranked(mine, source, saying, theirs))
    yield from others


def _is_counted_so(saying: Saying, mine: Rank) -> bool:
    """Return whether a post may say the place by a number beside the thing: "goal 4", "no. 4"."""
    said, things = saying.words, mine.of | mine.after
    return any(
        word.key == mine.value
        and (
            any(one.root in things for one in said[max(0, n - 1) : n + 2] if one.root)
            or any(one.key in _NUMBERED for one in said[max(0, n - 2) : n])
        )
        for n, word in enumerate(said)
        if word.is_number
    )


def _is_of_same_thing(mine: Rank, theirs: Rank) -> bool:
    """Return whether both are places in one order; "first" is said of much."""
    if "1" in (mine.value, theirs.value):
        shared = mine.of & theirs.of
        return len(shared) >= _FIRST_SHARED or not shared.isdisjoint(_PARTS)
    if mine.of or theirs.of:
        return bool(mine.of & theirs.of)
    return bool(mine.after & theirs.after)


def _other_rates(each: Told, mine: Rate) -> Iterator[Reranked]:
    others: list[Reranked] = []
    for source, sayings in each.posts:
        for saying in sayings:
            if mine.value not in saying.numbers:
                continue
            rates = [one for one in read_rates(saying.words) if one.value == mine.value]
            # Told without a period it may be of this one.
            if any(one.period == mine.period for one in rates) or not rates:
                return
            others += [Reranked(mine, source, saying, one) for one in rates]
    yield from others
