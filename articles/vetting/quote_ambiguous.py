"""Where a post has the quoted words twice, the editor says which of the two is meant."""

from collections.abc import Iterator

from articles.vetting import quotes
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.quoted import quoted

# A title has as many characters at most, and no full stop.
_TITLE = 240


def quote_ambiguous(piece: Piece, context: Context) -> Iterator[Finding]:
    for found in quoted(piece):
        # Two posts that each carry the words once corroborate one another.
        several = [
            source.key
            for source in found.cited
            if len(quotes.passages(found.quote, _without_title(source.text or ""))) > 1
        ]
        if not several:
            continue
        start, end = found.locate()
        yield Finding(
            code="quote-ambiguous",
            level=Level.QUERY,
            field="body",
            start=start,
            end=end,
            excerpt=found.excerpt,
            message=f"{several[0]} has these words more than once: quote more of them, or say which place is meant.",
            evidence=found.evidence | {"several": several},
        )


def _without_title(text: str) -> str:
    """Return a post without the title above it, which repeats its words as a matter of course."""
    title, _, rest = text.strip().partition("\n")
    is_title = len(title) <= _TITLE and title.rstrip()[-1:] not in {".", "!", "?"}
    return rest if rest.strip() and is_title else text
