"""A quotation must be in the post that is cited for it, not in another one."""

from collections.abc import Iterator

from articles.vetting import fixers
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.quoted import quoted
from articles.vetting.rule import Rule


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for found in quoted(piece, context):
        if not found.cited or found.is_open or not found.carriers or found.is_carried:
            continue
        elsewhere = [source.key for source in found.carriers]
        start, end = found.locate()
        cited = ", ".join(source.key for source in found.cited)
        yield Finding(
            code="quote-elsewhere",
            level=Level.HOLD,
            field="body",
            start=start,
            end=end,
            excerpt=found.excerpt,
            message=f"These words are in {', '.join(elsewhere)}, not in {cited}. Cite [@{elsewhere[0]}].",
            evidence=found.evidence | {"elsewhere": elsewhere},
        )


RULE = Rule(
    code="quote-elsewhere",
    title="Quotation from another post",
    find=find,
    is_about_words=True,
    fix=fixers.cite_where_it_is,
)
