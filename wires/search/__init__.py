"""The indexes of words: of posts, for the desk their full text, for readers what they are shown.

What an index of other texts is made of is in `index`, `expressions`, `terms` and `query`.
"""

from wires.search.finding import find_keys, named, posts_of
from wires.search.index import key_of
from wires.search.pages import found_window, in_order
from wires.search.query import SearchQuery
from wires.search.rows import POSTS, rebuild, write_rows

__all__ = [
    "POSTS",
    "SearchQuery",
    "find_keys",
    "found_window",
    "in_order",
    "key_of",
    "named",
    "posts_of",
    "rebuild",
    "write_rows",
]
