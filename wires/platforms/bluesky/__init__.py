"""Bluesky. Its posts are pasted: there is no adapter yet."""

from wires.platforms.bluesky.clock import tid_at, tid_time
from wires.platforms.bluesky.permalink import account_name, account_url, post_url, read_permalink
from wires.platforms.platform import IdClock, Platform

PLATFORM = Platform(
    code="bluesky",
    label="Bluesky",
    read_permalink=read_permalink,
    account_name=account_name,
    account_url=account_url,
    post_url=post_url,
    # A client chooses the time in it.
    id_clock=IdClock(read=tid_time, make=tid_at),
    names=("Bluesky",),
)
