"""What is done every so often, on a clock that may jump."""

from datetime import timedelta

from tests.clock import NOON, later
from wires.schedule.clocks import Ticker


def test_a_ticker_is_due_at_first_and_then_each_time_its_interval_is_over():
    ticker = Ticker(timedelta(seconds=10))

    due = [ticker.is_due(later(seconds=n)) for n in (0, 0, 9, 10, 19, 20)]

    assert due == [True, False, False, True, False, True]


def test_a_ticker_is_due_where_the_clock_was_set_back():
    ticker = Ticker(timedelta(seconds=10), last=NOON)

    assert ticker.is_due(later(seconds=-1))
    assert not ticker.is_due(NOON)
