from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings

from markets.hours import EXCHANGES, status
from newsroom.masthead import clock_change, clocks, issue, roman
from web.days import today

LAUNCH = date(2026, 1, 1)


def the_issue(*moment, zone="UTC", launched_on=LAUNCH):
    with override_settings(NEWSROOM_TIME_ZONE=ZoneInfo(zone)):
        return issue(today(datetime(*moment, tzinfo=UTC)), launched_on=launched_on)


def the_hours(*moment):
    return [f"{clock.abbreviation} {clock.time}" for clock in clocks(datetime(*moment, tzinfo=UTC))]


def test_the_issue_number_is_the_day_of_the_year():
    today = the_issue(2026, 6, 25, 10, 11)

    assert (today.volume, today.number, today.edition) == ("I", 176, "Thursday Ed.")


def test_a_new_year_begins_a_volume_at_number_one():
    last, first = the_issue(2026, 12, 31, 23, 59), the_issue(2027, 1, 1)

    assert (last.volume, last.number, last.edition) == ("I", 365, "Thursday Ed.")
    assert (first.volume, first.number, first.edition) == ("II", 1, "Friday Ed.")


def test_a_leap_year_has_366_issue_numbers():
    assert the_issue(2028, 2, 29).number == 60
    assert the_issue(2028, 3, 1).number == 61
    assert the_issue(2028, 12, 31).number == 366
    assert the_issue(2027, 3, 1).number == 60


def test_the_masthead_day_is_in_the_newsroom_time_zone():
    in_auckland = the_issue(2026, 12, 31, 11, 30, zone="Pacific/Auckland")
    in_honolulu = the_issue(2027, 1, 1, 9, 30, zone="Pacific/Honolulu")

    assert (in_auckland.on, in_auckland.volume, in_auckland.number) == (date(2027, 1, 1), "II", 1)
    assert (in_honolulu.on, in_honolulu.volume, in_honolulu.number) == (
        date(2026, 12, 31),
        "I",
        365,
    )


def test_issue_numbers_count_from_new_year_after_a_mid_year_launch():
    launched_on = date(2025, 11, 30)

    assert the_issue(2025, 11, 30, launched_on=launched_on).volume == "I"
    assert the_issue(2026, 1, 1, launched_on=launched_on).volume == "II"


def test_a_time_before_the_launch_shows_volume_one():
    assert the_issue(2020, 5, 5).volume == "I"


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX"), (1994, "MCMXCIV")],
)
def test_volumes_are_in_roman_numerals(number, numeral):
    assert roman(number) == numeral


def test_six_clocks_in_summer():
    assert the_hours(2026, 6, 25, 10, 11) == [
        "UTC 10:11", "EDT 06:11", "BST 11:11", "CEST 12:11", "JST 19:11", "HKT 18:11",
    ]  # fmt: skip


def test_six_clocks_in_winter():
    assert the_hours(2026, 12, 25, 10, 11) == [
        "UTC 10:11", "EST 05:11", "GMT 10:11", "CET 11:11", "JST 19:11", "HKT 18:11",
    ]  # fmt: skip


def test_the_new_york_clock_changes_three_weeks_before_london():
    before = the_hours(2026, 3, 8, 6, 59)
    after = the_hours(2026, 3, 8, 7, 0)

    assert (before[1], before[2]) == ("EST 01:59", "GMT 06:59")
    assert (after[1], after[2]) == ("EDT 03:00", "GMT 07:00")


def test_the_london_and_paris_clocks_change_in_the_same_minute():
    assert the_hours(2026, 10, 25, 0, 59)[2:4] == ["BST 01:59", "CEST 02:59"]
    assert the_hours(2026, 10, 25, 1, 0)[2:4] == ["GMT 01:00", "CET 02:00"]


def test_the_new_york_and_london_clocks_leave_summer_time_a_week_apart():
    london_has_changed = the_hours(2026, 10, 31, 12)
    last_of_summer = the_hours(2026, 11, 1, 5, 59)
    first_of_winter = the_hours(2026, 11, 1, 6)

    assert london_has_changed[1:3] == ["EDT 08:00", "GMT 12:00"]
    assert last_of_summer[1] == "EDT 01:59"
    assert first_of_winter[1] == "EST 01:00"


def test_the_clocks_pass_new_year_one_after_the_other():
    assert the_hours(2026, 12, 31, 15) == [
        "UTC 15:00", "EST 10:00", "GMT 15:00", "CET 16:00", "JST 00:00", "HKT 23:00",
    ]  # fmt: skip
    assert the_hours(2027, 1, 1, 4, 59)[1] == "EST 23:59"


def test_the_clocks_of_a_leap_day_are_those_of_winter():
    assert the_hours(2028, 2, 29, 0) == [
        "UTC 00:00", "EST 19:00", "GMT 00:00", "CET 01:00", "JST 09:00", "HKT 08:00",
    ]  # fmt: skip


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2028])
def test_a_clock_abbreviation_matches_its_utc_offset(year):
    offsets = {
        "UTC": 0, "EST": -5, "EDT": -4, "GMT": 0, "BST": 1, "CET": 1, "CEST": 2, "JST": 9, "HKT": 8,
    }  # fmt: skip
    start = datetime(year, 1, 1, 0, 30, tzinfo=UTC)
    seen = set()

    for hours in range(366 * 24):
        at = start + timedelta(hours=hours)
        for clock in clocks(at):
            seen.add(clock.abbreviation)
            expected = at + timedelta(hours=offsets[clock.abbreviation])
            assert clock.time == f"{expected:%H:%M}", (at, clock)

    assert seen == set(offsets)


def test_a_newsroom_day_has_23_or_25_hours_at_a_southern_clock_change():
    auckland = "Pacific/Auckland"

    spring = [the_issue(2026, 9, 26, 12, zone=auckland), the_issue(2026, 9, 27, 11, zone=auckland)]
    autumn = [
        the_issue(2026, 4, 4, 11, zone=auckland),
        the_issue(2026, 4, 5, 11, 59, zone=auckland),
    ]

    assert [paper.on for paper in spring] == [date(2026, 9, 27), date(2026, 9, 28)]
    assert [paper.on for paper in autumn] == [date(2026, 4, 5), date(2026, 4, 5)]
    assert the_issue(2026, 4, 5, 12, zone=auckland).on == date(2026, 4, 6)


@pytest.mark.parametrize(
    ("code", "city"), [("NYSE", 1), ("LSE", 2), ("XETRA", 3), ("TSE", 4), ("HKEX", 5)]
)
def test_the_clocks_agree_with_the_exchanges_opening_times(code, city):
    exchange = EXCHANGES[code]
    opens = f"{exchange.hours[-1].sessions[0][0]:%H:%M}"
    at = datetime(2026, 1, 1, tzinfo=UTC)

    openings = set()
    while at.year == 2026:
        before, at = status(exchange, at), status(exchange, at).changes_at
        if before.state == "closed":
            openings.add(clocks(at)[city].time)

    assert openings == {opens}


@pytest.mark.parametrize(
    ("zone", "on", "changes_at"),
    [
        ("America/New_York", date(2026, 3, 1), datetime(2026, 3, 8, 7, tzinfo=UTC)),
        ("America/New_York", date(2026, 10, 31), datetime(2026, 11, 1, 6, tzinfo=UTC)),
        ("Europe/London", date(2026, 3, 29), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("Europe/Paris", date(2026, 10, 20), datetime(2026, 10, 25, 1, tzinfo=UTC)),
        ("Europe/Paris", date(2026, 6, 1), None),
        ("Asia/Tokyo", date(2026, 3, 8), None),
    ],
)
def test_a_clock_knows_the_minute_of_its_next_change(zone, on, changes_at):
    assert clock_change(zone, on) == changes_at


def test_a_clock_says_what_it_is_called_from_its_change_on():
    before = clocks(datetime(2026, 3, 8, 6, 59, tzinfo=UTC))[1]
    after = clocks(datetime(2026, 3, 8, 7, 0, tzinfo=UTC))[1]

    assert (before.abbreviation, before.next_abbreviation) == ("EST", "EDT")
    assert (after.abbreviation, after.next_abbreviation, after.changes_at) == ("EDT", "", None)
