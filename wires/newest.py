"""The newest posts of some channels, found without reading past those of the others.

One outlet's posts, or those of the live wire, can lie below any number of others. No index leads to
the newest of several channels, so a few of each are looked up and the newest of these are taken.
"""

from typing import Any

from django.db import connections
from django.db.models import BigIntegerField, F, Func, OuterRef, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from wires.models import Channel, PostQuerySet


class _Unnest(Func):
    function = "unnest"
    set_returning = True
    output_field = BigIntegerField()


def of_channels(posts: PostQuerySet, channels: QuerySet[Channel], *, most: int) -> PostQuerySet:
    """Narrow ordered posts to the first so many of each channel, in the same order."""
    first: QuerySet[Any] = posts.filter(channel=OuterRef("pk")).values("pk")[:most]
    if connections[posts.db].vendor == "postgresql":
        # Loads psycopg, which a site on SQLite does without.
        from django.contrib.postgres.expressions import ArraySubquery

        keys: QuerySet[Any] = channels.annotate(key=_Unnest(ArraySubquery(first))).values("key")
    else:
        keys = channels.filter(posts__in=first).values("posts")
    return among(posts, keys.order_by())


def first_of_all(posts: PostQuerySet, *, most: int) -> PostQuerySet:
    """Narrow ordered posts to the first so many, which can then be filtered further."""
    return among(posts, posts.values("pk")[:most])


def among(posts: PostQuerySet, keys: QuerySet[Any]) -> PostQuerySet:
    """Narrow ordered posts to those with these keys, which are looked up first.

    By an expression for the same moment: for the sake of the order, a database would else walk the
    index of all posts, and look for the few keys there.
    """
    names = [name for name in posts.query.order_by if isinstance(name, str)]
    ordering = [
        OrderBy(Coalesce(F("wire_at"), F("first_seen_at")), descending=name.startswith("-"))
        if name.endswith("wire_at")
        else name
        for name in names
    ]
    return posts.filter(pk__in=keys).order_by(*ordering)
