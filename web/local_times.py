"""Times of day in a zone whose clocks are put forward and back. Pure: nothing here knows Django."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def moments_of(wall: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return the moments, in UTC, at which clocks of the zone show a time, given without a zone.

    None where it is skipped, two where clocks are put back and show it twice.
    """
    both = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    shown = [at for at in both if at.astimezone(zone).replace(tzinfo=None) == wall]
    return tuple(dict.fromkeys(shown))


def both_clocks(at: datetime, zone: ZoneInfo, *, now: datetime) -> str:
    """Return "Thu 25 Jun 10:30 CEST (08:30 UTC)", with the year where it is not this one.

    The day in UTC stands there too where it is another, and nothing in brackets in a zone that
    shows UTC.
    """
    here, there = at.astimezone(zone), at.astimezone(UTC)
    year = "" if here.year == now.astimezone(zone).year else f" {here.year}"
    line = f"{here:%a} {here.day} {here:%b}{year} {here:%H:%M %Z}"
    if here.tzname() == "UTC":
        return line
    day = "" if here.date() == there.date() else f"{there:%a} {there.day} {there:%b} "
    return f"{line} ({day}{there:%H:%M} UTC)"
