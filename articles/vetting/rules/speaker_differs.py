"""A quotation must be given to the person, or the body, to whom the post gives it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from articles.vetting.facts.speaker import (
    Speaker,
    complete,
    read_person_before,
    read_speaker,
)
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.quoted import Quoted, meant, quoted
from articles.vetting.readings import reading
from articles.vetting.rule import ENGLISH, Rule
from articles.vetting.texts_read import ReadText, read_text

# No article has so many quotations; a hostile text has thousands, each in eight places.
_MOST = 250
_BLANKS = 4


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    outlets = reading(piece, context).outlets
    for each in islice(quoted(piece, context), _MOST):
        if not each.is_carried:
            continue
        named = read_speaker(each.paragraph.text, each.quote.start, each.quote.end)
        if named is None or outlets.mentioned(named.name):
            continue
        texts = [source.text or "" for source in each.cited]
        mine = complete(named, [*texts, piece.body])
        found = _others(each, mine, [*texts, piece.body], context)
        if found and not any(outlets.mentioned(theirs.name) for _, theirs in found):
            yield _finding(each, named, *found[0])


def _others(
    each: Quoted, mine: Speaker, everything: Sequence[str], context: Context
) -> Sequence[tuple[SourceRef, Speaker]]:
    """Return to whom the posts give a quotation; nothing where one of them may agree."""
    found: list[tuple[SourceRef, Speaker]] = []
    carriers = tuple(source for source in each.carriers if source in each.cited)
    for source, place in meant(each, context, carriers):
        text = read_text(source.text or "", context)
        start, end = place[0][0], place[-1][1]
        around = _quotation_around(text, start, end) or _after_a_colon(text.text, start, end)
        named = read_speaker(text.text, *around) if around and text.is_english else None
        named = named or _person_before(mine, text, around)
        theirs = complete(named, everything) if named else None
        if theirs is None or not mine.is_other_than(theirs):
            return []
        found.append((source, theirs))
    return found


def _person_before(mine: Speaker, text: ReadText, around: tuple[int, int] | None) -> Speaker | None:
    """Return whom a post tells of before a quotation, where it has no word of who is said to speak."""
    if (
        not around
        or not text.is_english
        or not mine.words
        or mine.words[-1] in text.text.casefold()
    ):
        return None
    return read_person_before(text.text, around[0])


def _quotation_around(text: ReadText, start: int, end: int) -> tuple[int, int] | None:
    """Return the quotation of a post in which a place stands; None where it is not quoted."""
    spans = text.quoted
    n = bisect_right(spans, start, key=_start) - 1
    return spans[n] if n >= 0 and end <= spans[n][1] else None


def _after_a_colon(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the place itself where a wire gives it without marks: "Leo Maas: We will not sign"."""
    return (start, end) if text[max(0, start - _BLANKS) : start].rstrip().endswith(":") else None


def _start(span: tuple[int, int]) -> int:
    return span[0]


def _finding(each: Quoted, named: Speaker, source: SourceRef, theirs: Speaker) -> Finding:
    start, end = each.paragraph.locate(named.start, named.end) or each.locate()
    return Finding(
        code="speaker-differs",
        level=Level.QUERY,
        field="body",
        start=start,
        end=end,
        excerpt=each.excerpt,
        message=f"{source.key} gives these words to {theirs.name}, the sentence to {named.name}. Check who said them.",
        evidence={
            "quote": each.quote.text,
            "key": source.key,
            "here": named.name,
            "there": theirs.name,
        },
    )


RULE = Rule(
    code="speaker-differs",
    title="Someone else said it in the post",
    find=find,
    languages=ENGLISH,
    subject="speakers",
)
