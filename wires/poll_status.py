"""How the wire is doing: the figures that the desk, a command and other systems ask for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, Min, QuerySet, Subquery, Sum, Value

from wires.models import Channel, PollMinute, Post, Worker

# A channel due for longer than this waits for something that is wrong.
LATE_AFTER = timedelta(minutes=10)
RECENTLY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class WireStatus:
    """The figures of the last ten minutes; `overdue` is how long the longest due channel waits."""

    at: datetime
    workers: int
    heartbeat_at: datetime | None
    newest_post_at: datetime | None
    polled_channels: int
    overdue: timedelta
    channels: int
    unchanged: int
    failed: int
    posts: int
    versions: int
    parser_failures: int
    lost_leases: int
    lag_p95: float
    is_off: bool = False

    @property
    def problem(self) -> str | None:
        """Return why nothing comes in, in a word; None where a wire runs or nobody started it."""
        if not self.polled_channels:
            return None
        if self.is_off:
            return "off"
        if not self.workers:
            return "no_worker"
        return "late" if self.overdue >= LATE_AFTER else None

    @property
    def is_well(self) -> bool:
        """Return whether somebody polls, and in time; a wire that nobody started is well."""
        return self.problem is None

    @property
    def heartbeat_age(self) -> timedelta | None:
        """Return for how long no worker has been heard of; None where there never was one."""
        if self.heartbeat_at is None:
            return None
        return max(self.at - self.heartbeat_at, timedelta())


def wire_status(at: datetime) -> WireStatus:
    """Return the figures of a moment. Six queries."""
    polled = Channel.objects.polled()
    sums = PollMinute.objects.filter(at__gt=at - RECENTLY).aggregate(
        **{name: Sum(name, default=0) for name in SUMMED}, lag_p95=Max("lag_p95", default=0.0)
    )
    return WireStatus(
        at=at,
        workers=Worker.objects.living(at).count(),
        heartbeat_at=last_heartbeat(),
        newest_post_at=Post.objects.aggregate(newest=Max("first_seen_at"))["newest"],
        polled_channels=polled.count(),
        overdue=longest_overdue(at),
        is_off=settings.WIRE_POLL is False,
        **sums,
    )


SUMMED = (
    "channels",
    "unchanged",
    "failed",
    "posts",
    "versions",
    "parser_failures",
    "lost_leases",
)


def last_heartbeat() -> datetime | None:
    moment: datetime | None = Worker.objects.aggregate(last=Max("heartbeat_at"))["last"]
    return moment


def longest_overdue(at: datetime) -> timedelta:
    """Return how long the channel that has been due longest waits. One query."""
    waiting = Channel.objects.polled().filter(next_poll_at__lte=at)
    firsts = waiting.aggregate(due=Min("next_poll_at"), since=Min("due_since"))
    return max((at - first for first in firsts.values() if first), default=timedelta())


@dataclass(frozen=True, slots=True)
class WireAlarm:
    """Why nothing comes in; `since` where that is known."""

    reason: str
    since: datetime | None = None


def wire_alarm(at: datetime) -> WireAlarm | None:
    """Return why the wire stands still; None where it runs or nobody has started it. One query."""
    polled = Channel.objects.polled()
    waiting = polled.filter(next_poll_at__lte=at)
    figures = polled.order_by().values_list(
        _subquery(Worker.objects.all(), Max("heartbeat_at")),
        _subquery(waiting, Min("next_poll_at")),
        _subquery(waiting, Min("due_since")),
    )
    found = next(iter(figures[:1]), None)
    if found is None:
        return None
    heartbeat_at, *firsts = found
    if settings.WIRE_POLL is False:
        return WireAlarm("off")
    if Worker.is_silent(heartbeat_at, at=at):
        return WireAlarm("no_worker", heartbeat_at)
    since = min((first for first in firsts if first), default=at)
    return WireAlarm("late", since) if at - since >= LATE_AFTER else None


def _subquery(rows: QuerySet[Any], figure: Max | Min) -> Subquery:
    """Return a figure of all rows as a column."""
    return Subquery(rows.order_by().values(_=Value(1)).annotate(figure=figure).values("figure"))
