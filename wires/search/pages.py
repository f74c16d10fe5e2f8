"""A page of what a search finds, as the pages of other lists are."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from web.keyset import PAGE, Cursor, Window
from wires.models import Post, PostQuerySet
from wires.search.finding import find_keys, posts_of
from wires.search.query import SearchQuery
from wires.search.rows import key_of


def found_window(
    query: SearchQuery,
    rows: PostQuerySet,
    asked: Mapping[str, Any],
    *,
    is_public: bool,
    size: int = PAGE,
    **kept: Any,
) -> Window[Post]:
    """Return the page that ?older= or ?newer= asks for of the posts that a query finds.

    One query besides those of find_keys. Raises Http404.
    """
    newer, older = asked.get("newer", ""), asked.get("older", "")
    bounds: dict[str, int] = {}
    if newer:
        bounds["newer_than"] = _key(newer)
    elif older:
        bounds["older_than"] = _key(older)
    keys = find_keys(query, most=size + 1, is_public=is_public, **bounds)
    has_more = len(keys) > size
    if has_more:
        keys = keys[-size:] if newer else keys[:size]
    posts = in_order(rows, posts_of(keys))

    def neighbour(name: str, post: Post) -> str:
        return urlencode(kept | {name: str(Cursor.of(post, "wire_at"))}, doseq=True)

    return Window(
        rows=posts,
        newer=neighbour("newer", posts[0]) if posts and (has_more if newer else older) else "",
        older=neighbour("older", posts[-1]) if posts and (newer or has_more) else "",
    )


def in_order(rows: PostQuerySet, keys: Sequence[int]) -> list[Post]:
    """Return the posts with these ids, in this order; those that are gone are left out. One query."""
    found = rows.in_bulk(keys) if keys else {}
    return [found[pk] for pk in keys if pk in found]


def _key(cursor: str) -> int:
    place = Cursor.read(cursor)
    return key_of(place.pk, place.at)
