"""Quoted words that a post has only in the desk's translation: readers have to be told."""

from collections.abc import Iterator

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.quoted import quoted
from articles.vetting.rule import Rule


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for found in quoted(piece, context):
        if not found.translated or found.is_open:
            continue
        keys = [source.key for source in found.translated]
        place = found.locate()
        yield Finding(
            code="quote-translated",
            level=Level.QUERY,
            field="body",
            start=place[0],
            end=place[1],
            excerpt=found.excerpt,
            message=(
                f"These words are in the translation of {', '.join(keys)}, not in the post. Say in "
                "the text that they are translated, or report them without quotation marks."
            ),
            evidence=found.evidence | {"translated": keys},
        )


RULE = Rule(
    code="quote-translated",
    title="Quotation from a translation",
    find=find,
    is_about_words=True,
)
