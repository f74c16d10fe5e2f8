"""Dates as English prose writes them: what is said, and which days it can mean.

Read are "Wednesday, 24 June 2026", "Wed 24 Jun", "June 24, 2026", "Tuesday, June 23rd",
"the 24th of June (a Wednesday)" and "2026-06-24". A number is a date only beside the name of a
month, and a weekday belongs to it only when nothing but a comma or a time of day is between.
"""

import calendar
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from articles.vetting.plain import Plain, hides

WEEKDAYS = tuple(calendar.day_name)
MONTHS = tuple(calendar.month_name)

# Lower-case "may" and "march" are verbs, and so can short names be anything.
_MONTH = (
    r"(?:(?i:January|February|April|June|July|August|September|October|November|December)"
    r"|March|MARCH|May|MAY"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\b\.?)"
)
_WEEKDAY = (
    r"(?:(?i:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
    r"|(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun|MON|TUES?|WEDS?|THU(?:RS?)?|FRI|SAT|SUN)\b\.?)"
)
_DAY = r"(?<![\d.,:/$€£])(?P<day{n}>[0-3]?\d)(?P<th{n}>(?i:st|nd|rd|th)\b)?(?!\d|[.,:/]\d|\s*%)"
# Four digits before a zone are a time: "24 June 1430 GMT".
_YEAR = r"(?P<year{n}>[12]\d{{3}})(?!\d|[.,:]\d|\s*(?:%|Z\b|h\b|hrs?\b|hours\b|[A-Z]{{3,4}}\b|local time))"
_BEFORE = (
    rf"(?P<weekday>(?<![\w-]){_WEEKDAY})"
    r"(?:\s+(?:morning|afternoon|evening|night))?"
    r"(?:,?\s+(?:the\s+)?|\s*\(\s*|['’]s(?:\s+[a-z]{3,12})?\s*\((?=[^()\d]*\d{1,2}[^()\d]*\)))"
)
# "25 June, a Wednesday,", "25 June was a Wednesday".
_IS = r"(?:was|is|falls\s+on|fell\s+on|will\s+be)"
_AFTER = (
    rf"(?:\s*(?:\(|[,–—]\s+|\s-\s)(?:(?:which\s+{_IS}\s+)?a\s+)?(?=\w+(?:\)|[.,;:!?–—]|\s+[-–—]|\s*\Z))"
    rf"|\s+{_IS}\s+a\s+)(?P<later>{_WEEKDAY})(?:\)|(?<=y))"
)
_DATE = re.compile(
    rf"(?:{_BEFORE})?(?:"
    rf"{_DAY.format(n=1)}(?:\s+(?:of\s+)?|-)(?P<month1>{_MONTH})(?!\w)(?:(?:,?\s+|-){_YEAR.format(n=1)})?"
    rf"|(?<!\w)(?P<month2>{_MONTH})\s+{_DAY.format(n=2)}(?:,?\s+{_YEAR.format(n=2)})?"
    r"|(?<![\w/.=-])(?P<year3>[12]\d{3})-(?P<month3>[01]\d)-(?P<day3>[0-3]\d)(?![\d/-]|[.]\d)"
    rf")(?:{_AFTER})?"
)
_TO = r"\s*(?:-|–|—|/|to|and|until|through|or|&)\s*(?:the\s+)?"
_RANGE = re.compile(
    rf"(?<![\d.,:/$€£])(?P<first1>[0-3]?\d)(?:st|nd|rd|th)?{_TO}(?P<last1>[0-3]?\d)(?:st|nd|rd|th)?"
    rf"\s+(?:of\s+)?(?P<month1>{_MONTH})(?!\w)(?:,?\s+(?P<year1>[12]\d{{3}})(?!\d))?"
    rf"|(?<!\w)(?P<month2>{_MONTH})\s+(?P<first2>[0-3]?\d)(?:st|nd|rd|th)?{_TO}(?P<last2>[0-3]?\d)(?:st|nd|rd|th)?"
    r"(?![\w:])(?:,?\s+(?P<year2>[12]\d{3})(?!\d))?"
)
# Names that end in a weekday, and the paper that is called like a short one.
_NO_WEEKDAY = re.compile(r"(?:\b(?:Sheffield|(?:Mail|Scotland|Independent) on)|\b[Tt]he)\s+\Z")
_NEIGHBOUR = re.compile(rf"{_WEEKDAY}(?:\s*(?:,|/|-|–|—|and|or|to|till|until|through)\s*)+\Z")
_ADDRESS = re.compile(r"\w{1,20}://\S+|www\.\S+")
_MAY_BE_ADDRESS = re.compile(r"://|www\.")
_STEMS = tuple(month[:3].casefold() for month in MONTHS if month)
_IN_DIGITS = re.compile(r"[12]\d{3}-")
_HAS_DIGIT = re.compile(r"\d")
_PREPOSITION = re.compile(
    r"\b(?:on|by|until|till|since|from|before|after|through|dated|of|between|to|and)\s+\Z",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(
    r"\s+(?!(?:a|an|the|and|or|in|at|on|to|by|as|of|for|from|with|when|after|before|but|that|which|"
    r"who|he|she|it|they|is|was|were|had|has|will|said|until|through|showed|shows)\b)[a-z]"
)
# Half a year and some days: further away a date without a year would mean the one on the other side.
_NEAR = timedelta(days=190)


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date as a text says it. weekday counts from Monday, 0; start and end enclose the whole.

    weekday_start and weekday_end enclose the weekday's name. is_certain is false for "June 31"
    in "In June 31 ships sailed". Where year_is_certain is false the year may be a count of things.
    """

    start: int
    end: int
    text: str
    day: int
    month: int
    year: int | None
    weekday: int | None
    weekday_start: int
    weekday_end: int
    is_certain: bool
    year_is_certain: bool

    def exists(self) -> bool:
        """Return whether there is such a day, in some year where none is said."""
        return self.day <= days_in(self.month, self.year if self.year is not None else 2000)

    def readings(self, *, near: Collection[date], years: Collection[int] = ()) -> list[date]:
        """Return the days that this can mean, the most plausible first.

        Without a year those are the days at most half a year or so from one of near, and those
        in the years that the text around names.
        """
        if self.year is not None and self.year_is_certain:
            return [date(self.year, self.month, self.day)] if self.exists() else []
        said = [] if self.year is None else [self.year]
        close = [
            day
            for moment in near
            for year in (moment.year - 1, moment.year, moment.year + 1)
            if (day := self._in(year)) and abs(day - moment) <= _NEAR
        ]
        close.sort(key=lambda day: min(abs(day - moment) for moment in near))
        others = [day for year in (*said, *years) if (day := self._in(year))]
        return list(dict.fromkeys(close + others))

    def _in(self, year: int) -> date | None:
        if not 1 <= year <= 9999 or self.day > days_in(self.month, year):
            return None
        return date(year, self.month, self.day)


def ranges(text: str) -> Iterator[tuple[int, int, int, int | None]]:
    """Yield first day, last day, month and year of "4-6 August 2026", "August 4 and 6" and the like."""
    for match in _ranges(text):
        shape = "1" if match["month1"] else "2"
        year = match[f"year{shape}"]
        days = (int(match[f"first{shape}"]), int(match[f"last{shape}"]))
        yield min(days), max(days), _month(match[f"month{shape}"]), int(year) if year else None


def range_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the ranges of dates stand in a text, as "June 24-26", with their year."""
    for match in _ranges(text):
        yield match.span()


def _ranges(text: str) -> Iterator[re.Match[str]]:
    return _RANGE.finditer(text) if _may_have_dates(text) else iter(())


def _may_have_dates(text: str) -> bool:
    """Tell at little cost whether a text may have a date: most posts name no month."""
    if not _HAS_DIGIT.search(text):
        return False
    folded = text.casefold()
    return any(stem in folded for stem in _STEMS) or _IN_DIGITS.search(text) is not None


def days_in(month: int, year: int) -> int:
    return calendar.monthrange(year, month)[1]


@lru_cache(maxsize=1024)
def read_dates(text: str) -> tuple[StatedDate, ...]:
    """Return the dates of a text, in order. Addresses are cleared over, and what cannot be seen."""
    if hides(text):
        plain = Plain.of(text)
        return tuple(moved(stated, plain) for stated in _read(plain.text))
    return tuple(_read(text))


def moved(stated: StatedDate, plain: Plain) -> StatedDate:
    """Return a date of a text as it looks with its places in the text as it is written."""
    start, end = plain.locate(stated.start, stated.end)
    there = replace(stated, start=start, end=end)
    if stated.weekday_start < 0:
        return there
    first, last = plain.locate(stated.weekday_start, stated.weekday_end)
    return replace(there, weekday_start=first, weekday_end=last)


def _read(text: str) -> Iterator[StatedDate]:
    if not _may_have_dates(text):
        return
    if _MAY_BE_ADDRESS.search(text):
        text = _ADDRESS.sub(lambda match: " " * len(match.group()), text)
    for match in _DATE.finditer(text):
        stated = _stated(text, match)
        if 1 <= stated.month <= 12 and 1 <= stated.day <= 31:
            yield stated


def _stated(text: str, match: re.Match[str]) -> StatedDate:
    shape = next(n for n in "123" if match[f"day{n}"])
    group = "weekday" if match["weekday"] else "later"
    weekday = _weekday(text, match, group)
    year = match[f"year{shape}"]
    is_bare = shape == "2" and year is None and weekday is None and not match["th2"]
    noun_follows = _NOUN_AFTER.match(text, match.end()) is not None
    in_place = _PREPOSITION.search(text, max(0, match.start() - 12), match.start()) is not None
    start = _start(match, shape) if weekday is None or group == "later" else match.start()
    return StatedDate(
        start=start,
        end=match.end(),
        text=text[start : match.end()],
        day=int(match[f"day{shape}"]),
        month=int(match["month3"]) if shape == "3" else _month(match[f"month{shape}"]),
        year=None if year is None else int(year),
        weekday=weekday,
        weekday_start=match.start(group),
        weekday_end=match.end(group),
        is_certain=not is_bare or (in_place and not noun_follows),
        year_is_certain=shape == "3" or not noun_follows,
    )


def _start(match: re.Match[str], shape: str) -> int:
    """Return where the date begins when its weekday is left out."""
    return min(
        match.start(f"{part}{shape}")
        for part in ("day", "month", "year")
        if match[f"{part}{shape}"]
    )


def _weekday(text: str, match: re.Match[str], group: str) -> int | None:
    name = match[group]
    if name is None:
        return None
    before = text[max(0, match.start(group) - 24) : match.start(group)]
    is_short = not name.casefold().endswith("day")
    named = _NO_WEEKDAY.search(before)
    if named and (is_short or not named.group().casefold().startswith("the")):
        return None
    if group == "weekday" and _NEIGHBOUR.search(before):
        return None
    return next(n for n, day in enumerate(WEEKDAYS) if day[:2].casefold() == name[:2].casefold())


def _month(name: str) -> int:
    return next(
        n for n, month in enumerate(MONTHS) if month and month[:3].casefold() == name[:3].casefold()
    )
