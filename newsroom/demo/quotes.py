"""The quotes of the demo edition: marked as such, and gone as soon as a real one arrives."""

import tomllib
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from markets.ingest.store import write_quotes
from markets.models import Instrument, Quote
from newsroom.demo.edition import FOLDER


def read_quotes() -> dict[str, tuple[Decimal, Decimal]]:
    """Return price and previous close by the symbol of the instrument."""
    table = tomllib.loads((FOLDER / "quotes.toml").read_text(encoding="utf-8"))
    return {symbol: (Decimal(price), Decimal(close)) for symbol, (price, close) in table.items()}


def load_quotes(*, at: datetime) -> int:
    """Give existing instruments a quote of that moment, unless a real quote exists."""
    if Quote.objects.filter(~Q(origin=Quote.Origin.DEMO)).exists():
        return 0
    invented = read_quotes()
    quotes = [
        Quote(
            instrument=instrument,
            price=invented[instrument.symbol][0],
            previous_close=invented[instrument.symbol][1],
            quoted_at=at,
            stored_at=at,
            origin=Quote.Origin.DEMO,
        )
        for instrument in Instrument.objects.filter(symbol__in=invented)
    ]
    if quotes:
        write_quotes(quotes)
    return len(quotes)


def remove_quotes() -> int:
    count, _ = Quote.objects.filter(origin=Quote.Origin.DEMO).delete()
    return count
