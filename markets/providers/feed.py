"""The site's own feed: a file or an address, in CSV or JSON.

CSV has a header with symbol, price and time, and may have previous_close and currency. JSON is a
list of objects with these names, or an object whose "quotes" is such a list. Times are ISO 8601
with their zone, or seconds since 1970.
"""

from collections.abc import Collection, Mapping
from typing import Any

from markets.providers.base import (
    Adapter,
    Answer,
    BadField,
    RawQuote,
    UnreadableQuotes,
    by_symbol,
    gather,
    json_of,
    moment_of,
    price_of,
    row_of,
    rows_of,
    shown,
    text_of,
)

NEEDED = ("symbol", "price", "time")


def read_quotes(body: bytes, wanted: Collection[str]) -> Answer:
    """Read the wanted symbols, in upper or lower case. Raises UnreadableQuotes."""
    rows = by_symbol(_rows(text_of(body)))

    def read_one(symbol: str) -> RawQuote | None:
        row = row_of(rows, symbol)
        return None if row is None else _quote(symbol, row)

    return gather(wanted, read_one, missing="the feed has no quote for it")


def symbols_in(body: bytes) -> list[str]:
    """Return the symbols that a feed names, in its order. Raises UnreadableQuotes."""
    return [str(row["symbol"]).strip() for row in _rows(text_of(body))]


def _rows(text: str) -> list[Mapping[str, Any]]:
    if text.lstrip()[0] not in "[{":
        return list(rows_of(text, needed=NEEDED))
    given = json_of(text)
    listed = given.get("quotes") if isinstance(given, dict) else given
    if not isinstance(listed, list):
        message = "the answer contains no list of quotes"
        raise UnreadableQuotes(message)
    rows: list[Mapping[str, Any]] = [
        row for row in listed if isinstance(row, dict) and "symbol" in row
    ]
    if listed and not rows:
        message = "no quote in the answer has a symbol"
        raise UnreadableQuotes(message)
    return rows


def _quote(symbol: str, row: Mapping[str, Any]) -> RawQuote:
    if "" in row:
        # 6123,45 without quotation marks is two fields.
        message = f"its line has too many or too few fields: {shown(str(row['']))}"
        raise BadField(message)
    before = row.get("previous_close")
    return RawQuote(
        symbol=symbol,
        price=price_of(row.get("price", "")),
        quoted_at=moment_of(row.get("time", "")),
        previous_close=None if before in (None, "") else price_of(before),
        currency=str(row.get("currency") or "").strip().upper(),
    )


FEED = Adapter(name="Own feed", address="", read=read_quotes, interval_minutes=1)
