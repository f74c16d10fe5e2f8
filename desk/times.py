"""Times as the desk shows them."""

from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone

from web import words
from web.local_times import both_clocks


def desk_time(at: datetime | None) -> str:
    """Return the moment in UTC as "25 Jun 12:00", with the year where it is not this one."""
    if at is None:
        return ""
    return words.short_time(at, now=timezone.now())


def record_time(at: datetime | None) -> str:
    """Return the moment in UTC to the second: "25 June 2026 12:00:07 UTC"."""
    return words.exact_time(at.astimezone(UTC)) if at else ""


def long_time(at: datetime | None) -> str:
    """Return the moment in UTC: "25 June 2026 12:00 UTC"."""
    return words.long_time(at.astimezone(UTC)) if at else ""


def clock_time(at: datetime | None) -> str:
    """Return the moment in the desk's zone and in UTC: "Thu 25 Jun 10:30 CEST (08:30 UTC)"."""
    if at is None:
        return ""
    return both_clocks(at, settings.NEWSROOM_TIME_ZONE, now=timezone.now())
