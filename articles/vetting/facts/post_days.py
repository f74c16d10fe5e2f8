"""What a post says of days, months and years, anywhere in it and in any of six languages.

Lenient on purpose: a day that it may name is a day that nobody is asked about.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from articles.vetting.facts.date_grammars import GRAMMARS
from articles.vetting.facts.post_dates import MONTHS, PostedDate, read_post_dates
from articles.vetting.languages import has_english_words, looks_english, spells_numbers
from articles.vetting.lexicon.days import (
    NO_DAYS_IN_ENGLISH,
    RELATIVE,
    SEVERAL_WEEKDAYS,
    SHORT_WEEKDAYS,
    VAGUE,
    WEEKDAYS_LIKE_WORDS,
)
from articles.vetting.lexicon.lexicon import bare
from articles.vetting.text import View

_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"[12](?<!\d\d)\d{3}(?P<decade>s)?(?!\d)|['/–y-] ?(?P<short>\d\d)(?!\d)")
_WEEKDAYS: Mapping[str, int] = {
    bare(name.casefold()): number
    for grammar in GRAMMARS.values()
    for number, name in enumerate(grammar.weekdays)
}
# Where a post was made, its day may be that of any zone.
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)
_DAY = timedelta(days=1)
# Days further away are not told by their weekday alone.
_WEEKDAY_OF = timedelta(days=10)
_NEVER: frozenset[int | None] = frozenset()


def _folded(text: str) -> str:
    return bare(text.casefold().replace("’", "'"))


def _phrases[Value](phrases: Mapping[str, Value]) -> dict[str, Value]:
    return {_folded(phrase): value for phrase, value in phrases.items()}


_RELATIVE = _phrases(RELATIVE)
_VAGUE = _phrases(VAGUE)
_SINGLE = {phrase for phrase in (*_RELATIVE, *_VAGUE) if _WORD.fullmatch(phrase)}
_SEVERAL = tuple(
    (phrase, frozenset(_WORD.findall(phrase)))
    for phrase in (*_RELATIVE, *_VAGUE)
    if not _WORD.fullmatch(phrase)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostDays:
    """years_by_day has the years of each (day, month). weekdays count from Monday, 0; offsets are days from the day of the post ("yesterday": -1).

    vague has "d", "m" or "y" where it also says a day, month or year without saying which, as
    "three weeks ago" does. is_read is false of a post in a language whose days are not read.
    """

    dates: tuple[PostedDate, ...]
    years_by_day: Mapping[tuple[int, int], frozenset[int | None]]
    weekdays: frozenset[int]
    months: frozenset[int]
    years: frozenset[int]
    offsets: frozenset[int]
    vague: frozenset[str]
    is_read: bool

    def carries(self, day: int, month: int, year: int | None) -> bool:
        """Return whether the post may name this day; a year that one of the two leaves out is any."""
        years = self.years_of(day, month)
        return bool(years) and (year is None or None in years or year in years)

    def years_of(self, day: int, month: int) -> frozenset[int | None]:
        """Return the years that the post gives for a day; None is a date without one."""
        return self.years_by_day.get((day, month), _NEVER) | self.years_by_day.get((day, 0), _NEVER)

    @property
    def says_a_day(self) -> bool:
        """Whether it says a day other than by its date."""
        return bool(self.weekdays or self.offsets or self.vague)


def read_post_days(source: View | str) -> PostDays:
    """Return what a post says of days; its dates have their places in it as it is written."""
    view = View.of(source) if isinstance(source, str) else source
    text = view.text
    folded = _folded(text)
    words = set(_WORD.findall(folded))
    phrases = words & _SINGLE | {
        phrase for phrase, parts in _SEVERAL if parts <= words and phrase in folded
    }
    is_english = looks_english(text)
    naming = words - _no_days(text) if is_english else words
    months = naming & MONTHS.keys()
    # "10 out of 10" is no day of October where other words of the post are English.
    others = words - NO_DAYS_IN_ENGLISH
    names = others if is_english and has_english_words(others) else words
    dates = read_post_dates(text, names & MONTHS.keys())
    if text != view.source:
        dates = [_moved(one, view) for one in dates]
    named = {number for name, number in _WEEKDAYS.items() if name in folded}
    named.update(*(SEVERAL_WEEKDAYS[word] for word in words & SEVERAL_WEEKDAYS.keys()))
    return PostDays(
        dates=tuple(dates),
        years_by_day=_years_by_day(dates),
        weekdays=frozenset(named | set(_short_weekdays(naming, text))),
        months=frozenset(
            {MONTHS[word] for word in months} | {one.month for one in dates if not one.is_doubtful}
        ) - {0},
        years=frozenset(_years(text.casefold())),
        offsets=frozenset(
            day for phrase in phrases if phrase in _RELATIVE for day in _RELATIVE[phrase]
        ),
        is_read=is_english or spells_numbers(text),
        vague=frozenset("".join(_VAGUE.get(phrase, "") for phrase in phrases)),
    )  # fmt: skip


def _no_days(text: str) -> frozenset[str]:
    """Return the words that name no day in an English post: "it may be" has no capital."""
    is_month = "May" in text or "MAY" in text
    return NO_DAYS_IN_ENGLISH if is_month else NO_DAYS_IN_ENGLISH | {"may"}


def _moved(one: PostedDate, view: View) -> PostedDate:
    start, end = view.locate(one.start, one.end)
    return replace(one, start=start, end=end)


def _years_by_day(
    dates: Iterable[PostedDate],
) -> Mapping[tuple[int, int], frozenset[int | None]]:
    found: dict[tuple[int, int], set[int | None]] = {}
    for one in dates:
        found.setdefault((one.day, one.month), set()).add(one.year)
    return {day: frozenset(years) for day, years in found.items()}


def _short_weekdays(words: set[str], text: str) -> Iterator[int]:
    for word in words & SHORT_WEEKDAYS.keys():
        # "Court sat" names no Saturday.
        if word not in WEEKDAYS_LIKE_WORDS or word.capitalize() in text or word.upper() in text:
            yield SHORT_WEEKDAYS[word]


def posted_on(at: datetime) -> frozenset[date]:
    """Return the days on which a moment falls somewhere."""
    first, last = (at.astimezone(UTC) + away for away in (_WEST, _EAST))
    return frozenset({first.date(), at.astimezone(UTC).date(), last.date()})


def weekdays_said(days: PostDays, posted_at: datetime | None) -> frozenset[int]:
    """Return the weekdays that a post names, in words or by a date, or means by "yesterday"."""
    found = set(days.weekdays)
    if posted_at is not None:
        posted = posted_on(posted_at)
        found |= {(day + n * _DAY).weekday() for day in posted for n in days.offsets}
        dates = (one for one in days.dates if not one.is_doubtful)
        meant = (day for one in dates for day in days_meant(one, posted_at))
        near = {day for day in meant if abs(day - posted_at.date()) <= _WEEKDAY_OF}
        found |= {day.weekday() for day in near}
    return frozenset(found)


def days_meant(one: PostedDate, posted_at: datetime) -> Iterator[date]:
    """Yield the days that a date of a post can mean: without a year, in the years around it."""
    around = posted_at.year
    for year in (around - 1, around, around + 1) if one.year is None else (one.year,):
        try:
            yield date(year, one.month or posted_at.month, one.day)
        except ValueError:
            continue


def _years(text: str) -> Iterator[int]:
    for match in _YEAR.finditer(text):
        if match["short"]:
            yield from (1900 + int(match["short"]), 2000 + int(match["short"]))
        else:
            year = int(match.group()[:4])
            yield from range(year, year + 10) if match["decade"] else (year,)
