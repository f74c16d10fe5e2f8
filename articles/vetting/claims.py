"""The checkable parts of each claim in the body, and the words of the posts that support them.

Publishing stores this structure; the public page and the desk show it. A claim is a sentence with
its marks and their scopes; its parts are the quotations, figures and dates that a post must
support, and the outlets and times it names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from articles.prose import Claim
from articles.vetting.content import content, stem
from articles.vetting.counted import Counted, counted
from articles.vetting.dated import dated
from articles.vetting.facts.matching import Match, match
from articles.vetting.facts.quantity import Quantity
from articles.vetting.languages import is_english_code
from articles.vetting.outlets import Attribution
from articles.vetting.passages import Passage, passage
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.posted_days import days_of
from articles.vetting.quantified import quantities_of_post
from articles.vetting.quoted import meant, quoted
from articles.vetting.readings import Reading, reading
from articles.vetting.rules import too_large
from articles.vetting.scopes import Paragraph
from articles.vetting.texts_read import read_text

type Kind = Literal["quote", "figure", "date", "outlet", "time"]

# The words around a figure that tell which of two equal ones is meant.
_REACH = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something in a claim that a post can carry.

    start and end are code points of the body, keys the sources cited for it, passages the words
    of those that carry it: several where they stand in several places that fit equally well. Of
    an outlet they are its name in a post of another outlet that passes its words on.
    """

    kind: Kind
    text: str
    start: int
    end: int
    keys: tuple[str, ...]
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundClaim:
    """A claim and its parts, in the order of the text."""

    claim: Claim
    parts: tuple[Part, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the claim as stored: plain JSON values, without the passages."""
        return {
            "number": self.claim.number,
            "start": self.claim.start,
            "end": self.claim.end,
            "text": self.claim.text,
            "keys": list(self.claim.keys),
            "voice": self.claim.voice,
            "marks": [
                {
                    "key": mark.key,
                    "start": mark.start,
                    "end": mark.end,
                    "scope": [mark.scope_start, mark.scope_end],
                }
                for mark in self.claim.marks
            ],
            "parts": [
                {
                    "kind": part.kind,
                    "text": part.text,
                    "start": part.start,
                    "end": part.end,
                    "keys": list(part.keys),
                }
                for part in self.parts
            ],
        }


def bind(piece: Piece, context: Context) -> tuple[BoundClaim, ...]:
    """Return every claim of the body with its parts, each matched to the words that support it.

    Outlets and times are read in English only; a piece that is too large has no claims.
    """
    by_claim: dict[int, list[Part]] = {}
    is_read = not any(too_large.find(piece, context))
    for number, part in _parts(piece, context) if is_read else ():
        by_claim.setdefault(number, []).append(part)
    return tuple(
        BoundClaim(
            claim=claim,
            parts=tuple(
                sorted(by_claim.get(claim.number, ()), key=lambda part: (part.start, part.end))
            ),
        )
        for claim in piece.prose.claims
    )


def spans(bound: Iterable[BoundClaim], key: str) -> list[dict[str, object]]:
    """Return the passages of one source as stored with it, in the order of the claims."""
    return [
        {"claim": one.claim.number, "kind": part.kind, "body": [part.start, part.end]}
        | {name: value for name, value in words.as_dict().items() if name != "key"}
        for one in bound
        for part in one.parts
        for words in part.passages
        if words.key == key
    ]


def _parts(piece: Piece, context: Context) -> Iterator[tuple[int, Part]]:
    yield from _quotations(piece, context)
    yield from _figures(piece, context)
    yield from _dates(piece, context)
    if is_english_code(piece.language):
        yield from _named(piece, context)


def _quotations(piece: Piece, context: Context) -> Iterator[tuple[int, Part]]:
    for found in quoted(piece, context):
        start, end = found.locate()
        yield (
            _number(found.paragraph, found.quote.start, found.quote.end),
            Part(
                kind="quote",
                text=found.quote.text,
                start=start,
                end=end,
                keys=tuple(source.key for source in found.cited),
                passages=tuple(
                    passage(source, *span)
                    for source, place in meant(found, context)
                    for span in place
                ),
            ),
        )


def _figures(piece: Piece, context: Context) -> Iterator[tuple[int, Part]]:
    by_key = {source.key: source for source in piece.sources}
    for found in counted(piece, context):
        place = found.locate()
        if place is None:
            continue
        cited = [by_key[key] for key in found.keys]
        yield (
            _number(found.paragraph, found.start, found.end),
            Part(
                kind="figure",
                text=found.quantity.figure,
                start=place[0],
                end=place[1],
                keys=found.keys,
                passages=tuple(
                    passage(source, given.start, given.figure_end)
                    for source in cited
                    for given in _best(found, source, context)
                ),
            ),
        )


def _best(found: Counted, source: SourceRef, context: Context) -> list[Quantity]:
    """Return the places of a post that have a figure, those whose surroundings fit best."""
    text, said = source.text or "", found.quantity
    all_given = quantities_of_post(text, context)
    matches = [(match(said, one), one) for one in all_given]
    given = [one for how, one in matches if how is Match.SAME]
    # Houses may be buildings there; but the hurt bear out no dead.
    given = given or [
        one for how, one in matches if how is Match.OTHER_THING and not (said.toll and one.toll)
    ]
    if len(given) < 2:
        return given
    about = read_text(found.excerpt, context).content
    scores = [(_counts_the_same(said, one), _shared(about, text, one)) for one in given]
    return [one for one, score in zip(given, scores, strict=True) if score == max(scores)]


def _counts_the_same(said: Quantity, given: Quantity) -> bool:
    return bool(
        {stem(word) for word in said.phrase.split()} & {stem(word) for word in given.phrase.split()}
    )


def _shared(about: frozenset[str], text: str, given: Quantity) -> int:
    around = text[max(0, given.start - _REACH) : given.end + _REACH]
    return len(about & content(around))


def _dates(piece: Piece, context: Context) -> Iterator[tuple[int, Part]]:
    by_key = {source.key: source for source in piece.sources}
    for found in dated(piece, context):
        stated = found.stated
        if stated.is_range_end:
            continue
        place = found.paragraph.locate(stated.start, stated.end)
        if place is None:
            continue
        yield (
            _number(found.paragraph, stated.start, stated.end),
            Part(
                kind="date",
                text=stated.text,
                start=place[0],
                end=place[1],
                keys=found.keys,
                passages=tuple(
                    passage(by_key[key], one.start, one.end)
                    for key in found.keys
                    for one in days_of(by_key[key], context).dates
                    if (one.day, one.month) == (stated.day, stated.month)
                ),
            ),
        )


def _named(piece: Piece, context: Context) -> Iterator[tuple[int, Part]]:
    """Yield the outlets named as sources, and the times at which they are said to have posted."""
    known = reading(piece, context)
    for read in known.sentences:
        claim = known.citations.claim(read.sentence)
        if claim is None:
            continue
        for named in read.attributed:
            place: tuple[int, int] | None = read.sentence.locate(named.start, named.end)
            if place:
                cited = known.citations.at(claim, place[0])
                own = [one.key for one in cited if known.outlets_of(one) & named.outlets]
                relays = known.relayed_by(named, read, cited)
                part = _word("outlet", named.name, place, [*own, *(one.key for one in relays)])
                passed_on = tuple(_passed_on(known, named, one) for one in relays)
                yield claim.number, replace(part, passages=passed_on)
        for posting in read.postings:
            if place := read.locate(posting.time.start, posting.time.end):
                keys = [one.key for one in known.citations.at(claim, place[0])]
                yield claim.number, _word("time", posting.time.text, place, keys)


def _passed_on(known: Reading, named: Attribution, relay: SourceRef) -> Passage:
    """Return where a post first names the outlet whose words it passes on."""
    mentions = known.outlets.mentioned(relay.text or "")
    first = next(one for one in mentions if one.outlets & named.outlets)
    return passage(relay, first.start, first.end)


def _word(kind: Kind, text: str, place: tuple[int, int], keys: Iterable[str]) -> Part:
    return Part(kind=kind, text=text, start=place[0], end=place[1], keys=tuple(keys))


def _number(paragraph: Paragraph, start: int, end: int) -> int:
    """Return the number of the claim in which a span of a paragraph begins."""
    return next(part.claim.number for part, _, _ in paragraph.touched(start, end))
