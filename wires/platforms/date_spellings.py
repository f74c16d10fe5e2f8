"""One spelling for the many ways in which sources write a date and a time of day.

Only spelling: what day it is, and whether it can be one at all, is for dates.py.
"""

import re
import unicodedata

_REGION = re.compile(r"\s*\[\s*([A-Za-z_]+(?:/[A-Za-z_+-]+)*)\s*\]\s*\Z")
_OFFSET_AND_Z = re.compile(r"([+-]\d\d:?\d\d)\s*Z\Z", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.º)(?=[\s,]|\Z)", re.IGNORECASE)
_OF = re.compile(r"(?<=[\w.])\s+(?:de|del|of|tháng)\s+(?=\w)|(?<=\w)\s+d[’'](?=\w)", re.IGNORECASE)
# What stands between a day and a time of day: "28 November 2026 - 3:09pm", "… um 15:09 Uhr".
_BETWEEN = re.compile(
    r"(?<=\S)\s*,?\s+(?:[-–—|@•·]|at|um|à|a las|às|alle|om|kl\.?|klo|klokken|в|о|года? в|saat)\s+"
    r"(?=\d{1,2}[:.hH]\d\d)",
    re.IGNORECASE,
)
_CLOCK_WORD = re.compile(r"(?<=\d)\s*(?:uhr|hrs?|h|год|г\.)(?=\s|\Z)", re.IGNORECASE)
_YEAR_WORD = re.compile(r"(?<=\d{4})\s*(?:г\.|г|р\.|года|року)(?=[\s,]|\Z)")
_HOUR_H = re.compile(r"(?<![\w:])(\d{1,2})[hH](\d\d)(?![\d:])")
_HALF_DAY = re.compile(
    r"(?<![\d:.])(\d{1,2})(?::(\d\d)(?::(\d\d))?)?\s*([ap])\.?\s?m\b\.?", re.IGNORECASE
)

# East Asia writes the largest unit first and names each.
_EAST_DAY = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]?")
_DOTTED_DAY = re.compile(r"^(\d{4})\s?[./]\s?(\d{1,2})\s?[./]\s?(\d{1,2})\.?(?!\d)")
_EAST_WEEKDAY = re.compile(
    r"[(（]?(?:(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일)[)）]?"
    r"|[(（][月火水木金土日월화수목금토일一二三四五六][)）]"
)
_EAST_TIME = re.compile(
    r"(?:(上午|凌晨|早上|早|午前|오전|下午|晚上|晚|午後|오후)\s*)?"
    r"(\d{1,2})\s*(?::\s*|[时時点點시]\s*)(\d{1,2})?\s*分?분?(?:\s*:?\s*(\d{1,2})\s*[秒초]?)?"
)
_AFTERNOON = {"下午", "晚上", "晚", "午後", "오후"}
_HAS_EAST = re.compile("[年月日년월일時时点點시上下午오]")

_DAY_FIRST = re.compile(r"^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_EITHER_FIRST = re.compile(r"^(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?!\d)")
_LEADING_WEEKDAY = re.compile(r"^([^\W\d_]+(?:[- ]feira)?)\.?,?\s+(?=\d)", re.IGNORECASE)
_ISO_COMMA = re.compile(r"^(\d{4}-\d{1,2}-\d{1,2})\s*,\s*(?=\d)")


def respelt(text: str) -> str:
    """Return a date in a spelling that dates.py reads, where it was written in another.

    Raises ValueError for one that names two days, depending on where it was written.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    text, region = _without_region(text)
    if _HAS_EAST.search(text):
        text = _from_east(text)
    for pattern, by in (
        (_ORDINAL, r"\1"), (_OF, " "), (_BETWEEN, " "), (_YEAR_WORD, ""), (_HOUR_H, r"\1:\2"),
        (_CLOCK_WORD, ""), (_OFFSET_AND_Z, r"\1"),
    ):  # fmt: skip
        text = pattern.sub(by, text)
    text = _HALF_DAY.sub(_whole_day, text)
    text = _largest_first(text)
    return f"{text} {region}".strip() if region else text


def _without_region(text: str) -> tuple[str, str]:
    """Split off a name in brackets, which counts where no offset stands before it."""
    found = _REGION.search(text)
    if not found:
        return text, ""
    before = text[: found.start()]
    has_offset = re.search(r"(?:[+-]\d\d:?\d\d|Z)\Z", before)
    return before, "" if has_offset else found[1]


def _from_east(text: str) -> str:
    text = _EAST_DAY.sub(r"\1-\2-\3 ", text)
    text = _EAST_WEEKDAY.sub(" ", text)
    text = text.strip()
    day, _, rest = text.partition(" ")
    if dotted := _DOTTED_DAY.match(text):
        day, rest = dotted.group().replace(" ", ""), text[dotted.end() :]
    return " ".join(f"{day} {_EAST_TIME.sub(_east_time, rest, count=1)}".split())


def _east_time(found: re.Match[str]) -> str:
    half, hour, minute, second = found.groups()
    hours = int(hour)
    if half in _AFTERNOON and hours < 12:
        hours += 12
    elif half and half not in _AFTERNOON and hours == 12:
        hours = 0
    return f"{hours:02}:{int(minute or 0):02}" + (f":{int(second):02}" if second else "") + " "


def _whole_day(found: re.Match[str]) -> str:
    hour, minute, second, half = found.groups()
    # "15:09 pm" is meant as it stands.
    hours = int(hour)
    after = hours if hours > 12 else hours % 12 + (12 if half.lower() == "p" else 0)
    return f"{after:02}:{minute or '00'}:{second or '00'}"


def _largest_first(text: str) -> str:
    """Write a day in numbers as year, month, day."""
    bare = _LEADING_WEEKDAY.sub("", text)
    if found := _DOTTED_DAY.match(bare):
        return _joined(found[1], found[2], found[3], bare[found.end() :])
    if found := _DAY_FIRST.match(bare):
        return _joined(found[3], found[2], found[1], bare[found.end() :])
    if found := _EITHER_FIRST.match(bare):
        one, _, other, year = found.groups()
        day, month = (one, other) if int(one) > 12 or one == other else (other, one)
        if int(one) <= 12 and int(other) <= 12 and int(one) != int(other):
            message = f"day and month cannot be told apart: {text}"
            raise ValueError(message)
        return _joined(year, month, day, bare[found.end() :])
    if found := _ISO_COMMA.match(bare):
        return f"{found[1]} {bare[found.end() :]}"
    return text


def _joined(year: str, month: str, day: str, rest: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02} {rest.lstrip(' ,')}".strip()
