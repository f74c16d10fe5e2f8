"""Posts join the story whose copy they are; an editor parts and merges stories, and that stands."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Q, Window
from django.db.models.functions import RowNumber

from wires import generations
from wires.copies import Copy, keys_of
from wires.ingest.hidden_or_withdrawn import require_permission
from wires.models import DailyJob, Post, Story, StoryKey, StoryRuling
from wires.stories import is_of_story

JOB = "join_stories"
RULE = "wires.change_story"
# For so long a post can be the copy of one before it.
WINDOW = timedelta(hours=72)
AT_ONCE = 100
# Ids are given before rows can be seen: so far back a post may still come to light.
OVERLAP = 1_000
MOST_CANDIDATES = 20
# Of a story that many tell, the first ones stand for all.
COMPARED = 8
MOST_KEYED = 30
# What more posts than this say is no story but furniture, such as a plea to subscribe.
MOST_OF_KEY = 3 * MOST_KEYED
LONGEST_READ = 2_000


def join_new_posts(
    *, worker: str, now: Callable[[], datetime], is_over: Callable[[], bool] = lambda: False
) -> int:
    """Let posts that came in join the stories they are of; return how many did.

    By one worker at a time. Some eight queries a hundred posts.
    """
    joined = 0
    with _leased(worker, at=now()) as is_ours:
        while is_ours and not is_over():
            at = now()
            found, count = _join_batch(at)
            joined += count
            if count:
                generations.bump("wire")
            if found < AT_ONCE:
                StoryKey.objects.filter(at__lt=at - WINDOW).delete()
                break
    return joined


@contextmanager
def _leased(worker: str, *, at: datetime) -> Iterator[bool]:
    """Hold the job while another worker must not join the same posts."""
    DailyJob.objects.bulk_create([DailyJob(name=JOB)], ignore_conflicts=True)
    job = DailyJob.objects.filter(name=JOB)
    is_ours = bool(DailyJob.objects.free(at).filter(name=JOB).lease(worker, at=at))
    try:
        yield is_ours
    finally:
        if is_ours:
            job.release(worker)


@dataclass(slots=True)
class _Known:
    """A post with its words and its story, as far as joining asks."""

    pk: int
    story: int | None
    copy: Copy
    keys: list[int] = field(default_factory=list)


def _join_batch(at: datetime) -> tuple[int, int]:
    """Look at the next posts; return how many there were, and how many joined a story."""
    with transaction.atomic():
        new = _new_posts(at)
        if not new:
            return 0, 0
        near = _candidates(new, since=at - WINDOW)
        others = {pk for pks in near.values() for pk in pks}
        posts = {post.pk: post for post in _read(others - {each.pk for each in new})}
        posts |= {post.pk: post for post in new}
        stories = _stories_of(posts.values())
        parted = set(
            StoryRuling.objects.filter(
                post__in=[each.pk for each in new], ruling=StoryRuling.Ruling.SPLIT
            ).values_list("story", "post")
        )
        before = {pk: post.story for pk, post in posts.items()}
        joined = 0
        for post in new:
            like = [posts[pk] for pk in near[post.pk] if pk in posts and pk < post.pk]
            joined += _join(post, like, stories, parted, at=at)
        moved = [
            Post(pk=pk, story_id=each.story)
            for pk, each in posts.items()
            if each.story != before[pk]
        ]
        Post.objects.bulk_update(moved, ["story"])
        _write_keys(new, stories, at=at)
    return len(new), joined


def _new_posts(at: datetime) -> list[_Known]:
    """Return the next posts that nobody looked at, oldest first. Three queries."""
    newest = StoryKey.objects.order_by("-post").values_list("post", flat=True).first()
    floor = max(0, (newest or 0) - OVERLAP)
    seen = StoryKey.objects.filter(post__gt=floor, key__lt=0).values_list("post", flat=True)
    rows = Post.objects.listed().filter(
        pk__gt=floor, is_backfill=False, first_seen_at__gte=at - WINDOW
    )
    keys = rows.exclude(pk__in=list(seen)).order_by("pk").values_list("pk", flat=True)
    new = _read(list(keys[:AT_ONCE]))
    for post in new:
        post.keys = keys_of(post.copy)
    return new


def _read(keys: Collection[int]) -> list[_Known]:
    rows = Post.objects.filter(pk__in=keys, latest_version__isnull=False).order_by("pk")
    words = rows.values_list(
        "pk", "story", "latest_version__title", "latest_version__text", "channel__outlet"
    )
    return [
        _Known(pk, story, Copy.of(title, text[:LONGEST_READ], outlet))
        for pk, story, title, text, outlet in words
    ]


def _candidates(new: Sequence[_Known], *, since: datetime) -> dict[int, list[int]]:
    """Return the posts that share keys with each, those that share the rarest first. One query.

    The fewer posts have a key, the more it says: an outlet's furniture does not crowd out copies.
    Keys that very many posts have are passed over.
    """
    by_key: dict[int, list[int]] = {}
    asked = {key for post in new for key in post.keys}
    rows = (
        StoryKey.objects.filter(key__in=asked, at__gte=since) if asked else StoryKey.objects.none()
    )
    for key, pk in rows.values_list("key", "post"):
        by_key.setdefault(key, []).append(pk)
    near: dict[int, list[int]] = {}
    for post in new:
        shared: dict[int, float] = {}
        for key in post.keys:
            known = by_key.setdefault(key, [])
            for pk in known if len(known) <= MOST_OF_KEY else ():
                shared[pk] = shared.get(pk, 0) + 1 / len(known)
            known.append(post.pk)
        ranked = sorted(shared, key=lambda pk: (-shared[pk], pk))
        near[post.pk] = ranked[:MOST_CANDIDATES]
    return near


def _stories_of(posts: Collection[_Known]) -> dict[int, list[_Known]]:
    """Return the first posts of each story that one of these is of. Two queries, or none."""
    asked = {post.story for post in posts if post.story}
    stories: dict[int, list[_Known]] = {story: [] for story in asked}
    if not asked:
        return stories
    place = Window(RowNumber(), partition_by="story", order_by="pk")
    rows = Post.objects.filter(story__in=asked).annotate(place=place)
    first = rows.filter(place__lte=MOST_KEYED).values_list("pk", flat=True)
    for post in _read(list(first)):
        if post.story:
            stories[post.story].append(post)
    return stories


def _join(
    post: _Known,
    like: Sequence[_Known],
    stories: dict[int, list[_Known]],
    parted: Collection[tuple[int, int]],
    *,
    at: datetime,
) -> int:
    """Let a post join the story of the one most like it; return 1 if it did. One query for a new story."""
    if post.story:
        return 0
    for other in like:
        members = stories[other.story][:COMPARED] if other.story else [other]
        told = [member.copy for member in members]
        if (other.story, post.pk) in parted or not is_of_story(post.copy, told):
            continue
        if not other.story:
            other.story = Story.objects.create(created_at=at).pk
            stories[other.story] = [other]
        post.story = other.story
        stories[other.story].append(post)
        return 1
    return 0


def _write_keys(
    new: Sequence[_Known], stories: Mapping[int, Sequence[_Known]], *, at: datetime
) -> None:
    """Keep the keys of posts, but for stories that are large: a burst of one line costs nothing."""
    rows = [StoryKey(key=-post.pk, post=post.pk, at=at) for post in new]
    for post in new:
        # The first ones, also where all of them came in at once.
        first = stories[post.story][:MOST_KEYED] if post.story else [post]
        if post.pk in {each.pk for each in first}:
            rows += [StoryKey(key=key, post=post.pk, at=at) for key in post.keys]
    StoryKey.objects.bulk_create(rows, batch_size=500)


def part_from_story(post: Post, *, by: AbstractUser, at: datetime) -> None:
    """Take a post out of its story, for good. Needs wires.change_story. Raises NotAllowed."""
    require_permission(by, RULE, "change stories")
    if post.story_id is None:
        return
    with transaction.atomic():
        _rule([post.pk], post.story_id, StoryRuling.Ruling.SPLIT, by=by, at=at)
        Post.objects.filter(pk=post.pk).update(story=None)
        transaction.on_commit(lambda: generations.bump("wire"))
    post.refresh_from_db(fields=["story"])


def merge_into_story(posts: Collection[int], *, by: AbstractUser, at: datetime) -> Story | None:
    """Make one story of these posts and of the stories they are of; None for fewer than two.

    Needs wires.change_story. Raises NotAllowed.
    """
    require_permission(by, RULE, "change stories")
    chosen = list(Post.objects.filter(pk__in=posts).order_by("wire_at", "pk"))
    if len(chosen) < 2:
        return None
    told = {post.story_id for post in chosen if post.story_id}
    with transaction.atomic():
        story = Story.objects.filter(pk__in=told).order_by("pk").first()
        story = story or Story.objects.create(created_at=at)
        # Not by the keys of all: a database takes only so many in one query.
        moved = Q(story__in=told) | Q(pk__in=[post.pk for post in chosen])
        Post.objects.filter(moved).update(story=story)
        _rule([post.pk for post in chosen], story.pk, StoryRuling.Ruling.JOIN, by=by, at=at)
        transaction.on_commit(lambda: generations.bump("wire"))
    return story


def _rule(
    posts: Collection[int], story: int, ruling: str, *, by: AbstractUser, at: datetime
) -> None:
    StoryRuling.objects.bulk_create(
        [
            StoryRuling(story_id=story, post_id=pk, ruling=ruling, by_id=by.pk, at=at)
            for pk in posts
        ],
        update_conflicts=True,
        unique_fields=["story", "post"],
        update_fields=["ruling", "by", "at"],
    )
