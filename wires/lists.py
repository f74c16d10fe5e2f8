"""Lists of posts as readers see them: the live wire, the wire by the hour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any, Protocol

from django.db.models import Case, TextField, Value, When
from django.db.models.functions import Left

from web.keyset import Window
from wires.models import Channel, Post, PostQuerySet
from wires.newest import of_channels

ON_TICKER = 8
# More lines of one channel within such a time fold under the last of these, or a channel that empties
# its drawers would push all others off the page.
MOST_LINES, BURST = 10, timedelta(minutes=10)
# No outlet's excerpt may be longer; one more tells that something was cut.
LONGEST_LINE = 301
# What a list does not show of a post; a page of long reads would weigh megabytes.
UNSHOWN = (
    "native_id",
    "latest_version__html",
    "latest_version__text",
    "latest_version__media",
)


class Line(Protocol):
    """What a list shows in one line: a post, and what this list says of it."""

    @property
    def post(self) -> Post: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPost:
    """A post in a list, and what folds under it.

    `folded` are those of its story that follow on the page, `burst` older ones of its channel.
    """

    post: Post
    folded: tuple[Post, ...] = ()
    burst: tuple["ListedPost", ...] = ()

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


def as_listed(page: Window[Post], *, of_one_outlet: bool = False) -> dict[str, Any]:
    """Return what a page of posts shows, for its template. One query.

    Bursts fold but where somebody asked for the outlet.
    """
    return {
        "page": page,
        "hours": by_hour(page.rows, bursts_fold=not of_one_outlet),
        "in_articles": in_articles(page.rows),
        "updated_at": newest(page.rows),
        "is_demo": any(post.channel.outlet.is_demo for post in page.rows),
    }


def by_hour(
    posts: Iterable[Post], *, stories_fold: bool = True, bursts_fold: bool = False
) -> list[Hour]:
    """Group posts that are newest first under their UTC hours, and those of one story under the newest."""
    hours: list[Hour] = []
    listed = fold_stories(posts) if stories_fold else [ListedPost(post=post) for post in posts]
    if bursts_fold:
        listed = [replace(line, burst=tuple(rest)) for line, rest in fold_bursts(listed)]
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


def fold_bursts[AnyLine: Line](lines: Iterable[AnyLine]) -> list[tuple[AnyLine, list[AnyLine]]]:
    """Return lines that are newest first, each with what folds under it.

    That is what its channel posted before it within BURST of MOST_LINES others, or again of the same
    story.
    """
    shown: list[tuple[AnyLine, list[AnyLine]]] = []
    of_channel: dict[int, list[tuple[AnyLine, list[AnyLine]]]] = {}
    of_story: dict[tuple[int, int], list[AnyLine]] = {}
    for line in lines:
        post = line.post
        own = of_channel.setdefault(post.channel_id, [])
        again = of_story.get((post.channel_id, post.story_id or 0))
        if again is not None:
            again.append(line)
        elif len(own) >= MOST_LINES and own[-MOST_LINES][0].post.wire_at - post.wire_at < BURST:
            own[-1][1].append(line)
        else:
            shown.append((line, []))
            own.append(shown[-1])
            if post.story_id:
                of_story[post.channel_id, post.story_id] = shown[-1][1]
    return shown


def _hour(post: Post) -> datetime:
    return post.wire_at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def newest(posts: Sequence[Post]) -> datetime | None:
    return max((post.wire_at for post in posts), default=None)
