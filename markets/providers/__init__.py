"""Adapters, one a file: the bytes that a provider answers in, quotes out."""

from collections.abc import Mapping
from types import MappingProxyType

from markets.providers import (
    coingecko,
    coinpaprika,
    defillama,
    ecb,
    eodhd,
    feed,
    fred,
    stooq,
    twelvedata,
)
from markets.providers.base import Adapter, Answer, RawQuote, UnreadableQuotes, refusal_in

__all__ = ["PROVIDERS", "Adapter", "Answer", "RawQuote", "UnreadableQuotes", "refusal_in"]

# By the code that instruments name them with.
PROVIDERS: Mapping[str, Adapter] = MappingProxyType(
    {
        "ecb": ecb.ECB,
        "coingecko": coingecko.COINGECKO,
        "stooq": stooq.STOOQ,
        "twelvedata": twelvedata.TWELVEDATA,
        "fred": fred.FRED,
        "eodhd": eodhd.EODHD,
        "coinpaprika": coinpaprika.COINPAPRIKA,
        "defillama": defillama.DEFILLAMA,
        "feed": feed.FEED,
    }
)
