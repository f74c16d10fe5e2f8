"""What the cited post gives for a figure that it does not have, and whether that is certain.

Certain is the one figure of the same unit and of the same thing, in a sentence like that of the
text, where no other figure of the post could be meant, and no other post has the figure as it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from articles.vetting.carrying import FEWEST_SHARED
from articles.vetting.content import content, sentences_of
from articles.vetting.facts.matching import Match, match
from articles.vetting.facts.quantity import Kind, Quantity
from articles.vetting.facts.reading import read_quantities
from articles.vetting.finding import Finding
from articles.vetting.languages import looks_english
from articles.vetting.marking import keys_over
from articles.vetting.piece import SourceRef
from articles.vetting.rewording import cased_like, has_shape_of
from articles.vetting.scopes import paragraphs
from articles.vetting.spot import Spot

_COUNTED = frozenset({Kind.COUNT, Kind.UNSURE})
_CERTAIN = frozenset({Kind.COUNT, Kind.MONEY, Kind.SHARE, Kind.MEASURE})
_AROUND = 40
_IN_WORDS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
             "eleven", "twelve")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostFigure:
    """A figure of a post, its sentence, and how many words that shares with the text's."""

    quantity: Quantity
    sentence: str
    likeness: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure of a post with the words before and after it in its sentence."""

    key: str
    before: str
    words: str
    after: str

    @classmethod
    def of(cls, key: str, figure: PostFigure) -> Self | None:
        """Return the figure in its sentence; None of what counts nothing."""
        if figure.quantity.is_named:
            return None
        start, end, sentence = figure.quantity.start, figure.quantity.end, figure.sentence
        before, after = sentence[max(0, start - _AROUND) : start], sentence[end : end + _AROUND]
        return cls(key, before, sentence[start:end], after)


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """The figure that a finding is about, and its place in the text."""

    quantity: Quantity
    start: int
    end: int
    others: tuple[Quantity, ...]


def candidates(finding: Finding, sources: Iterable[SourceRef], language: str) -> list[Candidate]:
    """Return what the posts have that may be meant by a figure, the likeliest first.

    Where nothing comes near, that is every figure of theirs.
    """
    about = content(finding.excerpt)
    figure = str(finding.evidence.get("figure", ""))
    said = [one for one in read_quantities(finding.excerpt, language) if figure in one.text]
    found = [
        (_may_be_meant(said[0], each.quantity) if said else False, each.likeness, candidate)
        for source in sources
        for each in _figures(source, about, language)
        if (candidate := Candidate.of(source.key, each))
    ]
    likely = [row for row in found if row[0]] or found
    likely.sort(key=lambda row: -row[1])
    return [candidate for _, _, candidate in likely]


def certain_figure(here: Spot) -> tuple[int, int, str] | None:
    """Return the place of a finding's figure and what stands there by the cited post, if certain."""
    stated, source = _stated(here), _only_cited(here)
    if stated is None or source is None or stated.quantity.kind not in _CERTAIN:
        return None
    if any(_has(other, stated.quantity, here) for other in here.piece.sources):
        return None
    # "Per cent" and "million" tell nothing of what is counted.
    about = content(here.finding.excerpt) - content(stated.quantity.text)
    meant = [
        figure
        for figure in _figures(source, about, here.piece.language)
        if _may_be_meant(stated.quantity, figure.quantity)
    ]
    if len({figure.quantity.value for figure in meant}) != 1:
        return None
    best = max(meant, key=lambda figure: figure.likeness)
    given = best.quantity
    if best.likeness < FEWEST_SHARED or not _is_of_same_thing(stated.quantity, given):
        return None
    # What the text says of something else already is not said a second time.
    if any(match(other, given) is Match.SAME for other in stated.others):
        return None
    words = _written_like(stated.quantity, given, is_english=here.piece.language[:2] == "en")
    return (stated.start, stated.end, words) if words else None


def _only_cited(here: Spot) -> SourceRef | None:
    """Return the post that is cited for the finding's words; None where there are several."""
    keys = set(keys_over(here, here.finding.start, here.finding.end))
    found = [source for source in here.piece.sources if source.key in keys and source.text]
    return found[0] if len(found) == len(keys) == 1 else None


def _stated(here: Spot) -> StatedFigure | None:
    """Return the finding's figure; None where its place is not sure to the letter."""
    for paragraph in paragraphs(here.piece, here.context):
        said = read_quantities(paragraph.text, here.piece.language)
        for quantity in said:
            place = paragraph.locate(quantity.start, quantity.end)
            if place is None or not (place[0] < here.finding.end and here.finding.start < place[1]):
                continue
            start = here.text.find(quantity.text, max(0, place[0] - len(quantity.text)))
            if not start <= place[0] < place[1] <= start + len(quantity.text) or start < 0:
                return None
            others = tuple(other for other in said if other is not quantity)
            return StatedFigure(quantity, start, start + len(quantity.text), others)
    return None


def _figures(source: SourceRef, about: frozenset[str], language: str) -> Iterator[PostFigure]:
    for sentence in sentences_of(source.text or ""):
        likeness = len(about & content(sentence))
        for quantity in _read(sentence, language):
            yield PostFigure(quantity, sentence, likeness)


def _read(text: str, language: str) -> tuple[Quantity, ...]:
    return read_quantities(text, "en" if looks_english(text) else language)


def _has(source: SourceRef, said: Quantity, here: Spot) -> bool:
    """Return whether a post has the figure as the text has it: then the mark may be what is wrong."""
    return any(
        match(said, one) is Match.SAME for one in _read(source.text or "", here.piece.language)
    )


def _may_be_meant(said: Quantity, given: Quantity) -> bool:
    """Return whether nothing tells that a figure of a post is one of something else."""
    if given.is_named or given.kind is Kind.SCORE:
        return False
    if said.unit or given.unit:
        return said.dimension == given.dimension or given.kind is Kind.UNSURE
    if said.toll and given.toll and said.toll != given.toll:
        return False
    return given.kind in _COUNTED and (
        said.thing == given.thing or not (said.thing and given.thing)
    )


def _is_of_same_thing(said: Quantity, given: Quantity) -> bool:
    """Return whether both count the same in the same words, and are as exact as each other."""
    if said.kind is not given.kind or said.unit != given.unit:
        return False
    if said.partner is not None or given.partner is not None:
        return False
    if (said.bound, said.is_hedged) != (given.bound, given.is_hedged):
        return False
    if said.kind is not Kind.COUNT:
        return said.thing == given.thing or not (said.thing and given.thing)
    return bool(said.thing or said.toll) and (said.thing, said.toll) == (given.thing, given.toll)


def _written_like(said: Quantity, given: Quantity, *, is_english: bool) -> str:
    """Return the post's figure in the form of the text's; "" where that would take more."""
    if said.in_digits and given.in_digits:
        return given.text if has_shape_of(said.text, given.text) else ""
    if not is_english or said.unit or not given.value.is_integer():
        return ""
    if not 2 <= given.value < len(_IN_WORDS) or not _is_plain(said) or not _is_plain(given):
        return ""
    return (
        str(int(given.value))
        if said.in_digits
        else cased_like(_IN_WORDS[int(given.value)], said.text)
    )


def _is_plain(quantity: Quantity) -> bool:
    """Return whether a number is written as a number and no more: "two", "12"."""
    text = quantity.text.casefold()
    return text.isdecimal() or text in _IN_WORDS
