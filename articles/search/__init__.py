"""The index of live articles: their words, by which readers search, as the wire's index has posts."""

from articles.search.finding import find_keys
from articles.search.rows import (
    ARTICLES,
    index_stored,
    is_outdated,
    rebuild,
    remove_rows,
    write_row,
)

__all__ = [
    "ARTICLES",
    "find_keys",
    "index_stored",
    "is_outdated",
    "rebuild",
    "remove_rows",
    "write_row",
]
