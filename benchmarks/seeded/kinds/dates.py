"""Years, months, days and weekdays that are not those of the posts."""

import re
from random import Random

from benchmarks.seeded.articles import Article
from benchmarks.seeded.fault import Fault, first
from benchmarks.seeded.kinds.spots import Spot, spoilt, spots
from benchmarks.seeded.world import MONTHS, WEEKDAYS

_MONTH = "|".join(MONTHS)
_WEEKDAY = "|".join(WEEKDAYS)
_DATE = rf"(?:(?:{_WEEKDAY})(?: (?:morning|afternoon|evening|night))?,? )?(?:\d{{1,2}} (?:{_MONTH})|(?:{_MONTH}) \d{{1,2}})(?!\d)(?:,? \d{{4}})?"


def other_year(article: Article, rng: Random) -> Fault | None:
    """Write 2018 for 2019."""

    def made(spot: Spot) -> Fault | None:
        new = str(int(spot.text) + rng.choice([-10, -3, -2, -1, 1, 2]))
        known = all(re.search(rf"\b{spot.text}|['’]{spot.text[2:]}\b", post) for post in spot.posts)
        clash = any(re.search(rf"{new}|['’–-]{new[2:]}\b", post) for post in spot.posts)
        return None if clash or not known else spoilt(article, spot, new, kind="year")

    return first(rng, spots(article, r"(?<![\w$€£,.-])(?:19|20)\d\d(?![\w,%-]| [a-z]+s\b)"), made)


def other_bare_month(article: Article, rng: Random) -> Fault | None:
    """Write "in April" for "in March"."""
    return _other_month(article, rng, rf"(?<!\d )\b(?:{_MONTH})\b(?! \d)", "bare month")


def other_month_of_a_date(article: Article, rng: Random) -> Fault | None:
    """Write 9 August for 9 July."""
    return _other_month(
        article, rng, rf"(?<=\d )(?:{_MONTH})\b|\b(?:{_MONTH})(?= \d{{1,2}}\b)", "month of a date"
    )


def other_day_of_a_date(article: Article, rng: Random) -> Fault | None:
    """Write 12 July for 9 July."""

    def made(spot: Spot) -> Fault | None:
        day = int(spot.text)
        if not all(re.search(rf"(?<!\d)0?{day}(?!\d)", post) for post in spot.posts):
            return None
        others = [
            n
            for n in range(1, 29)
            if n != day and not any(re.search(rf"(?<!\d)0?{n}(?!\d)", p) for p in spot.posts)
        ]
        return (
            spoilt(article, spot, str(rng.choice(others)), kind="day", around=_DATE)
            if others
            else None
        )

    return first(
        rng,
        spots(
            article,
            rf"(?<![\d-])\d{{1,2}}(?= (?:{_MONTH})\b)|(?:(?<={')|(?<='.join(f'{m} ' for m in MONTHS)}))\d{{1,2}}(?![\d:-])",
        ),
        made,
    )


def other_bare_weekday(article: Article, rng: Random) -> Fault | None:
    """Write "on Friday" for "on Tuesday", in a sentence whose post is of a Tuesday or says so."""

    def made(spot: Spot) -> Fault | None:
        at = WEEKDAYS.index(spot.text)
        others = [
            day
            for n, day in enumerate(WEEKDAYS)
            if (n - at) % 7 in {2, 3, 4, 5}
            and not any(re.search(rf"(?i)\b{day[:3]}", post) for post in spot.posts)
        ]
        return spoilt(article, spot, rng.choice(others), kind="bare weekday") if others else None

    return first(
        rng, spots(article, rf"(?<=\bon )(?:{_WEEKDAY})\b(?!,? \d|,? (?:{_MONTH})|,? the \d)"), made
    )


def _other_month(article: Article, rng: Random, pattern: str, kind: str) -> Fault | None:
    def made(spot: Spot) -> Fault | None:
        at = MONTHS.index(spot.text)
        known = all(
            re.search(rf"\b{spot.text[:3]}", post) or _digits(at, post) for post in spot.posts
        )
        others = [
            m
            for n, m in enumerate(MONTHS)
            if n != at and not any(re.search(rf"\b{m[:3]}", p) or _digits(n, p) for p in spot.posts)
        ]
        return (
            spoilt(article, spot, rng.choice(others), kind=kind, around=_DATE)
            if known and others
            else None
        )

    return first(rng, spots(article, pattern), made)


def _digits(month: int, text: str) -> bool:
    """Return whether a text may have a month in digits: 24/6, 2026-06-24."""
    return (
        re.search(
            rf"(?<!\d)(?:\d{{1,2}}|\d{{4}})[/.-]0?{month + 1}(?!\d)|(?<!\d)0?{month + 1}/\d{{1,2}}(?!\d)",
            text,
        )
        is not None
    )
