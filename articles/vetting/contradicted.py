"""Denials that a passage contradicts by itself, whatever else it denies.

It states the same act in another word ("was not suspended", "halted"), it denies once what the
sentence denies twice ("not without power"), or it leads into the same quotation without a "not".
"""

from collections.abc import Iterator
from itertools import pairwise

from articles.vetting.beside_quotations import led_into
from articles.vetting.facts.acts import ACT_OF
from articles.vetting.facts.negation import Act
from articles.vetting.facts.words import Word, is_of_another_time, numbers
from articles.vetting.lexicon.denying import MAY_DENY, NONE_OF
from articles.vetting.lexicon.negations import NEGATORS
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told

# Words, figures and days that sentence and passage share, besides the act.
_SHARED = 2
_WITHOUT = frozenset({"without", "w/o"})
_DENYING = NEGATORS | NONE_OF
# A figure of one digit may be that of anything.
_TELLING = 2
# So many words lead into a quotation.
_REACH = 8


def contradicted(each: Told, denial: Act) -> tuple[SourceRef, Saying, Act] | None:
    """Return the passage that contradicts a denial, and with which words; None where none does."""
    return _by_the_same_act(each, denial) or _before_a_quotation(each, denial)


def _by_the_same_act(each: Told, denial: Act) -> tuple[SourceRef, Saying, Act] | None:
    act = ACT_OF.get(denial.root)
    if act is None or denial.limits:
        return None
    found = None
    for source, saying in _passages(each):
        stated = [word for word in saying.words if ACT_OF.get(word.root) == act]
        if not stated or _alike(each.saying, saying, denial.root) < _SHARED:
            continue
        denied = {word.clause for word in saying.words if word.key in _DENYING}
        if any(word.clause in denied for word in stated):
            return None
        found = found or (source, saying, _as_act(stated[0], stated[0]))
    return found


def denied_twice(each: Told) -> Iterator[tuple[Act, SourceRef, Saying, Act]]:
    """Yield "240,000 homes are not without power" where a passage with the figure denies it once."""
    said = each.saying
    if _WITHOUT.isdisjoint(said.keys):
        return
    for one, other in pairwise(said.words):
        if one.key != "not" or other.key not in _WITHOUT or said.is_quoted(one.start):
            continue
        clause = [word for word in said.words if word.clause == one.clause]
        figures = {figure for figure in numbers(clause) if len(figure) >= _TELLING}
        for source, saying in _passages(each):
            theirs = [word for word in saying.words if word.key in NEGATORS]
            is_once = len(theirs) == 1 and theirs[0].key in _WITHOUT
            if is_once and not figures.isdisjoint(saying.numbers):
                yield _as_act(one, other), source, saying, _as_act(theirs[0], theirs[0])
                return


def _before_a_quotation(each: Told, denial: Act) -> tuple[SourceRef, Saying, Act] | None:
    for source, saying, mine, theirs in led_into(each):
        near = mine[-_REACH:]
        if not near or not theirs or not near[0].start <= denial.start <= near[-1].start:
            continue
        if any(word.clause != near[-1].clause and word.start >= denial.start for word in near):
            continue
        there = [word for word in theirs[-_REACH:] if word.clause == theirs[-1].clause]
        keys = {word.key for word in there}
        if there and keys.isdisjoint(MAY_DENY) and not any(k.endswith("n't") for k in keys):
            return source, saying, _as_act(there[-1], there[-1])
    return None


def _passages(each: Told) -> Iterator[tuple[SourceRef, Saying]]:
    for source, sayings in each.posts:
        for saying in sayings:
            if not saying.is_question and not is_of_another_time(each.saying.times, saying.times):
                yield source, saying


def _alike(said: Saying, saying: Saying, root: str) -> int:
    shared = (said.roots & (saying.roots | saying.about)) - {root}
    return len(shared) + len(said.numbers & saying.numbers) + len(said.times & saying.times)


def _as_act(first: Word, last: Word) -> Act:
    return Act(
        root=first.root,
        start=first.start,
        end=last.end,
        subject=frozenset(),
        limits=frozenset(),
        is_modal=False,
    )
