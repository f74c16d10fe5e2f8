"""The strip of quotes at a moment: what it says of each instrument, and of the exchanges."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop, ngettext

from markets.hours import (
    EXCHANGES,
    Exchange,
    State,
    UnknownZone,
    foremost,
    last_stop,
    special_days_ahead,
    status,
)
from markets.models import Instrument, Quote
from web.days import today

logger = logging.getLogger(__name__)

CENT = Decimal("0.01")
# Who gave a quote that no provider did.
SOURCES: Mapping[str, str] = {
    Quote.Origin.FILE: gettext_noop("from a file of the desk"),
    Quote.Origin.BY_HAND: gettext_noop("entered at the desk"),
    Quote.Origin.DEMO: gettext_noop("invented for the demo"),
}
MINUTE = timedelta(minutes=1)
SOON_OVER = timedelta(days=60)
CLOSE, BEFORE_CLOSE = gettext_noop("close"), gettext_noop("before the close")
OPEN, CLOSED, LUNCH = gettext_noop("OPEN"), gettext_noop("CLOSED"), gettext_noop("lunch")
CLOSES_IN, OPENS_IN = gettext_noop("closes in"), gettext_noop("opens in")
# What has a close: the rest goes on elsewhere when its exchange has closed.
CLOSING = {Instrument.Group.INDICES, Instrument.Group.FUNDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """By how much a price differs from the previous close, signed, and the sign that goes before."""

    direction: str
    arrow: str
    percent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An instrument and its quote; without a close there is no change.

    A quote of another day than the strip says so. `source` is who gave it, `pace` how its prices
    differ from those of the moment, `note` what a standby quotes in place of the instrument, and
    `session` whether it is the close of an exchange that is closed now, or only a price before it.
    """

    instrument: Instrument
    price: str
    change: PriceChange | None
    at: datetime
    is_of_another_day: bool
    is_stale: bool
    is_by_hand: bool
    is_demo: bool
    source: str
    pace: str
    note: str
    session: str

    @property
    def is_before_close(self) -> bool:
        return self.session == BEFORE_CLOSE and not self.is_stale


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The instruments of one group that stand together."""

    name: str
    rows: list[Row]

    @property
    def pace(self) -> str:
        """How the prices of all of them differ from those of the moment, "" where not all do so."""
        paces = {row.pace for row in self.rows}
        return paces.pop() if len(paces) == 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeHours:
    """What an exchange does: a word, what will happen next and in how long, twice for the ear.

    `state` and `next` are "" where its hours are not known.
    """

    exchange: Exchange
    state: str = ""
    note: str = ""
    next: str = ""
    span: str = ""
    span_in_words: str = ""
    is_provisional: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeDays:
    """The hours of an exchange on the page of the markets: now, the next change, and special days.

    `change_there` is in its own time; `change_reason` is what is special about the day of the
    change, such as a half day. `ahead` are the days of the month to come that are not as usual.
    """

    hours: ExchangeHours
    changes_at: datetime | None = None
    change_there: str = ""
    change_reason: str = ""
    ahead: list[tuple[date, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The whole strip. `newest_at` is None if there is no quote at all."""

    groups: list[Rows]
    foremost: ExchangeHours
    exchanges: list[ExchangeHours]
    newest_at: datetime | None
    is_demo: bool


def strip(at: datetime) -> Strip:
    """Compose the strip of a moment. One query."""
    instruments = list(Instrument.objects.shown().with_quotes().in_order())
    quotes = [quote for instrument in instruments if (quote := quote_of(instrument))]
    exchanges = all_hours(at)
    return Strip(
        groups=grouped(instruments, at),
        foremost=foremost_of(exchanges, at),
        exchanges=list(exchanges.values()),
        newest_at=max((quote.quoted_at for quote in quotes), default=None),
        is_demo=any(quote.is_demo for quote in quotes),
    )


def all_hours(at: datetime) -> dict[str, ExchangeHours]:
    """Return what every exchange does at a moment, by its code."""
    return {code: hours(exchange, at) for code, exchange in EXCHANGES.items()}


def all_days(at: datetime) -> list[ExchangeDays]:
    """Return what every exchange does at a moment and in the month to come."""
    return [days(exchange, at) for exchange in EXCHANGES.values()]


def days(exchange: Exchange, at: datetime) -> ExchangeDays:
    """Say what an exchange does, when that changes, and which days to come are not as usual."""
    told = hours(exchange, at)
    try:
        changes_at = status(exchange, at).changes_at
        if changes_at is None:
            return ExchangeDays(hours=told)
        there = changes_at.astimezone(ZoneInfo(exchange.zone))
        then = status(exchange, changes_at).reason
        ahead = special_days_ahead(exchange, at)
    except UnknownZone:
        return ExchangeDays(hours=told)
    is_later = there.date() != at.astimezone(there.tzinfo).date()
    return ExchangeDays(
        hours=told,
        changes_at=changes_at,
        change_there=f"{there:%H:%M %Z}",
        change_reason=then if is_later else "",
        ahead=[(on, in_words(reason)) for on, reason in ahead],
    )


def in_words(reason: str) -> str:
    """Return what a special day brings: "closed, Thanksgiving" of "holiday: Thanksgiving"."""
    kind, _, name = reason.partition(": ")
    return f"closed, {name}" if kind in ("holiday", "closed") else reason


def ending(at: datetime) -> list[Exchange]:
    """Return the exchanges whose announced holidays end within two months or have ended."""
    return [one for one in EXCHANGES.values() if one.announced_until < (at + SOON_OVER).date()]


def foremost_of(exchanges: Mapping[str, ExchangeHours], at: datetime) -> ExchangeHours:
    """Return the exchange that matters now; where that cannot be told, the first that is known."""
    try:
        return exchanges[foremost(at).code]
    except UnknownZone:
        told = [one for one in exchanges.values() if one.state]
        return (told or list(exchanges.values()))[0]


def grouped(instruments: Iterable[Instrument], at: datetime) -> list[Rows]:
    """Keep the order of the instruments, under the name of their group where it begins.

    One without a quote is left out: a paper without keys for some providers has no use for it.
    """
    quoted = [(one, quote) for one in instruments if (quote := quote_of(one))]
    closes = {code: close_of_day(exchange, at) for code, exchange in EXCHANGES.items()}
    return [
        Rows(
            name=str(Instrument.Group(group).label),
            rows=[row(*pair, at, closes) for pair in members],
        )
        for group, members in groupby(quoted, key=lambda pair: pair[0].group)
    ]


def quote_of(instrument: Instrument) -> Quote | None:
    """Return the quote that was read with its instrument."""
    return getattr(instrument, "quote", None)


def close_of_day(exchange: Exchange, at: datetime) -> datetime | None:
    """Return when an exchange that is closed at a moment closed; None where it trades or may."""
    try:
        return last_stop(exchange, at) if status(exchange, at).state is State.CLOSED else None
    except UnknownZone:
        return None


def session(instrument: Instrument, quote: Quote, closed_at: datetime | None) -> str:
    """Return whether a quote is the last close or a price before it; "" where that is no question."""
    if closed_at is None or instrument.group not in CLOSING or quote.is_demo or quote.is_by_hand:
        return ""
    # The last trade of a fund may be some seconds before the bell.
    return CLOSE if quote.quoted_at >= closed_at - MINUTE else BEFORE_CLOSE


def row(
    instrument: Instrument, quote: Quote, at: datetime, closes: Mapping[str, datetime | None]
) -> Row:
    is_from_provider = quote.origin == Quote.Origin.PROVIDER
    giver = quote.given_by or instrument.provider
    return Row(
        instrument=instrument,
        price=instrument.written(quote.price),
        change=change(quote.price, quote.previous_close),
        at=quote.quoted_at,
        is_of_another_day=quote.quoted_at.date() != today(at),
        is_stale=quote.is_stale(instrument, at),
        is_by_hand=quote.is_by_hand,
        is_demo=quote.is_demo,
        session=session(instrument, quote, closes.get(instrument.calendar)),
        source=giver.name if is_from_provider else SOURCES[quote.origin],
        pace=giver.pace if is_from_provider else "",
        note=instrument.note_on(quote) if is_from_provider else "",
    )


def change(price: Decimal, previous: Decimal | None) -> PriceChange | None:
    """Return the change in per cent, to two places; None where there is no previous close."""
    if not previous:
        return None
    percent = (100 * (price - previous) / previous).quantize(CENT, ROUND_HALF_UP)
    if percent > 0:
        return PriceChange(direction="up", arrow="▲", percent=f"+{percent:,}%")
    if percent < 0:
        return PriceChange(direction="down", arrow="▼", percent=f"−{-percent:,}%")
    return PriceChange(direction="flat", arrow="◆", percent=f"±{abs(percent)}%")


def hours(exchange: Exchange, at: datetime) -> ExchangeHours:
    """Say what an exchange does at a moment, or that it is not known."""
    try:
        there = status(exchange, at)
    except UnknownZone as error:
        logger.warning("The hours of %s are not known: %s", exchange.name, error)
        return ExchangeHours(exchange=exchange, reason=str(error))
    is_open = there.state == State.OPEN
    left = there.changes_at - at if there.changes_at else None
    return ExchangeHours(
        exchange=exchange,
        state=OPEN if is_open else CLOSED,
        note=LUNCH if there.state == State.LUNCH else "",
        next=CLOSES_IN if is_open else OPENS_IN,
        span=span(left) if left else "",
        span_in_words=span_in_words(left) if left else "",
        is_provisional=there.is_provisional,
        reason="" if there.state == State.LUNCH else there.reason,
    )


def parts(left: timedelta) -> list[tuple[int, str]]:
    """Split a coming time into days, hours and minutes, rounded up; zeros are left out."""
    minutes = max(-(-left // MINUTE), 1)
    days, minutes = divmod(minutes, 24 * 60)
    whole, minutes = divmod(minutes, 60)
    named = [(days, "day"), (whole, "hour"), (minutes, "minute")]
    return [(count, name) for count, name in named if count]


def span(left: timedelta) -> str:
    """Return it as 3h 18m."""
    return " ".join(f"{count}{name[0]}" for count, name in parts(left))


def span_in_words(left: timedelta) -> str:
    """Return it as 3 hours 18 minutes."""
    return " ".join(_counted(count, name) for count, name in parts(left))


def _counted(count: int, name: str) -> str:
    if name == "day":
        return ngettext("%(n)s day", "%(n)s days", count) % {"n": count}
    if name == "hour":
        return ngettext("%(n)s hour", "%(n)s hours", count) % {"n": count}
    return ngettext("%(n)s minute", "%(n)s minutes", count) % {"n": count}
