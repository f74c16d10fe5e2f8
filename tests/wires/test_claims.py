"""Whose turn it is: when a channel fell due, and where it goes that has to wait."""

from datetime import timedelta

import pytest

from tests.clock import NOON, later
from wires.models import Channel, Domain
from wires.schedule.claims import LONGEST_PUT_OFF, _fell_due, _first_turn, _put_off, _turn

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("next_poll_at", "due_since", "fell_due"),
    [
        (None, None, None),
        (None, NOON, None),
        (NOON, None, NOON),
        (later(hours=2), NOON, NOON),
    ],
)
def test_a_channel_fell_due_before_it_was_put_off(next_poll_at, due_since, fell_due):
    assert _fell_due(Channel(next_poll_at=next_poll_at, due_since=due_since)) == fell_due


def test_who_is_wanted_now_goes_before_who_is_due_and_of_two_the_older_channel():
    due, put_off, new, newer = (
        Channel(pk=1, next_poll_at=NOON),
        Channel(pk=2, next_poll_at=later(hours=2), due_since=later(hours=-1)),
        Channel(pk=3),
        Channel(pk=4),
    )

    assert sorted([due, newer, put_off, new], key=_turn) == [new, newer, put_off, due]


@pytest.mark.parametrize(
    ("fields", "turn"),
    [
        ({}, NOON + SECOND),
        ({"not_before": later(hours=2)}, later(hours=2)),
        ({"not_before": NOON}, NOON + SECOND),
        # Somebody asks it: that may be over in a moment, but not what its site said.
        ({"lease_until": later(seconds=20)}, NOON + SECOND),
        ({"lease_until": later(seconds=20), "not_before": later(hours=2)}, later(hours=2)),
        ({"not_before": later(milliseconds=300)}, later(milliseconds=300)),
        (
            {"lease_until": later(seconds=20), "not_before": later(milliseconds=300)},
            NOON + SECOND,
        ),
    ],
)
def test_the_first_that_waits_for_a_site_tries_when_it_may_be_asked(fields, turn):
    domain = Domain(name="harbour.example", **fields)

    assert _first_turn(domain, "harbour.example", NOON) == turn


def test_a_site_that_another_worker_is_writing_is_tried_after_its_pause():
    assert _first_turn(None, "harbour.example", NOON) == later(seconds=1)
    assert _first_turn(None, "t.me", NOON) == later(seconds=2)


@pytest.mark.parametrize(
    ("until", "next_poll_at"),
    [
        (later(hours=3), later(hours=3)),
        (NOON + LONGEST_PUT_OFF + SECOND, NOON + LONGEST_PUT_OFF),
    ],
)
def test_a_channel_is_put_off_for_a_day_at_most_and_keeps_when_it_fell_due(until, next_poll_at):
    due, wanted = Channel(next_poll_at=later(hours=-1)), Channel()

    for channel in (due, wanted):
        _put_off(channel, until, NOON)

    assert (due.next_poll_at, due.due_since) == (next_poll_at, later(hours=-1))
    assert (wanted.next_poll_at, wanted.due_since) == (next_poll_at, NOON)
