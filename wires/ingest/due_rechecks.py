"""Whose posts are to be asked for again, and which of them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from wires.ingest.billing import posts_left
from wires.models import Channel, Disappearance, Post, PostVersion
from wires.platforms import PLATFORMS

# How often the posts of a channel are looked at.
EVERY = timedelta(hours=1)
DAILY = timedelta(days=1)
# A post is asked for hourly for a day, then daily for a week: most are withdrawn at once.
FRESH, RECENT = timedelta(days=1), timedelta(days=7)
# Where each one read is paid for, daily and for two days only.
RECENT_WHERE_PAID = timedelta(days=2)
# What is read of a limit before rechecks have to leave the rest to polling.
RESERVE = 4
MOST_POSTS = 100


def due_channels(at: datetime) -> QuerySet[Channel]:
    """Return the channels whose turn it is, those that waited longest first."""
    codes = [
        each.code for each in PLATFORMS if each.lookup and each.code not in settings.PLATFORMS_OFF
    ]
    # What is due later than ever was written by a wrong clock.
    is_due = Q(recheck_at__isnull=True) | Q(recheck_at__lte=at) | Q(recheck_at__gt=at + 2 * EVERY)
    channels = Channel.objects.filter(is_due, platform__in=codes, outlet__is_demo=False)
    channels = channels.exclude(health__in=[Channel.Health.GONE, Channel.Health.POISON])
    return channels.order_by(F("recheck_at").asc(nulls_first=True), "pk").select_related("outlet")


def due_posts(channel: Channel, *, at: datetime) -> list[Post]:
    """Return the posts of a channel to ask for now, those not seen for longest first. One query.

    Recent ones where the channel is polled, and those that a public article cites in any case.
    """
    # As a query of its own: joined to the posts, it makes PostgreSQL read every article.
    citing = PostVersion.objects.filter(
        post__channel=channel,
        citations__version__article__live_version=F("citations__version"),
    )
    wanted = Q(pk__in=citing.values("post"), last_seen_at__lte=at - DAILY)
    if channel.is_polled():
        wanted |= _recent(channel, at)
    checked = Disappearance.objects.open().filter(
        post=OuterRef("pk"), withdrawn_at__isnull=False, checked_at__gt=at - DAILY
    )
    posts = Post.objects.filter(wanted, channel=channel).exclude(Exists(checked))
    return list(posts.order_by("last_seen_at", "pk")[:MOST_POSTS])


def _recent(channel: Channel, at: datetime) -> Q:
    if channel.on_platform.is_billed:
        return Q(wire_at__gte=at - RECENT_WHERE_PAID, last_seen_at__lte=at - DAILY)
    fresh = Q(wire_at__gte=at - FRESH, last_seen_at__lte=at - EVERY)
    return fresh | Q(wire_at__gte=at - RECENT, last_seen_at__lte=at - DAILY)


def questions_left(channel: Channel, *, at: datetime) -> int:
    """Return for how many posts a channel may ask: a quarter of its limit is left to polling."""
    left = posts_left(channel, at=at)
    return MOST_POSTS if left is None else max(left - channel.monthly_limit // RESERVE, 0)
