"""X, formerly Twitter, by its API: each post read there is paid for, and a token is needed."""

from datetime import timedelta

from wires.platforms.platform import IdClock, Platform
from wires.platforms.x.clock import x_id_at, x_time
from wires.platforms.x.lookup import LOOKUP
from wires.platforms.x.permalink import (
    account_at,
    account_url,
    named_account,
    post_url,
    read_permalink,
)
from wires.platforms.x.questions import QUESTIONS

PLATFORM = Platform(
    code="x",
    label="X",
    adapter="wires.platforms.x.adapter",
    read_permalink=read_permalink,
    named_account=named_account,
    account_at=account_at,
    numbers_are_global=True,
    account_url=account_url,
    post_url=post_url,
    questions=QUESTIONS,
    lookup=LOOKUP,
    is_billed=True,
    ids_are_unique=True,
    # Each edit, within half an hour of the first version, gets an id of its own.
    id_clock=IdClock(
        read=x_time, make=x_id_at, is_trusted=True, editable_for=timedelta(minutes=30)
    ),
    # One app may ask eleven times a second.
    patience={"x.com": timedelta(seconds=0.25)},
    names=("X", "Twitter"),
)
