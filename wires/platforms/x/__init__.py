"""X, formerly Twitter. Its posts are pasted: there is no adapter yet."""

from datetime import timedelta

from wires.platforms.platform import IdClock, Platform
from wires.platforms.x.clock import x_id_at, x_time
from wires.platforms.x.permalink import account_url, post_url, read_permalink

PLATFORM = Platform(
    code="x",
    label="X",
    read_permalink=read_permalink,
    account_url=account_url,
    post_url=post_url,
    ids_are_unique=True,
    # Each edit, within half an hour of the first version, gets an id of its own.
    id_clock=IdClock(
        read=x_time, make=x_id_at, is_trusted=True, editable_for=timedelta(minutes=30)
    ),
    names=("X", "Twitter"),
)
