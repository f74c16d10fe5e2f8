"""What the desk does with the polling of channels: start, pause, poll now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.db.models import Q

from wires.models import ActCount, ActLimit, Channel, ChannelQuerySet

POLL_NOW = ActLimit(act="poll_now", each=200, everybody=1_000)
# Who asks again within this time gets the same answer.
SETTLED = timedelta(minutes=1)
LONGEST_REASON = 300

# What is reset when a channel is to be read from the beginning.
UNREAD = {
    "etag": "",
    "last_modified": "",
    "next_poll_at": None,
    "due_since": None,
    "moved_to": "",
    "moved_seen": 0,
}
WELL = {
    "health": Channel.Health.SOUND,
    "failures": 0,
    "last_error": "",
    "last_error_at": None,
    "failing_since": None,
    "error_kind": "",
    "offered_feeds": [],
}
STARTED = {"paused": False, "paused_reason": "", "paused_at": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class PolledNow:
    """What became of channels that somebody wants polled now: their keys by what happened.

    moved_up  they are the next of their sites
    paused    paused, or not polled for another reason
    recent    polled less than a minute ago, or being polled right now
    """

    moved_up: tuple[int, ...] = ()
    paused: tuple[int, ...] = ()
    recent: tuple[int, ...] = ()


def start(channels: ChannelQuerySet, *, even_ill: bool) -> list[int]:
    """Poll channels from now on, and return the keys of those that can be. Two queries.

    With `even_ill` also those that are gone or crash the parser: who starts a channel by name has
    seen its error and wants another try.
    """
    can_be_polled = channels.pollable()
    keys = list(can_be_polled.values_list("pk", flat=True))
    can_be_polled.update(**STARTED, next_poll_at=None, **(WELL if even_ill else {}))
    return keys


def pause(channels: ChannelQuerySet, *, reason: str, at: datetime) -> list[int]:
    """Poll channels no more, and return the keys of those that were polled. Two queries.

    What is being fetched at this moment still comes in.
    """
    running = channels.filter(origin=Channel.Origin.POLLED, paused=False)
    keys = list(running.values_list("pk", flat=True))
    running.update(paused=True, paused_reason=reason.strip()[:LONGEST_REASON], paused_at=at)
    return keys


def poll_now(channels: ChannelQuerySet, *, by: AbstractUser, at: datetime) -> PolledNow:
    """Let channels be the next of their sites. Up to eight queries. Raises TooOften.

    Their sites are still asked one after the other, with a pause, and not while they refuse.
    """
    rows = list(channels.values_list("pk", flat=True))
    polled = set(channels.polled().values_list("pk", flat=True))
    just_polled = Q(last_polled_at__gt=at - SETTLED, last_polled_at__lte=at)
    waiting = channels.polled().free(at).exclude(just_polled)
    keys = set(waiting.values_list("pk", flat=True))
    if keys:
        ActCount.objects.use(POLL_NOW, by=by, at=at, times=len(keys))
        # Those that were never polled come first, and so do these.
        Channel.objects.filter(pk__in=keys).update(next_poll_at=None, due_since=None)
    return PolledNow(
        moved_up=tuple(pk for pk in rows if pk in keys),
        paused=tuple(pk for pk in rows if pk not in polled),
        recent=tuple(pk for pk in rows if pk in polled - keys),
    )
