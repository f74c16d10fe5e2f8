"""The rendered body for the preview pane of the editor."""

import re
from collections.abc import Sequence

from articles.models import Image
from articles.prose import Picture, Source, render
from articles.vetting import is_readable

IMAGE_REFERENCE = re.compile(r"image:([1-9][0-9]{0,17})\b")


def markdownify(content: str, keys: Sequence[str] = ()) -> str:
    """Return the HTML of a body whose sources have these keys. At most one query."""
    if not is_readable(content):
        return "<p>This text is too long to be shown, or to be checked.</p>"
    wanted = {int(pk) for pk in IMAGE_REFERENCE.findall(content)}
    images = Image.objects.filter(pk__in=wanted) if wanted else Image.objects.none()
    prose = render(
        content.replace("\r\n", "\n"),
        sources=[Source(key=key, label=key) for key in dict.fromkeys(keys)],
        pictures={
            image.pk: Picture(
                id=image.pk,
                url=image.url,
                alt=image.alt,
                credit=image.credit,
                width=image.width,
                height=image.height,
                caption=image.caption,
            )
            for image in images
        },
    )
    return prose.html
