"""Dates that no cited post says, though they are near the day of one, where it says another date.

A post may be of the day that a sentence gives without a word of it; but who says in it "the next
strike: Fri 17 April", and no other day, tells of the 17th. Read in English alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from articles.vetting.dated import Dated, carries_date, dated
from articles.vetting.facts.post_dates import PostedDate
from articles.vetting.facts.post_days import PostDays, posted_on
from articles.vetting.languages import is_english_code
from articles.vetting.lexicon.days import SHORT_WEEKDAYS
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.posted_days import days_of

_DAY = timedelta(days=1)
_WEEK = 7
_WORD_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)[.,]?\s+\Z")
_BACK = 16
_WEEKDAYS = {name: day for name, day in SHORT_WEEKDAYS.items() if len(name) == len("mon")}
_SPANNING = frozenset({"since", "until", "till"})


@dataclass(frozen=True, slots=True)
class Misdated:
    """A date of the body with a post that says another one; given are its words."""

    dated: Dated
    source: SourceRef
    given: str


def misdated(piece: Piece, context: Context) -> Iterator[Misdated]:
    """Yield the dates that no cited post has room for, where it says one other for them."""
    if not is_english_code(piece.language):
        return
    sources = {source.key: source for source in piece.sources}
    everything = tuple(dated(piece, context))
    by_sentence: dict[tuple[int, str], frozenset[tuple[int, int]]] = {}
    for one in everything:
        key = _sentence_of(one)
        by_sentence[key] = by_sentence.get(key, frozenset()) | one.days
    for one in everything:
        cited = [sources[key] for key in one.keys]
        if not cited or any(source.text is None for source in cited):
            continue
        # What is in no post at all is asked about as a figure.
        if not any(carries_date(source, one, context) for source in cited):
            continue
        given = [_other_year(one, source, context) for source in cited]
        if not all(given):
            beside = by_sentence[_sentence_of(one)] - one.days
            given = [_other_date(one, beside, source, context) for source in cited]
        if all(given):
            yield Misdated(one, cited[0], given[0])


def _sentence_of(one: Dated) -> tuple[int, str]:
    return id(one.paragraph), one.paragraph.excerpt(one.stated.start, one.stated.end)


def _other_year(one: Dated, source: SourceRef, context: Context) -> str:
    """Return the years that a post names, where it can have a day in none but these."""
    days, year = days_of(source, context), one.stated.certain_year
    if year is None or source.posted_at is None or not days.is_read or not days.years:
        return ""
    near = abs(year - source.posted_at.year) <= 1
    if near or year in days.years or not days.vague.isdisjoint("yY"):
        return ""
    return ", ".join(map(str, sorted(days.years)))


def _other_date(
    one: Dated, beside: frozenset[tuple[int, int]], source: SourceRef, context: Context
) -> str:
    """Return the one date that a post says, if no day that it may mean is that of the sentence.

    Beside it may have the others of the sentence: the "28 October" of "28 October to 9 November".
    """
    days = days_of(source, context)
    sure = [given for given in days.dates if not given.is_doubtful]
    said = {(given.day, given.month) for given in days.dates}
    if not days.is_read or source.posted_at is None or said & one.days:
        return ""
    others = [given for given in sure if (given.day, given.month) not in beside]
    is_one = len({(given.day, given.month) for given in others}) == 1
    if not is_one or not beside <= said or "d" in days.vague:
        return ""
    text, other = source.text or "", others[0]
    readings = one.stated.readings(near=[source.posted_at.date()])
    if not readings:
        return ""
    # "Since 9 July" leaves no room for another day, not even for that of the post.
    is_one_span = (opens := _opens(one.paragraph.text, one.stated.start)) in _SPANNING and (
        opens == _opens(text, other.start)
    )
    if not is_one_span and not _meant(source, days, other).isdisjoint(readings):
        return ""
    return text[other.start : other.end]


def _meant(source: SourceRef, days: PostDays, given: PostedDate) -> frozenset[date]:
    """Return the days that a post may be about without saying their date."""
    at = source.posted_at
    if at is None:
        return frozenset()
    posted = {*posted_on(at), at.astimezone(UTC).date() - _DAY}
    # "Next Friday", "in two days": the days around the post that it names without a date.
    meant = {moment + away * _DAY for moment in posted for away in days.offsets}
    named = days.weekdays - _weekday_beside(source.text or "", given.start)
    around = {moment + away * _DAY for moment in posted for away in range(-_WEEK, _WEEK + 1)}
    return frozenset({*posted, *meant, *(day for day in around if day.weekday() in named)})


def _weekday_beside(text: str, start: int) -> frozenset[int]:
    """Return the weekday of "Fri 17 April", which is that of the date and of no other day."""
    before = _WORD_BEFORE.search(text, max(0, start - _BACK), start)
    day = _WEEKDAYS.get(before["word"].casefold()[:3]) if before else None
    return frozenset() if day is None else frozenset({day})


def _opens(text: str, start: int) -> str:
    before = _WORD_BEFORE.search(text, max(0, start - _BACK), start)
    return before["word"].casefold() if before else ""
