"""Make the renditions of pictures: asked for by an upload, made by the worker."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.tasks import task

from articles.models import Image
from articles.models.image import StoredRendition
from articles.pictures.files import PictureNotStored, delete_files, store_picture
from desk.pictures import UNREADABLE
from desk.renditions import RECIPE, make_renditions
from wires import generations

logger = logging.getLogger(__name__)

# A task that was queued has been run by then, unless something is wrong.
OVERDUE = timedelta(minutes=2)
MOST_MISSING = 20
BATCH = 100


class NoOriginal(Exception):
    """There is no whole file to make renditions of; the message is one line for the log."""


# E-mail goes first: somebody waits for it to log in.
@task(priority=-10)
def render_picture(pk: int) -> None:
    """Make what an upload asked for, unless it is made already."""
    image = Image.objects.to_render(RECIPE).filter(pk=pk).first()
    if image is not None:
        render_image(image)


def ask_for_renditions(image: Image) -> None:
    """Have the worker make the renditions. One query."""
    render_picture.enqueue(image.pk)


def render_image(image: Image) -> bool:
    """Make and store the renditions of a picture; return whether it has what it should have now.

    Slow, and outside any transaction. What fails is logged: without a whole original it is left
    until the file is uploaded again; where a file cannot be written, the worker tries again.
    """
    try:
        made = make_renditions(_original(image), extension=image.extension)
    except (NoOriginal, *UNREADABLE) as error:
        logger.error("Picture %s has no renditions: %s", image.pk, error)
        _keep(image, [])
        return False
    rows = [StoredRendition(r.extension, r.width, r.height, len(r.body), r.mark) for r in made]
    try:
        for row, rendition in zip(rows, made, strict=True):
            store_picture(image.file_of(row), rendition.body)
    except PictureNotStored:
        return False
    return _keep(image, rows)


def _original(image: Image) -> bytes:
    try:
        with default_storage.open(image.filename) as file:
            body: bytes = file.read()
    except OSError as error:
        message = f"its file {image.filename} cannot be read ({error.strerror}); upload it again"
        raise NoOriginal(message) from error
    if len(body) != image.size:
        message = f"its file {image.filename} is cut short; upload it again"
        raise NoOriginal(message)
    return body


def _keep(image: Image, rows: list[StoredRendition]) -> bool:
    """Write down what was made, and drop the files that nothing names any more.

    False where the picture was deleted, or its file replaced, while this was under way.
    """
    before = set(image.files)
    # Never by save(): somebody may write its words meanwhile.
    is_same = Image.objects.filter(pk=image.pk, sha256=image.sha256)
    is_kept = bool(is_same.update(renditions=rows, recipe=RECIPE))
    image.renditions, image.recipe = [list(row) for row in rows], RECIPE
    if not is_kept:
        delete_files(map(image.file_of, image.stored))
        return False
    delete_files(sorted(before - set(image.files)))
    # Pages that show it offer more to choose from now.
    generations.bump("pages")
    return True


def render_missing(*, at: datetime) -> int:
    """Make what no task made, such as after a full disk or a new recipe; return of how many.

    At most MOST_MISSING, the newest first.
    """
    waiting = Image.objects.to_render(RECIPE).filter(uploaded_at__lt=at - OVERDUE)
    return sum(map(render_image, list(waiting.newest_first()[:MOST_MISSING])))


def render_all(*, is_all: bool = False) -> Iterator[tuple[Image, bool]]:
    """Render every picture whose renditions are missing or old, or every one; yield how it went."""
    rows = Image.objects.all() if is_all else Image.objects.to_render(RECIPE)
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for image in batch:
            yield image, render_image(image)
        last = batch[-1].pk
