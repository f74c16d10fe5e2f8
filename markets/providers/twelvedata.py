"""Funds, metals, currencies and coins, from Twelve Data, in JSON; with a key, which is free.

https://twelvedata.com/docs describes it: of one symbol the answer is its quote, of several an
object with a quote, or an error, under each. `timestamp` is where the day's candle begins, and
`last_quote_at` the time of the price. Coins have no close; their change over 24 hours takes its
place. A symbol is a credit, and the free plan has 8 a minute and 800 a day.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from markets.providers.base import (
    Adapter,
    Answer,
    BadField,
    RawQuote,
    before_change,
    gather,
    moment_of,
    object_of,
    price_of,
    refuse_twice,
    shown,
    text_of,
)


def read_quotes(body: bytes, wanted: Collection[str]) -> Answer:
    """Read symbols such as QQQ or XAU/USD. Raises UnreadableQuotes."""
    given = object_of(text_of(body))
    quotes = {str(given["symbol"]): given} if "symbol" in given else given

    def read_one(symbol: str) -> RawQuote | None:
        found = quotes.get(symbol)
        return _quote(symbol, found) if found else None

    return gather(wanted, read_one, missing="Twelve Data gives no quote for it")


def _quote(symbol: str, found: Any) -> RawQuote:
    refuse_twice(found)
    if not isinstance(found, Mapping):
        message = f"{shown(str(found))} is not a quote"
        raise BadField(message)
    if found.get("status") == "error":
        message = f"Twelve Data says: {shown(str(found.get('message', 'error')))}"
        raise BadField(message)
    price = price_of(found.get("close", ""))
    return RawQuote(
        symbol=symbol,
        price=price,
        quoted_at=moment_of(found.get("last_quote_at", "")),
        previous_close=_close(price, found),
        # A pair has its second currency in its name, and no field for it.
        currency=symbol.partition("/")[2] or str(found.get("currency") or "").upper(),
    )


def _close(price: Decimal, found: Mapping[str, Any]) -> Decimal | None:
    if "currency_base" in found and "rolling_1d_change" in found:
        return before_change(price, found["rolling_1d_change"])
    try:
        return price_of(found.get("previous_close", ""))
    except BadField:
        return None


TWELVEDATA = Adapter(
    name="Twelve Data",
    address="https://api.twelvedata.com/quote?symbol={symbols}&apikey={key}",
    read=read_quotes,
    interval_minutes=15,
    needs_key=True,
    at_a_time=8,
    most_a_day=100,
)
