"""Volume, number, edition, clocks: pure functions of a moment."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest

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
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One day's issue, by the newsroom's time zone."""

    on: date
    volume: str
    number: int

    @property
    def edition(self) -> str:
        return f"{WEEKDAYS[self.on.weekday()]} Ed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The hour in a city, with the abbreviation that is true there on that day."""

    city: str  # "" for UTC, which is nobody's
    zone: str
    abbreviation: str
    time: str


def issue(at: datetime, *, launched_on: date, zone: tzinfo) -> Issue:
    """Return the issue of the day that `at`, an aware moment, falls on in the newsroom's zone."""
    on = at.astimezone(zone).date()
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
    return Clock(
        city=city,
        zone=zone,
        abbreviation=there.tzname() or zone,
        time=f"{there:%H:%M}",
    )


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's names and address for every template."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_SHORT_NAME": settings.SITE_SHORT_NAME,
        "SITE_URL": settings.SITE_URL,
        "PUBLISHER_NAME": settings.PUBLISHER_NAME,
        "DEFAULT_BYLINE": settings.DEFAULT_BYLINE,
    }
