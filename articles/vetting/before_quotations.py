"""A word before a quotation for which a cited post has the opposite before the same quotation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.vetting.beside_quotations import led_into
from articles.vetting.facts.words import Word
from articles.vetting.lexicon.negations import NEGATORS
from articles.vetting.lexicon.turns import TURNS
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told

# So near to the quotation a word leads into it.
_REACH = 3


@dataclass(frozen=True, slots=True)
class TurnedBefore:
    """A word of the sentence and the opposite one of a post."""

    mine: Word
    source: SourceRef
    saying: Saying
    theirs: Word


def turned_before_quotations(each: Told) -> Iterator[TurnedBefore]:
    """Yield "rise “towards but not yet to”" where a post has "falling “towards but not yet to”"."""
    if each.saying.keys.isdisjoint(TURNS):
        return
    for source, saying, before, there in led_into(each):
        mine, theirs = _turning(before), _turning(there)
        if mine and theirs and _are_opposed(mine, theirs):
            yield TurnedBefore(mine, source, saying, theirs)


def _turning(before: Sequence[Word]) -> Word | None:
    """Return the last word that another one turns round; None where it is denied."""
    near = [word for word in before if before[-1].clause - word.clause <= 1][-_REACH:]
    if any(word.key in NEGATORS for word in near):
        return None
    return next((word for word in reversed(near) if word.key in TURNS), None)


def _are_opposed(mine: Word, theirs: Word) -> bool:
    ours, others = TURNS[mine.key], TURNS[theirs.key]
    opposed = any(
        group == other and side != given for group, side in ours for other, given in others
    )
    return opposed and ours.isdisjoint(others)
