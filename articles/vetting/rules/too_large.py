"""Text that is too long to be checked is held, so that nothing is published unchecked.

Nobody can override it; the rest of the piece is checked all the same, see unread.py.
"""

from collections.abc import Iterator

from articles.vetting import limits
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import NOTHING, Rule

FIELDS = ("headline", "standfirst", "framing_note", "social_text")


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    yield from _fields(piece)
    yield from _sources(piece)


def _fields(piece: Piece) -> Iterator[Finding]:
    todo = "Shorten it: it was not checked."
    if len(piece.body) > limits.BODY:
        yield _finding("body", "The body has", len(piece.body), limits.BODY, "characters", todo)
    elif not limits.is_readable(piece.body):
        count = limits.markup(piece.body)
        yield _finding("body", "The body has", count, limits.MARKUP, "characters of markup", todo)
    for field in FIELDS:
        size = len(getattr(piece, field))
        if size > limits.FIELD:
            what = f"The {field.replace('_', ' ')} has"
            yield _finding(field, what, size, limits.FIELD, "characters", todo)


def _sources(piece: Piece) -> Iterator[Finding]:
    if len(piece.sources) > limits.SOURCES:
        what, count = "The article names", len(piece.sources)
        todo = "Link fewer: nothing else was checked."
        yield _finding("sources", what, count, limits.SOURCES, "sources", todo)
        return
    total = 0
    for source in piece.sources:
        size = len(source.text or "")
        key, unit = source.key, "characters"
        if size > limits.POST:
            todo = "Cite another: it was not checked."
            yield _finding("sources", f"The post {key} has", size, limits.POST, unit, todo, key)
            continue
        total += size
        if total > limits.POSTS:
            what, todo = f"The posts up to {key} have", "Link fewer: the rest was not checked."
            yield _finding("sources", what, total, limits.POSTS, unit, todo, key)
            return


def _finding(
    field: str, what: str, size: int, most: int, unit: str, todo: str, key: str = ""
) -> Finding:
    return Finding(
        code="too-large",
        level=Level.HOLD,
        field=field,
        excerpt=key,
        message=f"{what} {size:,} {unit}; the limit is {most:,}. {todo}",
        evidence={"field": field, "key": key, "unit": unit, "most": most},
    )


RULE = Rule(
    code="too-large",
    title="Too large to check",
    find=find,
    compares=NOTHING,
    can_be_overridden=False,
)
