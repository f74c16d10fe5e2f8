"""For which instruments a provider is asked now, and until when there is nothing to ask.

What cannot have changed is not asked for: an exchange is closed, a currency has its weekend, the
rate of the day is read. A standby is asked only for what the instrument's own provider lacks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from markets.hours import EXCHANGES, WEEKEND, State, UnknownZone, last_stop, special_days, status
from markets.ingest.store import WantedQuotes, held_of
from markets.models import Instrument, Provider, Quote
from markets.providers import PROVIDERS, Adapter

DAY = timedelta(days=1)
LONGEST_REST = 10  # days: no holidays are longer
# After a close that came wrong or not at all: what is so still is so until somebody looks at it.
ASKED_AGAIN_FOR = timedelta(hours=6)
NEW_YORK = ZoneInfo("America/New_York")
FRIDAY, SATURDAY = 4, 5
# When the trade in currencies and metals stops for the weekend, and goes on.
WEEK_ENDS = time(17)
ROUND_THE_CLOCK = {Instrument.Group.COMMODITIES, Instrument.Group.CURRENCIES}
# The days on which the central banks of the euro set no rates, as the package `holidays` lists them.
CLOSING_DAYS = "ECB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a provider is to be asked now; where that is nothing, until when, if that is known.

    `is_of_use` is False where no instrument of the strip names it.
    """

    wanted: WantedQuotes
    rests_until: datetime | None = None
    is_of_use: bool = True


def question(provider: Provider, *, at: datetime) -> Question:
    """Return what a provider is to be asked at a moment. One query.

    One that was never asked, or is to be asked as if for the first time, is asked for everything.
    """
    adapter = PROVIDERS.get(provider.code)
    every = _instruments(provider)
    mine = [one for one in every if is_up_to(provider, one, at)]
    turns = turns_of(len(mine), adapter)
    resting = {
        one.pk: until for one in mine if (until := rests_until(one, provider, at, turns=turns))
    }
    if provider.next_poll_at is None:
        resting = {}
    due = [one for one in mine if one.pk not in resting]
    asked = turn_of(due, provider, adapter) if adapter else due
    wanted = WantedQuotes.from_provider(provider, asked)
    until = min(resting.values()) if resting and not asked else None
    return Question(wanted=wanted, rests_until=until, is_of_use=bool(every))


def _instruments(provider: Provider) -> Sequence[Instrument]:
    rows = Instrument.objects.shown().given_by(provider).with_quotes().select_related("held")
    return list(rows.in_order())


def is_up_to(provider: Provider, instrument: Instrument, at: datetime) -> bool:
    """Return whether it is for this provider to give a quote: its own, or a standby that is needed."""
    own = instrument.provider
    if own.pk == provider.pk:
        return True
    quote: Quote | None = getattr(instrument, "quote", None)
    is_lacking = quote is None or quote.is_demo or quote.is_stale(instrument, at)
    return own.paused or own.failures > 0 or is_lacking or held_of(instrument) is not None


def turn_of(
    instruments: Sequence[Instrument], provider: Provider, adapter: Adapter
) -> Sequence[Instrument]:
    """Return those whose turn it is, where a provider gives only a few symbols at a time."""
    turns, few = turns_of(len(instruments), adapter), adapter.at_a_time
    if turns == 1:
        return instruments
    turn = provider.asked_times % turns
    return instruments[turn * few : (turn + 1) * few]


def turns_of(count: int, adapter: Adapter | None) -> int:
    """Return how often a provider has to be asked to give so many instruments."""
    few = adapter.at_a_time if adapter else 0
    return max(-(-count // few), 1) if few else 1


def rests_until(
    instrument: Instrument, provider: Provider, at: datetime, *, turns: int = 1
) -> datetime | None:
    """Return when it can have another price than the one read; None where it can have one now.

    Who gives a few at a time has given all of them only after as many turns.
    """
    adapter = PROVIDERS.get(provider.code)
    quote: Quote | None = getattr(instrument, "quote", None)
    if adapter and adapter.set_at:
        return _next_rate(quote.quoted_at, *adapter.set_at, at=at) if quote else None
    since, until = _rest(instrument, at)
    read_at = provider.last_read_at
    if since is None or until is None or read_at is None or adapter is None:
        return None
    settles_at = since + adapter.settles_after + (turns - 1) * provider.interval
    # What is held was not read right, whatever came of the provider's others; and a price from
    # longer before the close than the provider gives it late is not the close.
    is_old = quote is not None and quote.quoted_at + adapter.settles_after < since
    is_missed = (is_old or held_of(instrument) is not None) and at < settles_at + ASKED_AGAIN_FOR
    return until if read_at >= settles_at and until > at and not is_missed else None


def _rest(instrument: Instrument, at: datetime) -> tuple[datetime | None, datetime | None]:
    """Return since and until when no price can change at a moment; None where one can."""
    if instrument.group in ROUND_THE_CLOCK:
        return weekend(at)
    if not instrument.calendar:
        return None, None
    try:
        exchange = EXCHANGES[instrument.calendar]
        there = status(exchange, at)
        # Days that nobody has announced may be others.
        if there.state is State.OPEN or (there.is_provisional and there.reason != WEEKEND):
            return None, None
        return last_stop(exchange, at), there.changes_at
    except (KeyError, UnknownZone):
        return None, None


def weekend(at: datetime) -> tuple[datetime | None, datetime | None]:
    """Return from when to when currencies rest, if they do at a moment: from Friday to Sunday."""
    there = at.astimezone(NEW_YORK)
    friday = there.date() - timedelta(days=(there.weekday() - FRIDAY) % 7)
    since = datetime.combine(friday, WEEK_ENDS, NEW_YORK).astimezone(UTC)
    until = datetime.combine(friday + 2 * DAY, WEEK_ENDS, NEW_YORK).astimezone(UTC)
    return (since, until) if since <= at < until else (None, None)


def _next_rate(quoted_at: datetime, hour: time, zone: ZoneInfo, *, at: datetime) -> datetime | None:
    """Return when a rate that is set once a working day can be followed by another."""
    today = at.astimezone(zone).date()
    days = (today + n * DAY for n in range(-LONGEST_REST, LONGEST_REST))
    moments = [
        datetime.combine(day, hour, zone) for day in days if _is_working_day(day.toordinal())
    ]
    last = max((one for one in moments if one <= at), default=None)
    if last is None or quoted_at.astimezone(zone).date() < last.date():
        return None
    return min((one.astimezone(UTC) for one in moments if one > at), default=None)


@lru_cache(maxsize=64)
def _is_working_day(ordinal: int) -> bool:
    day = datetime.fromordinal(ordinal).date()
    return day.weekday() < SATURDAY and day not in special_days(CLOSING_DAYS, day.year)


def next_day(at: datetime) -> datetime:
    """Return the next midnight in UTC, when a daily limit begins again."""
    return (at.astimezone(UTC) + DAY).replace(hour=0, minute=0, second=0, microsecond=0)
