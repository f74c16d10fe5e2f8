"""Figures that a post has of something else, while it gives another one for what the sentence tells.

"Fishing boats came within 55 minutes", where the post says 20 of the boats and 55 of the cutter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.vetting.facts.ranks import may_rank, read_ranks
from articles.vetting.facts.words import Word, roots, times
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told

# Words of the sentence's clause that the clause of the other figure has.
_SHARED = 2
_NO_FIGURES = frozenset({"1"})


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A number of the sentence, and the one that a post has in its place."""

    mine: Word
    source: SourceRef
    saying: Saying
    theirs: Word


def exchanged(each: Told) -> Iterator[Exchanged]:
    """Yield the figures that cited posts have in a clause of something else alone."""
    said = each.saying
    if not _may_be_exchanged(each):
        return
    # The 88 of "the 88th minute" is compared with other places in an order.
    ranks = {rank.start for rank in read_ranks(said.words)} if may_rank(said.keys) else set()
    for word in said.words:
        if not _is_figure(word) or word.start in ranks or said.is_quoted(word.start):
            continue
        clause = _clause(said.words, word)
        if len([one for one in clause if _is_figure(one)]) > 1 or not _is_of_others(each, word):
            continue
        found = next(_in_its_place(each, word, clause), None)
        if found is not None:
            yield found


def _may_be_exchanged(each: Told) -> bool:
    """Return whether a sentence of a post has a figure of this one, and one that it has not."""
    mine = each.saying.numbers
    return any(
        not (mine & theirs) <= _NO_FIGURES and not theirs - mine <= _NO_FIGURES
        for _, sayings in each.posts
        for saying in sayings
        if (theirs := saying.numbers)
    )


def _is_of_others(each: Told, word: Word) -> bool:
    """Return whether each clause with a figure names something, and nothing of the sentence."""
    clauses = [
        _clause(saying.words, given)
        for _, sayings in each.posts
        for saying in sayings
        if word.key in saying.numbers
        for given in saying.words
        if given.key == word.key and _is_figure(given)
    ]
    return bool(clauses) and all(
        roots(clause) and roots(clause).isdisjoint(each.saying.roots) and not times(clause)
        for clause in clauses
    )


def _in_its_place(each: Told, word: Word, clause: Sequence[Word]) -> Iterator[Exchanged]:
    """Yield the figures that posts give in clauses of what the sentence's clause tells."""
    for source, sayings in each.posts:
        for saying in sayings:
            if word.key not in saying.numbers:
                continue
            for given in saying.words:
                if not _is_figure(given) or given.key in each.saying.numbers:
                    continue
                shared = roots(_clause(saying.words, given)) & roots(clause)
                if len(shared) >= _SHARED:
                    yield Exchanged(word, source, saying, given)


def _clause(said: Sequence[Word], word: Word) -> Sequence[Word]:
    return [one for one in said if one.clause == word.clause]


def _is_figure(word: Word) -> bool:
    return word.is_number and not word.time and word.key not in _NO_FIGURES
