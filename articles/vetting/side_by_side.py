"""A word of the sentence beside which a cited post has the opposite: "lost his horn", "gained his horn".

Unlike `other_sides` it asks for no more in common than the nearest words, so these have to be the
same ones on the same side.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from articles.vetting.facts.words import Word, is_of_another_time
from articles.vetting.lexicon.english import LEXICON
from articles.vetting.lexicon.negations import NEGATORS
from articles.vetting.lexicon.sides import EARLIER
from articles.vetting.lexicon.turns import GOING, TURNS
from articles.vetting.lexicon.verbs import MODAL
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told

# What stands beside a word: so many words that say something, among the next few.
_BESIDE, _REACH = 2, 5
_MORE_BESIDE, _FAR = 6, 14
# Words and figures that sentence and passage share, those beside the word among them.
_SHARED = 2
_BEATEN = frozenset({"defeated", "beaten"})
_BEFORE_LOSERS = frozenset({"the", "a", "an", "its", "his", "her", "their"})
_EARLIER = frozenset(EARLIER.items())
_POSSIBLE = (MODAL - {"to"}) | {"if", "unless"}
_OF_A_PRIZE = frozenset({"gain", "keep", "contest"})
# A hostile post repeats them without end.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Turn:
    """A word that another one turns round. start and end enclose it; before and after are beside it.

    is_open of what may happen or would.
    """

    start: int
    end: int
    sides: frozenset[tuple[str, str]]
    before: frozenset[str]
    after: frozenset[str]
    is_denied: bool
    is_open: bool
    # "A foil gone", "twice defeated": what a verb is about stands before it.
    is_of_what_goes: bool = False

    def is_beside_the_same(self, other: "Turn") -> bool:
        """Return whether the same stands beside both.

        What Hallin won Ansel lost: where both say of whom they tell, it has to be the same.
        """
        if self.is_of_what_goes or other.is_of_what_goes:
            # Who gained a foil did not see it gone.
            mine, theirs = self._told_of, other._told_of
            return bool(mine & theirs)
        if self.before & other.before:
            # Who won seats may have lost a majority.
            is_same_prize = bool(self.after & other.after) or not (self.after and other.after)
            is_same_prize = is_same_prize or len(self.before & other.before) > 1
            return is_same_prize or not self.is_of_a_prize
        alike = len(self.after & other.after)
        # Who won seats may have lost them to somebody else: of a contest the winner has to be the same.
        is_all = alike >= _BESIDE and "contest" not in self._opposed(other)
        return is_all or (alike > 0 and not (self.before and other.before))

    def _opposed(self, other: "Turn") -> frozenset[str]:
        """Return the groups by which one is against the other."""
        theirs = dict(other.sides)
        return frozenset(group for group, side in self.sides if theirs.get(group, side) != side)

    @property
    def _told_of(self) -> frozenset[str]:
        """Return what a word may be about, wherever it stands."""
        return self.before | self.after

    def is_beside_any(self, other: "Turn") -> bool:
        """Return whether anything stands on the same side of both."""
        return bool(self.before & other.before or self.after & other.after)

    @property
    def passes(self) -> bool:
        """Whether it is open or free now, and was not before."""
        return any(group in EARLIER for group, _ in self.sides)

    @property
    def is_of_a_prize(self) -> bool:
        return any(group in _OF_A_PRIZE for group, _ in self.sides)

    def is_against(self, other: "Turn") -> bool:
        return any(
            group == theirs and side != opposed
            for group, side in self.sides
            for theirs, opposed in other.sides
        ) and not (self.sides & other.sides)


@dataclass(frozen=True, slots=True)
class Turned:
    """A word of the sentence and the opposite one of a post."""

    mine: Turn
    source: SourceRef
    saying: Saying
    theirs: Turn


def turned(each: Told, *, is_sure: bool = False) -> Iterator[Turned]:
    """Yield the words of a sentence in whose place the cited posts have only the opposite.

    With is_sure no post may have a word of the same side anywhere.
    """
    said = each.saying
    if not _may_differ(each):
        return
    own = list(_turns(said))
    for mine in own:
        if is_sure and mine.is_of_what_goes:
            continue
        if said.is_quoted(mine.start) or any(_are_apart(mine, other) for other in own):
            continue
        if not mine.sides.isdisjoint(_EARLIER):
            # What was closed is open later, who was held is free.
            continue
        found = _against(each, mine, is_sure=is_sure)
        if found is not None:
            yield found


def _may_differ(each: Told) -> bool:
    """Return whether any post has a word of another side than one of the sentence, seen quickly."""
    mine = _sides(each.saying)
    return bool(mine) and any(
        group == other and side != theirs
        for _, sayings in each.posts
        for saying in sayings
        for other, theirs in _sides(saying)
        for group, side in mine
    )


def _sides(saying: Saying) -> frozenset[tuple[str, str]]:
    keys = saying.keys & TURNS.keys()
    return frozenset().union(*(TURNS[key] for key in keys)) if keys else frozenset()


def _are_apart(mine: Turn, other: Turn) -> bool:
    """Return whether a sentence has both sides; south and east are one in "south-east"."""
    return (
        mine.is_against(other) and min(abs(other.start - mine.end), abs(mine.start - other.end)) > 1
    )


def _against(each: Told, mine: Turn, *, is_sure: bool) -> Turned | None:
    """Return the first word that is against it; None where any near one bears it out."""
    found: Turned | None = None
    for source, sayings in each.posts:
        for saying in sayings:
            if {group for group, _ in _sides(saying)}.isdisjoint(group for group, _ in mine.sides):
                continue
            for theirs in _turns(saying):
                bears_out = is_sure or mine.passes or mine.is_beside_any(theirs)
                if mine.sides & theirs.sides and bears_out:
                    return None
                if is_sure and theirs.is_of_what_goes:
                    continue
                if found is None and _is_same(each.saying, mine, saying, theirs):
                    found = Turned(mine, source, saying, theirs)
    return found


def _is_same(said: Saying, mine: Turn, saying: Saying, theirs: Turn) -> bool:
    if not mine.is_against(theirs) or not mine.is_beside_the_same(theirs):
        return False
    if (mine.is_denied, mine.is_open) != (theirs.is_denied, theirs.is_open):
        return False
    if saying.is_question or is_of_another_time(said.times, saying.times):
        return False
    alike = len(said.roots & saying.roots) + len(said.numbers & saying.numbers)
    return alike >= _SHARED


def _is_of_the_winner(words: Sequence[Word], n: int) -> bool:
    """Return whether it says that somebody "defeated Bramholt": who is "defeated" lost."""
    after = words[n + 1 : n + 2]
    return words[n].key in _BEATEN and any(
        one.is_capital or one.key in _BEFORE_LOSERS for one in after
    )


def _turns(saying: Saying) -> Iterator[Turn]:
    """Yield the words of a sentence that another one turns round."""
    words = saying.words
    denied = {
        word.clause
        for word in words
        if (word.key in NEGATORS or word.key.endswith("n't")) and not saying.is_quoted(word.start)
    }
    possible = {word.clause for word in words if word.key in _POSSIBLE}
    for n, word in islice(enumerate(words), _MOST):
        if word.key in TURNS and not _is_of_the_winner(words, n):
            far, beside = (_REACH, _BESIDE) if word.key not in GOING else (_FAR, _MORE_BESIDE)
            yield Turn(
                word.start,
                word.end,
                TURNS[word.key],
                frozenset(islice(_said(words[max(0, n - far) : n][::-1]), beside)),
                frozenset(islice(_said(words[n + 1 : n + 1 + _REACH]), _BESIDE)),
                is_denied=word.clause in denied,
                is_open=word.clause in possible,
                is_of_what_goes=word.key in GOING,
            )


def _said(words: Sequence[Word]) -> Iterator[str]:
    """Yield what words say up to the end of a sentence part: roots, figures and units."""
    for word in words:
        if word.key in (".", ";", ":", "?", "!"):
            return
        said = word.root or (word.key if word.is_number or word.key in LEXICON.units else "")
        if said:
            yield said
