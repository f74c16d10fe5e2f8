"""Dates as sources write them, to UTC: RFC 3339, RFC 822, W3C dates, epochs, named zones.

A date that cannot be read for certain is None: a wrong time on the wire is worse than none, and
the raw string is kept beside it.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone

# Placeholders of systems that had no date: 0001-01-01, 1900-01-01, 1970-01-01.
_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
_LATEST_YEAR = 9998  # a zone must not carry the moment over the end of the calendar
_LONGEST = 80

# In English, and as feeds in French, Spanish, Portuguese, Italian and German write them against
# the standard; no name means one month here and another there.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier ene enero janeiro gen gennaio januar",
            "feb february fév févr février febrero fev fevereiro febbraio februar",
            "mar march mars marzo março mär märz",
            "apr april avr avril abr abril aprile",
            "may mai mayo maio mag maggio",
            "jun june juin junio junho giu giugno juni",
            "jul july juil juillet julio julho lug luglio juli",
            "aug august août aout ago agosto",
            "sep sept september septembre septiembre set setembro settembre",
            "oct october octobre octubre out outubro ott ottobre okt oktober",
            "nov november novembre noviembre novembro",
            "dec december déc décembre dic diciembre dicembre dez dezembro dezember",
        ),
        start=1,
    )
    for name in names.split()
}

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

_ISO = re.compile(
    r"(\d{4})-(\d\d?)(?:-(\d\d?))?"
    r"(?:[T ]\s*(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(.*))?\Z",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(?:[.,](\d{1,9}))?\s*(.*))?\Z")
_RFC822 = re.compile(
    r"(?:[^\W\d_]{2,9}\.?,?\s+)?(\d{1,2})[\s-]+([^\W\d_]{3,10})\.?,?[\s-]+(\d{4}|\d\d)"
    r"(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(.*))?\Z",
    re.IGNORECASE,
)
_ASCTIME = re.compile(
    r"(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\.?\s+(\d{1,2}),?\s+"
    r"(?:(\d\d?):(\d\d)(?::(\d\d))?\s+([a-z]{1,5}\s+)?(\d{4})|(\d{4})(?:,?\s+(\d\d?):(\d\d)(?::(\d\d))?\s*(.*))?)\Z",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d{1,9})?\Z|\d{12,13}\Z")
_OFFSET = re.compile(r"(?:gmt|utc?|z)?\s*([+-])\s*(\d\d?):?(\d\d)?(?:\s*\(.*\))?\Z", re.IGNORECASE)
_COMMENT = re.compile(r"\s*\([^()]*\)\Z")


def moment(raw: str) -> datetime | None:
    """Return the moment that raw names, in UTC; None where it cannot be read or is a placeholder.

    Without a zone UTC is taken, as feeds without one mostly mean it.
    """
    text = " ".join(raw[: _LONGEST + 1].split())
    if not text or len(text) > _LONGEST:
        return None
    try:
        found = _read(text)
    except (ValueError, OverflowError):
        return None
    return found if found and found >= _EARLIEST and found.year <= _LATEST_YEAR else None


def _read(text: str) -> datetime | None:
    if _EPOCH.match(text):
        seconds = float(text)
        return datetime.fromtimestamp(seconds / 1000 if seconds >= 1e11 else seconds, UTC)
    for pattern in (_ISO, _COMPACT):
        if match := pattern.match(text):
            year, month, day, hour, minute, second, fraction, zone = match.groups()
            return _at(_day(year, int(month), day), hour, minute, second, fraction, zone)
    if match := _RFC822.match(text):
        day, name, year, hour, minute, second, fraction, zone = match.groups()
        return _at(_day(year, _month(name), day), hour, minute, second, fraction, zone)
    if match := _ASCTIME.match(text):
        return _asctime(match)
    return None


def _asctime(match: re.Match[str]) -> datetime:
    name, day, hour, minute, second, zone, year, year_first, *rest = match.groups()
    if year:
        return _at(_day(year, _month(name), day), hour, minute, second, None, zone)
    hour, minute, second, zone = rest
    return _at(_day(year_first, _month(name), day), hour, minute, second, None, zone)


def _day(year: str, month: int, day: str | None) -> date:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 70 else 1900  # the pivot of RFC 5322's obsolete dates
    return date(number, month, int(day or 1))


def _month(name: str) -> int:
    try:
        return _MONTHS[name.lower()]
    except KeyError:
        raise ValueError(name) from None


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
    return (midnight + since).astimezone(UTC)


def _zone(name: str) -> timezone:
    if not name:
        return UTC
    if match := _OFFSET.match(name):
        sign = -1 if match[1] == "-" else 1
        return timezone(sign * timedelta(hours=int(match[2]), minutes=int(match[3] or 0)))
    name = _COMMENT.sub("", name).lower().removeprefix("etc/").strip(". ")
    if name not in _ZONES:
        raise ValueError(name)
    return timezone(timedelta(hours=_ZONES[name]))
