"""A picture needs a credit."""

from collections.abc import Iterator

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import NOTHING, Rule


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for picture in {picture.id: picture for picture in piece.images}.values():
        if any(map(str.isalnum, picture.credit)):
            continue
        yield Finding(
            code="image-credit-missing",
            level=Level.HOLD,
            field="image",
            excerpt=f"image:{picture.id}",
            message=f"image:{picture.id} has no credit. Add one in the image library.",
            evidence={"image": picture.id},
        )


RULE = Rule(
    code="image-credit-missing",
    title="Image without a credit",
    find=find,
    compares=NOTHING,
)
