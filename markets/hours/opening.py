"""Whether an exchange is open, and which exchange matters at an hour."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markets.hours.calendars import special_days
from markets.hours.closures import CLOSURE_OF
from markets.hours.exchange import Exchange, Hours, Session, State, Status, UnknownZone
from markets.hours.exchanges import EXCHANGES

SOON = timedelta(hours=1)
# No rule of theirs closes an exchange for longer than ten days.
DAYS_AHEAD = 31
WEEKEND = "weekend"
_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """What is traded on a local day, and what is special about it."""

    sessions: tuple[Session, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A local day: its changes in UTC, and what is true before, between and after them."""

    changes: tuple[datetime, ...]
    statuses: tuple[Status, ...]


def status(exchange: Exchange, at: datetime) -> Status:
    """Return what is true of an exchange at an aware moment. It is open at the second it opens.

    Raises UnknownZone. Microseconds, but for the first call of a year: see calendars.py.
    """
    if at.tzinfo is None:
        message = f"whether {exchange.code} is open can be told of a moment in a time zone only"
        raise ValueError(message)
    plan = _plan(exchange, at.astimezone(_zone(exchange)).date())
    return plan.statuses[bisect_right(plan.changes, at)]


def last_stop(exchange: Exchange, at: datetime) -> datetime | None:
    """Return when trading last stopped before an aware moment, for the day or for lunch.

    None where it did not in the month before. Raises UnknownZone.
    """
    today = at.astimezone(_zone(exchange)).date()
    for n in range(DAYS_AHEAD + 1):
        on = today - n * _DAY
        stops = [stop for _, stop in _moments(exchange, on, _day(exchange, on)) if stop <= at]
        if stops:
            return stops[-1]
    return None


def special_days_ahead(exchange: Exchange, at: datetime) -> list[tuple[date, str]]:
    """Return the days of the month to come on which it closes or closes early, each with the reason.

    Weekends are left out. Raises UnknownZone.
    """
    today = at.astimezone(_zone(exchange)).date()
    days = [today + n * _DAY for n in range(1, DAYS_AHEAD + 1)]
    found = [(on, _day(exchange, on).reason) for on in days]
    return [(on, reason) for on, reason in found if reason not in ("", WEEKEND)]


def foremost(at: datetime) -> Exchange:
    """Return the exchange that matters at an aware moment.

    The first in the order of EXCHANGES that is open; else the one that opens next, from lunch as
    well, if within the hour; else New York.
    """
    now = [status(exchange, at) for exchange in EXCHANGES.values()]
    for one in now:
        if one.state is State.OPEN:
            return one.exchange
    soon = [one for one in now if one.changes_at and one.changes_at - at <= SOON]
    return min(soon, key=lambda one: one.changes_at or at, default=now[0]).exchange


def _zone(exchange: Exchange) -> ZoneInfo:
    try:
        return ZoneInfo(exchange.zone)
    # A name may also be malformed, or that of a folder of zones.
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = (
            f"the hours of {exchange.code} cannot be told: this machine does not know the time "
            f"zone {exchange.zone!r}; install the system’s tzdata, or the Python package tzdata"
        )
        raise UnknownZone(message) from error


@lru_cache(maxsize=64)
def _plan(exchange: Exchange, on: date) -> _Plan:
    day = _day(exchange, on)
    changes = tuple(moment for session in _moments(exchange, on, day) for moment in session)
    opens_on = _next_session_day(exchange, on)
    following: list[datetime | None] = [*changes, None]
    if opens_on:
        following[-1] = _moments(exchange, opens_on, _day(exchange, opens_on))[0][0]
    statuses = []
    for n, changes_at in enumerate(following):
        state = _state(n, len(changes))
        last_day = on if n < len(changes) else opens_on
        statuses.append(
            Status(
                exchange=exchange,
                state=state,
                changes_at=changes_at,
                is_provisional=not last_day or last_day > exchange.announced_until,
                reason="lunch" if state is State.LUNCH else day.reason,
            )
        )
    return _Plan(changes=changes, statuses=tuple(statuses))


def _state(n: int, changes: int) -> State:
    """Return the state after `n` of a day's changes: between two sessions it is lunch."""
    if n % 2:
        return State.OPEN
    return State.LUNCH if 0 < n < changes else State.CLOSED


def _moments(exchange: Exchange, on: date, day: _Day) -> list[tuple[datetime, datetime]]:
    zone = _zone(exchange)
    return [
        (
            datetime.combine(on, start, zone).astimezone(UTC),
            datetime.combine(on, stop, zone).astimezone(UTC),
        )
        for start, stop in day.sessions
    ]


def _next_session_day(exchange: Exchange, on: date) -> date | None:
    ahead = (on + n * _DAY for n in range(1, DAYS_AHEAD + 1))
    return next((later for later in ahead if _day(exchange, later).sessions), None)


def _day(exchange: Exchange, on: date) -> _Day:
    if closure := CLOSURE_OF.get((exchange.code, on)):
        return _Day(sessions=closure.sessions, reason=f"closed: {closure.what}")
    if on.weekday() >= _SATURDAY:
        return _Day(sessions=(), reason=WEEKEND)
    hours = _hours(exchange, on)
    special = special_days(exchange.calendar, on.year).get(on) if exchange.calendar else None
    if special and not special.is_half:
        return _Day(sessions=(), reason=f"holiday: {special.name}")
    if special or (exchange.ends_year_early and _is_last_of_its_year(exchange, on)):
        return _Day(sessions=hours.half_day, reason="half day")
    return _Day(sessions=hours.sessions, reason="")


def _hours(exchange: Exchange, on: date) -> Hours:
    return next(hours for hours in reversed(exchange.hours) if hours.since <= on)


def _is_last_of_its_year(exchange: Exchange, on: date) -> bool:
    special = special_days(exchange.calendar, on.year)
    later = (on + n * _DAY for n in range(1, (date(on.year, 12, 31) - on).days + 1))
    return all(day.weekday() >= _SATURDAY or day in special for day in later)
