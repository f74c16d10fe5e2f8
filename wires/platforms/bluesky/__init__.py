"""Bluesky, by the public API that needs no account."""

from datetime import timedelta

from wires.platforms.bluesky.clock import tid_at, tid_time
from wires.platforms.bluesky.lookup import LOOKUP
from wires.platforms.bluesky.permalink import (
    account_at,
    account_name,
    account_url,
    named_account,
    post_url,
    read_permalink,
)
from wires.platforms.bluesky.questions import QUESTIONS
from wires.platforms.platform import IdClock, Platform

PLATFORM = Platform(
    code="bluesky",
    label="Bluesky",
    adapter="wires.platforms.bluesky.adapter",
    read_permalink=read_permalink,
    account_name=account_name,
    named_account=named_account,
    account_at=account_at,
    numbers_are_global=True,
    follows_names=True,
    account_url=account_url,
    post_url=post_url,
    questions=QUESTIONS,
    lookup=LOOKUP,
    # A client chooses the time in it.
    id_clock=IdClock(read=tid_time, make=tid_at),
    # All its accounts are behind one host, which allows ten requests a second.
    patience={"bsky.app": timedelta(seconds=0.25)},
    names=("Bluesky",),
)
