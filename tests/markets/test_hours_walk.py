from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from markets.hours import EXCHANGES, State, foremost, status
from markets.hours.opening import _plan
from tests.markets.announced import CLOSED, HALF_DAYS, TIMES, days, times

FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
MOMENTS = st.integers(0, 3 * 365 * 24 * 60 * 60 - 1).map(
    lambda seconds: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
ALLOWED = {
    (State.CLOSED, State.OPEN),
    (State.OPEN, State.CLOSED),
    (State.OPEN, State.LUNCH),
    (State.LUNCH, State.OPEN),
}
INSTANT = timedelta(microseconds=1)


def announced_changes(code):
    """Return every announced opening, lunch and close of three years, in UTC."""
    zone = ZoneInfo(EXCHANGES[code].zone)
    closed, half_days = days(CLOSED[code]), days(HALF_DAYS[code])
    whole, half = map(times, TIMES[code])
    for n in range((LAST - FIRST).days + 1):
        on = FIRST + timedelta(n)
        if on.weekday() < 5 and on not in closed:
            for at in half if on in half_days else whole:
                yield datetime.combine(on, at, zone).astimezone(UTC)


@pytest.mark.parametrize("code", EXCHANGES)
def test_walking_from_change_to_change_visits_every_announced_change(code):
    expected = list(announced_changes(code))
    now = status(EXCHANGES[code], datetime.combine(FIRST, time(), ZoneInfo(EXCHANGES[code].zone)))

    walked, states = [], [now.state]
    for _ in expected:
        walked.append(now.changes_at)
        now = status(EXCHANGES[code], now.changes_at)
        states.append(now.state)

    assert walked == expected
    assert set(pairwise(states)) <= ALLOWED


@settings(deadline=None)
@given(exchange=st.sampled_from(list(EXCHANGES.values())), at=MOMENTS)
@example(exchange=EXCHANGES["NYSE"], at=datetime(2026, 11, 27, 18, tzinfo=UTC))
@example(exchange=EXCHANGES["TSE"], at=datetime(2026, 12, 31, 23, 59, tzinfo=UTC))
def test_the_state_is_constant_until_the_next_change_and_differs_after_it(exchange, at):
    now = status(exchange, at)
    just_before = status(exchange, now.changes_at - INSTANT)
    then = status(exchange, now.changes_at)

    assert now.changes_at > at
    assert (just_before.state, just_before.changes_at) == (now.state, now.changes_at)
    assert (now.state, then.state) in ALLOWED
    assert then.changes_at > now.changes_at


@settings(deadline=None)
@given(exchange=st.sampled_from(list(EXCHANGES.values())), at=MOMENTS)
def test_the_time_zone_of_the_given_datetime_changes_nothing(exchange, at):
    elsewhere = at.astimezone(ZoneInfo("Pacific/Auckland"))

    assert status(exchange, elsewhere) == status(exchange, at)


@settings(deadline=None)
@given(at=MOMENTS)
def test_an_open_exchange_comes_before_every_closed_one(at):
    states = {code: status(exchange, at).state for code, exchange in EXCHANGES.items()}

    chosen = states[foremost(at).code]

    assert chosen is State.OPEN or State.OPEN not in states.values()


def test_the_calendar_cache_is_bounded():
    for n in range(300):
        status(EXCHANGES["LSE"], datetime(2026, 1, 1, tzinfo=UTC) + timedelta(n))

    assert _plan.cache_info().currsize <= 64
