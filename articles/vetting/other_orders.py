"""Spans of time that the cited posts have after what the sentence has them before, and the reverse."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.vetting.facts.order import (
    Placed,
    TimeSpan,
    lengths,
    read_before_its_cause,
    read_compared_forwards,
    read_months_turned_round,
    read_spans,
)
from articles.vetting.facts.words import is_of_another_time
from articles.vetting.lexicon.english import LEXICON
from articles.vetting.lexicon.orders import (
    AFTER,
    BEFORE,
    CAUSES,
    MAY_BE_BEFORE,
    MAY_END_AFTER,
    MAY_END_BEFORE,
    ORDERS,
    SPANS,
)
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told


@dataclass(frozen=True, slots=True)
class OtherOrder:
    """A span of the sentence, and what a post has in its place."""

    mine: TimeSpan
    source: SourceRef
    saying: Saying
    theirs: Placed


def other_orders(each: Told) -> Iterator[OtherOrder]:
    """Yield the spans that no cited post has on the side where the sentence has them."""
    if each.saying.keys.isdisjoint(ORDERS) or each.saying.keys.isdisjoint(SPANS):
        return
    for mine in read_spans(each.saying.words, each.saying.view.folded):
        if each.saying.is_quoted(mine.start):
            continue
        found = _against_lead(each, mine) if mine.is_lead else _against_length(each, mine)
        if found is not None:
            yield found


def impossible_orders(each: Told) -> Iterator[Placed]:
    """Yield what cannot be in the order that the sentence says, where no post may say it so."""
    said = each.saying
    if said.keys.isdisjoint((AFTER, BEFORE)):
        return
    found: list[Placed] = []
    if AFTER in said.keys and not said.keys.isdisjoint(SPANS):
        found += read_compared_forwards(said.words)
    if len(said.keys & LEXICON.months.keys()) > 1:
        found += read_months_turned_round(said.words)
    has_cause = BEFORE in said.keys and not said.keys.isdisjoint(CAUSES)
    if has_cause and _may_no_post_be(each, MAY_BE_BEFORE):
        found += read_before_its_cause(said.words)
    yield from (one for one in found if not said.is_quoted(one.start))


def _may_no_post_be(each: Told, words: frozenset[str]) -> bool:
    return all(words.isdisjoint(saying.keys) for _, sayings in each.posts for saying in sayings)


def _against_lead(each: Told, mine: TimeSpan) -> OtherOrder | None:
    """Return "the eye crossed 11 minutes ago" for "11 minutes before the eye crossed"."""
    found: OtherOrder | None = None
    for source, saying in _passages(each):
        for theirs in read_spans(saying.words, saying.view.folded):
            if not theirs.is_lead or theirs.length != mine.length:
                continue
            if theirs.order == mine.order:
                return None
            # What is a day after the vote has the vote a day before it.
            is_turned = bool(mine.target & theirs.main) and not mine.target & theirs.target
            is_against = not is_turned or not theirs.target
            if found is None and is_against and _is_alike(each.saying, saying):
                found = OtherOrder(mine, source, saying, Placed(theirs.start, theirs.end))
    return found


def _against_length(each: Told, mine: TimeSpan) -> OtherOrder | None:
    """Return the figure of a post for "before 71 days", where no post may have it as a limit."""
    limits = MAY_END_BEFORE if mine.order == BEFORE else MAY_END_AFTER
    found: OtherOrder | None = None
    for source, saying in _passages(each):
        there = next((at for length, at in lengths(saying.words) if length == mine.length), None)
        if there is None:
            continue
        if not limits.isdisjoint(saying.keys):
            return None
        is_open = mine.order == AFTER and saying.keys.isdisjoint(MAY_END_BEFORE)
        if found is None and not is_open and _is_alike(each.saying, saying):
            found = OtherOrder(mine, source, saying, there)
    return found


def _passages(each: Told) -> Iterator[tuple[SourceRef, Saying]]:
    for source, sayings in each.posts:
        for saying in sayings:
            has_span = not saying.keys.isdisjoint(SPANS) or any(
                key[0].isdigit() and key[-1].isalpha() for key in saying.keys
            )
            if has_span and not saying.is_question:
                yield source, saying


def _is_alike(said: Saying, saying: Saying) -> bool:
    """Return whether both share another word or figure."""
    if is_of_another_time(said.times, saying.times):
        return False
    return len(said.roots & (saying.roots | saying.about)) + len(said.numbers & saying.numbers) > 1
