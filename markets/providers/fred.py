"""Closes of indices, from FRED of the Federal Reserve Bank of St. Louis, in JSON; with a free key.

https://fred.stlouisfed.org/docs/api/fred/series_observations.html describes it: the observations
of one series, newest first, each with its day; "." is a day without one. A close is known in the
evening or the day after.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from markets.providers.base import (
    Adapter,
    Answer,
    BadField,
    RawQuote,
    UnreadableQuotes,
    gather,
    json_of,
    price_of,
    shown,
    text_of,
    within_reason,
)

NONE = "."
NEW_YORK = (time(16), ZoneInfo("America/New_York"))
# Whose day ends elsewhere.
ENDS: Mapping[str, tuple[time, ZoneInfo]] = {"NIKKEI225": (time(15, 30), ZoneInfo("Asia/Tokyo"))}


def read_quotes(body: bytes, wanted: Collection[str]) -> Answer:
    """Read the one series that was asked for. Raises UnreadableQuotes."""
    given = json_of(text_of(body))
    listed = given.get("observations") if isinstance(given, dict) else None
    if not isinstance(listed, list):
        message = f"the answer contains no observations: {shown(str(given))}"
        raise UnreadableQuotes(message)
    if len(wanted) != 1:
        # The answer does not name its series.
        message = "more than one series was asked for at once; FRED gives one"
        raise UnreadableQuotes(message)
    days = [day for day in listed if isinstance(day, dict) and day.get("value") != NONE]

    def read_one(symbol: str) -> RawQuote | None:
        return _quote(symbol, days) if days else None

    return gather(wanted, read_one, missing="FRED has no value for it in its last days")


def _quote(symbol: str, days: list[dict[str, Any]]) -> RawQuote:
    newest, before = _ordered(days)
    at, zone = ENDS.get(symbol, NEW_YORK)
    text = str(newest.get("date", ""))
    return RawQuote(
        symbol=symbol,
        price=price_of(newest.get("value", "")),
        quoted_at=within_reason(datetime.combine(_date(newest), at, zone), text),
        previous_close=price_of(before.get("value", "")) if before else None,
    )


def _ordered(days: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return the newest day and the one before. Raises BadField where a day stands twice."""
    newest_first = sorted(days, key=_date, reverse=True)
    newest, *earlier = newest_first
    if earlier and _date(earlier[0]) == _date(newest):
        message = f"the answer has {_date(newest).isoformat()} twice, so neither value counts"
        raise BadField(message)
    return newest, earlier[0] if earlier else None


def _date(day: Mapping[str, Any]) -> date:
    text = str(day.get("date", ""))
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{shown(text)} is not a date" if text else "a value has no date"
        raise BadField(message) from error


FRED = Adapter(
    name="FRED, Federal Reserve Bank of St. Louis",
    # Ten days reach past any holidays to the close before.
    address=(
        "https://api.stlouisfed.org/fred/series/observations?series_id={symbols}&api_key={key}"
        "&file_type=json&sort_order=desc&limit=10"
    ),
    read=read_quotes,
    interval_minutes=60,
    pace="daily close",
    needs_key=True,
    at_a_time=1,
    most_a_day=200,
)
