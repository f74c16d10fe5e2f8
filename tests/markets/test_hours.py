from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from markets.hours import (
    EXCHANGES,
    Exchange,
    Hours,
    State,
    UnknownZone,
    foremost,
    last_stop,
    special_days_ahead,
    status,
)
from markets.hours.closures import CLOSURES

SYDNEY = Exchange(
    code="SYDNEY",
    name="A southern exchange that only weekends close",
    zone="Australia/Sydney",
    hours=(Hours(sessions=((time(10), time(16)),)),),
    announced_until=date(2027, 12, 31),
    announced_in="nowhere",
)


def local(code, *moment):
    return datetime(*moment, tzinfo=ZoneInfo(EXCHANGES[code].zone))


def told(code, *moment):
    """Return state, reason and next change of an exchange, from and in local time."""
    return shown(status(EXCHANGES[code], local(code, *moment)))


def shown(now):
    there = now.changes_at.astimezone(ZoneInfo(now.exchange.zone))
    return (str(now.state), now.reason, f"{there:%a %d %b %H:%M}")


def test_the_six_exchanges_come_in_their_order():
    assert list(EXCHANGES) == ["NYSE", "NASDAQ", "LSE", "XETRA", "TSE", "HKEX"]
    assert [exchange.code for exchange in EXCHANGES.values()] == list(EXCHANGES)


@pytest.mark.parametrize(
    ("code", "opens", "closes"),
    [
        ("NYSE", "09:30", "16:00"),
        ("NASDAQ", "09:30", "16:00"),
        ("LSE", "08:00", "16:30"),
        ("XETRA", "09:00", "17:30"),
        ("TSE", "09:00", "15:30"),
        ("HKEX", "09:30", "16:00"),
    ],
)
def test_an_ordinary_day_opens_and_closes(code, opens, closes):
    assert told(code, 2026, 6, 24, 6) == ("closed", "", f"Wed 24 Jun {opens}")
    assert told(code, 2026, 6, 24, 15, 29)[::2] == ("open", f"Wed 24 Jun {closes}")
    assert told(code, 2026, 6, 24, 20) == ("closed", "", f"Thu 25 Jun {opens}")


def test_an_exchange_is_open_at_its_opening_second_and_closed_at_its_closing_second():
    assert told("NYSE", 2026, 6, 24, 9, 29, 59)[0] == "closed"
    assert told("NYSE", 2026, 6, 24, 9, 30)[0] == "open"
    assert told("NYSE", 2026, 6, 24, 15, 59, 59)[0] == "open"
    assert told("NYSE", 2026, 6, 24, 16)[0] == "closed"


def test_changes_of_trading_hours_are_in_utc():
    now = status(EXCHANGES["TSE"], datetime(2026, 6, 24, 1, tzinfo=UTC))

    assert now.changes_at == datetime(2026, 6, 24, 2, 30, tzinfo=UTC)
    assert now.changes_at.tzinfo is UTC


def test_tokyo_and_hong_kong_have_lunch():
    assert told("TSE", 2026, 6, 24, 11, 30) == ("lunch", "lunch", "Wed 24 Jun 12:30")
    assert told("HKEX", 2026, 6, 24, 12, 59) == ("lunch", "lunch", "Wed 24 Jun 13:00")
    assert told("HKEX", 2026, 6, 24, 13) == ("open", "", "Wed 24 Jun 16:00")


def test_a_weekend_lasts_until_monday():
    assert told("LSE", 2026, 6, 26, 16, 30) == ("closed", "", "Mon 29 Jun 08:00")
    assert told("LSE", 2026, 6, 27, 12) == ("closed", "weekend", "Mon 29 Jun 08:00")


@pytest.mark.parametrize(
    ("code", "day", "reason", "opens"),
    [
        ("NYSE", (2026, 11, 26), "holiday: Thanksgiving Day", "Fri 27 Nov 09:30"),
        ("NYSE", (2026, 7, 3), "holiday: Independence Day (observed)", "Mon 06 Jul 09:30"),
        ("NASDAQ", (2027, 12, 24), "holiday: Christmas Day (observed)", "Mon 27 Dec 09:30"),
        ("LSE", (2026, 12, 28), "holiday: Boxing Day (observed)", "Tue 29 Dec 08:00"),
        ("LSE", (2026, 4, 3), "holiday: Good Friday", "Tue 07 Apr 08:00"),
        ("XETRA", (2026, 5, 1), "holiday: Labour Day", "Mon 04 May 09:00"),
        ("XETRA", (2026, 12, 31), "holiday: New Year's Eve", "Mon 04 Jan 09:00"),
        ("TSE", (2026, 12, 31), "holiday: New Year holiday", "Mon 04 Jan 09:00"),
        ("TSE", (2027, 1, 1), "holiday: New Year's Day", "Mon 04 Jan 09:00"),
        ("TSE", (2026, 5, 4), "holiday: Greenery Day", "Thu 07 May 09:00"),
        ("HKEX", (2026, 2, 17), "holiday: Lunar New Year's Day", "Fri 20 Feb 09:30"),
        ("HKEX", (2026, 10, 19), "holiday: The day following Chung Yeung Festival", "Tue 20 Oct 09:30"),
    ],
)  # fmt: skip
def test_a_holiday_is_named_and_lasts_until_the_next_session(code, day, reason, opens):
    assert told(code, *day, 12) == ("closed", reason, opens)


def test_an_exchange_is_open_when_only_a_neighbour_has_a_holiday():
    assert told("XETRA", 2026, 5, 25, 12)[0] == "open"  # Whit Monday
    assert told("LSE", 2026, 1, 2, 12)[0] == "open"  # a holiday in Scotland
    assert told("NYSE", 2026, 11, 11, 12)[0] == "open"  # Veterans Day


@pytest.mark.parametrize(
    ("code", "day", "closes", "opens"),
    [
        ("NYSE", (2026, 11, 27), "Fri 27 Nov 13:00", "Mon 30 Nov 09:30"),
        ("NASDAQ", (2026, 12, 24), "Thu 24 Dec 13:00", "Mon 28 Dec 09:30"),
        ("NYSE", (2028, 7, 3), "Mon 03 Jul 13:00", "Wed 05 Jul 09:30"),
        ("LSE", (2026, 12, 31), "Thu 31 Dec 12:30", "Mon 04 Jan 08:00"),
        ("XETRA", (2026, 12, 30), "Wed 30 Dec 14:00", "Mon 04 Jan 09:00"),
        ("XETRA", (2028, 12, 29), "Fri 29 Dec 14:00", "Tue 02 Jan 09:00"),
        ("HKEX", (2026, 2, 16), "Mon 16 Feb 12:00", "Fri 20 Feb 09:30"),
        ("HKEX", (2026, 12, 24), "Thu 24 Dec 12:00", "Mon 28 Dec 09:30"),
    ],
)
def test_a_half_day_closes_early_and_says_so_all_day(code, day, closes, opens):
    assert told(code, *day, 7)[:2] == ("closed", "half day")
    assert told(code, *day, 11) == ("open", "half day", closes)
    assert told(code, *day, 15) == ("closed", "half day", opens)


def test_tokyo_closes_half_an_hour_later_since_5_november_2024():
    assert told("TSE", 2024, 11, 1, 14)[2] == "Fri 01 Nov 15:00"
    assert told("TSE", 2024, 11, 1, 15)[2] == "Tue 05 Nov 09:00"
    assert told("TSE", 2024, 11, 5, 15)[2] == "Tue 05 Nov 15:30"


def test_new_york_was_closed_for_the_mourning_of_president_carter():
    reason = "closed: National Day of Mourning for President Carter"

    assert told("NYSE", 2025, 1, 9, 12) == ("closed", reason, "Fri 10 Jan 09:30")
    assert told("NASDAQ", 2025, 1, 9, 12) == ("closed", reason, "Fri 10 Jan 09:30")
    assert told("LSE", 2025, 1, 9, 12)[0] == "open"


def test_hong_kong_trades_through_a_typhoon():
    assert told("HKEX", 2025, 9, 24, 10)[0] == "open"  # Ragasa, signal 10


def test_every_exceptional_closure_has_a_source_and_an_exchange():
    assert all(closure.source for closure in CLOSURES)
    assert {code for closure in CLOSURES for code in closure.codes} <= set(EXCHANGES)


def test_opening_hours_stay_local_when_the_clocks_change():
    winter = status(EXCHANGES["NYSE"], local("NYSE", 2026, 3, 6, 12))
    over_the_change = status(EXCHANGES["NYSE"], local("NYSE", 2026, 3, 6, 17))
    london = status(EXCHANGES["LSE"], local("LSE", 2026, 3, 27, 17))

    assert winter.changes_at == datetime(2026, 3, 6, 21, tzinfo=UTC)
    assert over_the_change.changes_at == datetime(2026, 3, 9, 13, 30, tzinfo=UTC)
    assert london.changes_at == datetime(2026, 3, 30, 7, tzinfo=UTC)


def test_the_clocks_of_london_and_new_york_are_four_hours_apart_in_march():
    at = datetime(2026, 3, 10, 15, tzinfo=UTC)

    new_york, london = status(EXCHANGES["NYSE"], at), status(EXCHANGES["LSE"], at)

    assert new_york.changes_at == datetime(2026, 3, 10, 20, tzinfo=UTC)
    assert london.changes_at == datetime(2026, 3, 10, 16, 30, tzinfo=UTC)


def test_clocks_in_the_southern_hemisphere_change_the_other_way():
    autumn = status(SYDNEY, datetime(2026, 4, 3, 8, tzinfo=UTC))
    spring = status(SYDNEY, datetime(2026, 10, 2, 8, tzinfo=UTC))

    assert autumn.changes_at == datetime(2026, 4, 6, 0, tzinfo=UTC)
    assert spring.changes_at == datetime(2026, 10, 4, 23, tzinfo=UTC)


def test_a_leap_day_is_an_ordinary_trading_day():
    assert told("NYSE", 2028, 2, 29, 10) == ("open", "", "Tue 29 Feb 16:00")
    assert told("HKEX", 2028, 2, 28, 17) == ("closed", "", "Tue 29 Feb 09:30")


def test_hours_beyond_the_announced_calendar_are_provisional():
    def is_provisional(code, *moment):
        return status(EXCHANGES[code], local(code, *moment)).is_provisional

    assert not is_provisional("NASDAQ", 2026, 12, 31, 15)
    assert is_provisional(
        "NASDAQ", 2026, 12, 31, 17
    )  # it opens in a year that is not announced yet
    assert is_provisional("NASDAQ", 2027, 6, 24, 12)
    assert not is_provisional("NYSE", 2026, 12, 31, 17)
    assert is_provisional("NYSE", 2029, 1, 2, 12)


@pytest.mark.parametrize("exchange", EXCHANGES.values(), ids=str)
def test_every_exchange_gives_the_end_and_source_of_its_calendar(exchange):
    assert exchange.announced_until >= date(2026, 12, 31)
    assert exchange.announced_in


def test_an_exchange_that_never_opens_has_no_next_change():
    never = replace(SYDNEY, hours=(Hours(sessions=()),))

    now = status(never, datetime(2026, 6, 24, tzinfo=UTC))

    assert (now.state, now.changes_at, now.is_provisional) == (State.CLOSED, None, True)


@pytest.mark.parametrize(
    ("moment", "code", "why"),
    [
        ((2026, 6, 24, 15), "NYSE", "New York and London are open"),
        ((2026, 6, 24, 10), "LSE", "London and Frankfurt are open"),
        ((2026, 5, 4, 10), "XETRA", "London has a holiday"),
        ((2026, 6, 24, 1), "TSE", "Tokyo is open, Hong Kong not yet"),
        ((2026, 6, 24, 3), "HKEX", "Tokyo is at lunch"),
        ((2026, 5, 4, 4, 30), "HKEX", "Hong Kong is at lunch, Tokyo has a holiday"),
        ((2026, 6, 24, 6, 30), "HKEX", "only Hong Kong is open"),
        ((2026, 6, 24, 23, 30), "TSE", "Tokyo opens within the hour"),
        ((2026, 6, 24, 22), "NYSE", "nothing opens within the hour"),
        ((2026, 6, 27, 12), "NYSE", "it is Saturday"),
        ((2026, 12, 25, 14, 30), "NYSE", "Tokyo has closed, and the others have a holiday"),
    ],
)
def test_the_foremost_exchange_is_open_or_the_next_to_open(moment, code, why):
    assert foremost(datetime(*moment, tzinfo=UTC)).code == code, why


@pytest.mark.parametrize("zone", ["Mars/Olympus", "America", "../etc/passwd", ""])
def test_an_unknown_time_zone_is_a_one_line_error(zone):
    lost = replace(SYDNEY, zone=zone)

    with pytest.raises(UnknownZone) as caught:
        status(lost, datetime(2026, 6, 24, tzinfo=UTC))

    assert "SYDNEY" in str(caught.value)
    assert "tzdata" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_naive_datetime_is_refused():
    with pytest.raises(ValueError, match="in a time zone only"):
        status(SYDNEY, datetime(2026, 6, 24))  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize(
    ("code", "moment", "stopped"),
    [
        ("NYSE", (2026, 6, 25, 16), "Thu 25 Jun 16:00"),
        ("NYSE", (2026, 6, 25, 12), "Wed 24 Jun 16:00"),
        ("NYSE", (2026, 6, 28, 12), "Fri 26 Jun 16:00"),
        # A half day before Christmas, and a weekend after it.
        ("NYSE", (2026, 12, 27, 12), "Thu 24 Dec 13:00"),
        ("TSE", (2026, 6, 25, 12), "Thu 25 Jun 11:30"),
        ("TSE", (2026, 6, 25, 20), "Thu 25 Jun 15:30"),
    ],
)
def test_an_exchange_last_stopped_at_its_close_or_for_lunch(code, moment, stopped):
    at = last_stop(EXCHANGES[code], local(code, *moment))

    assert f"{at.astimezone(ZoneInfo(EXCHANGES[code].zone)):%a %d %b %H:%M}" == stopped


def test_the_special_days_of_a_month_to_come_leave_out_weekends_and_today():
    ahead = special_days_ahead(EXCHANGES["NYSE"], local("NYSE", 2026, 11, 26, 12))

    assert ahead == [(date(2026, 11, 27), "half day"), (date(2026, 12, 24), "half day"),
                     (date(2026, 12, 25), "holiday: Christmas Day")]  # fmt: skip
