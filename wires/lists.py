"""Lists of posts as readers see them: the live wire, the wire by the hour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.db.models import Case, TextField, Value, When
from django.db.models.functions import Left

from web.keyset import Window
from wires.models import Channel, Post, PostQuerySet
from wires.newest import of_channels

ON_TICKER = 8
# No outlet's excerpt may be longer; one more tells that something was cut.
LONGEST_LINE = 301
# What a list does not show of a post; a page of long reads would weigh megabytes.
UNSHOWN = (
    "native_id",
    "latest_version__html",
    "latest_version__text",
    "latest_version__media",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPost:
    """A post in a list, and those of its story that follow on the page, which stand for less."""

    post: Post
    folded: tuple[Post, ...] = ()

    @property
    def codes(self) -> list[str]:
        """Return the channels of the posts that are folded, each once."""
        return list(dict.fromkeys(post.channel.code for post in self.folded))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """The posts of one hour, under the hour; `is_new_day` says that the date is new too."""

    at: datetime
    is_new_day: bool
    posts: list[ListedPost]


def live_posts(most: int) -> PostQuerySet:
    """The live wire, newest first: what its entries show of each post comes in one query."""
    posts = with_lines(Post.objects.on_live_wire().newest_first())
    return of_channels(posts, Channel.objects.filter(on_ticker=True), most=most)[:most]


def listed_posts() -> PostQuerySet:
    """Posts as the wire's lists show them."""
    return with_lines(Post.objects.listed())


def with_lines(posts: PostQuerySet) -> PostQuerySet:
    """Fetch what a line shows of each post: its title, or how the text of one without begins."""
    begins = When(latest_version__title="", then=Left("latest_version__text", LONGEST_LINE))
    return (
        posts.with_words()
        .defer(*UNSHOWN)
        .annotate(begins=Case(begins, default=Value(""), output_field=TextField()))
    )


def in_articles(posts: Iterable[Post]) -> set[int]:
    """Return the keys of the posts that live articles cite. One query, none for no posts."""
    on_page = Post.objects.filter(pk__in=[post.pk for post in posts])
    return set(on_page.in_live_articles().values_list("pk", flat=True))


def as_listed(page: Window[Post]) -> dict[str, Any]:
    """Return what a page of posts shows, for its template. One query."""
    return {
        "page": page,
        "hours": by_hour(page.rows),
        "in_articles": in_articles(page.rows),
        "updated_at": newest(page.rows),
        "is_demo": any(post.channel.outlet.is_demo for post in page.rows),
    }


def by_hour(posts: Iterable[Post], *, is_folded: bool = True) -> list[Hour]:
    """Group posts that are newest first under their UTC hours, and those of one story under the newest."""
    hours: list[Hour] = []
    listed = fold_stories(posts) if is_folded else [ListedPost(post=post) for post in posts]
    for hour, group in groupby(listed, key=lambda each: _hour(each.post)):
        is_new_day = not hours or hours[-1].at.date() != hour.date()
        hours.append(Hour(at=hour, is_new_day=is_new_day, posts=list(group)))
    return hours


def fold_stories(posts: Iterable[Post]) -> list[ListedPost]:
    """Return posts in their order, those of a story that was told already under the one before."""
    listed: dict[tuple[str, int], list[Post]] = {}
    for post in posts:
        place = ("story", post.story_id) if post.story_id else ("post", post.pk)
        listed.setdefault(place, []).append(post)
    return [ListedPost(post=first, folded=tuple(rest)) for first, *rest in listed.values()]


def _hour(post: Post) -> datetime:
    return post.wire_at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def newest(posts: Sequence[Post]) -> datetime | None:
    return max((post.wire_at for post in posts), default=None)
