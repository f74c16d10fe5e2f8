"""Words that one person entered by hand: nobody puts words into the mouth of an outlet alone.

Nobody can override it, because confirming the words is what a second person is asked to do.
"""

from collections.abc import Iterator

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import NOTHING, Rule


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for source in piece.sources:
        if not source.is_unconfirmed:
            continue
        yield Finding(
            code="source-unconfirmed",
            level=Level.HOLD,
            field="sources",
            excerpt=source.key,
            message=(
                f"The words of source {source.key} ({source.outlet}) were entered by hand, and "
                "nobody has confirmed them. Have them compared with the original: “Confirm "
                "words…” on the post’s page at the desk."
            ),
            evidence={"key": source.key, "url": source.url},
        )


RULE = Rule(
    code="source-unconfirmed",
    title="Words entered by hand, not confirmed",
    find=find,
    compares=NOTHING,
    can_be_overridden=False,
)
