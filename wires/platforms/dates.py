"""Dates as sources write them, to UTC: RFC 3339, RFC 822, W3C dates, epochs, named zones.

A date that cannot be read for certain is None: a wrong time on the wire is worse than none, and
the raw string is kept beside it.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wires.platforms.date_spellings import respelt
from wires.platforms.month_names import months_called, weekdays_called

# Placeholders of systems that had no date: 0001-01-01, 1900-01-01, 1970-01-01.
_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
_LATEST_YEAR = 9998  # a zone must not carry the moment over the end of the calendar
_LONGEST = 80

# Hours east of Greenwich. Names that mean several zones (IST, CST outside the Americas, AST) are
# read as RFC 822 and its successors do, or left out.
_ZONES = {
    "z": 0.0, "ut": 0.0, "utc": 0.0, "gmt": 0.0, "wet": 0.0, "west": 1.0, "bst": 1.0, "cet": 1.0,
    "met": 1.0, "mez": 1.0, "wat": 1.0, "cest": 2.0, "mest": 2.0, "mesz": 2.0, "eet": 2.0,
    "cat": 2.0, "sast": 2.0, "eest": 3.0, "msk": 3.0, "eat": 3.0, "trt": 3.0, "msd": 4.0,
    "gst": 4.0, "pkt": 5.0, "npt": 5.75, "wib": 7.0, "ict": 7.0, "hkt": 8.0, "sgt": 8.0,
    "pht": 8.0, "awst": 8.0, "jst": 9.0, "kst": 9.0, "acst": 9.5, "aest": 10.0, "acdt": 10.5,
    "aedt": 11.0, "nzst": 12.0, "nzdt": 13.0, "art": -3.0, "brt": -3.0, "nst": -3.5, "ndt": -2.5,
    "ast": -4.0, "adt": -3.0, "est": -5.0, "edt": -4.0, "et": -5.0, "cst": -6.0, "cdt": -5.0,
    "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0, "akst": -9.0, "akdt": -8.0, "hst": -10.0,
}  # fmt: skip

# Marks and points are letters of month names too: जनवरी, พ.ย., März in two code points.
_WORD = r"[^\W\d_][^\d\s,_/:+-]{0,24}"

_ISO = re.compile(
    r"(\d{4})-(\d\d?)(?:-(\d\d?))?"
    r"(?:[T ]\s*(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(.*))?\Z",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(?:[.,](\d{1,9}))?\s*(.*))?\Z")
_RFC822 = re.compile(
    rf"(?:({_WORD})\.?,?\s+)?(\d{{1,2}})\.?[\s-]+({_WORD})\.?,?[\s-]+(\d{{4}}|\d\d)"
    r"(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(.*))?\Z"
)
_ASCTIME = re.compile(
    rf"(?:({_WORD})\.?,?\s+)?({_WORD})\.?\s+(\d{{1,2}}),?\s+"
    r"(?:(\d\d?):(\d\d)(?::(\d\d))?\s+([A-Za-z]{1,5}\s+)?(\d{4})|(\d{4})(?:,?\s+(\d\d?):(\d\d)(?::(\d\d))?\s*(.*))?)\Z"
)
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})\.?,?\s+({_WORD})\.?\s+(\d{{1,2}})\.?,?"
    r"(?:\s+(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(.*))?\Z"
)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d{1,9})?\Z|\d{12,13}\Z")
_OFFSET = re.compile(
    r"(?:gmt|utc?|z)?\s*([+-])\s*(\d\d?):?(\d\d)?(?:\s*\(.*\)|\s+[A-Z]{2,5})?\Z", re.IGNORECASE
)
_REGION = re.compile(r"[A-Za-z_]+(?:/[A-Za-z_+-]+){1,2}\Z")
_COMMENT = re.compile(r"\s*\([^()]*\)\Z")


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date as it was read. `at` is UTC; without a zone of its own, as if it were written in UTC."""

    at: datetime | None
    has_zone: bool = True


def moment(raw: str) -> datetime | None:
    """Return the moment that raw names, in UTC; None where it cannot be read or is a placeholder.

    Without a zone UTC is taken; read_date says so.
    """
    return read_date(raw).at


def read_date(raw: str) -> DateReading:
    """Read a date, and whether it says in which zone it is."""
    text = " ".join(raw[: _LONGEST + 1].split())
    if not text or len(text) > _LONGEST:
        return DateReading(None)
    try:
        found = _read(text)
        if found is None:
            return DateReading(None)
        has_zone = found.tzinfo is not None
        at = found.astimezone(UTC) if has_zone else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return DateReading(None)
    is_plausible = at >= _EARLIEST and at.year <= _LATEST_YEAR
    return DateReading(at, has_zone) if is_plausible else DateReading(None)


def in_zone(at: datetime, zone: tzinfo) -> datetime:
    """Return the moment of a date without a zone, read as UTC, if it was written in this one."""
    return at.replace(tzinfo=zone).astimezone(UTC)


def _read(text: str) -> datetime | None:
    """Return the date, without a zone where it names none. Raises ValueError, OverflowError."""
    if _EPOCH.match(text):
        seconds = float(text)
        return datetime.fromtimestamp(seconds / 1000 if seconds >= 1e11 else seconds, UTC)
    if match := _COMPACT.match(text):
        return _in_numbers(match)
    if text[-1] in "]zZ" or not _ISO.match(text):
        text = respelt(text)
    if match := _ISO.match(text):
        return _in_numbers(match)
    if match := _RFC822.match(text):
        weekday, day, name, year, *time = match.groups()
        return _at(_named_day(year, name, day, weekday), *time)
    if match := _YEAR_FIRST.match(text):
        year, name, day, *time = match.groups()
        return _at(_named_day(year, name, day, None), *time)
    match = _ASCTIME.match(text)
    return _asctime(match) if match else None


def _in_numbers(match: re.Match[str]) -> datetime:
    year, month, day, *time = match.groups()
    return _at(_day(year, int(month), day), *time)


def _asctime(match: re.Match[str]) -> datetime:
    weekday, name, day, hour, minute, second, zone, year, year_first, *rest = match.groups()
    if year:
        return _at(_named_day(year, name, day, weekday), hour, minute, second, None, zone)
    hour, minute, second, zone = rest
    return _at(_named_day(year_first, name, day, weekday), hour, minute, second, None, zone)


def _day(year: str, month: int, day: str | None) -> date:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 70 else 1900  # the pivot of RFC 5322's obsolete dates
    return date(number, month, int(day or 1))


def _named_day(year: str, name: str, day: str, weekday: str | None) -> date:
    """Return the day. Raises ValueError where no month is called so, or several are."""
    days = []
    for month in sorted(months_called(name)):
        # Of two months that are called so, one may lack that day.
        with suppress(ValueError):
            days.append(_day(_western(year, name), month, day))
    if len(days) > 1 and weekday:
        days = [each for each in days if each.weekday() in weekdays_called(weekday)]
    if len(days) != 1:
        raise ValueError(name)
    return days[0]


def _western(year: str, name: str) -> str:
    """Return the year as the rest of the world counts it, for Thailand counts from the Buddha."""
    is_thai = any("\u0e00" <= letter <= "\u0e7f" for letter in name)
    return str(int(year) - 543) if is_thai and int(year) > 2400 else year


def _at(
    day: date,
    hour: str | None,
    minute: str | None,
    second: str | None,
    fraction: str | None,
    zone: str | None,
) -> datetime:
    hours, minutes, seconds = int(hour or 0), int(minute or 0), int(second or 0)
    if hours > 24 or (hours == 24 and (minutes or seconds)) or minutes > 59 or seconds > 60:
        raise ValueError(hour)
    microseconds = int(f"{fraction or '0':0<6}"[:6])
    midnight = datetime(day.year, day.month, day.day, tzinfo=_zone((zone or "").strip()))
    # As a sum, 24:00 is the next midnight and a leap second the next minute.
    since = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=microseconds)
    return midnight + since


def _zone(name: str) -> tzinfo | None:
    """Return the zone of a name or an offset; None for "". Raises ValueError for an unknown one."""
    if not name:
        return None
    if match := _OFFSET.match(name):
        sign = -1 if match[1] == "-" else 1
        return timezone(sign * timedelta(hours=int(match[2]), minutes=int(match[3] or 0)))
    name = _COMMENT.sub("", name).strip(". ")
    known = _ZONES.get(name.lower().removeprefix("etc/"))
    if known is not None:
        return timezone(timedelta(hours=known))
    if not _REGION.match(name):
        raise ValueError(name)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(name) from error
