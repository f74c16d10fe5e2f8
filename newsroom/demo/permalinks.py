"""Where a demo post would stand: true grammar, true clocks, and accounts that nobody has."""

from datetime import UTC, datetime, timedelta

from django.utils.text import slugify

from newsroom.demo.edition import DemoChannel, DemoPost
from wires.platforms.permalinks import x_id_at

TID_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Telegram counts messages; these count minutes, so that they rise and no two are alike.
FIRST_MESSAGE = datetime(2025, 1, 1, tzinfo=UTC)


def channel_address(channel: DemoChannel) -> str:
    """Return the address at which the channel itself would be found."""
    match channel.platform:
        case "x":
            return f"https://x.com/{channel.account}"
        case "telegram":
            return f"https://t.me/s/{channel.account}"
        case "bluesky":
            return f"https://bsky.app/profile/{channel.account}"
        case "mastodon":
            name, _, host = channel.account.partition("@")
            return f"https://{host}/@{name}"
        case _:
            return f"https://{channel.account}/feed.xml"


def post_address(
    post: DemoPost, channel: DemoChannel, *, posted_at: datetime, sequence: int
) -> str:
    """Return the post's address; where ids hold a clock it says posted_at.

    sequence, below 1024, keeps apart what was posted in the same millisecond.
    """
    match channel.platform:
        case "x":
            return f"https://x.com/{channel.account}/status/{x_id_at(posted_at, sequence)}"
        case "telegram":
            number = (posted_at - FIRST_MESSAGE) // timedelta(minutes=1)
            return f"https://t.me/{channel.account}/{number}"
        case "bluesky":
            rkey = tid_at(posted_at, clock=sequence)
            return f"https://bsky.app/profile/{channel.account}/post/{rkey}"
        case "mastodon":
            name, _, host = channel.account.partition("@")
            milliseconds = (posted_at - EPOCH) // timedelta(milliseconds=1)
            return f"https://{host}/@{name}/{(milliseconds << 16) + sequence}"
        case _:
            slug = slugify(post.title)[:60].strip("-")
            return f"https://{channel.account}/{posted_at:%Y/%m/%d}/{slug}"


def tid_at(moment: datetime, *, clock: int) -> str:
    """Return a Bluesky record key that was made at a moment, to the microsecond."""
    number = (((moment - EPOCH) // timedelta(microseconds=1)) << 10) + clock
    return "".join(TID_ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))
