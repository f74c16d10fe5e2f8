"""What an exchange is, and what can be said of it at a moment."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

type Session = tuple[time, time]
"""When trading starts and stops, in local time; the stop is no longer part of it."""


class UnknownZone(Exception):
    """This machine does not know the time zone of an exchange; the message says what to do."""


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    LUNCH = "lunch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The sessions of a day, in order, from the day on from which they are kept."""

    since: date = date.min
    sessions: tuple[Session, ...]
    half_day: tuple[Session, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A stock exchange with what its rules say of its hours."""

    code: str
    name: str
    zone: str  # IANA
    hours: tuple[Hours, ...]  # oldest first
    calendar: str = ""  # its list in holiday_lists; "" where only weekends close it
    ends_year_early: bool = False  # whether the last session of a year is a half day
    # The last day whose holidays and half days were announced, and where; from the day after,
    # what is said of it follows from rules and is provisional.
    announced_until: date
    announced_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What is true of an exchange at a moment, until `changes_at`.

    `changes_at` is in UTC; None where it does not open in the month to come. `reason` is what is
    special: "lunch", "half day" all through such a day, "weekend", "holiday: Good Friday",
    "closed: …" for a closure out of turn, and "" on an ordinary day, before and after hours too.
    `is_provisional` where this moment or the next change is beyond what the exchange announced.
    """

    exchange: Exchange
    state: State
    changes_at: datetime | None
    is_provisional: bool
    reason: str
