"""What becomes of a channel that could not be read, by its errors and how long they last."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.clock import NOON, later
from wires.http import FetchError
from wires.models import Channel
from wires.platforms.base import UnreadableBody
from wires.schedule.outcomes import after_failure, after_reading

CHANCE = SimpleNamespace(uniform=lambda low, high: low)


def fail(channel, error, *, at=NOON):
    return after_failure(channel, error, at=at, chance=CHANCE)


def make_error(kind="http_404", message="Nothing there.", **fields):
    return FetchError(kind, message, **fields)


def test_the_first_failure_of_a_channel_begins_its_record_whatever_stood_there():
    channel = Channel(failing_since=later(days=-9), error_kind="http_404", interval_minutes=20)

    fields = fail(channel, make_error("k" * 33))

    assert fields == {
        "lease_owner": "",
        "lease_until": None,
        "due_since": None,
        "next_poll_at": later(minutes=20),
        "last_polled_at": NOON,
        "failures": 1,
        "last_error": "Nothing there.",
        "last_error_at": NOON,
        "health": "failing",
        "failing_since": NOON,
        "error_kind": "k" * 32,
        "offered_feeds": [],
    }


def test_a_channel_that_goes_on_failing_keeps_since_when():
    channel = Channel(failures=1, failing_since=later(days=-1), error_kind="http_503")

    assert fail(channel, make_error())["failing_since"] == later(days=-1)


@pytest.mark.parametrize(
    ("failures", "since", "before", "kind", "health"),
    [
        (9, timedelta(days=3), "http_404", "http_404", "broken"),
        (8, timedelta(days=3), "http_404", "http_404", "failing"),
        (9, timedelta(days=3, seconds=-1), "http_404", "http_404", "failing"),
        (9, timedelta(days=3), "http_503", "http_404", "failing"),
        (9, timedelta(days=3), "http_404", "http_503", "failing"),
        (9, timedelta(days=3), "http_503", "http_503", "failing"),
    ],
)
def test_ten_failures_over_three_days_the_last_two_not_found_are_broken(
    failures, since, before, kind, health
):
    channel = Channel(failures=failures, failing_since=NOON - since, error_kind=before)

    fields = fail(channel, make_error(kind))

    assert fields["health"] == health
    assert (fields["next_poll_at"] == later(days=1)) is (health == "broken")


@pytest.mark.parametrize(
    ("kind", "said", "first_at", "health", "stands"),
    [
        ("http_410", "Gone.", later(days=-1), "gone", True),
        ("http_410", "Gone.", later(days=-1, seconds=1), "failing", True),
        ("http_410", "Gone.", None, "failing", False),
        ("http_410", "Else.", later(days=-1), "failing", False),
        ("http_404", "Gone.", later(days=-1), "failing", False),
    ],
)
def test_a_channel_is_gone_where_its_site_says_so_twice_a_day_apart(
    kind, said, first_at, health, stands
):
    channel = Channel(last_error="Gone.", last_error_at=first_at, failures=1)

    fields = fail(channel, make_error(kind, said))

    assert fields["health"] == health
    if first_at is not None:
        assert fields["last_error_at"] == (first_at if stands else NOON)


@pytest.mark.parametrize(
    ("kind", "hours"), [("http_401", 6), ("http_403", 6), ("http_500", 1), ("http_404", 1)]
)
def test_what_only_people_can_fix_waits_for_six_hours(kind, hours):
    fields = fail(Channel(interval_minutes=60), make_error(kind))

    assert fields["next_poll_at"] == later(hours=hours)


def test_ten_of_the_feeds_that_a_page_offers_are_kept():
    feeds = tuple(f"https://harbour.example/{n}" for n in range(11))
    error = UnreadableBody("html", "a web page", feeds=feeds)

    fields = fail(Channel(), error)

    assert fields["offered_feeds"] == list(feeds[:10])


@pytest.mark.parametrize(
    ("ttl", "max_age", "minutes"),
    [(None, None, 20), (30, None, 30), (None, 40, 40), (30, 40, 40), (40, 30, 40)],
)
def test_a_channel_that_was_read_waits_for_the_longer_of_what_it_asks(ttl, max_age, minutes):
    ttl, max_age = (value and timedelta(minutes=value) for value in (ttl, max_age))
    channel = Channel(interval_minutes=20, failures=3)
    chance = SimpleNamespace(uniform=lambda low, high: 1)

    fields = after_reading(channel, at=NOON, chance=chance, ttl=ttl, max_age=max_age)

    assert fields["next_poll_at"] == later(minutes=minutes)
    assert (fields["health"], fields["failing_since"]) == ("sound", None)
    assert (fields["error_kind"], fields["offered_feeds"]) == ("", [])
