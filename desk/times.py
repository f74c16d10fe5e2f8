"""Times as the desk shows them."""

from datetime import UTC, datetime

from django.utils import timezone

from web import words


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
