"""The address of a demo post: true grammar, true clocks, and accounts that nobody has."""

from datetime import UTC, datetime, timedelta

from django.utils.text import slugify

from newsroom.demo.edition import DemoChannel, DemoPost
from wires.platforms import platform_of

# Where an id holds no time messages are counted; these count minutes, so that they rise and no
# two are alike.
FIRST_MESSAGE = datetime(2025, 1, 1, tzinfo=UTC)


def channel_address(channel: DemoChannel) -> str:
    """Return the address at which the channel itself would be found."""
    account_url = platform_of(channel.platform).account_url
    return account_url(channel.account) if account_url else f"https://{channel.account}/feed.xml"


def post_address(
    post: DemoPost, channel: DemoChannel, *, posted_at: datetime, sequence: int
) -> str:
    """Return the post's address; where ids hold a clock it says posted_at.

    sequence, below 1024, keeps apart what was posted in the same millisecond.
    """
    platform = platform_of(channel.platform)
    if platform.post_url is None:
        slug = slugify(post.title)[:60].strip("-")
        return f"https://{channel.account}/{posted_at:%Y/%m/%d}/{slug}"
    if platform.id_clock is None:
        number = str((posted_at - FIRST_MESSAGE) // timedelta(minutes=1))
    else:
        number = platform.id_clock.make(posted_at, sequence)
    return platform.post_url(channel.account, number)
