"""What hangs on a post: its words belong to the post, as its author wrote them."""

from collections.abc import Iterable
from html import escape

from wires.platforms.base import Media
from wires.platforms.text import words

# Another's post that this one quotes. Its words are not the author's, and may be deleted by their
# own, so they stay out of the text.
QUOTE = "quote"
MOST_MEDIA = 20
LONGEST_DESCRIPTION = 5_000


def described(text: str, html: str, media: Iterable[Media]) -> tuple[str, str]:
    """Return text and HTML with what the author wrote about each attachment, a line for each."""
    lines = [
        f"[{item.kind}: {' '.join(words(item.alt[:LONGEST_DESCRIPTION]).split())}]"
        for item in media
        if item.kind != QUOTE and item.alt.strip()
    ]
    if not lines:
        return text, html
    paragraphs = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)
    return "\n\n".join(filter(None, (text, "\n".join(lines)))), html + paragraphs
