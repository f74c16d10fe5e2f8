"""When a source is asked again, by its interval, its failures and what its site asks for."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.clock import NOON, later
from wires.schedule.pace import Pace

PACE = Pace(
    jitter=0.25,
    doublings=3,
    longest_wait=timedelta(hours=2),
    longest_asked=timedelta(hours=1),
)


class Chance:
    """Chance that answers with the lowest or the highest number that it may."""

    def __init__(self, *, highest):
        self.highest = highest
        self.between = []

    def uniform(self, low, high):
        self.between.append((low, high))
        return high if self.highest else low


def source(*, minutes=20, failures=0):
    return SimpleNamespace(interval_minutes=minutes, failures=failures)


@pytest.mark.parametrize(("highest", "minutes"), [(True, 25), (False, 15)])
def test_a_source_that_was_read_is_due_about_its_interval_later_and_well(highest, minutes):
    fields = PACE.after_reading(source(failures=4), at=NOON, chance=Chance(highest=highest))

    assert fields == {
        "lease_owner": "",
        "lease_until": None,
        "due_since": None,
        "next_poll_at": later(minutes=minutes),
        "last_polled_at": NOON,
        "failures": 0,
        "last_error": "",
        "last_error_at": None,
    }


@pytest.mark.parametrize(("asked", "minutes"), [(10, 25), (26, 26), (60, 60), (61, 60)])
def test_what_a_site_asks_for_is_heeded_up_to_a_limit(asked, minutes):
    fields = PACE.after_reading(
        source(), at=NOON, chance=Chance(highest=True), asked=timedelta(minutes=asked)
    )

    assert fields["next_poll_at"] == later(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "failures", "longest"),
    [(10, 0, 20), (10, 1, 40), (10, 2, 80), (10, 7, 80), (20, 2, 120), (180, 0, 180)],
)
def test_each_failure_in_a_row_doubles_the_longest_wait(minutes, failures, longest):
    chance = Chance(highest=True)
    failed = source(minutes=minutes, failures=failures)

    fields = PACE.after_failure(failed, "x" * 501, at=NOON, chance=chance)

    assert chance.between == [(minutes * 60, longest * 60)]
    assert fields == {
        "lease_owner": "",
        "lease_until": None,
        "due_since": None,
        "next_poll_at": later(minutes=longest),
        "last_polled_at": NOON,
        "failures": failures + 1,
        "last_error": "x" * 500,
        "last_error_at": NOON,
    }


@pytest.mark.parametrize(("shortest", "minutes"), [(19, 20), (21, 21)])
def test_what_cannot_be_right_sooner_is_not_asked_sooner(shortest, minutes):
    fields = PACE.after_failure(
        source(), "", at=NOON, chance=Chance(highest=False), shortest=timedelta(minutes=shortest)
    )

    assert fields["next_poll_at"] == later(minutes=minutes)
