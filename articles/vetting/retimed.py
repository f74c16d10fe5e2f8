"""A time of day that no cited post has, where one has another: 5:40 p.m. for 07:40.

Times with a zone are compared elsewhere, or may be the same moment in another one; here neither
the sentence nor any post that has a time may name one but "local".
"""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.vetting.facts.clocks import Clock
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
    mine = [one for one in each.saying.clocks if not each.saying.is_quoted(one.start)]
    if not mine or each.saying.names_a_zone:
        return
    said = [saying for _, sayings in each.posts for saying in sayings]
    if any(saying.names_a_zone for saying in said):
        return
    may_be = frozenset[int]().union(*(saying.may_be_clocks for saying in said))
    unknown = [one for one in mine if one.minutes.isdisjoint(may_be)]
    found = next(_otherwise(each, mine), None) if unknown else None
    if found is not None:
        source, saying, theirs = found
        yield from (Retimed(one, source, saying, theirs) for one in unknown)


def _otherwise(each: Told, mine: list[Clock]) -> Iterator[tuple[SourceRef, Saying, Clock]]:
    """Yield the times that posts give of the same thing, and the sentence has not."""
    known = frozenset[int]().union(*(one.minutes for one in mine))
    for source, sayings in each.posts:
        for saying in sayings:
            if saying.clocks and len(each.saying.roots & saying.roots) >= _SHARED:
                for theirs in saying.clocks:
                    if theirs.minutes.isdisjoint(known):
                        yield source, saying, theirs
