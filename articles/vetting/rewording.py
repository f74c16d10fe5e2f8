"""Other words in the form of those they replace: a weekday, a moment in its zone, a number."""

import calendar
import re
from datetime import datetime, tzinfo

from articles.vetting import times
from articles.vetting.facts.dates import MONTHS, WEEKDAYS
from articles.vetting.times import StatedTime

_SHORT_WEEKDAYS = {3: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
                   4: ("Mon", "Tues", "Weds", "Thur", "Fri", "Sat", "Sun"),
                   5: ("Mon", "Tues", "Weds", "Thurs", "Fri", "Sat", "Sun")}  # fmt: skip
_LETTERS = re.compile(r"[A-Za-z]{3,}")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:(?P<sign>[:.h]?)(?P<minute>\d\d))?(?P<second>:\d\d)?(?P<half>\s?[ap]\.?m\b\.?)?"
    r"|(?P<word>noon|midnight)",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)(?:st|nd|rd|th)?")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ISO = re.compile(r"\d{4}-\d\d-\d\d\Z")
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_DIGITS = re.compile(r"\d[\d.,]*(?<=\d)")


def weekday_like(said: str, right: int) -> str:
    """Return a weekday, 0 for Monday, in the form in which another is written: "Wed.", "WEDNESDAY"."""
    name = said.rstrip(".")
    is_short = not name.casefold().endswith("day")
    word = (
        _SHORT_WEEKDAYS.get(len(name), _SHORT_WEEKDAYS[3])[right] if is_short else WEEKDAYS[right]
    )
    return cased_like(word, name) + said[len(name) :]


def cased_like(word: str, like: str) -> str:
    """Return a word in capitals, in small letters or as it is, as another word is written."""
    if len(like) > 1 and like.isupper():
        return word.upper()
    if like.islower():
        return word.lower()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def has_shape_of(one: str, other: str) -> bool:
    """Return whether two numbers differ in nothing but their digits: "$1.2bn" and "$3bn"."""
    return _DIGITS.sub("0", one.casefold()) == _DIGITS.sub("0", other.casefold())


def time_like(said: str, moment: datetime) -> str:
    """Return a moment as a stated time is written, in its zone; "" where that is not understood."""
    stated = next(iter(times.read_times(said)), None)
    if stated is None or stated.is_next_day:
        return ""
    local = moment.astimezone(_zone(stated, moment))
    head, day, tail = said, "", ""
    if stated.day is not None:
        first, last = stated.day.start, stated.day.end
        head, day, tail = said[:first], said[first:last], said[last:]
        if (stated.day.day, stated.day.month) != (local.day, local.month):
            day = _date_like(day, local)
    head, tail = _clock_like(head, tail, local)
    return head + day + tail


def _zone(stated: StatedTime, moment: datetime) -> tzinfo:
    """Return the zone of a stated time; of several with one name the one that fits best."""

    def distance(zone: tzinfo) -> int:
        local = moment.astimezone(zone)
        minutes = (local.hour - stated.clock.hour) * 60 + local.minute - stated.clock.minute
        return min(minutes % 1440, -minutes % 1440)

    return min(stated.zones, key=distance)


def _clock_like(head: str, tail: str, local: datetime) -> tuple[str, str]:
    """Put the clock into whichever side of the date has one."""
    if match := _CLOCK.search(head):
        return head[: match.start()] + _clock(match, local) + head[match.end() :], tail
    if match := _CLOCK.search(tail):
        return head, tail[: match.start()] + _clock(match, local) + tail[match.end() :]
    return head, tail


def _clock(match: re.Match[str], local: datetime) -> str:
    if match["word"]:
        return f"{local:%H:%M}"
    half = match["half"] or ""
    hour = f"{local.hour:02}" if len(match["hour"]) == 2 else str(local.hour)
    if half:
        hour = str(local.hour % 12 or 12)
        half = re.sub(r"[ap]", "p" if local.hour >= 12 else "a", half, flags=re.IGNORECASE)
        half = half.upper() if match["half"].isupper() else half
    sign = ":" if match["sign"] is None else match["sign"]
    minute = f"{sign}{local.minute:02}" if match["minute"] or local.minute else ""
    second = f":{local.second:02}" if match["second"] else ""
    return hour + minute + second + half


def _date_like(said: str, local: datetime) -> str:
    if _ISO.match(said):
        return f"{local:%Y-%m-%d}"
    said = _YEAR.sub(f"{local:%Y}", said)
    said = _DAY.sub(lambda match: _day(match, local.day), said, count=1)
    return _LETTERS.sub(lambda match: _name_like(match.group(), local), said)


def _day(match: re.Match[str], day: int) -> str:
    if not match.group()[-1].isalpha():
        return str(day)
    return f"{day}{'th' if 10 < day < 14 else _ORDINALS.get(day % 10, 'th')}"


def _name_like(word: str, local: datetime) -> str:
    """Return the weekday or month of a moment in place of another's; other words as they are."""
    start = word[:3].capitalize()
    if start in calendar.day_abbr and not word.casefold().startswith("month"):
        return weekday_like(word, local.weekday())
    if start in calendar.month_abbr:
        name = MONTHS[local.month]
        return cased_like(name if len(word) > 4 or word.capitalize() in MONTHS else name[:3], word)
    return word
