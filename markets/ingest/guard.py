"""Which quotes are not to be shown: what is no price, and what does not fit those before. Pure.

What is no price stays out, however often it comes. What only does not fit is let in once enough answers
agree; but a price that has stood for a day is believed against any number of answers, until an
editor decides or it is too old to tell. So an older wrong price does not lock out the right ones,
and a provider that changes its unit does not win by insisting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

from desk.times import desk_time
from markets.models import HeldQuote, Instrument, Quote
from markets.providers import RawQuote
from markets.providers.base import LEAST, MOST, shown
from markets.providers.currencies import CURRENCIES
from web.words import count_of

# Of their clocks and ours together.
SLACK = timedelta(minutes=2)
# Longer than any exchange rests: Shanghai's golden week takes nine days with its weekends.
OLDEST = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far prices of a group move: by how many times in a day at most, and between two answers."""

    limit: Decimal
    near: Decimal


# The S&P 500 lost 20.5 % on 19 October 1987, and New York has ended a day's trading at 20 % since
# (NYSE Rule 7.12). US oil rose by half within a day in April 2020. The pound lost 8 % on 24 June
# 2016. Of coins no limit is known; most of their falls by half took days.
_REACH: Mapping[str, Reach] = MappingProxyType({
    Instrument.Group.INDICES: Reach(limit=Decimal("1.3"), near=Decimal("1.05")),
    Instrument.Group.FUNDS: Reach(limit=Decimal("1.4"), near=Decimal("1.05")),
    Instrument.Group.COMMODITIES: Reach(limit=Decimal("1.8"), near=Decimal("1.1")),
    Instrument.Group.CRYPTO: Reach(limit=Decimal(4), near=Decimal("1.25")),
    Instrument.Group.CURRENCIES: Reach(limit=Decimal("1.12"), near=Decimal("1.02")),
})  # fmt: skip
# The close of one day, as a provider repeats it.
_SAME_CLOSE = Decimal("1.02")
# Shares of a fund are split, or put together, like this, and the day's move comes on top.
_SPLITS = ("1.5", "2", "3", "4", "5", "6", "8", "10", "15", "20", "25", "50")
_SPLIT_SLACK = Decimal("1.04")

# So many answers have to agree: about what nothing is known of, and against a price that was shown.
FIRST, AGREEING = 2, 3
# A price that has gone on for so long is established.
ESTABLISHED = timedelta(hours=20)
# What is older says little of a price.
FORGOTTEN = timedelta(days=7)
# Who looks as often as this sees a price move; after more time another one may be true.
WATCHED = timedelta(hours=2)


class Kind(Enum):
    """What is wrong with a quote, by what makes it right."""

    NO_PRICE = "an editor"
    FIRST = "a second answer that agrees"
    CLOSE = "answers that agree: then the price is shown without a change"
    LEVEL = "answers that agree, unless the price before is established"
    JUMP = "answers that agree, whatever was before"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a quote is not shown; the reason goes on from the name of its instrument."""

    kind: Kind
    reason: str


def doubt(
    raw: RawQuote,
    instrument: Instrument,
    before: Quote | None,
    held: HeldQuote | None = None,
    *,
    at: datetime,
) -> Doubt | None:
    """Return what speaks against a quote, None where it may be shown.

    `raw` is in the instrument's own unit. `before` is the last good quote, never one by hand or of
    the demo; `held` is what has been held back since, None where nothing has.
    """
    reason = _no_price(raw, before, instrument, at=at) or _out_of_bounds(raw.price, instrument)
    if reason:
        return Doubt(Kind.NO_PRICE, reason)
    if before is None and (instrument.least is None or instrument.most is None):
        return Doubt(Kind.FIRST, "it is the first, and nothing says what would be plausible")
    # Below zero there are no proportions, and an editor has let the first one in.
    if raw.price < 0 or (before is not None and before.price < 0):
        return None
    odd = _own_close(raw, instrument)
    if before is None:
        return odd
    if _times(raw.price, before.price) <= _near(instrument):
        # The price goes on: at most its close is wrong.
        return odd
    return _other_level(raw, instrument, before, held) or (odd and Doubt(Kind.LEVEL, odd.reason))


def is_over(found: Doubt, before: Quote | None, *, agreeing: int, at: datetime) -> bool:
    """Return whether so many answers, this one included, are enough to show the quote after all."""
    if found.kind is Kind.NO_PRICE:
        return False
    if found.kind is Kind.FIRST:
        return agreeing >= FIRST
    if found.kind is Kind.LEVEL and before is not None and _is_established(before, at):
        return False
    # The price goes on from one that was let in without its close, or came with none.
    if found.kind is Kind.CLOSE and before is not None and before.previous_close is None:
        return True
    return agreeing >= AGREEING


def agrees(raw: RawQuote, instrument: Instrument, held: HeldQuote) -> bool:
    """Return whether a quote goes on from the one that was held back, at a later time."""
    if held.price is None or held.quoted_at is None or min(held.price, raw.price) <= 0:
        return False
    is_later = raw.quoted_at > held.quoted_at
    return is_later and _times(raw.price, held.price) <= _near(instrument)


def plausible_close(raw: RawQuote, instrument: Instrument) -> Decimal | None:
    """Return the close that a change is reckoned from; None for one that cannot be."""
    if raw.price <= 0 or _own_close(raw, instrument):
        return None
    return _close(raw)


def _times(one: Decimal, other: Decimal) -> Decimal:
    """Return by how many times two prices above zero differ, at least 1."""
    return max(one / other, other / one)


def _near(instrument: Instrument) -> Decimal:
    return _REACH[instrument.group].near


def _limit(instrument: Instrument) -> Decimal:
    return _REACH[instrument.group].limit


def _is_established(before: Quote, at: datetime) -> bool:
    """Return whether a price stands against others. Of one without a beginning it is not known when."""
    if before.quoted_at < at - FORGOTTEN:
        return False
    return before.since is None or before.quoted_at - before.since >= ESTABLISHED


def _no_price(raw: RawQuote, before: Quote | None, instrument: Instrument, *, at: datetime) -> str:
    if raw.price == 0:
        return "its price is zero"
    if raw.price < 0 and not (before and before.price < 0):
        return f"its price is negative, {instrument.written(raw.price)}"
    if not LEAST <= abs(raw.price) < MOST:
        return f"{raw.price:.3g} is outside any plausible range"
    if raw.currency and raw.currency != instrument.currency:
        return _foreign(raw.currency, instrument)
    if raw.quoted_at > at + SLACK:
        return f"its time, {desk_time(raw.quoted_at)} UTC, is in the future"
    if raw.quoted_at < at - OLDEST:
        return (
            f"it is of {raw.quoted_at:%-d %B %Y}, {count_of((at - raw.quoted_at).days, 'day')} old"
        )
    return ""


def _foreign(currency: str, instrument: Instrument) -> str:
    if currency not in CURRENCIES:
        return f"its currency, {shown(currency[:12])}, does not exist"
    return f"it is in {currency}, not in {instrument.currency}"


def _out_of_bounds(price: Decimal, instrument: Instrument) -> str:
    written = instrument.written
    if price < 0:
        return ""
    if instrument.least is not None and price < instrument.least:
        return f"{written(price)} is below {written(instrument.least)}, its lowest plausible price"
    if instrument.most is not None and price > instrument.most:
        return f"{written(price)} is above {written(instrument.most)}, its highest plausible price"
    return ""


def _close(raw: RawQuote) -> Decimal | None:
    close = raw.previous_close
    return close if close is not None and LEAST <= close < MOST else None


def _own_close(raw: RawQuote, instrument: Instrument) -> Doubt | None:
    """Doubt a change since its own close that no day brings."""
    close = _close(raw)
    if close is None or _times(raw.price, close) <= _limit(instrument):
        return None
    written = instrument.written
    return Doubt(
        Kind.CLOSE,
        f"its price, {written(raw.price)}, and its previous close, {written(close)}, are too far apart",
    )


def _other_level(
    raw: RawQuote, instrument: Instrument, before: Quote, held: HeldQuote | None
) -> Doubt | None:
    """Doubt what does not go on from the last good quote: by its close if it has one.

    A crash is in the price alone, and its close is still yesterday's. Another unit, another
    currency or another thing is in both.
    """
    last, close = instrument.written(before.price), _close(raw)
    if _is_turned_round(raw, instrument, before):
        new = instrument.written(raw.price)
        return Doubt(Kind.LEVEL, f"{new} after {last} looks like the pair the other way round")
    if close is None:
        return _leap(raw, instrument, before)
    told = f"its previous close is {instrument.written(close)}, and the last quote was {last}"
    if times := _split(close, instrument, before):
        return Doubt(Kind.JUMP, f"{told}: it looks like a split, {times}")
    if _times(close, before.price) > _limit(instrument):
        return Doubt(Kind.LEVEL, told)
    if _is_next_to(held, close, before) or _is_other_close(close, raw, instrument, before):
        return Doubt(Kind.LEVEL if _was_watched(raw, before, held) else Kind.JUMP, told)
    return None


def _is_turned_round(raw: RawQuote, instrument: Instrument, before: Quote) -> bool:
    """Return whether a pair of currencies is given as so many of the first for one of the second."""
    if instrument.group != Instrument.Group.CURRENCIES:
        return False
    turned, close = 1 / before.price, _close(raw)
    is_near = _times(raw.price, turned) <= _near(instrument)
    return is_near and (close is None or _times(close, turned) < _times(close, before.price))


def _leap(raw: RawQuote, instrument: Instrument, before: Quote) -> Doubt | None:
    if _times(raw.price, before.price) <= _limit(instrument):
        return None
    old, new = instrument.written(before.price), instrument.written(raw.price)
    minutes = max(round((raw.quoted_at - before.quoted_at) / timedelta(minutes=1)), 1)
    passed = count_of(minutes, "minute") if minutes < 120 else count_of(minutes // 60, "hour")
    return Doubt(Kind.LEVEL, f"it went from {old} to {new} in {passed}")


def _split(close: Decimal, instrument: Instrument, before: Quote) -> str:
    """Return how many new shares of a fund there are for old ones, "" where none were split."""
    if instrument.group != Instrument.Group.FUNDS and not instrument.stands_for:
        return ""
    for times in _SPLITS:
        if _times(before.price, close * Decimal(times)) <= _SPLIT_SLACK:
            return f"{times} for 1"
        if _times(before.price * Decimal(times), close) <= _SPLIT_SLACK:
            return f"1 for {times}"
    return ""


def _is_next_to(held: HeldQuote | None, close: Decimal, before: Quote) -> bool:
    """Return whether a day begins with what was held back, and not with what was shown."""
    if held is None or held.price is None or held.price <= 0:
        return False
    return _times(close, held.price) < _times(close, before.price)


def _was_watched(raw: RawQuote, before: Quote, held: HeldQuote | None) -> bool:
    """Return whether the last good quote was a short time before the first that did not go on."""
    first = held.held_at if held else raw.quoted_at
    return first - before.quoted_at < WATCHED


def _is_other_close(close: Decimal, raw: RawQuote, instrument: Instrument, before: Quote) -> bool:
    """Return whether a close is neither that of the last good quote nor that quote's own price."""
    # Coins have no close: the price of a day ago takes its place, and moves with them.
    if not instrument.calendar or raw.quoted_at - before.quoted_at >= ESTABLISHED:
        return False
    known = before.previous_close
    is_known = known is None or _times(close, known) <= _SAME_CLOSE
    return not is_known and _times(close, before.price) > _near(instrument)
