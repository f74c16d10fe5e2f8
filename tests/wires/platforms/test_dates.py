from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wires.platforms.dates import moment

NOON = datetime(2026, 6, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        "2026-06-25T12:00:00Z",
        "2026-06-25t12:00:00z",
        "2026-06-25T17:30:00+05:30",
        "2026-06-25 17:30 +0530",
        "2026-06-25T12:00:00.000000000Z",
        "2026-06-25T12:00:00",
        "20260625T120000Z",
        "Thu, 25 Jun 2026 12:00:00 GMT",
        "Thu, 25 Jun 2026 08:00:00 EDT",
        "Thu, 25 Jun 2026 14:00:00 CEST",
        "25 June 2026 12:00 UT",
        "Thursday, 25-Jun-26 12:00:00 +0000",
        "Thu, 25 Jun 2026 12:00:00 +0000 (UTC)",
        "Thu Jun 25 12:00:00 2026",
        "Thu Jun 25 08:00:00 EDT 2026",
        "June 25, 2026 12:00",
        "Thu, 25 Jun 2026 12:00:00 Etc/GMT",
        "jeu., 25 juin 2026 14:00:00 +0200",
        "Qui, 25 Jun 2026 09:00:00 -0300",
        "1782388800",
        "1782388800000",
        "  Thu,\n 25 Jun 2026\t12:00:00 GMT ",
        "to, 25 kesä 2026 15:00:00 +0300",
        "2026年6月25日 12:00",
        "2026年06月25日 星期四 下午12时00分",
        "2026年6月25日(木) 午後12:00",
        "2026년 6월 25일 오후 12:00",
        "2026. 6. 25. 오후 12:00",
        "2026-06-25 오후 9:00:00 +0900",
        "25 de junio de 2026, 12:00",
        "25. Juni 2026, 12:00 Uhr",
        "25 juin 2026 à 12h00",
        "25 июня 2026 г. в 12:00",
        "czw., 25 cze 2026 14:00:00 +0200",
        "25 มิ.ย. 2569 12:00",
        "2026. június 25. 12:00",
        "6/25/2026 12:00 PM",
        "25/06/2026 12:00",
        "25-06-2026 12:00:00",
        "Thursday, June 25th, 2026 at 12:00 p.m.",
        "2026-06-25T14:00:00[Europe/Paris]",
        "Thu, 25 Jun 2026 15:00:00 +0300 MSK",
    ],
)
def test_a_date_is_read_in_many_spellings(raw):
    assert moment(raw) == NOON


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2026", None),
        ("2026-06", datetime(2026, 6, 1, tzinfo=UTC)),
        ("٢٠٢٦-٠٦-٢٥", datetime(2026, 6, 25, tzinfo=UTC)),
        ("Seg, 24 Set 2018 00:00:00 GMT", datetime(2018, 9, 24, tzinfo=UTC)),
        ("sam. 1 août 2026", datetime(2026, 8, 1, tzinfo=UTC)),
        ("2026-06-25", datetime(2026, 6, 25, tzinfo=UTC)),
        # October in Croatian, November in Polish, which has no such day.
        ("Saturday, 31 listopad 2026 10:00 +0100", datetime(2026, 10, 31, 9, tzinfo=UTC)),
        ("2026-06-24T24:00:00Z", datetime(2026, 6, 25, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2017, 1, 1, tzinfo=UTC)),
        ("Thu, 25 Jun 98 12:00:00 GMT", datetime(1998, 6, 25, 12, tzinfo=UTC)),
        ("2999-01-01T00:00:00Z", datetime(2999, 1, 1, tzinfo=UTC)),
    ],
)
def test_partial_and_unusual_dates_are_read(raw, day):
    assert moment(raw) == day


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "yesterday",
        "2026-02-29",
        "29 Feb 2025 10:00 GMT",
        "2026-06-25T24:01:00Z",
        "2026-13-01",
        "1970-01-01T00:00:00Z",
        "0",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-10:00",
        "Thu, 25 Jun 2026 12:00:00 0530",
        "Thu, 25 Jun 2026 12:00:00 XYZ",
        "Thu, 25 Jun 2026 12:00:00 +9900",
        "25 lis 2026 12:00:00 +0100",
        "03/04/2026 09:30",
        "3/4/2026 9:30 PM",
        "9" * 500,
    ],
)
def test_an_ambiguous_date_is_not_read(raw):
    assert moment(raw) is None


@given(st.text(max_size=100) | st.datetimes().map(str))
def test_any_date_text_gives_a_utc_datetime_or_none(raw):
    found = moment(raw)

    assert found is None or found.utcoffset().total_seconds() == 0
