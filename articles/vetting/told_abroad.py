"""Sentences beside the passages of posts in other languages that have the same figure.

Such posts are not compared by what they say. But what rose by 1,900 megawatts did not do so where
the one passage with that figure says "cae 1.900 MW", and what a passage with a telling figure states
without any word that denies is not denied.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.vetting.facts.negation import read_denials
from articles.vetting.facts.post_quantities import read_post_quantities
from articles.vetting.facts.words import Word, numbers
from articles.vetting.languages import looks_english
from articles.vetting.lexicon.abroad import (
    DENYING_ABROAD,
    FALLING_ABROAD,
    LIMITING_ABROAD,
    RISING_ABROAD,
)
from articles.vetting.lexicon.lexicon import bare
from articles.vetting.lexicon.likely import likely_lexicon
from articles.vetting.lexicon.negations import NEGATORS
from articles.vetting.lexicon.sides import LEVEL, RISE
from articles.vetting.lexicon.verbs import AUXILIARIES
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.texts_read import read_text
from articles.vetting.told import Saying, Told
from articles.vetting.told_in_other_words import told_in_other_words

_WORD = re.compile(r"[^\W\d_]+")
_SCALES = (1.0, 1e3, 1e6, 1e9)
# Digits that hardly two things have.
_TELLING = 2
# "No terreno" is "on the ground".
_PORTUGUESE, _IN_THE = "pt", "no"
_NO_LIMITS = frozenset({"who", "when", "ago"})


@dataclass(frozen=True, slots=True)
class Span:
    """Words from start to end of the view of a saying."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ToldAbroad:
    """Words of an English sentence, and those of a passage in another language against them."""

    each: Told
    mine: Span
    source: SourceRef
    saying: Saying
    theirs: Span


def turned_abroad(piece: Piece, context: Context) -> Iterator[ToldAbroad]:
    """Yield what rose in a sentence and fell, by the same figure, in the one passage with it."""
    for each in told_in_other_words(piece, context):
        said = each.saying
        if said.is_question:
            continue
        for mine in said.sided:
            figures = frozenset(filter(_is_telling, mine.figures))
            is_both = any(mine.is_against(other) for other in said.sided)
            if mine.group != LEVEL or is_both or said.is_quoted(mine.start) or not figures:
                continue
            passages = list(_passages(each, figures, context))
            turned = [_turned(saying, is_rise=mine.sides == RISE) for _, saying in passages]
            if passages and all(turned):
                source, saying = passages[0]
                theirs = turned[0] or Span(0, 0)
                yield ToldAbroad(each, Span(mine.start, mine.end), source, saying, theirs)
                break


def denied_abroad(piece: Piece, context: Context) -> Iterator[ToldAbroad]:
    """Yield what a sentence denies of a figure that no passage beside it denies anything of."""
    for each in told_in_other_words(piece, context):
        said = each.saying
        if said.is_question or not said.may_deny:
            continue
        for denial in read_denials(said.words, is_anywhere=True):
            clause = _clause(said, denial.start)
            figures = frozenset(filter(_is_telling, numbers(clause)))
            if said.is_quoted(denial.start) or not denial.limits <= _NO_LIMITS:
                continue
            if not figures or not _is_of_a_verb(clause, denial.start):
                continue
            passages = list(_passages(each, figures, context))
            if passages and not any(_may_deny(saying) for _, saying in passages):
                source, saying = passages[0]
                whole = Span(0, len(saying.view.text))
                yield ToldAbroad(each, Span(denial.start, denial.end), source, saying, whole)
                break


def _clause(said: Saying, start: int) -> Sequence[Word]:
    at = next(word.clause for word in said.words if word.start == start)
    return [word for word in said.words if word.clause == at]


def _is_of_a_verb(clause: Sequence[Word], start: int) -> bool:
    """Return whether one "not" stands behind an auxiliary, and the clause denies nothing else."""
    if sum(word.key in NEGATORS for word in clause) != 1:
        return False
    at = next(n for n, word in enumerate(clause) if word.start == start)
    key = clause[at].key
    return key.endswith("n't") or (key == "not" and at > 0 and clause[at - 1].key in AUXILIARIES)


def _passages(
    each: Told, figures: frozenset[str], context: Context
) -> Iterator[tuple[SourceRef, Saying]]:
    """Yield the sentences of the cited posts, in whatever language, that have one of the figures."""
    values = {float(figure) for figure in figures}
    for source, _ in each.posts:
        for sentence in read_text(source.text or "", context).sentences:
            if not values.isdisjoint(_values(sentence)):
                yield source, Saying(sentence)


def _values(sentence: str) -> Iterator[float]:
    for quantity in read_post_quantities(sentence):
        for scale in _SCALES if quantity.is_scaled else _SCALES[:1]:
            yield from (round(value / scale, 6) for value in quantity.values)


def _turned(saying: Saying, *, is_rise: bool) -> Span | None:
    """Return the word of the other side, where the passage has none of both."""
    if looks_english(saying.view.text):
        return None
    found = list(_WORD.finditer(saying.view.text))
    keys = [bare(match.group().casefold()) for match in found]
    mine, other = RISING_ABROAD, FALLING_ABROAD
    if not is_rise:
        mine, other = other, mine
    if not mine.isdisjoint(keys) or not DENYING_ABROAD.isdisjoint(keys):
        return None
    return next(
        (Span(*match.span()) for match, key in zip(found, keys, strict=True) if key in other), None
    )


def _may_deny(saying: Saying) -> bool:
    # What is in English, after all, is compared elsewhere.
    if saying.may_deny or looks_english(saying.view.text):
        return True
    keys = {bare(match.group().casefold()) for match in _WORD.finditer(saying.view.text)}
    if likely_lexicon(saying.view).code == _PORTUGUESE:
        keys.discard(_IN_THE)
    return not (DENYING_ABROAD | LIMITING_ABROAD).isdisjoint(keys)


def _is_telling(figure: str) -> bool:
    return sum(character.isdigit() for character in figure.strip("0.")) >= _TELLING
