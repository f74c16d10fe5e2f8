"""Coins, from CoinGecko's public interface, in JSON. https://docs.coingecko.com describes it.

Coins are traded without a close, so the price 24 hours before takes its place.
"""

from collections.abc import Collection

from markets.providers.base import (
    Adapter,
    Answer,
    RawQuote,
    before_change,
    gather,
    moment_of,
    object_of,
    price_of,
    refuse_twice,
    text_of,
)


def read_quotes(body: bytes, wanted: Collection[str]) -> Answer:
    """Read coins by CoinGecko's ids, in US dollars. Raises UnreadableQuotes."""
    given = object_of(text_of(body))

    def read_one(symbol: str) -> RawQuote | None:
        coin = given.get(symbol)
        refuse_twice(coin)
        if not isinstance(coin, dict) or "usd" not in coin:
            return None
        price = price_of(coin["usd"])
        return RawQuote(
            symbol=symbol,
            price=price,
            quoted_at=moment_of(coin.get("last_updated_at", "")),
            previous_close=before_change(price, coin.get("usd_24h_change")),
            currency="USD",
        )

    return gather(wanted, read_one, missing="CoinGecko gives no price for it")


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
