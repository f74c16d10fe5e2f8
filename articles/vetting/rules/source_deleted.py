"""A post withdrawn by its outlet: readers cannot see it, and the outlet may have had a reason."""

from collections.abc import Iterator

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import NOTHING, Rule


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for source in piece.sources:
        gone = source.deleted_at
        if gone is None:
            continue
        yield Finding(
            code="source-deleted",
            level=Level.HOLD,
            field="sources",
            excerpt=source.key,
            message=(
                f"{source.outlet} withdrew source {source.key} on {gone.day} {gone:%B %Y at %H:%M %Z}. "
                "Remove what is based on it, or acknowledge it; the page will then say so."
            ),
            evidence={"key": source.key, "url": source.url, "at": gone.isoformat()},
        )


RULE = Rule(
    code="source-deleted",
    title="Post withdrawn by its outlet",
    find=find,
    compares=NOTHING,
)
