"""Closes of indices and spot prices of oil and gas, from FRED, in JSON; with a free key.

FRED is of the Federal Reserve Bank of St. Louis, and
https://fred.stlouisfed.org/docs/api/fred/series_observations.html describes it: the observations
of one series, newest first, each with its day; "." is a day without one. A close is known in the
evening or the day after. The spot prices are those of the Energy Information Administration, which
gives out those of a week at once, the week after. Of the DAX there is no series, of copper a mean
of the month.
"""

from collections.abc import Collection, Mapping
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from markets.providers.base import (
    Adapter,
    Answer,
    RawQuote,
    gather,
    json_of,
    text_of,
)
from markets.providers.closes import listed_days, only_symbol, quote_of_days

NONE = "."
NEW_YORK = (time(16), ZoneInfo("America/New_York"))
# Whose day ends elsewhere.
ENDS: Mapping[str, tuple[time, ZoneInfo]] = {
    "NIKKEI225": (time(15, 30), ZoneInfo("Asia/Tokyo")),
    "DCOILBRENTEU": (time(16, 30), ZoneInfo("Europe/London")),
}


def read_quotes(body: bytes, wanted: Collection[str]) -> Answer:
    """Read the one series that was asked for. Raises UnreadableQuotes."""
    given = json_of(text_of(body))
    observations = given.get("observations") if isinstance(given, dict) else None
    listed = listed_days(observations, what="observations")
    # The answer does not name its series.
    only_symbol(list(wanted), name="FRED")
    days = [day for day in listed if day.get("value") != NONE]

    def read_one(symbol: str) -> RawQuote | None:
        ends = ENDS.get(symbol, NEW_YORK)
        return quote_of_days(symbol, days, named="value", ends=ends) if days else None

    return gather(wanted, read_one, missing="FRED has no value for it in its last days")


FRED = Adapter(
    name="FRED, Federal Reserve Bank of St. Louis",
    # Ten days reach past any holidays to the close before.
    address=(
        "https://api.stlouisfed.org/fred/series/observations?series_id={symbols}&api_key={key}"
        "&file_type=json&sort_order=desc&limit=10"
    ),
    read=read_quotes,
    # One series at a time: eight of them take two hours.
    interval_minutes=15,
    pace="daily",
    needs_key=True,
    at_a_time=1,
    most_a_day=200,
    # In the evening, or the day after.
    settles_after=timedelta(hours=14),
)
