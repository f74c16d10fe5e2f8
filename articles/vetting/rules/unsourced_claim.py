"""A sentence with a quotation or a figure must cite a source, or be marked as the desk's own."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.vetting import fixers
from articles.vetting.counted import counted
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import NOTHING, Rule
from articles.vetting.scopes import Paragraph, paragraphs
from articles.vetting.texts_read import read_text


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words that need a source; a number that may be a name is only asked about."""

    paragraph: Paragraph
    start: int
    end: int
    level: Level = Level.HOLD


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    found: dict[tuple[int, int], _Stretch] = {}
    for one in _stretches(piece, context):
        place = one.paragraph.locate(one.start, one.end)
        if place is None or one.paragraph.is_marked(one.start, one.end):
            continue
        parts = [part for part, _, _ in one.paragraph.touched(one.start, one.end)]
        span = (parts[0].claim.start, parts[-1].claim.end)
        # A doubt gives way to what is sure in the same sentence.
        if span not in found or (found[span].level, one.level) == (Level.QUERY, Level.HOLD):
            found[span] = one
    for (start, end), one in sorted(found.items(), key=lambda item: item[0]):
        excerpt = one.paragraph.excerpt(one.start, one.end)
        what = one.paragraph.text[one.start : one.end]
        yield Finding(
            code="unsourced-claim",
            level=one.level,
            field="body",
            start=start,
            end=end,
            excerpt=excerpt,
            message=f"“{what}” has no source. Add a mark, or put the sentence in [...]{{.own}} or [...]{{.background}}.",
            evidence={"sentence": excerpt, "what": what},
        )


def _stretches(piece: Piece, context: Context) -> Iterator[_Stretch]:
    for paragraph in paragraphs(piece, context):
        for quote in read_text(paragraph.text, context).quotes:
            if not paragraph.voice(quote.start, quote.end):
                yield _Stretch(paragraph, quote.start, quote.end)
    for one in counted(piece, context):
        if not one.quantity.needs_source():
            continue
        # That Dame Olive is 71 makes no claim of "Dame Olive, 71, rose slowly".
        is_apposed = one.quantity.thing == "age" and one.end == one.quantity.end
        if not (is_apposed and one.paragraph.text[: one.start].endswith(", ")):
            yield _Stretch(
                one.paragraph, one.start, one.end, Level.HOLD if one.is_sure else Level.QUERY
            )


RULE = Rule(
    code="unsourced-claim",
    title="Claim without a source",
    find=find,
    compares=NOTHING,
    is_about_words=True,
    fix=fixers.add_source_or_voice,
)
