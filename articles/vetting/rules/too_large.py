"""Text that is too long to be checked is held, so that nothing is published unchecked."""

from collections.abc import Iterator

from articles.vetting import limits
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import Rule


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    yield from _fields(piece)
    yield from _sources(piece)


def _fields(piece: Piece) -> Iterator[Finding]:
    if len(piece.body) > limits.BODY:
        yield _finding("body", "The body has", len(piece.body), limits.BODY, "characters")
    elif not limits.is_readable(piece.body):
        count = limits.markup(piece.body)
        yield _finding("body", "The body has", count, limits.MARKUP, "characters of markup")
    for field in ("headline", "standfirst", "framing_note", "social_text"):
        size = len(getattr(piece, field))
        if size > limits.FIELD:
            what = f"The {field.replace('_', ' ')} has"
            yield _finding(field, what, size, limits.FIELD, "characters")


def _sources(piece: Piece) -> Iterator[Finding]:
    if len(piece.sources) > limits.SOURCES:
        count = len(piece.sources)
        yield _finding("sources", "The article names", count, limits.SOURCES, "sources")
    total = 0
    for source in piece.sources:
        size = len(source.text or "")
        total += size
        if size > limits.POST:
            what = f"The post {source.key} has"
            yield _finding("sources", what, size, limits.POST, "characters", key=source.key)
            return
        if total > limits.POSTS:
            what = f"The posts up to {source.key} have"
            yield _finding("sources", what, total, limits.POSTS, "characters", key=source.key)
            return


def _finding(field: str, what: str, size: int, most: int, unit: str, *, key: str = "") -> Finding:
    return Finding(
        code="too-large",
        level=Level.HOLD,
        field=field,
        excerpt=key,
        message=f"{what} {size:,} {unit}; the limit is {most:,}. Shorten it: nothing else was checked.",
        evidence={"field": field, "key": key, "unit": unit, "most": most},
    )


RULE = Rule(
    code="too-large",
    title="Too large to check",
    find=find,
)
