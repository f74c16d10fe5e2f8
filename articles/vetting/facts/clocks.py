"""Times of day without a zone, as English writes them: 5:40 p.m., 17:40, 1740 local, noon."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DAY = 24 * 60
_HALF = 12 * 60
_HALVES = re.compile(r"[ap]\.?\s?m\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\w.:,/$€£+-])(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\b"
    r"|(?P<hour24>[01]?\d|2[0-4])[:h](?P<minute24>[0-5]\d)(?!\d|[:.]\d|\s?[ap]\.?\s?m\b)"
    r"|(?P<run>(?:[01]\d|2[0-3])[0-5]\d)(?=\s?(?:local|hrs?|hours|h|l|lt)\b)"
    r"|(?P<word>noon|midday|midnight)\b)",
    re.IGNORECASE,
)
# Before what a post may mean by a time: "at 0740", "dep 07.40". Elsewhere four digits are a number.
_MAYBE = re.compile(r"(?<![\w.:,/$€£+-])(?:[01]?\d|2[0-4])[.:h]?[0-5]\d(?![\w:]|[.,]\d)")
_LED = re.compile(
    r"\b(?:at|by|until|till|since|from|before|after|between|and|to) \Z", re.IGNORECASE
)
_LONGEST_LEAD = 10
# With one of these a time is that of a place or a zone, or is told in words.
_ZONED = re.compile(
    r"\b(?:utc|gmt|z|bst|ce?s?t|e[sd]?t|p[sd]?t|m[sd]?t|c[sd]t|msk|eest|eet|ist|jst|kst|aest|hkt|sgt"
    r"|[A-Z][\w'-]* time|time in|o'clock|half past|quarter (?:to|past)|past \w+|minutes to)\b|\dz\b"
    r"|(?:UTC|GMT)[+-]",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"\blocal(?: time)?\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|shortly|just|nearly|almost)\b.{0,14}\Z",
    re.IGNORECASE,
)


class Clock(NamedTuple):
    """A time of day at start to end of a text; minutes since midnight, each that it may mean."""

    start: int
    end: int
    minutes: frozenset[int]


def names_a_zone(text: str) -> bool:
    """Return whether a text has a zone, or a time in words: those are not compared here."""
    return _ZONED.search(_LOCAL.sub("", text)) is not None


def read_clocks(text: str) -> Iterator[Clock]:
    """Yield the times of day that a text says for sure and exactly."""
    for match in _CLOCK.finditer(text):
        before = text[max(0, match.start() - 2 * _LONGEST_LEAD) : match.start()]
        is_told = match["half"] or match["word"] or match["run"] or _LED.search(before)
        minutes = _minutes(match)
        if is_told and minutes and not _ABOUT.search(before):
            yield Clock(match.start(), match.end(), minutes)


def may_be_clocks(text: str) -> frozenset[int]:
    """Return all minutes of a day that a post may mean by any of its figures."""
    found: set[int] = set()
    for match in _CLOCK.finditer(text):
        found |= _minutes(match)
    for match in _MAYBE.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        at = int(digits[:-2]) * 60 + int(digits[-2:])
        # A nought before the hour is of the 24-hour clock.
        found |= {at} if digits[0] == "0" else _both(at)
    return frozenset(found)


def _minutes(match: re.Match[str]) -> frozenset[int]:
    if match["word"]:
        return frozenset({0, _DAY} if match["word"].casefold() == "midnight" else {_HALF})
    if match["run"]:
        return frozenset({int(match["run"][:2]) * 60 + int(match["run"][2:])})
    if match["half"]:
        hour = int(match["hour"])
        if not 1 <= hour <= 12:
            return frozenset()
        hour = hour % 12 + (12 if match["half"].casefold() == "p" else 0)
        return frozenset({hour * 60 + int(match["minute"] or 0)})
    at = int(match["hour24"]) * 60 + int(match["minute24"])
    # "7:40" may be of either half of the day, "07:40" is not.
    return _both(at) if len(match["hour24"]) == 1 else frozenset({at})


def _both(at: int) -> frozenset[int]:
    return frozenset({at, at + _HALF} if at < _HALF + 60 else {at})
