"""Counts, dates and errors in English words. Pure: nothing here knows Django."""

from datetime import UTC, date, datetime

# What stands where a person's words were.
REMOVED = "Removed on legal request."


def plural(count: int, one: str, many: str = "") -> str:
    """Return the noun for a count: "hold" or "holds", and `many` where no s makes the plural."""
    return one if count == 1 else many or f"{one}s"


def count_of(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: "1 hold", "2 holds", "0 queries"."""
    return f"{count} {plural(count, one, many)}"


def long_date(day: date) -> str:
    """Return "5 June 2026"; of a datetime the day in its own zone."""
    return f"{day.day} {day:%B %Y}"


def long_time(at: datetime) -> str:
    """Return "5 June 2026 02:40 UTC", with the name of the moment's own zone."""
    return f"{long_date(at)} {at:%H:%M %Z}"


def exact_time(at: datetime) -> str:
    """Return "5 June 2026 02:40:11 UTC", with the name of the moment's own zone."""
    return f"{long_date(at)} {at:%H:%M:%S %Z}"


def time_and_date(at: datetime) -> str:
    """Return "02:40 UTC on 5 June 2026", with the name of the moment's own zone."""
    return f"{at:%H:%M %Z} on {long_date(at)}"


def short_time(at: datetime, *, now: datetime) -> str:
    """Return the moment in UTC as "5 Jun 12:00", with the year where it is not this one."""
    at = at.astimezone(UTC)
    year = "" if at.year == now.year else f" {at.year}"
    return f"{at.day} {at:%b}{year} {at:%H:%M}"


def first_line(error: Exception) -> str:
    """Return the first line of what an error says, or the name of one that says nothing."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
