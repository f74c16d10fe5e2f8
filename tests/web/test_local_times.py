from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from web.local_times import both_clocks, moments_of

BERLIN, LONDON, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London"), ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 6, 25, 12, tzinfo=UTC)


def wall(text):
    return datetime.fromisoformat(text)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "shown", "moments"),
    [
        (BERLIN, "2026-06-25T10:30", ["2026-06-25T08:30"]),
        (TOKYO, "2026-06-25T05:00", ["2026-06-24T20:00"]),
        # Skipped: clocks go from 02:00 to 03:00.
        (BERLIN, "2026-03-29T01:59", ["2026-03-29T00:59"]),
        (BERLIN, "2026-03-29T02:00", []),
        (BERLIN, "2026-03-29T02:59", []),
        (BERLIN, "2026-03-29T03:00", ["2026-03-29T01:00"]),
        # Twice: clocks go from 03:00 back to 02:00.
        (BERLIN, "2026-10-25T02:00", ["2026-10-25T00:00", "2026-10-25T01:00"]),
        (BERLIN, "2026-10-25T02:59", ["2026-10-25T00:59", "2026-10-25T01:59"]),
        (BERLIN, "2026-10-25T03:00", ["2026-10-25T02:00"]),
        (LONDON, "2026-10-25T01:30", ["2026-10-25T00:30", "2026-10-25T01:30"]),
    ],
)
def test_a_time_on_the_wall_is_one_moment_none_or_two(zone, shown, moments):
    assert list(moments_of(wall(shown), zone)) == [utc(each) for each in moments]


@pytest.mark.parametrize(
    ("zone", "at", "line"),
    [
        (BERLIN, "2026-06-25T08:30", "Thu 25 Jun 10:30 CEST (08:30 UTC)"),
        (BERLIN, "2026-06-25T22:30", "Fri 26 Jun 00:30 CEST (Thu 25 Jun 22:30 UTC)"),
        (BERLIN, "2027-01-04T08:30", "Mon 4 Jan 2027 09:30 CET (08:30 UTC)"),
        (ZoneInfo("UTC"), "2026-06-25T08:30", "Thu 25 Jun 08:30 UTC"),
        (LONDON, "2026-12-01T08:30", "Tue 1 Dec 08:30 GMT (08:30 UTC)"),
    ],
)
def test_a_moment_is_named_in_the_zone_and_in_utc(zone, at, line):
    assert both_clocks(utc(at), zone, now=NOW) == line
