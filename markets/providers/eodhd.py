"""Closes of exchanges outside America, from EODHD, in JSON; with a key, which is free.

https://eodhd.com/financial-apis/api-for-historical-data-and-volumes describes it: the days of one
symbol, such as GDAXI.INDX, newest first when asked for so. A symbol is a call, and the free plan
has 20 a day.
"""

from collections.abc import Collection, Mapping
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from markets.providers.base import (
    Adapter,
    Answer,
    BadField,
    RawQuote,
    gather,
    json_of,
    shown,
    text_of,
)
from markets.providers.closes import listed_days, only_symbol, quote_of_days

# When the day of a symbol ends, by which its close is timed: one that is not here is not read.
ENDS: Mapping[str, tuple[time, ZoneInfo]] = {
    "GDAXI.INDX": (time(17, 30), ZoneInfo("Europe/Berlin")),
    "FTSE.INDX": (time(16, 30), ZoneInfo("Europe/London")),
    "N225.INDX": (time(15, 30), ZoneInfo("Asia/Tokyo")),
}


def read_quotes(body: bytes, wanted: Collection[str]) -> Answer:
    """Read the one symbol that was asked for. Raises UnreadableQuotes."""
    days = listed_days(json_of(text_of(body)), what="list of days")
    only_symbol(list(wanted), name="EODHD")

    def read_one(symbol: str) -> RawQuote | None:
        return _quote(symbol, days) if days else None

    return gather(wanted, read_one, missing="EODHD has no close for it in the last days")


def _quote(symbol: str, days: list[dict[str, Any]]) -> RawQuote:
    if symbol not in ENDS:
        message = f"nothing says here when the day of {shown(symbol)} ends"
        raise BadField(message)
    return quote_of_days(symbol, days, named="close", ends=ENDS[symbol])


EODHD = Adapter(
    name="EODHD",
    address="https://eodhd.com/api/eod/{symbols}?api_token={key}&fmt=json&period=d&order=d",
    read=read_quotes,
    # Eighteen a day: two calls of the free plan are left to try the key by hand.
    interval_minutes=80,
    pace="daily",
    needs_key=True,
    at_a_time=1,
    most_a_day=18,
    # It gives a close some hours after the end of the day.
    settles_after=timedelta(hours=6),
)
