"""One page of the wire desk's list: what a search finds, and who has taken which post."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch
from django.http import QueryDict

from articles.models import WireSource
from web.keyset import window
from wires import search
from wires.admin.posts import UNSHOWN
from wires.lists import fold_bursts
from wires.models import Channel, Post, PostQuerySet, WireReader

# Of what came in since the page was made; the bar says "99+ new" beyond.
MOST_NEW = 100
MOST_OFFERED = 4
# Each part that is left out is a search.
MOST_LEFT_OUT = 5
TAKEN_BY_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """A post in the list, with what this person did with it."""

    post: Post
    is_unread: bool
    is_picked: bool
    is_open: bool
    others_of_story: int = 0
    burst: tuple["DeskRow", ...] = ()

    @property
    def unread_in_burst(self) -> int:
        return sum(row.is_unread for row in self.burst)

    @property
    def is_open_in_burst(self) -> bool:
        return any(row.is_open for row in self.burst)

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
    """The posts of a page, newest first, and the query strings of its neighbours.

    What a channel posted in a burst is folded, but where the search names an outlet.
    """

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

    Four queries, and those of the search.
    """
    kept: dict[str, Any] = {"q": query.text} if query.text else {}
    if query:
        page = search.found_window(as_shown(query), _posts(), asked, is_public=False, **kept)
    else:
        page = window(_posts().filter(hidden_at__isnull=True), asked, field="wire_at", **kept)
    sizes = sizes_of_stories(page.rows)
    rows = [
        DeskRow(
            post=post,
            is_unread=reader.is_unread(post.pk, post.first_seen_at),
            is_picked=post.pk in reader.basket,
            is_open=post.pk == open_post,
            others_of_story=sizes.get(post.story_id or 0, 1) - 1,
        )
        for post in page.rows
    ]
    if not query.outlets:
        rows = [replace(row, burst=tuple(rest)) for row, rest in fold_bursts(rows)]
    return DeskPage(rows=rows, newer=page.newer, older=page.older, newest=newest_id())


def sizes_of_stories(posts: Iterable[Post]) -> dict[int, int]:
    """Return how many posts tell each story of these. One query, or none."""
    stories = {post.story_id for post in posts if post.story_id}
    if not stories:
        return {}
    rows = Post.objects.filter(story__in=stories, hidden_at__isnull=True).values("story")
    return dict(rows.order_by().annotate(size=Count("pk")).values_list("story", "size"))


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
    for n, part in enumerate(query.parts[:MOST_LEFT_OUT]):
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
