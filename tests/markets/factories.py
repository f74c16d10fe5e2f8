"""Plain functions that make instruments and quotes; pass only what the test is about."""

import itertools
from decimal import Decimal

from markets.models import HeldQuote, Instrument, Provider, Quote
from markets.providers import Answer, RawQuote
from tests.clock import NOON

count = itertools.count(1)


def make_provider(code="stooq", **fields):
    provider, _ = Provider.objects.get_or_create(
        code=code, defaults={"interval_minutes": 5, "paused": False} | fields
    )
    return provider


def make_instrument(label="Gold", *, provider=None, **fields):
    n = next(count)
    return Instrument.objects.create(
        label=label,
        provider=provider or make_provider(),
        **{
            "symbol": f"S{n}",
            "group": "commodities",
            "description": f"{label}, for tests",
            "unit": "US dollars",
            "currency": "USD",
            "prefix": "$",
            "provider_symbol": f"s{n}",
            "stale_after_minutes": 60,
            "position": n,
            # Wide enough for any first quote.
            "least": Decimal("1e-10"),
            "most": Decimal("9999999999999.9999999999"),
        }
        | fields,
    )


def make_quote(instrument=None, price="100", *, previous="99", at=NOON, **fields):
    return Quote.objects.create(
        instrument=instrument or make_instrument(),
        price=Decimal(price),
        previous_close=Decimal(previous) if previous else None,
        quoted_at=at,
        **{"stored_at": at, "origin": "provider"} | fields,
    )


def make_held(instrument=None, price="1000", *, at=NOON, **fields):
    return HeldQuote.objects.create(
        instrument=instrument or make_instrument(),
        price=Decimal(price) if price else None,
        quoted_at=at if price else None,
        held_at=at,
        **{"reason": "it went from $100 to $1,000 in 1 minute"} | fields,
    )


def raw(symbol="s", price="100", *, previous=None, at=NOON, currency=""):
    return RawQuote(
        symbol=symbol,
        price=Decimal(price),
        quoted_at=at,
        previous_close=Decimal(previous) if previous else None,
        currency=currency,
    )


def answer(*quotes, **faults):
    return Answer({quote.symbol: quote for quote in quotes}, faults)
