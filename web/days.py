"""The day it is for the newspaper, to which every page keeps, and the days of addresses, in UTC."""

from datetime import UTC, date, datetime, time

from django.conf import settings


def today(at: datetime) -> date:
    """Return the day that a moment falls on in the newsroom's time zone."""
    return at.astimezone(settings.NEWSROOM_TIME_ZONE).date()


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """Return the first and the last moment of a UTC day; the calendar's last day has no next one."""
    return datetime.combine(day, time.min, UTC), datetime.combine(day, time.max, UTC)
