"""Volume, number, edition, clocks: pure functions of a moment."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext

CITIES = (
    ("", "UTC"),
    ("New York", "America/New_York"),
    ("London", "Europe/London"),
    ("Paris", "Europe/Paris"),
    ("Tokyo", "Asia/Tokyo"),
    ("Hong Kong", "Asia/Hong_Kong"),
)
NUMERALS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
MINUTE, LOOKED_AHEAD = timedelta(minutes=1), timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One day's issue."""

    on: date
    volume: str
    number: int

    @property
    def edition(self) -> str:
        return gettext("%(weekday)s Ed.") % {"weekday": WEEKDAYS[self.on.weekday()]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The hour in a city, with the abbreviation that is true there at that moment.

    Where the clocks change within two weeks, when they do and what they are called from then on.
    """

    city: str  # "" for UTC, which is nobody's
    zone: str
    abbreviation: str
    time: str
    changes_at: datetime | None = None
    next_abbreviation: str = ""


def issue(on: date, *, launched_on: date) -> Issue:
    """Return the issue of a day."""
    years = max(on.year - launched_on.year + 1, 1)
    return Issue(on=on, volume=roman(years), number=on.timetuple().tm_yday)


def clocks(at: datetime) -> tuple[Clock, ...]:
    """Return the six clocks of the masthead for an aware moment."""
    return tuple(_clock(at.astimezone(ZoneInfo(zone)), city, zone) for city, zone in CITIES)


def roman(number: int) -> str:
    """Return a positive number in Roman numerals."""
    parts = []
    for value, numeral in NUMERALS:
        times, number = divmod(number, value)
        parts.append(numeral * times)
    return "".join(parts)


def _clock(there: datetime, city: str, zone: str) -> Clock:
    changes_at = clock_change(zone, there.astimezone(UTC).date())
    is_ahead = changes_at is not None and there < changes_at
    return Clock(
        city=city,
        zone=zone,
        abbreviation=there.tzname() or zone,
        time=f"{there:%H:%M}",
        changes_at=changes_at if is_ahead else None,
        next_abbreviation=_name(zone, changes_at) if changes_at and is_ahead else "",
    )


@lru_cache(maxsize=64)
def clock_change(zone: str, on: date) -> datetime | None:
    """Return when the clocks of a zone change within two weeks from a day on, to the minute."""
    start = datetime.combine(on, time(), UTC)
    if _name(zone, start) == _name(zone, start + LOOKED_AHEAD):
        return None
    before, after = start, start + LOOKED_AHEAD
    while after - before > MINUTE:
        middle = before + (after - before) // MINUTE // 2 * MINUTE
        if _name(zone, middle) == _name(zone, start):
            before = middle
        else:
            after = middle
    return after


def _name(zone: str, at: datetime) -> str:
    return at.astimezone(ZoneInfo(zone)).tzname() or zone


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's names and address for every template."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_LANGUAGE": settings.SITE_LANGUAGE,
        "SITE_SHORT_NAME": settings.SITE_SHORT_NAME,
        "SITE_URL": settings.SITE_URL,
        "PUBLISHER_NAME": settings.PUBLISHER_NAME,
        "DEFAULT_BYLINE": settings.DEFAULT_BYLINE,
    }
