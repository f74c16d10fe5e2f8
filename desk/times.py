"""Times as the desk shows them."""

from datetime import UTC, datetime

from django.utils import timezone


def desk_time(at: datetime | None) -> str:
    """Return the moment in UTC as "25 Jun 12:00", with the year where it is not this one."""
    if at is None:
        return ""
    at = at.astimezone(UTC)
    year = "" if at.year == timezone.now().year else f" {at.year}"
    return f"{at.day} {at:%b}{year} {at:%H:%M}"
