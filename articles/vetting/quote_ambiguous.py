"""Where a post has the quoted words twice, the editor says which of the two is meant."""

from collections.abc import Iterator

from articles.vetting.finding import Finding, Level
from articles.vetting.passages import passage
from articles.vetting.piece import Context, Piece
from articles.vetting.quoted import places, quoted


def quote_ambiguous(piece: Piece, context: Context) -> Iterator[Finding]:
    for found in quoted(piece):
        # Two posts that each carry the words once corroborate one another.
        several = [
            (source, at) for source in found.cited if len(at := places(found.quote, source)) > 1
        ]
        if not several:
            continue
        start, end = found.locate()
        keys = [source.key for source, _ in several]
        yield Finding(
            code="quote-ambiguous",
            level=Level.QUERY,
            field="body",
            start=start,
            end=end,
            excerpt=found.excerpt,
            message=f"{keys[0]} has these words more than once: quote more of them, or say which place is meant.",
            evidence=found.evidence
            | {
                "several": keys,
                "places": [
                    passage(source, place[0][0], place[-1][1]).as_dict()
                    for source, at in several
                    for place in at
                ],
            },
        )
