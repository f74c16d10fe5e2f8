"""Coins, from CoinGecko's public interface, in JSON. https://docs.coingecko.com describes it.

Coins are traded without a close, so the price 24 hours before takes its place.
"""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from markets.providers.base import (
    TWICE,
    Adapter,
    Answer,
    BadField,
    RawQuote,
    UnreadableQuotes,
    gather,
    json_of,
    moment_of,
    price_of,
    shown,
    text_of,
)

WHOLE = Decimal(100)


def read_quotes(body: bytes, wanted: Collection[str]) -> Answer:
    """Read coins by CoinGecko's ids, in US dollars. Raises UnreadableQuotes."""
    given = json_of(text_of(body))
    if not isinstance(given, dict):
        message = f"the answer is not the expected JSON: {shown(str(given))}"
        raise UnreadableQuotes(message)

    def read_one(symbol: str) -> RawQuote | None:
        coin = given.get(symbol)
        if coin == TWICE:
            message = "the answer has it twice, so neither price counts"
            raise BadField(message)
        if not isinstance(coin, dict) or "usd" not in coin:
            return None
        price = price_of(coin["usd"])
        return RawQuote(
            symbol=symbol,
            price=price,
            quoted_at=moment_of(coin.get("last_updated_at", "")),
            previous_close=_a_day_before(price, coin.get("usd_24h_change")),
            currency="USD",
        )

    return gather(wanted, read_one, missing="CoinGecko gives no price for it")


def _a_day_before(price: Decimal, change: Any) -> Decimal | None:
    """Return the price that has changed by so many per cent; None where that cannot be told."""
    try:
        factor = 1 + price_of(change) / WHOLE
    except BadField:
        return None
    return price / factor if factor > 0 else None


COINGECKO = Adapter(
    name="CoinGecko",
    # No key is needed; with one, the site sets an address that has {key} in it.
    address=(
        "https://api.coingecko.com/api/v3/simple/price?ids={symbols}&vs_currencies=usd"
        "&include_24hr_change=true&include_last_updated_at=true&precision=full"
    ),
    read=read_quotes,
    interval_minutes=5,
    joined_by="%2C",
)
