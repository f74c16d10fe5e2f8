from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from newsroom.masthead import clocks, issue, roman

LAUNCH = date(2026, 1, 1)


def the_issue(*moment, zone="UTC", launched_on=LAUNCH):
    return issue(datetime(*moment, tzinfo=UTC), launched_on=launched_on, zone=ZoneInfo(zone))


def the_hours(*moment):
    return [f"{clock.abbreviation} {clock.time}" for clock in clocks(datetime(*moment, tzinfo=UTC))]


def test_the_number_is_the_day_of_the_year():
    today = the_issue(2026, 6, 25, 10, 11)

    assert (today.volume, today.number, today.edition) == ("I", 176, "Thursday Ed.")


def test_a_new_year_begins_a_volume_at_number_one():
    last, first = the_issue(2026, 12, 31, 23, 59), the_issue(2027, 1, 1)

    assert (last.volume, last.number, last.edition) == ("I", 365, "Thursday Ed.")
    assert (first.volume, first.number, first.edition) == ("II", 1, "Friday Ed.")


def test_a_leap_year_has_366_numbers():
    assert the_issue(2028, 2, 29).number == 60
    assert the_issue(2028, 3, 1).number == 61
    assert the_issue(2028, 12, 31).number == 366
    assert the_issue(2027, 3, 1).number == 60


def test_the_day_is_that_of_the_newsroom():
    in_auckland = the_issue(2026, 12, 31, 11, 30, zone="Pacific/Auckland")
    in_honolulu = the_issue(2027, 1, 1, 9, 30, zone="Pacific/Honolulu")

    assert (in_auckland.on, in_auckland.volume, in_auckland.number) == (date(2027, 1, 1), "II", 1)
    assert (in_honolulu.on, in_honolulu.volume, in_honolulu.number) == (
        date(2026, 12, 31),
        "I",
        365,
    )


def test_a_launch_in_the_middle_of_a_year_still_counts_from_new_year():
    launched_on = date(2025, 11, 30)

    assert the_issue(2025, 11, 30, launched_on=launched_on).volume == "I"
    assert the_issue(2026, 1, 1, launched_on=launched_on).volume == "II"


def test_a_clock_that_runs_before_the_launch_shows_volume_one():
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


def test_new_york_changes_its_clocks_three_weeks_before_london():
    before = the_hours(2026, 3, 8, 6, 59)
    after = the_hours(2026, 3, 8, 7, 0)

    assert (before[1], before[2]) == ("EST 01:59", "GMT 06:59")
    assert (after[1], after[2]) == ("EDT 03:00", "GMT 07:00")


def test_london_and_paris_change_in_the_same_minute():
    assert the_hours(2026, 10, 25, 0, 59)[2:4] == ["BST 01:59", "CEST 02:59"]
    assert the_hours(2026, 10, 25, 1, 0)[2:4] == ["GMT 01:00", "CET 02:00"]
