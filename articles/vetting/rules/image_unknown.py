"""Pictures must come from the library, where they have a credit, alt text and no metadata."""

from collections.abc import Iterator

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import NOTHING, Rule


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for picture in piece.prose.unknown_pictures:
        yield Finding(
            code="image-unknown",
            level=Level.HOLD,
            field="body",
            start=picture.start,
            end=picture.end,
            excerpt=piece.body[picture.start : picture.end],
            message=f"{picture.src or 'An empty address'} is not in the image library. Upload it and use its image number.",
            evidence={"src": picture.src},
        )


RULE = Rule(
    code="image-unknown",
    title="Image not in the library",
    find=find,
    compares=NOTHING,
)
