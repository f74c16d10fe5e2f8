"""If a cited post has the quoted words more than once, the editor must choose one place.

Two posts that are cited together for one quotation both carry it.
"""

from collections import Counter
from collections.abc import Iterator

from articles.vetting import fixers
from articles.vetting.finding import Finding, Level
from articles.vetting.passages import passage
from articles.vetting.piece import Context, Piece
from articles.vetting.quoted import meant, quoted
from articles.vetting.rule import Rule


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for found in quoted(piece, context):
        places = meant(found, context)
        in_post = Counter(source.key for source, _ in places)
        several = [(source, place) for source, place in places if in_post[source.key] > 1]
        if not several:
            continue
        start, end = found.locate()
        keys = list(dict.fromkeys(source.key for source, _ in several))
        yield Finding(
            code="quote-ambiguous",
            level=Level.QUERY,
            field="body",
            start=start,
            end=end,
            excerpt=found.excerpt,
            message=(
                f"These words appear in {len(several)} places in {' and '.join(keys)}. Choose the "
                "one you mean, or quote more of it."
            ),
            evidence=found.evidence
            | {
                "several": keys,
                "places": [
                    passage(source, place[0][0], place[-1][1]).as_dict()
                    for source, place in several
                ],
            },
        )


RULE = Rule(
    code="quote-ambiguous",
    title="Quotation appears more than once",
    find=find,
    is_about_words=True,
    fix=fixers.choose_place,
)
