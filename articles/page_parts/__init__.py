"""The parts of an article page that follow from its version and the posts it cites.

Publishing makes and stores them. A stored row is shown only while its key says what is true of
the posts now and today's templates and code would make it; otherwise the parts are made for this
reader, and `manage.py render_parts` or the worker stores them again.
"""

from articles.page_parts.facts import FEED_SOURCES
from articles.page_parts.feed import FeedSources, for_feed, read_feed_sources
from articles.page_parts.linked_data import as_moment
from articles.page_parts.making import (
    CORRECTIONS,
    Parts,
    make_parts,
    newest_corrections,
    renderer,
)
from articles.page_parts.reading import read_parts, with_parts
from articles.page_parts.renewing import render_all, render_newest
from articles.page_parts.signs import with_boxes, with_signs
from articles.page_parts.storing import as_columns, forget_parts, renew, replaced

__all__ = [
    "CORRECTIONS",
    "FEED_SOURCES",
    "FeedSources",
    "Parts",
    "as_columns",
    "as_moment",
    "for_feed",
    "forget_parts",
    "make_parts",
    "newest_corrections",
    "read_feed_sources",
    "read_parts",
    "render_all",
    "render_newest",
    "renderer",
    "renew",
    "replaced",
    "with_boxes",
    "with_parts",
    "with_signs",
]
