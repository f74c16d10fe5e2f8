"""Posts that nobody did anything with lose their words by age, and later their ids.

A post goes in two steps. First its words are deleted, and the row stays with its ids, so that the
same item is no new post wherever its outlet still shows it. 90 days later, when it has not been
seen for as long, the ids go too. Nothing is deleted that a person decided about or that a row of
another table points at, nor what is still in the newest document of its channel.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, Q

from wires import generations, search
from wires.models import Capture, Channel, Post, PostAlias, PostQuerySet, PostVersion
from wires.pruning.rests import nothing_points_at

IDS_FOR = timedelta(days=90)
# Platforms and feeds show so many of the newest, however old these are: their ids stay for ever.
NEWEST = 100
# Of one transaction: with versions and aliases some hundred rows.
AT_ONCE = 50
# When posts were last seen is written at most so often: SEEN_EVERY of the ingest, and to spare.
SEEN_SLACK = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class PostCount:
    """How many posts are old enough to lose their words, how many to lose their ids."""

    words: int
    ids: int


def prune_posts(before: datetime, *, at: datetime) -> Iterator[int]:
    """Delete the words of posts from before, and ids kept long enough; yield how many posts lost either.

    Channel by channel and batch by batch, each a short transaction. Three queries a channel, some
    ten a batch. A post that somebody is writing now is left for tomorrow.
    """
    for channel in _channels():
        old, forgettable = _old(channel, before), _forgettable(channel, at)
        yield from _in_batches(channel, old, lambda posts: _delete_words(posts, at=at))
        yield from _in_batches(channel, forgettable, _forget)
        # That a channel was looked at: a lease may have to be renewed.
        yield 0


def count_prunable(before: datetime, *, at: datetime) -> PostCount:
    """Return what prune_posts would delete. Four queries a channel."""
    words = ids = 0
    for channel in _channels():
        words += _old(channel, before).count()
        ids += _forgettable(channel, at).count()
    return PostCount(words, ids)


def _channels() -> Iterator[int]:
    """Yield the keys of channels, in short queries: a long one would keep SQLite's log growing."""
    last = 0
    while found := list(
        Channel.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:500]
    ):
        yield from found
        last = found[-1]


def _old(channel: int, before: datetime) -> PostQuerySet:
    """Return the posts of a channel whose words may go. One query."""
    posts = Post.objects.on_file().filter(channel=channel, wire_at__lt=before)
    posts = posts.filter(last_seen_at__lt=before, hidden_by__isnull=True)
    newest = Capture.objects.filter(channel=channel).aggregate(at=Max("fetched_at"))["at"]
    if newest is not None:
        # What stands in the newest document may be edited tomorrow.
        posts = posts.filter(last_seen_at__lt=newest - SEEN_SLACK)
    return posts.exclude(state=Post.State.WITHDRAWN).filter(_nobody_needs())


def _nobody_needs() -> Q:
    """Return the condition that no person entered or decided anything of a post, nor cites it.

    What was erased on legal request stays erased under its ids for ever.
    """
    used = ~nothing_points_at(PostVersion, parts=[])
    kept = Q(erased_at__isnull=False) | Q(captured_by__isnull=False) | used
    versions = PostVersion.objects.filter(kept, post=OuterRef("pk"))
    return ~Exists(versions) & nothing_points_at(Post, parts=["versions", "aliases"])


def _forgettable(channel: int, at: datetime) -> PostQuerySet:
    """Return the pruned posts of a channel whose ids may go. One query, two where there are any."""
    before = at - IDS_FOR
    pruned = Post.objects.pruned().filter(channel=channel, pruned_at__lt=before)
    pruned = pruned.filter(last_seen_at__lt=before)
    newest = Post.objects.filter(channel=channel).newest_first().values_list("wire_at", flat=True)
    for oldest in newest[NEWEST - 1 : NEWEST]:
        return pruned.filter(_nobody_needs(), wire_at__lt=oldest)
    return pruned.none()


def _in_batches(
    channel: int, posts: PostQuerySet, delete: Callable[[PostQuerySet], object]
) -> Iterator[int]:
    """Delete something of these posts, the oldest first; yield how many posts it was, a batch at a time."""
    reached: tuple[datetime, int] | None = None
    while batch := _next(posts, reached):
        reached = batch[-1]
        yield _delete(channel, posts.filter(pk__in=[pk for _, pk in batch]), delete)


def _next(posts: PostQuerySet, reached: tuple[datetime, int] | None) -> list[tuple[datetime, int]]:
    rows = posts.order_by("wire_at", "pk")
    if reached is not None:
        at, pk = reached
        rows = rows.filter(Q(wire_at__gt=at) | Q(pk__gt=pk), wire_at__gte=at)
    return list(rows.values_list("wire_at", "pk")[:AT_ONCE])


def _delete(channel: int, posts: PostQuerySet, delete: Callable[[PostQuerySet], object]) -> int:
    skip_locked = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        # As store() does: it may just be reading one of them again.
        Channel.objects.select_for_update(no_key=True).values_list("pk").get(pk=channel)
        # Who cites a post locks its row, and is not waited for.
        rows = posts.order_by("pk").select_for_update(skip_locked=skip_locked)
        locked = [pk for (pk,) in rows.values_list("pk")]
        # Asked once more, for somebody may have cited one before it was locked.
        doomed = list(posts.filter(pk__in=locked).values_list("pk", flat=True))
        if doomed:
            delete(Post.objects.filter(pk__in=doomed))
            transaction.on_commit(lambda: generations.bump("wire"))
    return len(doomed)


def _delete_words(posts: PostQuerySet, *, at: datetime) -> None:
    keys = list(posts.values_list("pk", flat=True))
    posts.update(latest_version=None, unconfirmed_version=None, posted_raw="", pruned_at=at)
    search.write_rows(keys)
    PostVersion.objects.filter(post__in=keys).only("pk").delete()


def _forget(posts: PostQuerySet) -> None:
    keys = list(posts.values_list("pk", flat=True))
    PostAlias.objects.filter(post__in=keys).delete()
    Post.objects.filter(pk__in=keys).only("pk").delete()
