"""Tokens, from DefiLlama's public interface, in JSON; without a key.

https://api-docs.defillama.com describes it: tokens by their chain and address on it, such as
arbitrum:0x25118290e6a5f4139381d072181157035864099d, in US dollars. It tells no close and no change,
and how sure it is of a price, from 0 to 1.
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
    moment_of,
    object_of,
    price_of,
    refuse_twice,
    shown,
    text_of,
)

# What it is less sure of comes from pools with little in them.
SURE = Decimal("0.9")


def read_quotes(body: bytes, wanted: Collection[str]) -> Answer:
    """Read tokens by chain and address, in US dollars. Raises UnreadableQuotes."""
    coins = object_of(text_of(body)).get("coins")
    if not isinstance(coins, dict):
        message = f"the answer contains no coins: {shown(str(coins))}"
        raise UnreadableQuotes(message)
    # An address is the same in capitals, and comes back as it was asked for or not.
    found: dict[str, Any] = {}
    for name, coin in coins.items():
        found[name.lower()] = TWICE if name.lower() in found else coin

    def read_one(symbol: str) -> RawQuote | None:
        coin = found.get(symbol.lower())
        return None if coin is None else _quote(symbol, coin)

    return gather(wanted, read_one, missing="DefiLlama gives no price for it")


def _quote(symbol: str, coin: Any) -> RawQuote:
    refuse_twice(coin)
    if not isinstance(coin, dict):
        message = f"{shown(str(coin))} is not a price"
        raise BadField(message)
    if "confidence" not in coin:
        message = "DefiLlama does not say how sure it is of it"
        raise BadField(message)
    if (sure := price_of(coin["confidence"])) < SURE:
        message = f"DefiLlama is sure of it only to {sure:.0%}"
        raise BadField(message)
    return RawQuote(
        symbol=symbol,
        price=price_of(coin.get("price", "")),
        quoted_at=moment_of(coin.get("timestamp", "")),
        currency="USD",
    )


DEFILLAMA = Adapter(
    name="DefiLlama",
    address="https://coins.llama.fi/prices/current/{symbols}?searchWidth=1h",
    read=read_quotes,
    interval_minutes=10,
)
