"""Times of day in English prose, with their zones, and the moments they can mean.

Read are "02:40 UTC on 25 June 2026", "2:40 a.m. GMT", "0240 GMT", "14.40 CEST", "5 p.m. ET",
"02:40 UTC+3", "at 11:10 Moscow time" and "2026-06-25T02:40Z". A time without a zone is ignored:
it could mean any. Abbreviations that stand for several zones mean each of them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from articles.vetting.facts.dates import DateMention, read_dates

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
    "Britain": "Europe/London", "British": "Europe/London", "UK": "Europe/London",
    "Irish": "Europe/Dublin", "Dublin": "Europe/Dublin", "French": "Europe/Paris",
    "German": "Europe/Berlin", "Italian": "Europe/Rome", "Vienna": "Europe/Vienna",
    "Swiss": "Europe/Zurich", "Geneva": "Europe/Zurich", "Amsterdam": "Europe/Amsterdam",
    "Dutch": "Europe/Amsterdam", "Warsaw": "Europe/Warsaw", "Polish": "Europe/Warsaw",
    "Prague": "Europe/Prague", "Budapest": "Europe/Budapest", "Belgrade": "Europe/Belgrade",
    "Stockholm": "Europe/Stockholm", "Swedish": "Europe/Stockholm", "Oslo": "Europe/Oslo",
    "Norwegian": "Europe/Oslo", "Copenhagen": "Europe/Copenhagen", "Danish": "Europe/Copenhagen",
    "Helsinki": "Europe/Helsinki", "Finnish": "Europe/Helsinki", "Greek": "Europe/Athens",
    "Bucharest": "Europe/Bucharest", "Romanian": "Europe/Bucharest", "Ukraine": "Europe/Kyiv",
    "Ukrainian": "Europe/Kyiv", "Minsk": "Europe/Minsk", "Turkey": "Europe/Istanbul",
    "Turkish": "Europe/Istanbul", "Egypt": "Africa/Cairo", "Egyptian": "Africa/Cairo",
    "Lebanese": "Asia/Beirut", "Syrian": "Asia/Damascus", "Israeli": "Asia/Jerusalem",
    "Amman": "Asia/Amman", "Iraqi": "Asia/Baghdad", "Saudi": "Asia/Riyadh", "Mecca": "Asia/Riyadh",
    "Makkah": "Asia/Riyadh", "Qatar": "Asia/Qatar", "Abu Dhabi": "Asia/Dubai", "UAE": "Asia/Dubai",
    "Kuwait": "Asia/Kuwait", "Iranian": "Asia/Tehran", "Afghan": "Asia/Kabul",
    "Pakistan": "Asia/Karachi", "Pakistani": "Asia/Karachi", "Islamabad": "Asia/Karachi",
    "Indian": "Asia/Kolkata", "New Delhi": "Asia/Kolkata", "Kathmandu": "Asia/Kathmandu",
    "Nepal": "Asia/Kathmandu", "Dhaka": "Asia/Dhaka", "Bangladesh": "Asia/Dhaka",
    "Bangkok": "Asia/Bangkok", "Thai": "Asia/Bangkok", "Hanoi": "Asia/Ho_Chi_Minh",
    "Vietnam": "Asia/Ho_Chi_Minh", "Jakarta": "Asia/Jakarta", "Singapore": "Asia/Singapore",
    "Kuala Lumpur": "Asia/Kuala_Lumpur", "Manila": "Asia/Manila", "Philippine": "Asia/Manila",
    "Hong Kong": "Asia/Hong_Kong", "China": "Asia/Shanghai", "Chinese": "Asia/Shanghai",
    "Taiwan": "Asia/Taipei", "Japan": "Asia/Tokyo", "Japanese": "Asia/Tokyo",
    "Korea": "Asia/Seoul", "Korean": "Asia/Seoul", "South Korean": "Asia/Seoul",
    "Pyongyang": "Asia/Pyongyang", "Melbourne": "Australia/Melbourne",
    "Canberra": "Australia/Sydney", "Auckland": "Pacific/Auckland",
    "New Zealand": "Pacific/Auckland", "Wellington": "Pacific/Auckland",
    "Kenyan": "Africa/Nairobi", "Nigerian": "Africa/Lagos", "South African": "Africa/Johannesburg",
    "South Africa": "Africa/Johannesburg", "Addis Ababa": "Africa/Addis_Ababa",
    "Khartoum": "Africa/Khartoum", "Tunis": "Africa/Tunis", "Tripoli": "Africa/Tripoli",
    "US Eastern": "America/New_York", "Chicago": "America/Chicago", "Los Angeles": "America/Los_Angeles",
    "California": "America/Los_Angeles", "Mountain": "America/Denver", "Toronto": "America/Toronto",
    "Mexico City": "America/Mexico_City", "Caracas": "America/Caracas",
    "Venezuelan": "America/Caracas", "Bogota": "America/Bogota", "Colombian": "America/Bogota",
    "Lima": "America/Lima", "Santiago": "America/Santiago", "Buenos Aires": "America/Argentina/Buenos_Aires",
    "Brasilia": "America/Sao_Paulo", "São Paulo": "America/Sao_Paulo", "Havana": "America/Havana",
}  # fmt: skip
# Zones by their full names; where summer has a name of its own, it is that one alone.
_NAMED: dict[str, tuple[float, ...]] = {
    "Coordinated Universal": (0,), "Universal": (0,), "Greenwich Mean": (0,), "Greenwich": (0,),
    "British Summer": (1,), "Irish Standard": (1,), "Western European": (0,),
    "Western European Summer": (1,), "Central European": (1, 2), "Central European Summer": (2,),
    "Eastern European": (2, 3), "Eastern European Summer": (3,), "Moscow Standard": (3,),
    "Israel Standard": (2,), "Israel Daylight": (3,), "Gulf Standard": (4,), "Iran Standard": (3.5,),
    "Pakistan Standard": (5,), "Indian Standard": (5.5,), "India Standard": (5.5,),
    "China Standard": (8,), "Singapore Standard": (8,), "Japan Standard": (9,),
    "Korea Standard": (9,), "Australian Eastern": (10, 11), "Australian Eastern Standard": (10,),
    "Australian Eastern Daylight": (11,), "West Africa": (1,), "Central Africa": (2,),
    "East Africa": (3,), "Eastern Standard": (-5,), "Eastern Daylight": (-4,),
    "Central Standard": (-6,), "Central Daylight": (-5,), "Mountain Standard": (-7,),
    "Mountain Daylight": (-6,), "Pacific Standard": (-8,), "Pacific Daylight": (-7,),
}  # fmt: skip

_ZONE = (
    r"(?:(?P<offset>(?:UTC|GMT)\s?(?:[+\u2212\u2013-]|plus|minus)\s?\d{1,2}(?::?[0-5]\d)?|(?<=\d)[+-]\d\d:?[0-5]\d)"
    rf"|(?P<named>{'|'.join(sorted(_NAMED, key=len, reverse=True))})\s[Tt]ime\b"
    rf"|(?P<short>{'|'.join(_OFFSETS)}|[Zz]ulu)\b"
    r"|(?P<region>ET|CT|MT|PT|(?:Eastern|Central|Pacific)(?:\s[Tt]ime)?)\b"
    rf"|(?P<place>{'|'.join(sorted(_PLACES, key=len, reverse=True))})\s(?:summer\s|winter\s|local\s|standard\s)?[Tt]ime\b)"
)
_TIME = re.compile(
    r"(?<![\d.,:/$€£+-])(?:(?P<hour>[01]?\d|2[0-4])[:.h]?(?P<minute>(?<=[:.h])[0-5]\d|(?<=\d\d)[0-5]\d)?"
    r"(?::(?P<second>[0-5]\d)(?:\.\d{1,6})?)?(?:\s?(?P<half>[ap])\.?\s?m\b\.?|\s?(?:hrs|hours|h)\b)?|(?P<word>noon|midnight)\b)"
    rf"(?:,?\s*\(?{_ZONE}\)?)"
)
_MAY_BE_TIME = re.compile(r"\d|noon|midnight")
_JOINS_AFTER = re.compile(
    r"\)?,?\s+(?:on\s+|of\s+)?(?:the\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+(?:the\s+)?)?\Z|\s*\(\Z"
)
_JOINS_BEFORE = re.compile(r"(?:,?\s+(?:at|around|about|by)?\s*|,\s*|T|\s*\()\Z")
_DAY = timedelta(days=1)
_NEAREST = 40


@dataclass(frozen=True, slots=True)
class StatedTime:
    """A time of day with its zones and, where one stands beside it, its date; start and end enclose all.

    precise is false for a bare hour ("5 p.m. ET"). clock_start and clock_end enclose the time alone.
    """

    start: int
    end: int
    text: str
    clock: time
    is_next_day: bool
    zones: tuple[tzinfo, ...]
    day: DateMention | None
    is_precise: bool
    clock_start: int
    clock_end: int

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


def read_times(text: str) -> tuple[StatedTime, ...]:
    """Return the times in a text that have a zone, in order."""
    return tuple(_read(text)) if _MAY_BE_TIME.search(text) else ()


def _read(text: str) -> Iterator[StatedTime]:
    found = list(_TIME.finditer(text))
    if not found:
        return
    days = [day for day in read_dates(text) if not day.is_range_end]
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
            clock_start=match.start(),
            clock_end=match.end(),
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
        return _fixed(_OFFSETS.get(match["short"], (0,)))
    if match["named"]:
        return _fixed(_NAMED[match["named"]])
    if name := match["place"] or match["region"]:
        return _place(_PLACES[name if name in _PLACES else name.split()[0]])
    sign, hours, minutes = _parts(match["offset"])
    away = timedelta(hours=hours, minutes=minutes)
    return (timezone(-away if sign == "-" else away),) if away < timedelta(hours=15) else ()


def _fixed(offsets: tuple[float, ...]) -> tuple[tzinfo, ...]:
    return tuple(timezone(timedelta(hours=hours)) for hours in offsets)


def _parts(offset: str) -> tuple[str, int, int]:
    sign = "-" if re.search("[\u2212\u2013-]|minus", offset) else "+"
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


def _beside(text: str, match: re.Match[str], days: Sequence[DateMention]) -> DateMention | None:
    """Return the date that follows the time, or stands right before it."""
    n = bisect_left(days, match.end(), key=lambda day: day.start)
    for day in days[n : n + 1]:
        if day.start - match.end() <= _NEAREST and _JOINS_AFTER.fullmatch(
            text, match.end(), day.start
        ):
            return day
    n = bisect_right(days, match.start(), key=lambda day: day.end)
    for day in days[max(0, n - 1) : n]:
        if match.start() - day.end <= _NEAREST and _JOINS_BEFORE.fullmatch(
            text, day.end, match.start()
        ):
            return day
    return None
