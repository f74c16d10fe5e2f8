"""An article must link at least one post from the wire."""

from collections.abc import Iterator

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import NOTHING, Rule


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    if piece.sources:
        return
    yield Finding(
        code="source-missing",
        level=Level.HOLD,
        field="sources",
        message="The article links no wire source. Link the posts it is based on.",
        evidence={},
    )


RULE = Rule(
    code="source-missing",
    title="No wire source",
    find=find,
    compares=NOTHING,
)
