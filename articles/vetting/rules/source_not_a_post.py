"""A source must be a single post: a profile or channel shows something else tomorrow."""

from collections.abc import Iterator

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import NOTHING, Rule
from wires.platforms.permalinks import why_not_a_post


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for source in piece.sources:
        why = why_not_a_post(source.url, platform=source.platform)
        if not why:
            continue
        yield Finding(
            code="source-not-a-post",
            level=Level.HOLD,
            field="sources",
            excerpt=source.key,
            message=f"Source {source.key} cannot be cited: {why}. Link the post itself.",
            evidence={"key": source.key, "url": source.url, "why": why},
        )


RULE = Rule(
    code="source-not-a-post",
    title="Source is not a post",
    find=find,
    compares=NOTHING,
)
