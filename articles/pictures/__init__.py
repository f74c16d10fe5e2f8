"""The files of pictures: stored, rendered in several sizes, replaced, removed; and who shows them."""

from articles.pictures.files import PictureNotStored, delete_files, store_picture
from articles.pictures.rendering import (
    ask_for_renditions,
    render_all,
    render_image,
    render_missing,
)
from articles.pictures.shown import feed_picture, find_pictures, with_pictures

__all__ = [
    "PictureNotStored",
    "ask_for_renditions",
    "delete_files",
    "feed_picture",
    "find_pictures",
    "render_all",
    "render_image",
    "render_missing",
    "store_picture",
    "with_pictures",
]
