"""How long it was from one day of a text to another, and how many names a list of it has."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from articles.vetting.content import stem
from articles.vetting.facts.clocks import may_be_clocks
from articles.vetting.facts.names import read_names
from articles.vetting.facts.post_dates import PostedDate
from articles.vetting.facts.quantity import Kind, Quantity
from articles.vetting.facts.things import PEOPLE
from articles.vetting.lexicon import units
from articles.vetting.lexicon.callings import CALLINGS
from articles.vetting.lexicon.lexicon import Bound, Unit
from articles.vetting.lexicon.titles import TITLES

# Days of a text beyond these give nearly any span.
_MOST_DAYS = 8
_LEAP_YEAR = 2000
_FEWEST_LISTED, _MOST_LISTED = 3, 12
_DAYS: dict[Unit, float] = {units.DAY: 1, units.WEEK: 7, units.MONTH: 30.44, units.YEAR: 365.25}
# The part of a unit that people leave out, or make up, of so many months; more of "some" months.
_ROUNDED, _HEDGED = 0.25, 0.5
_FULL_NAME = 2
# What people are counted as: three ministers, four players.
_OTHERS = (
    "player", "climber", "hostage", "candidate", "executive", "winner", "runner", "rider", "scientist",
    "artist", "detainee", "prisoner", "boy", "girl", "skier", "hiker", "tourist", "partner", "colleague",
)  # fmt: skip
_OF_PEOPLE = frozenset(stem(f"{form}s") for form in (*TITLES, *CALLINGS, *_OTHERS)) | {PEOPLE}
# In minutes, and times of a text beyond these give nearly any span.
_DAY = 24 * 60
_MOST_CLOCKS = 6
_NAME = r"(?:[Tt]he |[Aa]n? )?[A-ZÀ-ÖØ-Þ][\w'’-]*(?: [A-ZÀ-ÖØ-Þ][\w'’-]*){0,3}"
_LIST = re.compile(rf"{_NAME}(?:, {_NAME}){{1,10}},? (?:and|or|&) {_NAME}")
_BETWEEN = re.compile(r",? (?:and|or|&) |, ")


def day_span(said: Quantity, dates: Sequence[PostedDate], posted_on: date | None) -> str:
    """Return the days between which it was so long, as "14 to 23 May"; empty where there are none.

    The day of the post is one of them: "it began on 12 March and ends today".
    """
    if said.unit not in _DAYS or said.thing == "age":
        return ""
    for first, last in combinations(sorted(_days(dates, posted_on)), 2):
        if _is_as_long(said, first, last):
            return f"{said.text}: {_told(first, last)}"
    return ""


def clock_span(said: Quantity, text: str) -> str:
    """Return the times of day between which it was so long, as "06:15 to 09:15"; else empty."""
    if said.dimension != "time" or not said.unit or said.bound is not Bound.EXACT:
        return ""
    clocks = sorted(at for at in may_be_clocks(text) if at < _DAY)
    if len(clocks) > _MOST_CLOCKS:
        return ""
    for first, last in combinations(clocks, 2):
        if (last - first) * units.MINUTE.factor == said.value * said.unit.factor:
            return f"{said.text}: {_clock(first)} to {_clock(last)}"
    return ""


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _days(dates: Sequence[PostedDate], posted_on: date | None) -> set[date]:
    found = set() if posted_on is None else {posted_on}
    # Of "14-23 May" the ends count, which share the place of their month.
    places: dict[int, list[PostedDate]] = {}
    for one in dates:
        if one.month and not one.is_doubtful:
            places.setdefault(one.end, []).append(one)
    if len(places) > _MOST_DAYS:
        return set()
    ends = [sorted(each, key=lambda one: (one.month, one.day)) for each in places.values()]
    named = [one for each in ends for one in (each[0], each[-1])]
    years = [one.year for one in named if one.year is not None]
    usual = posted_on.year if posted_on else min(years, default=_LEAP_YEAR)
    for one in named:
        try:
            found.add(date(one.year or usual, one.month, one.day))
        except ValueError:
            continue
    return found


def _is_as_long(said: Quantity, first: date, last: date) -> bool:
    """Return whether a span is as long as is said, with or without its first day."""
    days = (last - first).days
    if said.unit == units.DAY and said.bound is Bound.EXACT and not said.is_hedged:
        return said.value in (days, days + 1)
    length = (days + 1) / _DAYS[said.unit or units.DAY]
    if said.bound is Bound.ABOVE:
        return said.value <= length < said.value + 1
    if said.bound is Bound.BELOW:
        return said.value - 1 < length <= said.value + _ROUNDED
    return abs(length - said.value) <= (_HEDGED if said.is_hedged else _ROUNDED)


def _told(first: date, last: date) -> str:
    end = f"{last.day} {last:%B}"
    if first.year != last.year:
        return f"{first.day} {first:%B} {first.year} to {end} {last.year}"
    return (
        f"{first.day} to {end}" if first.month == last.month else f"{first.day} {first:%B} to {end}"
    )


def listed(said: Quantity, text: str) -> str:
    """Return the list of names that has as many as are said; empty where there is none."""
    if said.kind is not Kind.COUNT or said.unit or said.toll or not said.thing:
        return ""
    if not _FEWEST_LISTED <= said.value <= _MOST_LISTED or said.bound is not Bound.EXACT:
        return ""
    for names in _lists(text):
        if len(names) == said.value:
            return f"{said.text}: {', '.join(names)}"
    return ""


def named(said: Quantity, text: str) -> str:
    """Return the people of a text where they are as many as are said to be; empty where not.

    "Three ministers have resigned", where a post names one, and then two more.
    """
    is_counted = said.kind is Kind.COUNT and said.bound is Bound.EXACT and not said.unit
    if not is_counted or said.thing not in _OF_PEOPLE or said.value > _MOST_LISTED:
        return ""
    full = [one for one in read_names(text).mentions if len(one.words) >= _FULL_NAME]
    found = {one.last: text[one.start : one.end] for one in full}
    is_all = len(found) == said.value >= _FEWEST_LISTED
    return f"{said.text}: {', '.join(found.values())}" if is_all else ""


def _lists(text: str) -> Iterator[list[str]]:
    for match in _LIST.finditer(text):
        yield _BETWEEN.split(match.group())
