"""Another file for a picture of the library, whose words stay; and pictures deleted whole."""

from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles.models import Image, ReplacedFile
from articles.pictures.files import delete_files, store_picture
from articles.pictures.rendering import ask_for_renditions
from desk.pictures import Decoded
from wires import generations


class NotReplaced(Exception):
    """The file stays as it is; the message is for the editor."""


def why_not_new(picture: Decoded) -> str:
    """Say why a file may not come into the library as a new picture; "" where it may. One query.

    The addresses of a file that was replaced lead to the new one, in every text that shows it.
    """
    replaced = ReplacedFile.objects.filter(sha256=picture.sha256).first()
    if replaced is None:
        return ""
    return (
        f"This file was in the library as image {replaced.image_id}, and was replaced. "
        "Replace the file of that image to bring this one back."
    )


def replace_file(image: Image, picture: Decoded, *, by: User, at: datetime) -> None:
    """Store another file for a picture; the old one is deleted, and its addresses lead to this.

    Call it outside a transaction. Raises NotReplaced, or PictureNotStored.
    """
    files = image.files
    if reason := _why_not(image, picture):
        raise NotReplaced(reason)
    store_picture(f"{picture.sha256}.{picture.extension}", picture.body)
    try:
        with transaction.atomic():
            if not _write(image, picture, by=by, at=at):
                message = "Somebody else replaced this file a moment ago. Look at it first."
                raise NotReplaced(message)
            transaction.on_commit(partial(delete_files, files), robust=True)
            transaction.on_commit(partial(generations.bump, "pages"), robust=True)
    except IntegrityError as error:
        message = "The library has got this file meanwhile. Look for it there."
        raise NotReplaced(message) from error


def _why_not(image: Image, picture: Decoded) -> str:
    if picture.sha256 == image.sha256:
        return "This is the file that the image has. Choose another one."
    other = Image.objects.filter(sha256=picture.sha256).first()
    if other is not None:
        return (
            f"The library has this file already, as image {other.pk}. Use that one in the articles."
        )
    elsewhere = ReplacedFile.objects.filter(sha256=picture.sha256).exclude(image=image).first()
    return why_not_new(picture) if elsewhere else ""


def _write(image: Image, picture: Decoded, *, by: User, at: datetime) -> bool:
    """Write the new file down; return False where somebody else replaced it meanwhile."""
    new = {
        "sha256": picture.sha256,
        "extension": picture.extension,
        "width": picture.width,
        "height": picture.height,
        "size": len(picture.body),
        "renditions": [],
        "recipe": 0,
    }
    if not Image.objects.filter(pk=image.pk, sha256=image.sha256).update(**new):
        return False
    # The one that comes back is replaced no more.
    ReplacedFile.objects.filter(sha256=picture.sha256).delete()
    ReplacedFile.objects.create(image=image, sha256=image.sha256, replaced_by=by, replaced_at=at)
    for name, value in new.items():
        setattr(image, name, value)
    ask_for_renditions(image)
    return True


def delete_picture(image: Image) -> None:
    """Delete a picture that nothing shows, and its files once that is committed."""
    files = image.files
    image.delete()
    transaction.on_commit(partial(delete_files, files), robust=True)
