"""A post that is not archived cannot be checked, or shown after it is deleted."""

from collections.abc import Iterator

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import Rule


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for source in piece.sources:
        if source.text is not None:
            continue
        yield Finding(
            code="source-unarchived",
            level=Level.HOLD,
            field="sources",
            excerpt=source.key,
            message=f"The text of source {source.key} ({source.outlet}) is not archived. Fetch the post, or paste its text.",
            evidence={"key": source.key, "url": source.url},
        )


RULE = Rule(
    code="source-unarchived",
    title="Source text not archived",
    find=find,
    compares=frozenset({"posts"}),
)
