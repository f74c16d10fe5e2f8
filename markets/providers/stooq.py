"""Indices, funds, metals and futures, from stooq.com, in CSV.

Its dates and hours are Warsaw's, American prices a quarter of an hour old, and N/D stands for what
it does not know. "p" in the address asks for the previous close of the same instrument.
"""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from markets.providers.base import (
    Adapter,
    Answer,
    BadField,
    RawQuote,
    by_symbol,
    gather,
    price_of,
    row_of,
    rows_of,
    shown,
    text_of,
    within_reason,
)

WARSAW = ZoneInfo("Europe/Warsaw")
UNKNOWN = "N/D"


def read_quotes(body: bytes, wanted: Collection[str]) -> Answer:
    """Read Stooq's symbols, such as ^spx or qqq.us. Raises UnreadableQuotes."""
    rows = by_symbol(rows_of(text_of(body), needed=("symbol", "date", "time", "close")))

    def read_one(symbol: str) -> RawQuote | None:
        row = row_of(rows, symbol)
        return None if row is None or row.get("close") == UNKNOWN else _quote(symbol, row)

    return gather(wanted, read_one, missing="Stooq gives no quote for it")


def _quote(symbol: str, row: dict[str, str]) -> RawQuote:
    if "" in row:
        message = f"its line has too many or too few fields: {shown(row[''])}"
        raise BadField(message)
    try:
        before = price_of(row.get("prev", UNKNOWN))
    except BadField:
        before = None
    return RawQuote(
        symbol=symbol,
        price=price_of(row["close"]),
        quoted_at=_moment(f"{row['date']} {row['time']}"),
        previous_close=before,
    )


def _moment(text: str) -> datetime:
    try:
        there = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=WARSAW)
    except ValueError as error:
        message = f"{shown(text)} is not a time"
        raise BadField(message) from error
    return within_reason(there, text)


STOOQ = Adapter(
    name="Stooq",
    address="https://stooq.com/q/l/?s={symbols}&f=sd2t2ohlcvp&h&e=csv",
    read=read_quotes,
    interval_minutes=5,
    joined_by="+",
    pace="15 min late",
)
