"""Headline, standfirst, captions and subheads must not go beyond the sentences of the body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from articles.vetting import quotes
from articles.vetting.counted import in_language
from articles.vetting.facts.given import Given
from articles.vetting.facts.matching import Match, best_match
from articles.vetting.facts.quantity import Kind, Quantity
from articles.vetting.facts.reading import read_quantities
from articles.vetting.finding import Finding, Level
from articles.vetting.normal import normal
from articles.vetting.piece import Context, Piece
from articles.vetting.quantified import body_quantities, worked_out_of_body
from articles.vetting.rule import Rule
from articles.vetting.sentences import Sentence
from articles.vetting.span_sets import SpanSet
from articles.vetting.texts_read import read_text

# Papers whose short names are words: "the sun", "the post", "modern times".
_AMBIGUOUS = frozenset({
    "sun", "times", "post", "mail", "mirror", "guardian", "independent", "express", "star",
    "telegraph", "observer", "standard", "herald", "tribune", "globe", "journal", "record", "echo",
    "courier", "monitor", "nation", "week", "time", "atlantic", "hill", "sky", "wire", "press",
    "chronicle", "argus", "today", "metro", "fox", "world", "economist", "local", "daily",
})  # fmt: skip


_SMALL_COUNTS = range(2, 13)


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    outlets = _known(piece, context)
    for text in _fields(piece, context):
        for stray in _strays(text, piece, outlets, context):
            place = text.locate(stray.start, stray.end)
            what = text.text[stray.start : stray.end]
            # "One table, two sums" counts what the article says, not what a post does.
            if text.sentence and stray.kind == "figure" and what.isalpha():
                continue
            sum_ = f" It may follow from it: {stray.sum}." if stray.sum else ""
            yield Finding(
                code="headline-drift",
                level=stray.level,
                field=text.field,
                start=place[0],
                end=place[1],
                excerpt=text.text,
                message=f"The {stray.kind} “{what}” is not in the body.{sum_} Correct one or the other.",
                evidence={"field": text.field, "kind": stray.kind, "what": what},
            )


@dataclass(frozen=True, slots=True)
class _Body:
    """What has to bear a text out: words, and the quantities in them."""

    text: str
    quantities: Given


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, the body it is held against, and where it stands in its field."""

    field: str
    text: str
    body: _Body
    quantities: tuple[Quantity, ...]
    sentence: Sentence | None = None

    def locate(self, start: int, end: int) -> tuple[int, int]:
        place = self.sentence.locate(start, end) if self.sentence else (start, end)
        return place or (0, 0)


@dataclass(frozen=True, slots=True)
class _Stray:
    """Something in a text that the body has not."""

    start: int
    end: int
    kind: str
    level: Level = Level.HOLD
    # How a figure follows from two of the body.
    sum: str = ""


def _fields(piece: Piece, context: Context) -> Iterator[_Text]:
    """Yield what is held against the body. Alternative texts have the field "image"."""
    told = tuple(chain.from_iterable(body_quantities(piece, context)))
    headed = [read_quantities(one.text, piece.language) for one in piece.prose.headings]
    body = _Body(piece.prose.text, Given((*told, *chain.from_iterable(headed))))
    beside = [(field, getattr(piece, field)) for field in ("headline", "standfirst", "social_text")]
    shown = [("image", text) for image in piece.images for text in (image.alt, image.caption)]
    for field, text in (*beside, *shown):
        if text:
            yield _Text(field, text, body, read_quantities(text, piece.language))
    subheads = [
        (heading, quantities)
        for heading, quantities in zip(piece.prose.headings, headed, strict=True)
        if not heading.is_column
    ]
    # Not against the subheads themselves.
    said = "\n\n".join(claim.text for claim in piece.prose.claims) if subheads else ""
    claimed = _Body(said, Given(told))
    for one, quantities in subheads:
        source = piece.body[one.start : one.end]
        sentence = Sentence("body", one.start, source, one.text)
        yield _Text("body", one.text, claimed, quantities, sentence)


def _known(piece: Piece, context: Context) -> list[tuple[str, ...]]:
    """Return the names of each outlet."""
    known = {source.outlet: source.aliases for source in piece.sources}
    known |= {outlet.name: outlet.aliases for outlet in context.outlet_directory}
    return [
        tuple(name for name in (outlet, *aliases) if name.strip())
        for outlet, aliases in known.items()
    ]


def _strays(
    text: _Text, piece: Piece, outlets: list[tuple[str, ...]], context: Context
) -> Iterator[_Stray]:
    in_quotes = read_text(text.text, context).quotes
    inside = SpanSet((quote.start, quote.end) for quote in in_quotes)
    for quote in in_quotes:
        if not quotes.passages(quote, read_text(text.body.text, context).normal):
            yield _Stray(quote.start, quote.end, "quotation")
    for said in in_language(text.quantities, piece.language):
        if said.start not in inside and not _bears_out(text.body, said):
            other = _other_counts(text.body, said, context)
            if other is not None and not other:
                continue
            sum_ = worked_out_of_body(said, text.body.text, text.body.quantities, context)
            is_doubtful = bool(sum_) or other is not None or said.kind is Kind.UNSURE
            level = Level.QUERY if is_doubtful else Level.HOLD
            yield _Stray(said.start, said.figure_end, "figure", level, sum_)
    for start, end, names in _outlets(text.text, outlets):
        if not any(_named(name).search(text.body.text) for name in names):
            yield _Stray(start, end, "outlet")


def _bears_out(body: _Body, said: Quantity) -> bool:
    """Return whether the body has a quantity; a headline may name what it counts by other words."""
    match, _ = best_match(said, body.quantities)
    return match in (Match.SAME, Match.OTHER_THING)


def _other_counts(body: _Body, said: Quantity, context: Context) -> list[Quantity] | None:
    """Return what the body counts of the thing that a small number in words is of.

    "Two trains collide" sums up a body that tells of a train from here and one from there, and of
    the 64 trains of a day. None: the body does not name the thing, or has a small count of it too.
    """
    is_small = not said.in_digits and not said.unit and said.value in _SMALL_COUNTS
    if not is_small or not said.thing or said.toll:
        return None
    others = [
        one for one in body.quantities.quantities if one.thing == said.thing and not one.is_named
    ]
    words = read_text(body.text, context).content
    if any(one.value in _SMALL_COUNTS for one in others) or said.thing not in words:
        return None
    return others


def _outlets(
    text: str, outlets: list[tuple[str, ...]]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield where an outlet is named, with all its names, each outlet once."""
    for names in outlets:
        # Most outlets are not named, which is seen at once without a pattern.
        present = [name for name in names if name in text]
        for name in sorted(present, key=len, reverse=True):
            if normal(name) in _AMBIGUOUS:
                continue
            if found := _named(name).search(text):
                yield found.start(), found.end(), names
                break


@lru_cache(maxsize=2048)
def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


RULE = Rule(
    code="headline-drift",
    title="Headline or standfirst goes beyond the text",
    find=find,
    compares=frozenset({"body"}),
)
