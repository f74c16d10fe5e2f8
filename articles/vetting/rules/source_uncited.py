"""A linked post should be cited, unless it is background."""

from collections.abc import Iterator

from articles.vetting import fixers
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import Rule


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    cited = set(piece.prose.cited)
    for source in piece.sources:
        if source.key in cited or source.role == "background":
            continue
        yield Finding(
            code="source-uncited",
            level=Level.QUERY,
            field="sources",
            excerpt=source.key,
            message=(
                f"No sentence cites source {source.key} ({source.outlet}). Add [@{source.key}] "
                "where it is used, set its role to background, or remove it."
            ),
            evidence={"key": source.key, "url": source.url},
        )


RULE = Rule(
    code="source-uncited",
    title="Source never cited",
    find=find,
    compares=frozenset({"body"}),
    fix=fixers.set_to_background,
)
