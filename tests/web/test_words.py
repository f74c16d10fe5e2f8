from datetime import UTC, datetime, timedelta, timezone

import pytest

from web.words import (
    count_of,
    exact_time,
    first_line,
    long_date,
    long_time,
    short_time,
    time_and_date,
)

AT = datetime(2026, 6, 5, 2, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 queries"), (1, "1 query"), (2, "2 queries"), (11, "11 queries")]
)
def test_count_of_has_the_plural_of_a_noun_that_takes_no_s(count, said):
    assert count_of(count, "query", "queries") == said


@pytest.mark.parametrize(("count", "said"), [(0, "0 holds"), (1, "1 hold"), (2, "2 holds")])
def test_count_of_adds_an_s(count, said):
    assert count_of(count, "hold") == said


def test_dates_have_no_leading_zero():
    assert long_date(AT) == "5 June 2026"
    assert long_time(AT) == "5 June 2026 02:40 UTC"
    assert time_and_date(AT) == "02:40 UTC on 5 June 2026"


def test_long_time_names_the_zone_of_the_moment():
    seoul = timezone(timedelta(hours=9), "KST")

    assert long_time(AT.astimezone(seoul)) == "5 June 2026 11:40 KST"


def test_short_time_is_utc_and_names_another_year():
    seoul = timezone(timedelta(hours=9), "KST")

    assert short_time(AT.astimezone(seoul), now=AT) == "5 Jun 02:40"
    assert short_time(AT, now=AT.replace(year=2027)) == "5 Jun 2026 02:40"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError("no such table\nLINE 1: select"), "no such table"),
        (ValueError("\n  locked"), "locked"),
        (ValueError(), "ValueError"),
    ],
)
def test_first_line_of_an_error(error, line):
    assert first_line(error) == line


def test_exact_time_has_seconds():
    assert exact_time(AT.replace(second=7)) == "5 June 2026 02:40:07 UTC"
