"""What is known of channels beside what polling keeps: their rhythm, and what they posted today."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Count, F, Q
from django.db.models.functions import TruncHour

from wires.health import ChannelFacts, HealthWords, describe
from wires.models import Channel, Post
from wires.rhythm import WINDOW, rhythm_of

DAY = timedelta(days=1)
# A channel that posts all the time is measured only once it pauses.
PAUSED_FOR = timedelta(hours=1)
AT_ONCE = 300
# On the desk's first page.
MOST_COUNTED = 100


def measure_rhythms(at: datetime) -> int:
    """Write from when on the silence of channels that have paused is remarkable; return how many.

    At most AT_ONCE of them; one query each, and two more.
    """
    unmeasured = Q(rhythm_at__isnull=True) | Q(rhythm_at__lt=F("last_post_at"))
    paused = Channel.objects.pollable().filter(unmeasured, last_post_at__lte=at - PAUSED_FOR)
    channels = list(paused.only("last_post_at").order_by("pk")[:AT_ONCE])
    for channel in channels:
        _measure(channel)
    Channel.objects.bulk_update(channels, ["usual_gap", "silent_at", "rhythm_at"])
    return len(channels)


def _measure(channel: Channel) -> None:
    last = channel.last_post_at
    if last is None:
        return
    posts = Post.objects.filter(channel=channel.pk, wire_at__gt=last - WINDOW, wire_at__lte=last)
    by_hour = posts.annotate(hour=TruncHour("wire_at", tzinfo=UTC)).order_by().values("hour")
    rhythm = rhythm_of(dict(by_hour.annotate(n=Count("pk")).values_list("hour", "n")), last=last)
    channel.usual_gap = rhythm.usual_gap if rhythm else None
    channel.silent_at = rhythm.silent_at if rhythm else None
    channel.rhythm_at = last


def posts_today(channels: Collection[int], *, at: datetime) -> dict[int, int]:
    """Return by channel how many posts came in 24 hours. One query."""
    posts = Post.objects.filter(channel__in=channels, wire_at__gt=at - DAY).order_by()
    counted = posts.values("channel").annotate(n=Count("pk"))
    return {row["channel"]: row["n"] for row in counted}


@dataclass(frozen=True, slots=True)
class AilingChannel:
    """A channel that needs attention, and why."""

    channel: Channel
    health: HealthWords


@dataclass(frozen=True, slots=True)
class AilingChannels:
    """The first of the channels that need attention, and how many there are, or more than that."""

    first: tuple[AilingChannel, ...]
    count: int
    is_more: bool


def find_ailing(most: int, *, at: datetime) -> AilingChannels:
    """Return the channels that need attention: those that failed last, then the silent ones. One query.

    None is counted beyond MOST_COUNTED.
    """
    ailing = Channel.objects.needing_attention(at).select_related("outlet")
    order = (F("last_error_at").desc(nulls_last=True), F("silent_at").desc(nulls_last=True), "pk")
    rows = list(ailing.order_by(*order)[: MOST_COUNTED + 1])
    # Of what ails nobody asks how much it posted today.
    first = tuple(AilingChannel(row, health_of(row, posts=0, at=at)) for row in rows[:most])
    return AilingChannels(first, min(len(rows), MOST_COUNTED), len(rows) > MOST_COUNTED)


def health_of(channel: Channel, *, posts: int, at: datetime) -> HealthWords:
    """Return how a channel is, in words. `posts` are those of 24 hours."""
    return describe(
        ChannelFacts(
            health=channel.health,
            not_polled=_why_not_polled(channel),
            error_kind=channel.error_kind,
            last_error=channel.last_error,
            failing_since=channel.failing_since or channel.last_error_at,
            polled_at=channel.last_polled_at or channel.last_read_at,
            last_post_at=channel.last_post_at,
            posts_today=posts,
            usual_gap=channel.usual_gap,
            silent=channel.is_silent(),
            address=channel.address,
            moved_to=channel.moved_to,
            moved_at=channel.moved_at,
            gap_since=channel.gap_since,
            offered_feeds=tuple(channel.offered_feeds),
        ),
        at=at,
    )


def _why_not_polled(channel: Channel) -> str:
    if channel.origin == Channel.Origin.FILE:
        return "Not read: its posts came from a file."
    if channel.origin == Channel.Origin.BY_HAND:
        return "Not read: its posts are added at the desk."
    if why_off := settings.PLATFORMS_OFF.get(channel.platform):
        return f"Not read: {why_off}."
    return "Paused." if channel.paused else ""
