"""What is too long to be read is held: nothing passes unread."""

from collections.abc import Iterator

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece

# Code points. A long read has 60,000; all posts of an article together have less than that.
_BODY = 200_000
_POSTS = 1_000_000
_FIELD = 20_000


def too_large(piece: Piece, context: Context) -> Iterator[Finding]:
    sizes = {
        "headline": (len(piece.headline), _FIELD),
        "standfirst": (len(piece.standfirst), _FIELD),
        "body": (len(piece.body), _BODY),
        "framing_note": (len(piece.framing_note), _FIELD),
        "social_text": (len(piece.social_text), _FIELD),
    }
    for field, (size, most) in sizes.items():
        if size > most:
            yield _finding(field, "", size, most)
    total = 0
    for source in piece.sources:
        total += len(source.text or "")
        if total > _POSTS:
            yield _finding("sources", source.key, total, _POSTS)
            return


def _finding(field: str, excerpt: str, size: int, most: int) -> Finding:
    what = f"The text up to source {excerpt}" if excerpt else f"The {field.replace('_', ' ')}"
    return Finding(
        code="too-large",
        level=Level.HOLD,
        field=field,
        excerpt=excerpt,
        message=f"{what} has {size:,} characters, and only {most:,} are checked: nothing else was read. Shorten it.",
        evidence={"field": field, "key": excerpt, "most": most},
    )
