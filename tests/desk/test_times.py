from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine

from desk.times import desk_time

NOON = datetime(2026, 6, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (None, ""),
        (NOON, "25 Jun 12:00"),
        (NOON.astimezone(timezone(timedelta(hours=5))), "25 Jun 12:00"),
        (NOON.replace(year=2025), "25 Jun 2025 12:00"),
    ],
)
def test_a_moment_is_said_in_utc_and_with_another_year_than_this(at, words):
    with time_machine.travel(NOON, tick=False):
        assert desk_time(at) == words
