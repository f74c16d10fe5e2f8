"""One page of the wire desk's list: what a search finds, and who has taken which post."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import QueryDict

from articles.models import WireSource
from web.keyset import Cursor, window
from wires import search
from wires.admin.posts import UNSHOWN
from wires.models import Channel, Post, PostQuerySet, WireReader

PAGE = 50
# Of what came in since the page was made; the bar says "99+ new" beyond.
MOST_NEW = 100
MOST_OFFERED = 4
TAKEN_BY_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """A post in the list, with what this person did with it."""

    post: Post
    is_unread: bool
    is_picked: bool
    is_open: bool

    @property
    def line(self) -> str:
        """Return one line: the headline, or how the text begins."""
        version = self.post.newest_version
        if version is None:
            return "(no text)"
        if version.is_erased:
            return "Removed on legal request"
        return version.title or getattr(self.post, "begins", "") or "(no text)"

    @property
    def state(self) -> tuple[str, str] | None:
        """Return the kind and the word of a state that is out of the ordinary, else None."""
        if self.post.is_hidden:
            return "hidden", "Hidden"
        if self.post.unconfirmed_version_id:
            return "copied", "Not confirmed"
        if self.post.state != Post.State.LIVE:
            return self.post.state, self.post.get_state_display()
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    """The posts of a page, newest first, and the query strings of its neighbours."""

    rows: list[DeskRow]
    newer: str
    older: str
    newest: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A search that is one part wider, and finds something."""

    left_out: str
    query: str


def as_shown(query: search.SearchQuery) -> search.SearchQuery:
    """Return what the list shows of a query: posts that are hidden only where they are asked for."""
    if "hidden" in query.states:
        return query
    return replace(query, excluded_states=(*query.excluded_states, "hidden"))


def read_page(
    query: search.SearchQuery, asked: QueryDict, *, reader: WireReader, open_post: int
) -> DeskPage:
    """Return a page of what a query finds, of all posts where it is empty. Raises Http404.

    Three queries, and those of the search.
    """
    kept: dict[str, Any] = {"q": query.text} if query.text else {}
    if query:
        posts, newer, older = _found(as_shown(query), asked, kept)
    else:
        page = window(
            _posts().filter(hidden_at__isnull=True), asked, field="wire_at", size=PAGE, **kept
        )
        posts, newer, older = page.rows, page.newer, page.older
    rows = [
        DeskRow(
            post=post,
            is_unread=reader.is_unread(post.pk, post.first_seen_at),
            is_picked=post.pk in reader.basket,
            is_open=post.pk == open_post,
        )
        for post in posts
    ]
    return DeskPage(rows=rows, newer=newer, older=older, newest=newest_id())


def newest_id() -> int:
    """Return the id of the post that came in last. One query."""
    return Post.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def count_new(query: search.SearchQuery, *, since: int) -> int:
    """Return how many posts that the query finds came in after a post, MOST_NEW at most."""
    if query:
        keys = search.find_keys(as_shown(query), most=MOST_NEW, is_public=False)
        return sum(pk > since for pk in search.posts_of(keys))
    new = Post.objects.on_file().filter(pk__gt=since, hidden_at__isnull=True)
    return len(new.order_by("pk").values_list("pk", flat=True)[:MOST_NEW])


def find_offers(query: search.SearchQuery, *, at: datetime) -> list[Offer]:
    """Return searches that find something because one part is left out, at most MOST_OFFERED."""
    offers: list[Offer] = []
    for n, part in enumerate(query.parts[:8]):
        text = " ".join((*query.parts[:n], *query.parts[n + 1 :]))
        wider = search.SearchQuery.read(text, at=at)
        if wider and search.find_keys(as_shown(wider), most=1, is_public=False):
            offers.append(Offer(part, text))
    return offers[:MOST_OFFERED]


def unknown_outlets(query: search.SearchQuery) -> list[str]:
    """Return the outlets of a query that there are not, or not any more. One query each."""
    return [
        name for name in query.outlets if not Channel.objects.filter(search.named(name)).exists()
    ]


def taken_by() -> Prefetch:
    """Fetch the articles that link a post, with their authors. One query a page."""
    sources = WireSource.objects.select_related("article__created_by").order_by("-pk")
    return Prefetch(
        "wire_sources",
        sources.only(
            "post",
            "key",
            "article__headline",
            "article__status",
            "article__created_by__username",
            "article__created_by__first_name",
            "article__created_by__last_name",
        ),
    )


def _posts() -> PostQuerySet:
    rows = Post.objects.on_file().with_newest_words().defer(*UNSHOWN)
    return rows.prefetch_related(taken_by())


def _found(
    query: search.SearchQuery, asked: QueryDict, kept: dict[str, Any]
) -> tuple[list[Post], str, str]:
    """Return the posts that a search finds, and the query strings of the pages before and after."""
    newer, older = asked.get("newer", ""), asked.get("older", "")
    bounds = {}
    if newer:
        bounds["newer_than"] = _key(newer)
    elif older:
        bounds["older_than"] = _key(older)
    keys = search.find_keys(query, most=PAGE + 1, is_public=False, **bounds)
    has_more = len(keys) > PAGE
    keys = (keys[-PAGE:] if newer else keys[:PAGE]) if has_more else keys
    posts = in_order(_posts(), search.posts_of(keys))
    has_newer = has_more if newer else bool(older)
    has_older = bool(newer) or has_more
    return (
        posts,
        _neighbour("newer", posts[:1], kept) if has_newer else "",
        _neighbour("older", posts[-1:], kept) if has_older else "",
    )


def in_order(rows: PostQuerySet, keys: Sequence[int]) -> list[Post]:
    """Return the posts with these ids, in this order; those that are gone are left out."""
    found = rows.in_bulk(keys) if keys else {}
    return [found[pk] for pk in keys if pk in found]


def _key(cursor: str) -> int:
    place = Cursor.read(cursor)
    return search.key_of(place.pk, place.at)


def _neighbour(name: str, posts: Iterable[Post], kept: dict[str, Any]) -> str:
    for post in posts:
        return urlencode(kept | {name: str(Cursor.of(post, "wire_at"))})
    return ""
