"""The strip of quotes and exchanges at a given time."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets import strip as strips
from markets.hours import EXCHANGES, UnknownZone
from markets.models import Instrument
from markets.strip import change, span, span_in_words, strip
from tests.clock import NOON, later
from tests.markets.factories import make_instrument, make_provider, make_quote
from tests.newsroom.factories import make_user

SATURDAY = datetime(2026, 6, 27, 12, tzinfo=UTC)
FRIDAYS_CLOSE = datetime(2026, 6, 26, 20, tzinfo=UTC)
MONDAYS_OPENING = datetime(2026, 6, 29, 13, 30, tzinfo=UTC)


def only_row(at=NOON):
    ((row,),) = [group.rows for group in strip(at).groups]
    return row


# Prices and changes


@pytest.mark.parametrize(
    ("prefix", "decimals", "price", "shown"),
    [
        ("$", 0, "61594.12", "$61,594"),
        ("$", 4, "0.07681", "$0.0768"),
        ("", 4, "1.134", "1.1340"),
        ("", 2, "161.684", "161.68"),
        ("$", 2, "0.000123", "$0.00012"),
        ("$", 4, "0.00000001", "$0.000000010"),
    ],
)
def test_a_price_is_shown_in_its_instruments_format(prefix, decimals, price, shown):
    assert Instrument(prefix=prefix, decimals=decimals).written(Decimal(price)) == shown


@pytest.mark.parametrize(
    ("price", "previous", "direction", "percent"),
    [
        ("101", "100", "up", "+1.00%"),
        ("99.5", "100", "down", "−0.50%"),
        ("100", "100", "flat", "±0.00%"),
        ("100.004", "100", "flat", "±0.00%"),
        ("99.996", "100", "flat", "±0.00%"),
        ("100.005", "100", "up", "+0.01%"),
        ("5000", "1", "up", "+499,900.00%"),
    ],
)
def test_a_change_has_a_sign_and_an_arrow(price, previous, direction, percent):
    found = change(Decimal(price), Decimal(previous))

    assert (found.direction, found.percent) == (direction, percent)
    assert found.arrow == {"up": "▲", "down": "▼", "flat": "◆"}[direction]


def test_a_quote_without_a_previous_close_shows_no_change():
    assert change(Decimal(1), None) is None


# Age


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "is_stale"), [(60, False), (61, True)])
def test_a_quote_older_than_its_limit_is_stale(minutes, is_stale):
    make_quote(at=later(minutes=-minutes))

    assert only_row().is_stale is is_stale


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "is_stale"),
    [
        (SATURDAY, False),
        (MONDAYS_OPENING + timedelta(minutes=60), False),
        (MONDAYS_OPENING + timedelta(minutes=61), True),
    ],
)
def test_a_closing_price_goes_stale_after_the_limit_of_trading_time(at, is_stale):
    make_quote(make_instrument(calendar="NYSE"), at=FRIDAYS_CLOSE)

    assert only_row(at).is_stale is is_stale


@pytest.mark.django_db
def test_a_quote_unchanged_during_trading_hours_is_stale():
    make_quote(make_instrument(calendar="NYSE"), at=FRIDAYS_CLOSE - timedelta(hours=2))

    assert only_row(FRIDAYS_CLOSE - timedelta(minutes=59)).is_stale
    assert only_row(SATURDAY).is_stale


@pytest.mark.django_db
def test_a_reference_rate_is_good_until_the_next_one_is_due():
    rate = make_instrument(calendar="XETRA", stale_after_minutes=27 * 60)
    set_at = datetime(2026, 6, 24, 12, 15, tzinfo=UTC)
    make_quote(rate, at=set_at)

    assert not only_row(set_at + timedelta(hours=26)).is_stale
    assert only_row(set_at + timedelta(hours=28)).is_stale


@pytest.mark.django_db
def test_fridays_reference_rate_is_good_until_tuesday():
    rate = make_instrument(calendar="XETRA", stale_after_minutes=27 * 60)
    make_quote(rate, at=datetime(2026, 6, 26, 12, 15, tzinfo=UTC))

    assert not only_row(datetime(2026, 6, 29, 14, tzinfo=UTC)).is_stale
    assert only_row(datetime(2026, 6, 30, 11, tzinfo=UTC)).is_stale


@pytest.mark.django_db
def test_a_quote_of_another_day_says_so():
    make_quote(make_instrument(stale_after_minutes=3000), at=later(days=-1))

    assert only_row().is_of_another_day


@pytest.mark.django_db
def test_an_instrument_without_a_quote_is_left_out_and_so_is_a_group_of_them():
    make_instrument("Copper")
    make_instrument("Bitcoin", group="crypto")
    make_quote(make_instrument("Gold"))

    groups = strip(NOON).groups

    assert [(group.name, [row.instrument.label for row in group.rows]) for group in groups] == [
        ("Commodities", ["Gold"])
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "origin", "said"),
    [
        ("stooq", "provider", ("Stooq", "15 min late")),
        ("ecb", "provider", ("European Central Bank", "daily")),
        ("coingecko", "provider", ("CoinGecko", "")),
        ("stooq", "file", ("from a file of the desk", "")),
        ("ecb", "by_hand", ("entered at the desk", "")),
        ("ecb", "demo", ("invented for the demo", "")),
    ],
)
def test_a_row_says_who_gave_its_quote_and_how_late_that_is(code, origin, said):
    instrument = make_instrument(provider=make_provider(code))
    by = make_user() if origin == "by_hand" else None
    make_quote(instrument, origin=origin, corrected_by=by)

    assert (only_row().source, only_row().pace) == said


@pytest.mark.django_db
def test_the_strip_gives_its_newest_time_and_says_if_it_is_demo_data():
    make_quote(at=later(minutes=-9), origin="demo")
    make_quote(at=later(minutes=-3), origin="demo")

    shown = strip(later(days=3))

    assert (shown.newest_at, shown.is_demo) == (later(minutes=-3), True)
    # Demo quotes claim nothing that could be out of date.
    assert not any(row.is_stale for group in shown.groups for row in group.rows)


@pytest.mark.django_db
def test_a_manual_quote_is_marked():
    make_quote(origin="by_hand", corrected_by=make_user())

    assert only_row().is_by_hand


@pytest.mark.django_db
def test_the_strip_is_grouped_and_ordered_and_leaves_out_hidden_instruments():
    make_quote(make_instrument("Copper", position=3))
    make_quote(make_instrument("Gold", position=2))
    make_quote(make_instrument("DAX", group="indices", position=1))
    make_quote(make_instrument("Lead", position=4, is_shown=False))

    groups = strip(NOON).groups

    assert [(group.name, [row.instrument.label for row in group.rows]) for group in groups] == [
        ("Indices", ["DAX"]),
        ("Commodities", ["Gold", "Copper"]),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 40])
def test_the_strip_takes_one_query(count, django_assert_num_queries):
    for _ in range(count):
        make_quote()

    with django_assert_num_queries(1):
        groups = strip(NOON).groups

    assert sum(len(group.rows) for group in groups) == count


# Exchanges


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 6, 25, 10, 12, tzinfo=UTC), ("CLOSED", "opens in", "3h 18m")),
        (datetime(2026, 6, 25, 10, 11, 1, tzinfo=UTC), ("CLOSED", "opens in", "3h 19m")),
        (datetime(2026, 6, 25, 13, 30, tzinfo=UTC), ("OPEN", "closes in", "6h 30m")),
        (datetime(2026, 6, 25, 19, 59, 59, tzinfo=UTC), ("OPEN", "closes in", "1m")),
        (SATURDAY, ("CLOSED", "opens in", "2d 1h 30m")),
    ],
)
def test_new_york_is_open_or_closed_and_says_for_how_long(at, said):
    hours = next(one for one in strip(at).exchanges if one.exchange.code == "NYSE")

    assert (hours.state, hours.next, hours.span) == said


@pytest.mark.django_db
def test_lunch_is_closed_with_the_word_lunch():
    at = datetime(2026, 6, 25, 3, tzinfo=UTC)

    tokyo = next(one for one in strip(at).exchanges if one.exchange.code == "TSE")

    assert (tokyo.state, tokyo.note, tokyo.next, tokyo.span) == (
        "CLOSED", "lunch", "opens in", "30m",
    )  # fmt: skip


@pytest.mark.django_db
def test_hours_beyond_the_announced_calendar_are_provisional():
    years_on = datetime(2045, 6, 28, 15, tzinfo=UTC)

    assert strip(years_on).foremost.is_provisional
    assert not strip(NOON).foremost.is_provisional


@pytest.mark.django_db
def test_an_exchange_with_an_unknown_time_zone_says_so_without_an_error(monkeypatch, caplog):
    def unknown(exchange, at):
        message = f"no time zone {exchange.zone}: install tzdata"
        raise UnknownZone(message)

    monkeypatch.setattr(strips, "status", unknown)
    monkeypatch.setattr(strips, "foremost", lambda at: unknown(EXCHANGES["NYSE"], at))
    make_quote()

    shown = strip(NOON)

    assert shown.groups
    assert (shown.foremost.state, shown.foremost.span) == ("", "")
    assert "install tzdata" in shown.foremost.reason
    assert "are not known: no time zone" in caplog.messages[0]


@pytest.mark.django_db
def test_the_foremost_exchange_is_among_the_listed_ones():
    shown = strip(NOON)

    assert shown.foremost in shown.exchanges


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=60)))
def test_a_countdown_rounds_up_to_the_minute_and_omits_zero_parts(left):
    countdown = span(left)

    minutes = sum(
        int(part[:-1]) * {"d": 1440, "h": 60, "m": 1}[part[-1]] for part in countdown.split()
    )
    assert timedelta(minutes=minutes) >= left
    assert timedelta(minutes=minutes) - left <= timedelta(minutes=1)
    assert not any(part[0] == "0" for part in countdown.split())
    assert len(span_in_words(left).split()) == 2 * len(countdown.split())


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=3, minutes=18), "3 hours 18 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(seconds=5), "1 minute"),
        (timedelta(days=2, minutes=1), "2 days 1 minute"),
    ],
)
def test_a_countdown_is_spelled_out_for_screen_readers(left, words):
    assert span_in_words(left) == words
