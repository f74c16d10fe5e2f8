"""The index of what posts say, for the desk their full text, for readers what they are shown."""

from wires.search.finding import find_keys, named, posts_of
from wires.search.pages import found_window, in_order
from wires.search.query import SearchQuery
from wires.search.rows import (
    forget_removed,
    is_empty,
    key_of,
    rebuild,
    remove_keys,
    write_rows,
)

__all__ = [
    "SearchQuery",
    "find_keys",
    "forget_removed",
    "found_window",
    "in_order",
    "is_empty",
    "key_of",
    "named",
    "posts_of",
    "rebuild",
    "remove_keys",
    "write_rows",
]
