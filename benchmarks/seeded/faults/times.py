"""Weekdays, dates and times that are wrong; English, which is what the checks read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from benchmarks.seeded.articles import Article, Post
from benchmarks.seeded.dates import (
    MONTHS,
    WEEKDAYS,
    ZONES,
    StatedDate,
    StatedTime,
    postings,
    stated_dates,
    stated_times,
    written,
)
from benchmarks.seeded.fault import Fault, first, in_body
from benchmarks.seeded.faults.outlets import speakers
from benchmarks.seeded.places import in_cited_scope, is_within, masked, quoted_at_all
from benchmarks.seeded.world import PASTS

_ALSO = frozenset({
    "figure-not-found", "weekday", "stated-time", "future-time", "headline-drift", "impossible-date",
    "source-id-time",
})  # fmt: skip
_PAST = re.compile(rf"\b(?:[a-z]{{3,}}ed|was|were|{'|'.join(PASTS)}) on \Z")
_ON = re.compile(r"\b(?:on|from|until|till|since|of|by|before|after|dated) \Z", re.IGNORECASE)
_LENGTHS = {"April": 30, "June": 30, "September": 30, "November": 30, "February": 28}
_BARE = re.compile(
    rf"\b(?:on|from|since|until) (?P<day>{'|'.join(WEEKDAYS)})(?= (?:and|at|that|in|the|to|for|by|with|when|after)\b|[,;.] ?(?!\d|the \d|[A-Z][a-z]+ \d))"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def other_weekday(article: Article, rng: Random) -> Fault | None:
    def shifted(stated: StatedDate) -> Fault | None:
        if not stated.weekday or not _is_sure(article, stated):
            return None
        new = rng.choice([day for day in WEEKDAYS if day != stated.weekday])
        return in_body(
            article, stated.start, stated.start + len(stated.weekday), new, code="weekday", also=_ALSO
        )  # fmt: skip

    return first(rng, _dates(article), shifted)


def shift_date(article: Article, rng: Random) -> Fault | None:
    """Move the date beside a weekday by some days."""

    def shifted(stated: StatedDate) -> Fault | None:
        day = stated.day + timedelta(days=rng.choice([-2, -1, 1, 2, 3]))
        if not stated.weekday or not _is_sure(article, stated) or day.month != stated.day.month:
            return None
        return _redated(article, stated, str(day.day), code="weekday")

    return first(rng, _dates(article), shifted)


def add_weekday(article: Article, rng: Random) -> Fault | None:
    """Write "on Wednesday, 25 June" of a Thursday."""

    def added(stated: StatedDate) -> Fault | None:
        if stated.weekday or not _ON.search(article.body[: stated.start]) or stated.day.year < 1924:
            return None
        if not _is_sure(article, stated):
            return None
        right = WEEKDAYS[stated.day.weekday()]
        new = rng.choice([day for day in WEEKDAYS if day != right]) + rng.choice([", ", " "])
        return in_body(article, stated.start, stated.start, new, code="weekday", also=_ALSO)

    return first(rng, _dates(article), added)


def day_too_many(article: Article, rng: Random) -> Fault | None:
    """Write 31 June, 30 February, or 29 February of a year that has none."""

    def impossible(stated: StatedDate) -> Fault | None:
        if not _ON.search(article.body[: stated.start]) and not stated.has_year:
            return None
        name = MONTHS[stated.day.month]
        month = name if name in _LENGTHS else rng.choice(sorted(_LENGTHS))
        day = _LENGTHS[month] + 1
        leap = stated.day.year % 4 == 0
        if month == "February" and (leap or not stated.has_year):
            day = 30
        text = article.body[stated.at : stated.end]
        new = re.sub(r"\d{1,2}(?!\d)", str(day), text, count=1).replace(name, month)
        if stated.weekday:
            at = stated.start
            return in_body(article, at, stated.end, new, code="impossible-date", also=_ALSO)
        return in_body(article, stated.at, stated.end, new, code="impossible-date", also=_ALSO)

    return first(rng, _dates(article), impossible)


def other_minute(article: Article, rng: Random) -> Fault | None:
    """State a post some minutes or hours from when it came."""

    def shifted(found: tuple[StatedTime, Post]) -> Fault | None:
        stated, _ = found
        by = rng.choice([-180, -60, -41, -20, 20, 37, 60, 120])
        return _reclocked(article, stated, by)

    return first(rng, postings(article), shifted)


def other_zone(article: Article, rng: Random) -> Fault | None:
    """State the local time of one zone as that of another."""

    def shifted(found: tuple[StatedTime, Post]) -> Fault | None:
        stated, _ = found
        zones = [
            zone
            for zone in ("UTC", "BST", "CEST", "EDT", "JST", "MSK")
            if abs(ZONES[zone] - ZONES[stated.zone]) >= 1
        ]
        new = rng.choice(zones)
        if _agrees_anywhere(article, replace(stated, zone=new), stated.start):
            return None
        at = stated.end + 1
        return in_body(
            article, at, at + len(stated.zone), new, code="stated-time", also=_ALSO,
            shown=(stated.start, at + len(new)),
        )  # fmt: skip

    return first(rng, postings(article), shifted)


def state_a_wrong_time(article: Article, rng: Random) -> Fault | None:
    """Add to "Reuters reported" a time at which it did not."""

    def stated(found: tuple[int, int, Post]) -> Fault | None:
        _, end, post = found
        moment = post.posted_at - timedelta(minutes=rng.choice([26, 45, 60, 90, 300]))
        if any(abs(moment - at) < timedelta(minutes=20) for at in _posted(article, post)):
            return None
        return in_body(article, end, end, f" at {written(moment)}", code="stated-time", also=_ALSO)

    return first(rng, _untimed(article), stated)


def state_a_wrong_day(article: Article, rng: Random) -> Fault | None:
    """Add to "Reuters reported" the right time on the wrong day."""

    def stated(found: tuple[int, int, Post]) -> Fault | None:
        _, end, post = found
        moment = post.posted_at - timedelta(days=rng.choice([1, 2, 7]))
        if any(abs(moment - at) < timedelta(minutes=20) for at in _posted(article, post)):
            return None
        return in_body(article, end, end, f" at {written(moment)}", code="stated-time", also=_ALSO)

    return first(rng, _untimed(article), stated)


def state_a_time_to_come(article: Article, rng: Random) -> Fault | None:
    """Add to "Reuters reported" a time that is after now."""

    def stated(found: tuple[int, int, Post]) -> Fault:
        _, end, _ = found
        moment = article.now + timedelta(hours=rng.choice([2, 5, 24, 48]))
        return in_body(article, end, end, f" at {written(moment)}", code="future-time", also=_ALSO)

    return first(rng, _untimed(article), stated)


def slip_into_next_year(article: Article, rng: Random) -> Fault | None:
    """Give what happened the date of next year."""

    def slipped(stated: StatedDate) -> Fault | None:
        body = article.body
        if stated.day.year != article.now.year or not _PAST.search(body[: stated.start]):
            return None
        text = body[stated.at : stated.end]
        year = str(stated.day.year + 1)
        new = text.replace(str(stated.day.year), year) if stated.has_year else f"{text} {year}"
        return in_body(article, stated.at, stated.end, new, code="future-time", also=_ALSO)

    return first(rng, _dates(article), slipped)


def date_it_wrongly(article: Article, rng: Random) -> Fault | None:
    """Write "on Thursday, 24 June" for "on Thursday", which was the 25th."""

    def dated(found: re.Match[str]) -> Fault | None:
        day = _last(article, found["day"]) - timedelta(days=rng.choice([1, 2, 3]))
        return _with_date(article, found, _in_words(day, rng), code="weekday")

    return first(rng, _bare_weekdays(article), dated)


def date_it_impossibly(article: Article, rng: Random) -> Fault | None:
    """Write "on Thursday, 31 June" for "on Thursday"."""

    def dated(found: re.Match[str]) -> Fault | None:
        month = rng.choice(sorted(_LENGTHS))
        day = 30 if month == "February" else _LENGTHS[month] + 1
        said = rng.choice([f"{day} {month}", f"{month} {day}"])
        return _with_date(article, found, said, code="impossible-date")

    return first(rng, _bare_weekdays(article), dated)


def date_it_next_year(article: Article, rng: Random) -> Fault | None:
    """Give what happened on a weekday the date of next year's."""

    def dated(found: re.Match[str]) -> Fault | None:
        if not _PAST.search(article.body[: found.start("day")]):
            return None
        day = _last(article, found["day"]) + timedelta(weeks=52)
        if day <= article.now.date():
            return None
        return _with_date(article, found, _in_words(day, rng, year=True), code="future-time")

    return first(rng, _bare_weekdays(article), dated)


def _bare_weekdays(article: Article) -> Iterator[re.Match[str]]:
    """Yield the weekdays of the body that stand without a date, where one may follow."""
    inside = quoted_at_all(article.body)
    for found in _BARE.finditer(masked(article.body)) if article.is_english else ():
        low = article.body.rfind("\n", 0, found.start()) + 1
        line = article.body[low : article.body.find("\n", found.end())]
        if not is_within(found.start(), inside) and not _YEAR.search(line):
            yield found


def _last(article: Article, weekday: str) -> date:
    """Return the last such day before, or of, publication."""
    day = article.published_at.date()
    return day - timedelta(days=(day.weekday() - WEEKDAYS.index(weekday)) % 7)


def _in_words(day: date, rng: Random, *, year: bool = False) -> str:
    month, end = MONTHS[day.month], f" {day.year}" if year else ""
    return rng.choice([f"{day.day} {month}{end}", f"{month} {day.day}{',' * year}{end}"])


def _with_date(article: Article, found: re.Match[str], said: str, *, code: str) -> Fault:
    return in_body(
        article, found.end(), found.end(), f", {said}", code=code, also=_ALSO,
        shown=(found.start("day"), found.end() + 2 + len(said)),
    )  # fmt: skip


def _dates(article: Article) -> Iterator[StatedDate]:
    if article.is_english:
        yield from stated_dates(article)


def _is_sure(article: Article, stated: StatedDate) -> bool:
    """Return whether no other year in the sentence can be meant."""
    if stated.has_year:
        return True
    low = article.body.rfind("\n", 0, stated.start) + 1
    high = article.body.find("\n", stated.end)
    return not _YEAR.search(article.body, low, high if high >= 0 else len(article.body))


def _redated(article: Article, stated: StatedDate, day: str, *, code: str) -> Fault:
    text = article.body[stated.at : stated.end]
    new = re.sub(r"\d{1,2}(?!\d)", day, text, count=1)
    return in_body(
        article, stated.at, stated.end, new, code=code, also=_ALSO,
        shown=(stated.start, stated.at + len(new)),
    )  # fmt: skip


def _reclocked(article: Article, stated: StatedTime, by: int) -> Fault | None:
    minutes = stated.hour * 60 + stated.minute + by
    if not 0 <= minutes < 1440:
        return None
    hour, minute = divmod(minutes, 60)
    if _agrees_anywhere(article, replace(stated, hour=hour, minute=minute), stated.start):
        return None
    half = re.search(r" ?[ap]\.?m\.?\Z", stated.text)
    if half is None:
        new = f"{hour:02}:{minute:02}"
    elif (hour < 12) != (stated.hour < 12):
        return None
    else:
        new = f"{(hour - 1) % 12 + 1}:{minute:02}{half.group()}"
    return in_body(article, stated.start, stated.end, new, code="stated-time", also=_ALSO)


def _agrees_anywhere(article: Article, stated: StatedTime, place: int) -> bool:
    cited = [article.post(key) for key in in_cited_scope(article, place)]
    outlets = {post.outlet for post in cited}
    return any(
        post.posted_at and stated.agrees(post.posted_at)
        for post in article.posts
        if post.outlet in outlets
    )


def _posted(article: Article, post: Post) -> list:
    return [
        other.posted_at for other in article.posts if other.outlet == post.outlet and other.posted_at
    ] + [at for at, _ in post.versions]  # fmt: skip


def _untimed(article: Article) -> Iterator[tuple[int, int, Post]]:
    """Yield where "Reuters reported" stands, and the post cited for it, with no time beside it."""
    for start, end, post in speakers(article):
        line = article.body[end : article.body.find("\n", end)]
        if post.posted_at and not next(stated_times(line[:60]), None) and " at " not in line[:14]:
            yield start, end, post
