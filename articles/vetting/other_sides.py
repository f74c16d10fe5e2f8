"""Clauses that are of one side where the cited posts are of the other alone: rose, fell; dead, hurt.

Nobody can tell here what rose. So the clause and a post must have the same figure, or much else,
in common, and neither the sentence nor any post that is near it may have a word of both sides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from articles.vetting.facts.sides import SidedWord
from articles.vetting.facts.words import is_of_another_time, root_of, roots
from articles.vetting.lexicon.negations import NEGATORS, NOBODY, REFUSALS
from articles.vetting.lexicon.sides import (
    COMPASS,
    COURT,
    EARLIER,
    FATE,
    FIGURED,
    LEVEL,
    MOST,
    ORDER,
)
from articles.vetting.lexicon.verbs import MODAL
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told

# Words and figures that a sentence and a passage must share.
_SHARED = 3
_PART = 0.3
_OF_COURTS = frozenset(
    map(
        root_of,
        (
            "court",
            "judge",
            "judges",
            "jury",
            "trial",
            "charge",
            "count",
            "case",
            "guilty",
            "verdict",
        ),
    )
)
# "Nobody was hurt" is of no side.
_DENYING = NEGATORS | NOBODY
# These leave open what will be; "will" and "to" do not.
_IF = frozenset({"if", "unless"})
_EXPECTED = frozenset({"expect", "expects", "expected", "likely", "hope", "hopes", "hoped"})
_DOUBTFUL = MODAL - {"to", "will", "would", "must", "shall"}


@dataclass(frozen=True, slots=True)
class OtherSide:
    """A word of the sentence and one of a post of the other side."""

    mine: SidedWord
    source: SourceRef
    saying: Saying
    theirs: SidedWord


def other_sides(each: Told) -> Iterator[OtherSide]:
    """Yield the words of a sentence that only the other side of a cited post can be meant by."""
    for mine in each.saying.sided:
        if each.saying.is_quoted(mine.start) or not _is_plain(each.saying, mine):
            continue
        found = _against(each, mine)
        if found is not None:
            yield found


def _against(each: Told, mine: SidedWord) -> OtherSide | None:
    """Return the first word that is against it; None where any near passage may bear it out."""
    found: OtherSide | None = None
    for source, sayings in each.posts:
        for saying in sayings:
            theirs = list(_near(each.saying, mine, saying))
            if any(not mine.is_against(other) for other in theirs):
                return None
            if theirs and found is None and _may_contradict(each.saying, mine, saying, theirs[0]):
                found = OtherSide(mine, source, saying, theirs[0])
    if found is None:
        return _against_opening(each, mine)
    return None if _is_borne_out_elsewhere(each, mine) else found


def _against_opening(each: Told, mine: SidedWord) -> OtherSide | None:
    """Return what a post opens with, where the passage with the figure tells no movement by itself.

    "Oil slides on export talk. Brent was at $70.87" says of 70.87 that it is a fall.
    """
    figures = frozenset(filter(_is_telling, mine.to | mine.by))
    if mine.group != LEVEL or not figures:
        return None
    clause = roots([word for word in each.saying.words if word.clause == mine.clause])
    found: OtherSide | None = None
    for source, sayings in each.posts:
        opening, rest = sayings[0], sayings[1:]
        passages = [saying for saying in rest if not figures.isdisjoint(saying.numbers)]
        theirs = [other for other in opening.sided if other.group == LEVEL]
        if any(other.group == LEVEL for saying in passages for other in saying.sided):
            return None
        if any(not mine.is_against(other) for other in theirs):
            return None
        is_told = bool(passages and theirs and clause & opening.roots)
        if is_told and found is None and _may_contradict(each.saying, mine, opening, theirs[0]):
            found = OtherSide(mine, source, opening, theirs[0])
    return found


def _near(said: Saying, mine: SidedWord, saying: Saying) -> Iterator[SidedWord]:
    """Yield the words of a passage that are of the group of a word, and tell of the same."""
    theirs = [other for other in saying.sided if other.group == mine.group]
    if not theirs:
        return
    if mine.group in FIGURED:
        times_ = said.times & saying.times
        is_like = bool(times_ or _without(said, mine) & (saying.roots | saying.about))
        yield from (other for other in theirs if _go_with_one_figure(mine, other, is_like=is_like))
    elif mine.group == ORDER:
        yield from (
            other for other in theirs if mine.target & other.target and mine.main & other.main
        )
    elif _is_near(said, mine, saying):
        yield from theirs


def _go_with_one_figure(mine: SidedWord, theirs: SidedWord, *, is_like: bool) -> bool:
    """Return whether both go with one figure, a telling one where little else is alike.

    Inflation that slowed to 2.8% is that of prices which rose by 2.8%.
    """
    shared = mine.figures & theirs.figures
    if mine.is_pace != theirs.is_pace:
        shared -= (mine.to & theirs.by) | (mine.by & theirs.to)
    return bool(shared) if is_like else any(_is_telling(figure) for figure in shared)


def _is_telling(figure: str) -> bool:
    return sum(character.isdigit() for character in figure.strip("0.")) > 1


def _without(said: Saying, mine: SidedWord) -> frozenset[str]:
    own = {word.root for word in said.words if mine.start <= word.start < mine.end}
    return said.roots - own


def _is_plain(said: Saying, mine: SidedWord) -> bool:
    """Return whether a clause says one side only, and says it flatly."""
    own = [other for other in said.sided if other.group == mine.group]
    if mine.group == LEVEL:
        own = [other for other in own if other.clause == mine.clause]
    if any(mine.is_against(other) for other in own):
        return False
    # "Not guilty" is a side, and no denial of one.
    clause = [
        word.key
        for word in said.words
        if word.clause == mine.clause and not mine.start <= word.start < mine.end
    ]
    # What is forecast is compared with the forecast, by its figure.
    is_figured = mine.group in FIGURED and bool(mine.figures)
    doubtful = _DOUBTFUL - _EXPECTED if is_figured else _DOUBTFUL
    is_forecast = mine.group == LEVEL and bool(mine.figures and said.times)
    if not said.keys.isdisjoint(_IF):
        return False
    return _DENYING.isdisjoint(clause) and (is_forecast or doubtful.isdisjoint(clause))


def _is_near(said: Saying, mine: SidedWord, saying: Saying) -> bool:
    """Return whether a passage of a post tells of the same as the clause of a word."""
    figures = said.numbers & saying.numbers
    shared = _without(said, mine) & saying.roots
    if mine.group == MOST and any(time.isdigit() for time in said.times & saying.times):
        return True
    times = said.times & saying.times
    if mine.group in (MOST, FATE) and (figures or times):
        return bool(shared) or bool(figures and times) or len(figures) > 1
    if mine.group == COURT:
        # Who is convicted is not acquitted: one word that tells of whom is enough.
        return bool(shared - _OF_COURTS)
    fewest = min(len(said.roots), len(saying.roots))
    alike = len(shared) + len(figures)
    return alike >= _SHARED and alike >= _PART * fewest


def _may_contradict(said: Saying, mine: SidedWord, saying: Saying, theirs: SidedWord) -> bool:
    # What was shut is open later: only the later of the two is against the other, but for a count.
    counted = any(map(_is_telling, mine.figures & theirs.figures))
    if mine.sides == EARLIER.get(mine.group) and not counted:
        return False
    keys = [word.key for word in saying.words if word.clause == theirs.clause]
    if saying.is_question or not NEGATORS.isdisjoint(keys):
        return False
    if any(f"{one} {two}" in REFUSALS for one, two in pairwise(keys)):
        return False
    return not is_of_another_time(said.times, saying.times)


def _is_borne_out_elsewhere(each: Told, mine: SidedWord) -> bool:
    """Return whether any passage says what befell somebody, or where, as the sentence does."""
    if mine.group not in (FATE, COMPASS):
        return False
    return any(
        other.group == mine.group and not mine.is_against(other)
        for _, sayings in each.posts
        for saying in sayings
        for other in saying.sided
    )
