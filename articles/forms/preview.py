"""The rendered body for the preview pane of the editor."""

from collections.abc import Sequence

from articles.models import Image
from articles.prose import Source, render
from articles.vetting import is_readable


def markdownify(content: str, keys: Sequence[str] = ()) -> str:
    """Return the HTML of a body whose sources have these keys. At most one query."""
    if not is_readable(content):
        return "<p>This text is too long to preview or to check.</p>"
    prose = render(
        content.replace("\r\n", "\n"),
        sources=[Source(key=key, label=key) for key in dict.fromkeys(keys)],
        pictures=Image.objects.pictures_in(content),
    )
    return prose.html
