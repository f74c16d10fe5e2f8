"""A picture needs alternative text, or must be marked as decorative."""

from collections.abc import Iterator

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import NOTHING, Rule


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for picture in {picture.id: picture for picture in piece.images}.values():
        if picture.is_decorative or any(map(str.isalnum, picture.alt)):
            continue
        yield Finding(
            code="image-alt-missing",
            level=Level.HOLD,
            field="image",
            excerpt=f"image:{picture.id}",
            message=(
                f"image:{picture.id} has no alternative text. In the image library, say what it "
                "shows, or mark it as decorative."
            ),
            evidence={"image": picture.id},
        )


RULE = Rule(
    code="image-alt-missing",
    title="Image without alternative text",
    find=find,
    compares=NOTHING,
)
