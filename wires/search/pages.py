"""A page of what a search finds, as the pages of other lists are."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, QuerySet

from web.keyset import PAGE, Cursor, Window
from wires.models import Post, PostQuerySet
from wires.search.finding import find_keys
from wires.search.index import IDS, key_of
from wires.search.query import SearchQuery


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
    find = partial(find_keys, query, is_public=is_public)
    return window_of(rows, asked, find=find, field="wire_at", size=size, **kept)


def window_of[Row: Model](
    rows: QuerySet[Row],
    asked: Mapping[str, Any],
    *,
    find: Callable[..., list[int]],
    field: str,
    size: int = PAGE,
    **kept: Any,
) -> Window[Row]:
    """Return the page that ?older= or ?newer= asks for of the rows whose keys are found.

    `find` takes what find_keys takes; `field` is the moment in a key. One query besides those of
    `find`. Raises Http404.
    """
    newer, older = asked.get("newer", ""), asked.get("older", "")
    bounds: dict[str, int] = {}
    if newer:
        bounds["newer_than"] = _key(newer)
    elif older:
        bounds["older_than"] = _key(older)
    keys = find(most=size + 1, **bounds)
    has_more = len(keys) > size
    if has_more:
        keys = keys[-size:] if newer else keys[:size]
    found = in_order(rows, [key & IDS for key in keys])

    def neighbour(name: str, row: Row) -> str:
        return urlencode(kept | {name: str(Cursor.of(row, field))}, doseq=True)

    return Window(
        rows=found,
        newer=neighbour("newer", found[0]) if found and (has_more if newer else older) else "",
        older=neighbour("older", found[-1]) if found and (newer or has_more) else "",
    )


def in_order[Row: Model](rows: QuerySet[Row], keys: Sequence[int]) -> list[Row]:
    """Return the rows with these ids, in this order; those that are gone are left out. One query."""
    found = rows.in_bulk(keys) if keys else {}
    return [found[pk] for pk in keys if pk in found]


def _key(cursor: str) -> int:
    place = Cursor.read(cursor)
    return key_of(place.pk, place.at)
