"""Two figures of a sentence that a post gives the other way round.

"Union had 31 per cent against 39 per cent for Labour", where the post has 39 of the Union and 31 of
Labour. Each has to share words with the place of the other, and none with its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from articles.vetting.exchanged import Exchanged
from articles.vetting.facts.figures import NO_FIGURES, said_by, with_whole_times
from articles.vetting.facts.words import Word
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told

# Sentences of posts with the same two figures; a hostile post repeats them without end.
_MOST_ALIKE = 30


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two figures that follow one another, each with the words that are near it alone."""

    first: Word
    other: Word
    of_first: frozenset[str]
    of_other: frozenset[str]

    @property
    def only_times(self) -> "_Pair":
        """The same with no more than the weekdays and months: those have a blank in their names."""
        first, other = (
            frozenset(word for word in near if " " in word)
            for near in (self.of_first, self.of_other)
        )
        return replace(self, of_first=first, of_other=other)


def swapped(each: Told) -> Iterator[Exchanged]:
    """Yield the first of two figures that a post has in each other's place."""
    if not _may_be_swapped(each):
        return
    numbers = each.saying.numbers - NO_FIGURES
    alike = (
        (source, saying)
        for source, sayings in each.posts
        for saying in sayings
        if len(numbers & saying.numbers) > 1
    )
    given = [
        (source, saying, saying.figures_by_clause) for source, saying in islice(alike, _MOST_ALIKE)
    ]
    done: set[int] = set()
    for found_ in _by_nouns(each.saying, given):
        done.add(found_.mine.start)
        yield found_
    for mine in _neighbours(each.saying):
        if mine.first.start in done:
            continue
        found = [
            (source, saying, theirs)
            for source, saying, near in given
            if (theirs := _pair_of(mine, near)) is not None
        ]
        if any(_is_as_said(mine, theirs) for _, _, theirs in found):
            continue
        for source, saying, theirs in found:
            if _is_crossed(mine, theirs):
                yield Exchanged(mine.first, source, saying, theirs.other)
                break


def _by_nouns(
    said: Saying, given: Sequence[tuple[SourceRef, Saying, object]]
) -> Iterator[Exchanged]:
    """Yield the figures of which a post counts something else, and the thing by the other figure.

    "60 pupils and 28 nurses", where the post has 60 nurses and no 28 of them.
    """
    mine = said.counted_figures
    theirs = [(source, saying, saying.counted_figures) for source, saying, _ in given]
    for word, noun in mine:
        if any(
            (word.key, noun) == (one.key, other) for _, _, near in theirs for one, other in near
        ):
            continue
        others = {one.key: other for one, other in mine if other != noun}
        for source, saying, near in theirs:
            found = next((one for one, other in near if other == noun and one.key in others), None)
            if found is not None and word.key in saying.numbers:
                yield Exchanged(word, source, saying, found)
                break


def _may_be_swapped(each: Told) -> bool:
    """Return whether a sentence of a post has two figures of this one."""
    mine = each.saying.numbers - NO_FIGURES
    return len(mine) > 1 and any(
        len(mine & saying.numbers) > 1 for _, sayings in each.posts for saying in sayings
    )


def _is_as_said(mine: _Pair, theirs: _Pair) -> bool:
    return bool(mine.of_first & theirs.of_first and mine.of_other & theirs.of_other)


def _is_crossed(mine: _Pair, theirs: _Pair) -> bool:
    """Return whether alike words stand at the other figure, and none at the same.

    Where both name the same two days, the days tell, whatever else is near.
    """
    return _cross(mine, theirs) or _cross(mine.only_times, theirs.only_times)


def _cross(mine: _Pair, theirs: _Pair) -> bool:
    is_crossed = mine.of_first & theirs.of_other and mine.of_other & theirs.of_first
    return bool(is_crossed) and not (
        mine.of_first & theirs.of_first or mine.of_other & theirs.of_other
    )


def _neighbours(saying: Saying) -> Iterator[_Pair]:
    """Yield the figures of the article that follow one another, with all that is between others."""
    figures, words = saying.figures, with_whole_times(saying.words)
    ends = [0, *(n for n, _ in figures), len(words)]
    for k, ((n, _), (m, _)) in enumerate(pairwise(figures)):
        one, other = words[n], words[m]
        low, at, after, high = ends[k : k + 4]
        between = words[at + 1 : after]
        # "Varn lost 12 houses, Mellin 40": a comma tells to which of the two a word belongs.
        mine = [word for word in between if word.clause < other.clause or not _parts(one, other)]
        theirs = [word for word in between if word.clause > one.clause or not _parts(one, other)]
        of_one = said_by((*words[low:at], *mine))
        of_other = said_by((*theirs, *words[after:high]))
        yield _Pair(one, other, of_one - of_other, of_other - of_one)


def _parts(one: Word, other: Word) -> bool:
    return one.clause != other.clause


def _pair_of(mine: _Pair, near: Mapping[str, tuple[Word, frozenset[str]]]) -> _Pair | None:
    """Return the two figures of the article as a post has them; None where it has not both."""
    if mine.first.key not in near or mine.other.key not in near:
        return None
    (one, of_one), (other, of_other) = near[mine.first.key], near[mine.other.key]
    return _Pair(one, other, of_one - of_other, of_other - of_one)
