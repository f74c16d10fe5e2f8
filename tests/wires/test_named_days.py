"""Days are found by their names in many languages, and as dates beside the name of a month."""

import pytest

from wires.named_days import NamedDay, find_days


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("said on monday", 0),
        ("mondays and all", 0),
        ("am donnerstag um acht", 3),
        ("в пятницу вечером", 4),
        ("na segunda feira", 0),
        ("يوم الثلاثاء", 1),
        ("월요일 오전", 0),
        ("水 曜", 2),
        ("周 三", 2),
        ("星 期 日", 6),
    ],
)
def test_a_weekday_is_found_by_its_name(text, weekday):
    assert [*find_days(text.split()).values()] == [NamedDay(is_weekday=True, number=weekday)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on 12 may", 12),
        ("on may 12", 12),
        ("nov 20", 20),
        ("el 4 de diciembre", 4),
        ("21 ноября", 21),
        ("20 日 午後", 20),
        ("19 일 오전", 19),
    ],
)
def test_a_date_is_found_beside_a_month(text, day):
    assert [*find_days(text.split()).values()] == [NamedDay(is_weekday=False, number=day)]


@pytest.mark.parametrize(
    "text",
    [
        "12 people may march on 5 towns",
        "40 may come",
        "la segunda vez",
        "среди них",
        "日 本",
        "sundance and frida",
    ],
)
def test_no_day_is_found_where_none_is_named(text):
    assert find_days(text.split()) == {}
