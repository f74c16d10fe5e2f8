"""Coins, from CoinPaprika's public interface, in JSON; without a key.

https://docs.coinpaprika.com describes it: one coin at a time, by an id such as hype-hyperliquid,
and 20,000 calls a month free. As at CoinGecko the price 24 hours before takes the place of a close.
"""

from collections.abc import Collection, Mapping
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
    """Read the one coin that was asked for, in US dollars. Raises UnreadableQuotes."""
    given = object_of(text_of(body))

    def read_one(symbol: str) -> RawQuote | None:
        return _quote(symbol, given) if given.get("id") == symbol else None

    return gather(wanted, read_one, missing="CoinPaprika gives no price for it")


def _quote(symbol: str, given: Mapping[str, Any]) -> RawQuote:
    quotes = given.get("quotes")
    dollars = quotes.get("USD") if isinstance(quotes, Mapping) else None
    refuse_twice(dollars)
    if not isinstance(dollars, Mapping):
        message = f"{shown(str(quotes))} has no price in US dollars"
        raise BadField(message)
    price = price_of(dollars.get("price", ""))
    return RawQuote(
        symbol=symbol,
        price=price,
        quoted_at=moment_of(given.get("last_updated", "")),
        previous_close=before_change(price, dollars.get("percent_change_24h")),
        currency="USD",
    )


COINPAPRIKA = Adapter(
    name="CoinPaprika",
    address="https://api.coinpaprika.com/v1/tickers/{symbols}",
    read=read_quotes,
    interval_minutes=10,
    at_a_time=1,
    # Of 20,000 a month.
    most_a_day=600,
)
