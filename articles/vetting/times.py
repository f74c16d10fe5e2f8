"""Times of day as English prose writes them, with their zones, and the moments they can mean.

Read are "02:40 UTC on 25 June 2026", "2:40 a.m. GMT", "0240 GMT", "14.40 CEST", "5 p.m. ET",
"02:40 UTC+3", "at 11:10 Moscow time" and "2026-06-25T02:40Z". A time without a zone is none: it
could mean any. Abbreviations that stand for several zones mean each of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from articles.vetting import dates, nearby

# Hours from UTC; the IANA database does not name zones by these, and half of them it has as links.
_OFFSETS: dict[str, tuple[float, ...]] = {
    "UTC": (0,), "GMT": (0,), "Z": (0,), "WET": (0,), "WEST": (1,), "BST": (1, 6), "CET": (1,),
    "CEST": (2,), "EET": (2,), "EEST": (3,), "MSK": (3,), "TRT": (3,), "IDT": (3,),
    "IST": (5.5, 2, 1), "IRST": (3.5,), "GST": (4,), "AST": (3, -4), "PKT": (5,), "WIB": (7,),
    "ICT": (7,), "HKT": (8,), "SGT": (8,), "PHT": (8,), "JST": (9,), "KST": (9,), "ACST": (9.5,),
    "AEST": (10,), "AEDT": (11,), "NZST": (12,), "NZDT": (13,), "WAT": (1,), "CAT": (2,),
    "SAST": (2,), "EAT": (3,), "ADT": (-3,), "BRT": (-3,), "ART": (-3,), "EDT": (-4,),
    "EST": (-5,), "CDT": (-5,), "CST": (-6, 8), "MDT": (-6,), "MST": (-7,), "PDT": (-7,),
    "PST": (-8,),
}  # fmt: skip
_PLACES = {
    "ET": "America/New_York", "Eastern": "America/New_York", "CT": "America/Chicago",
    "Central": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    "Pacific": "America/Los_Angeles", "London": "Europe/London", "Paris": "Europe/Paris",
    "Berlin": "Europe/Berlin", "Brussels": "Europe/Brussels", "Madrid": "Europe/Madrid",
    "Rome": "Europe/Rome", "Kyiv": "Europe/Kyiv", "Kiev": "Europe/Kyiv", "Moscow": "Europe/Moscow",
    "Istanbul": "Europe/Istanbul", "Ankara": "Europe/Istanbul", "Athens": "Europe/Athens",
    "Cairo": "Africa/Cairo", "Beirut": "Asia/Beirut", "Damascus": "Asia/Damascus",
    "Jerusalem": "Asia/Jerusalem", "Israel": "Asia/Jerusalem", "Gaza": "Asia/Gaza",
    "Baghdad": "Asia/Baghdad", "Riyadh": "Asia/Riyadh", "Doha": "Asia/Qatar", "Dubai": "Asia/Dubai",
    "Tehran": "Asia/Tehran", "Iran": "Asia/Tehran", "Kabul": "Asia/Kabul", "Delhi": "Asia/Kolkata",
    "India": "Asia/Kolkata", "Beijing": "Asia/Shanghai", "Tokyo": "Asia/Tokyo",
    "Seoul": "Asia/Seoul", "Taipei": "Asia/Taipei", "Sydney": "Australia/Sydney",
    "Nairobi": "Africa/Nairobi", "Lagos": "Africa/Lagos", "Johannesburg": "Africa/Johannesburg",
    "Washington": "America/New_York", "New York": "America/New_York",
}  # fmt: skip

_ZONE = (
    r"(?:(?P<offset>(?:UTC|GMT)\s?[+-]\s?\d{1,2}(?::?[0-5]\d)?|(?<=\d)[+-]\d\d:?[0-5]\d)"
    rf"|(?P<short>{'|'.join(_OFFSETS)})\b"
    r"|(?P<region>ET|CT|MT|PT|(?:Eastern|Central|Pacific)(?:\s(?:[Ss]tandard\s|[Dd]aylight\s)?[Tt]ime)?)\b"
    rf"|(?P<place>{'|'.join(sorted(_PLACES, key=len, reverse=True))})\s(?:summer\s)?time\b)"
)
_TIME = re.compile(
    r"(?<![\d.,:/$€£+-])(?:(?P<hour>[01]?\d|2[0-4])[:.h]?(?P<minute>(?<=[:.h])[0-5]\d|(?<=\d\d)[0-5]\d)?"
    r"(?::(?P<second>[0-5]\d)(?:\.\d{1,6})?)?(?:\s?(?P<half>[ap])\.?m\b\.?)?|(?P<word>noon|midnight)\b)"
    rf"(?:,?\s*\(?{_ZONE}\)?)"
)
_JOINS_AFTER = re.compile(
    r"\)?,?\s+(?:on\s+|of\s+)?(?:the\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+(?:the\s+)?)?\Z|\s*\(\Z"
)
_JOINS_BEFORE = re.compile(r"(?:,?\s+(?:at|around|about|by)?\s*|,\s*|T|\s*\()\Z")
_DAY = timedelta(days=1)
_NEAREST = 40


@dataclass(frozen=True, slots=True)
class StatedTime:
    """A time of day with its zones and, where one stands beside it, its date; start and end enclose all.

    precise is false for a bare hour ("5 p.m. ET").
    """

    start: int
    end: int
    text: str
    clock: time
    is_next_day: bool
    zones: tuple[tzinfo, ...]
    day: dates.StatedDate | None
    is_precise: bool

    def moments(self, *, near: datetime) -> list[datetime]:
        """Return the moments that this can mean, in UTC, those close to near first.

        Without a date that is the nearest such time of day; empty for a date that does not exist.
        """
        local = [self._at(day, zone) for zone in self.zones for day in self._days(near, zone)]
        found = [moment for moment in local if moment is not None]
        return sorted(set(found), key=lambda moment: abs(moment - near))

    def _days(self, near: datetime, zone: tzinfo) -> Sequence[date]:
        day = near.astimezone(zone).date()
        if self.day is not None:
            return self.day.readings(near=[day])
        return [day + n * _DAY for n in (-1, 0, 1) if date.min < day < date.max]

    def _at(self, day: date, zone: tzinfo) -> datetime | None:
        try:
            moment = datetime.combine(day, self.clock, zone).astimezone(UTC)
            return moment + _DAY if self.is_next_day else moment
        except OverflowError:
            return None


@lru_cache(maxsize=512)
def read(text: str) -> tuple[StatedTime, ...]:
    """Return the times of a text that have a zone, in order."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[StatedTime]:
    found = list(_TIME.finditer(text))
    if not found:
        return
    days = dates.read(text)
    for match in found:
        clock, zones = _clock(match), _zones(match)
        if clock is None or not zones:
            continue
        day = _beside(text, match, days)
        start = min(match.start(), day.start) if day else match.start()
        end = max(match.end(), day.end) if day else match.end()
        if text[start:end].count("(") < text[start:end].count(")"):
            end -= 1
        yield StatedTime(
            start=start,
            end=end,
            text=text[start:end],
            clock=clock,
            is_next_day=match["hour"] == "24",
            zones=zones,
            day=day,
            is_precise=match["minute"] is not None,
        )


def _clock(match: re.Match[str]) -> time | None:
    if match["word"]:
        return time(12 if match["word"] == "noon" else 0)
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    # "5 UTC" and "24 CET" are anything but times.
    if match["minute"] is None and half is None:
        return None
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24 and minute:
        return None
    return time(hour % 24, minute, int(match["second"] or 0))


def _zones(match: re.Match[str]) -> tuple[tzinfo, ...]:
    if match["short"]:
        return tuple(timezone(timedelta(hours=hours)) for hours in _OFFSETS[match["short"]])
    if name := match["place"] or match["region"]:
        return _place(_PLACES[name if name in _PLACES else name.split()[0]])
    sign, hours, minutes = _parts(match["offset"])
    away = timedelta(hours=hours, minutes=minutes)
    return (timezone(-away if sign == "-" else away),) if away < timedelta(hours=15) else ()


def _parts(offset: str) -> tuple[str, int, int]:
    sign = "-" if "-" in offset else "+"
    digits = re.sub(r"\D", "", offset)
    if len(digits) <= 2:
        return sign, int(digits), 0
    return sign, int(digits[:-2]), int(digits[-2:])


def _place(name: str) -> tuple[tzinfo, ...]:
    try:
        return (ZoneInfo(name),)
    except ZoneInfoNotFoundError:
        # A machine without the zone database reads fewer times, and none of them wrongly.
        return ()


def _beside(
    text: str, match: re.Match[str], days: Sequence[dates.StatedDate]
) -> dates.StatedDate | None:
    """Return the date that follows the time, or stands right before it."""
    for day in nearby.after(days, match.end(), within=_NEAREST):
        if _JOINS_AFTER.fullmatch(text, match.end(), day.start):
            return day
    for day in nearby.before(days, match.start(), within=_NEAREST):
        if _JOINS_BEFORE.fullmatch(text, day.end, match.start()):
            return day
    return None
