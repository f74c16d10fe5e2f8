"""The files of pictures: stored, rendered in several sizes, replaced, removed; and who shows them."""

from articles.pictures.files import PictureNotStored, delete_files, store_picture
from articles.pictures.rendering import (
    ask_for_renditions,
    render_all,
    render_image,
    render_missing,
)
from articles.pictures.replacing import (
    NotReplaced,
    delete_picture,
    replace_file,
    why_not_new,
)
from articles.pictures.showing import (
    Showing,
    articles_showing,
    is_kept_by,
    is_shown_to_readers,
)
from articles.pictures.shown import feed_picture, find_pictures, with_pictures

__all__ = [
    "NotReplaced",
    "PictureNotStored",
    "Showing",
    "articles_showing",
    "ask_for_renditions",
    "delete_files",
    "delete_picture",
    "feed_picture",
    "find_pictures",
    "is_kept_by",
    "is_shown_to_readers",
    "render_all",
    "render_image",
    "render_missing",
    "replace_file",
    "store_picture",
    "why_not_new",
    "with_pictures",
]
