"""The files of pictures: stored, rendered in several sizes, replaced, removed; and who shows them."""

from articles.pictures.files import PictureNotStored, delete_files, store_picture
from articles.pictures.rendering import (
    ask_for_renditions,
    render_all,
    render_image,
    render_missing,
)

__all__ = [
    "PictureNotStored",
    "ask_for_renditions",
    "delete_files",
    "render_all",
    "render_image",
    "render_missing",
    "store_picture",
]
