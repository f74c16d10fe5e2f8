"""A time of day that no cited post has, where one has another: 5:40 p.m. for 07:40.

Times with a zone are compared elsewhere, or may be the same moment in another one; here neither
the sentence nor any post that has a time may name one but "local".
"""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.vetting.facts.clocks import Clock, may_be_clocks, names_a_zone, read_clocks
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told

# Words that the sentence and that of the post share.
_SHARED = 1


@dataclass(frozen=True, slots=True)
class Retimed:
    """A time of the sentence, and the one that a post has in its place."""

    mine: Clock
    source: SourceRef
    saying: Saying
    theirs: Clock


def retimed(each: Told) -> Iterator[Retimed]:
    """Yield the times of a sentence that its posts give otherwise."""
    text = each.saying.view.text
    clocks = [one for one in read_clocks(text) if not each.saying.is_quoted(one.start)]
    if not clocks or names_a_zone(text):
        return
    said = [(source, saying) for source, sayings in each.posts for saying in sayings]
    if any(names_a_zone(saying.text) for _, saying in said):
        return
    may_be = frozenset[int]().union(*(may_be_clocks(saying.text) for _, saying in said))
    for mine in clocks:
        if not mine.minutes.isdisjoint(may_be):
            continue
        found = next(_otherwise(each, mine, clocks), None)
        if found is not None:
            yield found


def _otherwise(each: Told, mine: Clock, clocks: list[Clock]) -> Iterator[Retimed]:
    """Yield the times that posts give of the same thing, and the sentence has not."""
    known = frozenset[int]().union(*(one.minutes for one in clocks))
    for source, sayings in each.posts:
        for saying in sayings:
            for theirs in read_clocks(saying.view.text):
                is_of_same = len(each.saying.roots & saying.roots) >= _SHARED
                if is_of_same and theirs.minutes.isdisjoint(known):
                    yield Retimed(mine, source, saying, theirs)
