"""A quotation must be in a linked post word for word."""

from collections.abc import Iterable, Iterator, Sequence

from articles.vetting.finding import Finding, Level
from articles.vetting.nearness import Nearest, nearest
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.quoted import Quoted, quoted
from articles.vetting.rule import Rule
from articles.vetting.texts_read import words_of

# Comparing costs time; an article with more wrong quotations than this is not helped by it.
_COMPARED = 20


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    archived = tuple(source for source in piece.sources if source.text is not None)
    left = _COMPARED
    for found in quoted(piece, context):
        if not archived or found.is_open or found.carriers or found.translated:
            continue
        near = None
        if left:
            left -= 1
            near = nearest(found.quote.text, _words(found.cited, context)) or nearest(
                found.quote.text, _words(archived, context)
            )
        yield _finding(found, near)


def _words(sources: Iterable[SourceRef], context: Context) -> Iterator[tuple[str, Sequence[str]]]:
    for source in sources:
        yield source.key, words_of(source.text or "", context)


def _finding(found: Quoted, near: Nearest | None) -> Finding:
    start, end = found.locate()
    evidence = found.evidence
    if near:
        evidence["nearest"] = {
            "key": near.key,
            "passage": near.passage,
            "diff": [list(part) for part in near.diff],
            "changed": list(near.changed),
        }
    return Finding(
        code="quote-not-found",
        level=Level.HOLD,
        field="body",
        start=start,
        end=end,
        excerpt=found.excerpt,
        message=_message(near),
        evidence=evidence,
    )


def _message(near: Nearest | None) -> str:
    if near is None:
        return (
            "No linked post has these words. Quote a post exactly, or remove the quotation marks."
        )
    if near.changed:
        differs = ", ".join(f"“{word}”" for word in near.changed[:4])
        return f"The quotation differs from {near.key} in {differs}. The post says “{near.passage}”: quote that, or remove the quotation marks."
    return f"These are not the words of {near.key}, which says “{near.passage}”. Quote that, or remove the quotation marks."


RULE = Rule(
    code="quote-not-found",
    title="Quotation not in any linked post",
    find=find,
    is_about_words=True,
)
