"""Posts that are paid for: how many a channel read this month, and when it has to stop."""

from datetime import datetime

from django.db.models import Case, F, When

from web.words import count_of
from wires.models import Channel
from wires.platforms.base import UnreadableBody

LIMIT_REACHED = "limit_reached"


class LimitReached(UnreadableBody):
    """The channel has read what it may this month; `until` is when the next one begins."""

    def __init__(self, channel: Channel, *, at: datetime) -> None:
        self.until = next_month(at)
        limit = count_of(channel.monthly_limit, "post")
        message = (
            f"its limit of {limit} a month is reached: polling goes on on"
            f" {self.until:%-d %B}, or as soon as the limit is raised"
        )
        super().__init__(LIMIT_REACHED, message)


def next_month(at: datetime) -> datetime:
    """Return the first moment of the month after this one, in the time zone of `at`."""
    first = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    year, month = (at.year + 1, 1) if at.month == 12 else (at.year, at.month + 1)
    return first.replace(year=year, month=month)


def posts_left(channel: Channel, *, at: datetime) -> int | None:
    """Return how many posts a channel may still read this month; None where none is paid for."""
    if not channel.on_platform.is_billed:
        return None
    return max(channel.monthly_limit - channel.billed_in(at), 0)


def count_billed(channel: Channel, posts: int, *, at: datetime) -> None:
    """Add posts to what a channel read this month. One query, none for no posts.

    Counted in the database, so that workers beside each other lose nothing, in a new month either.
    """
    if not posts:
        return
    month = Channel.month_of(at)
    before = Case(When(billed_month=month, then=F("billed_posts")), default=0)
    Channel.objects.filter(pk=channel.pk).update(billed_month=month, billed_posts=before + posts)
