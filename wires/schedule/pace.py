"""When a source is asked again: one rule for the wire's channels and for providers of quotes."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

# What a row is without a lease, and no longer overdue.
RELEASED = {"lease_owner": "", "lease_until": None, "due_since": None}


class Source(Protocol):
    """A PolledSource with an interval."""

    @property
    def interval_minutes(self) -> int: ...

    @property
    def failures(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How far waits may stray from the interval, and how long they grow while a source fails."""

    jitter: float
    doublings: int
    longest_wait: timedelta
    longest_asked: timedelta

    def after_reading(
        self,
        source: Source,
        *,
        at: datetime,
        chance: random.Random,
        asked: timedelta | None = None,
    ) -> dict[str, Any]:
        """Return what to write on a source that was read: no sooner again than its site asks for."""
        stray = chance.uniform(1 - self.jitter, 1 + self.jitter)
        interval = timedelta(minutes=source.interval_minutes) * stray
        return RELEASED | {
            "next_poll_at": at + max(interval, min(asked or timedelta(), self.longest_asked)),
            "last_polled_at": at,
            "failures": 0,
            "last_error": "",
            "last_error_at": None,
        }

    def after_failure(
        self,
        source: Source,
        message: str,
        *,
        at: datetime,
        chance: random.Random,
        shortest: timedelta | None = None,
    ) -> dict[str, Any]:
        """Return what to write on a source that could not be read.

        It waits at random between its interval and that doubled with each failure in a row.
        """
        failures = source.failures + 1
        interval = timedelta(minutes=source.interval_minutes)
        doubled = interval * 2 ** min(failures, self.doublings)
        longest = max(min(doubled, self.longest_wait), interval)
        wait = chance.uniform(interval.total_seconds(), longest.total_seconds())
        return RELEASED | {
            "next_poll_at": at + max(timedelta(seconds=wait), shortest or timedelta()),
            "last_polled_at": at,
            "failures": failures,
            "last_error": message[:500],
            "last_error_at": at,
        }
