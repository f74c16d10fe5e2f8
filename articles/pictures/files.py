"""The files of pictures in the storage."""

import errno
import logging
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

logger = logging.getLogger(__name__)


class PictureNotStored(Exception):
    """The file of a picture could not be written; the message is for the editor."""


def store_picture(name: str, body: bytes) -> None:
    """Store the file atomically, unless one of the same size is already there.

    Raises PictureNotStored, after logging, if it cannot be written; no partial file is left.
    """
    try:
        if default_storage.exists(name) and default_storage.size(name) == len(body):
            return
        default_storage.save(name, ContentFile(body))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        logger.error("Picture %s could not be stored: %s", name, reason)
        is_full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        message = (
            f"The image could not be stored: {'the disk is full' if is_full else reason}. "
            "Tell the people who run the site, then upload it again."
        )
        raise PictureNotStored(message) from error


def delete_files(names: Iterable[str]) -> None:
    """Delete files that no row names any more. One that cannot be deleted is logged, and stays."""
    for name in names:
        try:
            default_storage.delete(name)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            logger.error("The file %s is not needed, but could not be deleted: %s", name, reason)
