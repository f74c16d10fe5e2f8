"""The bytes of captures go after 30 days, but for those that prove something."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q, Sum

from wires.models import Capture, CaptureQuerySet, Post, PostVersion
from wires.pruning.rests import nothing_points_at

BODIES_FOR = timedelta(days=30)
# Of one transaction: other writers wait for it, and SQLite frees a body page by page.
AT_ONCE, MOST_BYTES = 100, 8_000_000


@dataclass(frozen=True, slots=True)
class CaptureCount:
    """How many bodies are old enough to go, their size unpacked, and how many of that age stay."""

    old: int
    size: int
    kept: int


def needless(before: datetime) -> CaptureQuerySet:
    """Return the captures whose body is from before, and proves nothing.

    What an article cites, be it a draft, is proved by all that was fetched of its post; so is a
    withdrawal. Whatever else points at a capture does so because it needs it.
    """
    versions = PostVersion.objects.filter(capture=OuterRef("pk"))
    cited = Exists(PostVersion.objects.filter(post=OuterRef("post"), citations__isnull=False))
    in_drafts = Exists(Post.objects.filter(pk=OuterRef("post"), wire_sources__isnull=False))
    proving = versions.filter(Q(post__state=Post.State.WITHDRAWN) | cited | in_drafts)
    old = Capture.objects.with_old_body(before)
    return old.filter(~Exists(proving), nothing_points_at(Capture, parts=["versions"]))


def count_needless(before: datetime) -> CaptureCount:
    """Return what empty_bodies would empty. Two queries."""
    counted = needless(before).aggregate(n=Count("pk"), size=Sum("size", default=0))
    old = Capture.objects.with_old_body(before).count()
    return CaptureCount(counted["n"], counted["size"], old - counted["n"])


def empty_bodies(before: datetime) -> Iterator[int]:
    """Empty the bodies from before that prove nothing; yield how many, batch by batch.

    Each batch is a short transaction, so a kill loses nothing. Four queries each.
    """
    reached: tuple[datetime, int] | None = None
    while batch := _next(before, reached):
        reached = batch[-1][1], batch[-1][0]
        yield _empty([pk for pk, _, _ in batch], before)


def _next(
    before: datetime, reached: tuple[datetime, int] | None
) -> list[tuple[int, datetime, int]]:
    """Return the key, the time and the size of the next captures, not too many bytes in all."""
    rows = needless(before).order_by("fetched_at", "pk")
    if reached is not None:
        at, pk = reached
        rows = rows.filter(Q(fetched_at__gt=at) | Q(pk__gt=pk), fetched_at__gte=at)
    batch: list[tuple[int, datetime, int]] = []
    size = 0
    for row in rows.values_list("pk", "fetched_at", "size")[:AT_ONCE]:
        size += row[2]
        if batch and size > MOST_BYTES:
            break
        batch.append(row)
    return batch


def _empty(keys: list[int], before: datetime) -> int:
    skip_locked = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        # What an erasure or a paste is writing now is left for tomorrow, so that nobody waits.
        rows = Capture.objects.filter(pk__in=keys)
        rows = rows.select_for_update(skip_locked=skip_locked, no_key=True)
        locked = list(rows.order_by("pk").values_list("pk", flat=True))
        # Asked once more: somebody may have cited one meanwhile.
        return needless(before).filter(pk__in=locked).update(body=None)
