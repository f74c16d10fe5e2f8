"""What no price can be: an absurd quote is held back, and shown at the desk with its reason."""

from datetime import datetime, timedelta
from decimal import Decimal

from desk.times import desk_time
from markets.models import Instrument, Quote
from markets.providers import RawQuote
from markets.providers.base import LEAST, MOST, shown
from markets.providers.currencies import CURRENCIES
from web.words import count_of

# Of their clocks and ours together.
SLACK = timedelta(minutes=2)
# Ten times as much is another unit or another thing, however long we did not look.
LEAP = 10
# Twice as much in a few minutes is a slip: what doubles in truth is news first.
JUMP = 2
AT_ONCE = timedelta(minutes=10)


def why_held(raw: RawQuote, instrument: Instrument, before: Quote | None, *, at: datetime) -> str:
    """Return why a quote is not to be shown, in one line, or "" where it may be.

    `raw` is in the instrument's own unit. `before` is the last good quote, never a demo quote.
    """
    price = instrument.written(raw.price)
    if raw.price == 0:
        return "its price is zero"
    if raw.price < 0:
        return f"its price is negative, {price}"
    if not LEAST <= raw.price < MOST:
        return f"{raw.price:.3g} is outside any plausible range"
    if raw.currency and raw.currency != instrument.currency:
        return _foreign(raw.currency, instrument)
    if raw.quoted_at > at + SLACK:
        return f"its time, {desk_time(raw.quoted_at)} UTC, is in the future"
    return _out_of_bounds(raw.price, instrument) or (
        _leap(raw, instrument, before) if before else ""
    )


def _foreign(currency: str, instrument: Instrument) -> str:
    if currency not in CURRENCIES:
        return f"its currency, {shown(currency[:12])}, does not exist"
    return f"it is in {currency}, not in {instrument.currency}"


def _out_of_bounds(price: Decimal, instrument: Instrument) -> str:
    written = instrument.written
    if instrument.least is not None and price < instrument.least:
        return f"{written(price)} is below {written(instrument.least)}, its lowest plausible price"
    if instrument.most is not None and price > instrument.most:
        return f"{written(price)} is above {written(instrument.most)}, its highest plausible price"
    return ""


def _leap(raw: RawQuote, instrument: Instrument, before: Quote) -> str:
    ratio = max(raw.price / before.price, before.price / raw.price)
    passed = raw.quoted_at - before.quoted_at
    if ratio < LEAP and (ratio < JUMP or passed > AT_ONCE):
        return ""
    old, new = instrument.written(before.price), instrument.written(raw.price)
    minutes = max(round(passed / timedelta(minutes=1)), 1)
    return f"it went from {old} to {new} in {count_of(minutes, 'minute')}"
