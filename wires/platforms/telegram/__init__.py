"""Public channels on Telegram, read off their pages."""

from datetime import timedelta

from wires.platforms.platform import Platform
from wires.platforms.telegram.lookup import LOOKUP
from wires.platforms.telegram.permalink import (
    account_at,
    account_name,
    channel_page,
    named_account,
    page_with_post,
    post_url,
    read_permalink,
)
from wires.platforms.telegram.questions import QUESTIONS

PLATFORM = Platform(
    code="telegram",
    label="Telegram",
    adapter="wires.platforms.telegram.adapter",
    read_permalink=read_permalink,
    account_name=account_name,
    named_account=named_account,
    account_at=account_at,
    numbers_are_global=True,
    account_url=channel_page,
    post_url=post_url,
    page_with_post=page_with_post,
    questions=QUESTIONS,
    lookup=LOOKUP,
    oldest_first=True,
    # It shows its pages to strangers; we do not try its patience.
    patience={"t.me": timedelta(seconds=2)},
    names=("Telegram",),
)
