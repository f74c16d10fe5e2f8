"""A sentence with a quotation or a figure must cite a source, or be marked as the desk's own."""

import re
from collections.abc import Iterator

from articles.vetting import fixers, quotes
from articles.vetting.counted import counted
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import Rule
from articles.vetting.scopes import Paragraph, paragraphs

_AGE = re.compile(r"\w, [1-9]\d(?:,| [-–])")


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for paragraph, start, end in _stretches(piece, context):
        place = paragraph.locate(start, end)
        if place is None or paragraph.is_marked(start, end):
            continue
        parts = [part for part, _, _ in paragraph.touched(start, end)]
        span = (parts[0].claim.start, parts[-1].claim.end)
        found.setdefault(span, (paragraph.excerpt(start, end), paragraph.text[start:end]))
    for (start, end), (excerpt, what) in sorted(found.items()):
        yield Finding(
            code="unsourced-claim",
            level=Level.HOLD,
            field="body",
            start=start,
            end=end,
            excerpt=excerpt,
            message=f"“{what}” has no source. Add a mark, or put the sentence in [...]{{.own}} or [...]{{.background}}.",
            evidence={"sentence": excerpt, "what": what},
        )


def _stretches(piece: Piece, context: Context) -> Iterator[tuple[Paragraph, int, int]]:
    for paragraph in paragraphs(piece, context):
        for quote in quotes.read_quotes(paragraph.text):
            if not paragraph.voice(quote.start, quote.end):
                yield paragraph, quote.start, quote.end
    for one in counted(piece, context):
        start, end = one.start, one.end
        # That Dame Olive is 71 makes no claim of "Dame Olive, 71, rose slowly".
        if not _AGE.match(one.paragraph.text, max(0, start - 3)) or end - start > 2:
            yield one.paragraph, start, end


RULE = Rule(
    code="unsourced-claim",
    title="Claim without a source",
    find=find,
    is_about_words=True,
    fix=fixers.add_source_or_voice,
)
