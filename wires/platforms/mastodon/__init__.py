"""Mastodon, on any server, by the public API of that server; else by the feed of the account."""

from wires.platforms.mastodon.clock import mastodon_id_at, server_time
from wires.platforms.mastodon.lookup import LOOKUP
from wires.platforms.mastodon.permalink import account_url, named_account, post_url, read_permalink
from wires.platforms.mastodon.questions import QUESTIONS
from wires.platforms.platform import IdClock, Platform

PLATFORM = Platform(
    code="mastodon",
    label="Mastodon",
    adapter="wires.platforms.mastodon.adapter",
    read_permalink=read_permalink,
    takes_any_host=True,
    named_account=named_account,
    account_url=account_url,
    post_url=post_url,
    questions=QUESTIONS,
    lookup=LOOKUP,
    ids_are_unique=True,
    # A server may be set to any time.
    id_clock=IdClock(read=server_time, make=mastodon_id_at),
    names=("Mastodon",),
)
