"""Posts that are paid for: how many are left of a month, and when the next one begins."""

from datetime import UTC, datetime

import pytest

from tests.clock import NOON, later
from tests.wires.factories import make_channel
from wires.ingest.billing import LimitReached, count_billed, next_month, posts_left
from wires.ingest.due_rechecks import MOST_POSTS, questions_left
from wires.models import Channel


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (datetime(2026, 1, 31, 23, 59, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)),
        (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)),
        (datetime(2026, 12, 1, 0, 0, 1, 2, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_month_ends_where_the_next_one_begins(day, first):
    assert next_month(day) == first


def make_billed(*, limit=100, billed=0, at=NOON, platform="x"):
    return Channel(
        platform=platform,
        monthly_limit=limit,
        billed_posts=billed,
        billed_month=Channel.month_of(at),
    )


@pytest.mark.parametrize(
    ("channel", "left", "questions"),
    [
        (make_billed(), 100, 75),
        (make_billed(billed=70), 30, 5),
        (make_billed(billed=76), 24, 0),
        (make_billed(billed=101), 0, 0),
        (make_billed(billed=101, at=later(days=-30)), 100, 75),
        (make_billed(platform="rss"), None, MOST_POSTS),
    ],
)
def test_rechecks_leave_a_quarter_of_a_limit_to_polling(channel, left, questions):
    assert posts_left(channel, at=NOON) == left
    assert questions_left(channel, at=NOON) == questions


def test_a_channel_that_reached_its_limit_says_when_it_goes_on():
    reached = LimitReached(make_billed(limit=1), at=NOON)

    assert (reached.kind, reached.until) == ("limit_reached", datetime(2026, 7, 1, tzinfo=UTC))
    assert reached.message == (
        "its limit of 1 post a month is reached: polling goes on on 1 July, or as soon as the"
        " limit is raised"
    )


@pytest.mark.django_db
def test_what_was_read_is_counted_by_month_and_channel(django_assert_num_queries):
    channel, other = make_channel(platform="x"), make_channel(platform="x")

    for posts, at in ((2, NOON), (3, NOON), (4, later(days=30))):
        count_billed(channel, posts, at=at)
        channel.refresh_from_db()
    with django_assert_num_queries(0):
        count_billed(channel, 0, at=NOON)

    other.refresh_from_db()
    assert (channel.billed_posts, channel.billed_month) == (4, Channel.month_of(later(days=30)))
    assert other.billed_posts == 0
