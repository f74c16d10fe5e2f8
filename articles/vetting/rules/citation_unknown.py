"""A mark must name a source of this article."""

from collections.abc import Iterator

from articles.vetting import fixers
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import NOTHING, Rule
from articles.vetting.sentences import excerpt


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    known = [source.key for source in piece.sources]
    way_out = f"Use one of {', '.join(known)}" if known else "Link its post first"
    for mark in piece.prose.unknown:
        yield Finding(
            code="citation-unknown",
            level=Level.HOLD,
            field="body",
            start=mark.start,
            end=mark.end,
            excerpt=excerpt(piece, mark.start, mark.end),
            message=f"No source has the key {mark.key}. {way_out}, or remove the mark.",
            evidence={"key": mark.key},
        )


RULE = Rule(
    code="citation-unknown",
    title="Mark without a source",
    find=find,
    compares=NOTHING,
    is_about_words=True,
    fix=fixers.correct_key,
)
