"""What becomes of a channel once it was read, or could not be."""

import random
from datetime import datetime, timedelta
from typing import Any

from wires.http import FetchError
from wires.models import Channel
from wires.platforms.base import UnreadableBody
from wires.schedule.pace import Pace

PACE = Pace(
    jitter=0.15,
    doublings=6,
    longest_wait=timedelta(hours=24),
    longest_asked=timedelta(hours=6),
)
BROKEN_TRIES, BROKEN_AFTER = 10, timedelta(days=3)
MOST_OFFERED = 10
GONE_AFTER = timedelta(hours=24)
# Nothing but people can fix these, so asking again soon is of no use.
LEAST = {"http_401": timedelta(hours=6), "http_403": timedelta(hours=6)}


def after_reading(
    channel: Channel,
    *,
    at: datetime,
    chance: random.Random,
    ttl: timedelta | None = None,
    max_age: timedelta | None = None,
) -> dict[str, Any]:
    """Return what to write on a channel that was read: no sooner again than its site asks for."""
    asked = max(ttl or timedelta(), max_age or timedelta())
    fields = PACE.after_reading(channel, at=at, chance=chance, asked=asked)
    return fields | {
        "health": Channel.Health.SOUND,
        "failing_since": None,
        "error_kind": "",
        "offered_feeds": [],
    }


def after_failure(
    channel: Channel, error: FetchError | UnreadableBody, *, at: datetime, chance: random.Random
) -> dict[str, Any]:
    """Return what to write on a channel that could not be read.

    It waits at random between its interval and that doubled with each failure in a row, up to a
    day. Ten failures over three days, the last two of them 404, mean that it is broken, and is asked
    again once a day; 410 twice, a day apart, that it is gone; a body that killed its parser, that it is
    poison: neither is fetched again until an editor says so.
    """
    shortest = LEAST.get(error.kind)
    fields = PACE.after_failure(channel, error.message, at=at, chance=chance, shortest=shortest)
    fields["health"] = Channel.Health.POISON if error.kind == "poison" else Channel.Health.FAILING
    since = (channel.failing_since if channel.failures else None) or at
    fields |= {
        "failing_since": since,
        "error_kind": error.kind[:32],
        "offered_feeds": list(getattr(error, "feeds", ()))[:MOST_OFFERED],
    }
    is_lasting = fields["failures"] >= BROKEN_TRIES and at - since >= BROKEN_AFTER
    if error.kind == channel.error_kind == "http_404" and is_lasting:
        fields |= {"health": Channel.Health.BROKEN, "next_poll_at": at + PACE.longest_wait}
    if error.kind == "http_410" and channel.last_error == fields["last_error"]:
        # The time of the first one stands, so that the second can be told to be a day later.
        fields["last_error_at"] = channel.last_error_at
        if channel.last_error_at and at - channel.last_error_at >= GONE_AFTER:
            fields["health"] = Channel.Health.GONE
    return fields
