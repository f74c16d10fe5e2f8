"""Dates that a source has to carry: those that a post neither names nor was written around."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from articles.vetting import dates, quotes, times
from articles.vetting.dates import StatedDate
from articles.vetting.kept import kept
from articles.vetting.languages import is_english_code, looks_english
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.scopes import Paragraph, paragraphs
from articles.vetting.span_sets import SpanSet
from articles.vetting.times import StatedTime

_IN_DIGITS = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
# "on Wednesday", "three days ago": the day is said, and the desk has worked out its date.
_RELATIVE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|tonight|overnight"
    r"|ago|(?:last|next|this) (?:week|month)|(?:mon|tue|wed|thu|fri|sat|sun))\b",
    re.IGNORECASE,
)
# "The 11 September attacks": the date is a name.
_EVENT = re.compile(
    r"(?:['’]s)?[ -](?:\w+ )?(?:attacks?|massacres?|commission|movement|revolution|uprising|coup|bombings?|killings?"
    r"|crackdown|accords?|agreement|protests?|assault|raid|insurrection|memorial|riots?|pogroms?|hijackings?|shootings?"
    r"|anniversary|brigades?|alliance|coalition)\b"
)
_LEAP_YEAR = 2000
# Zones move a day by one.
_SAME_DAY = timedelta(days=1)
_SAME_WEEK = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a cited paragraph of the body.

    days are the (day, month) that it has in the text and, beside a time with a zone, in UTC.
    """

    paragraph: Paragraph
    stated: StatedDate
    days: frozenset[tuple[int, int]]

    @property
    def keys(self) -> tuple[str, ...]:
        return self.paragraph.keys(self.stated.start, self.stated.end)


@kept
def dated(piece: Piece, context: Context) -> Iterator[Dated]:
    """Yield the certain dates outside quotations that are neither own nor background; English."""
    if not is_english_code(piece.language):
        return
    for paragraph in paragraphs(piece, context):
        inside = SpanSet((quote.start, quote.end) for quote in quotes.read_quotes(paragraph.text))
        timed = times.read_times(paragraph.text)
        for stated in dates.read_dates(paragraph.text):
            if stated.start in inside or not stated.is_certain or not stated.exists():
                continue
            if stated.year is None and _EVENT.match(paragraph.text, stated.end):
                continue
            if not paragraph.voice(stated.start, stated.end):
                yield Dated(paragraph, stated, _days_of(stated, timed))


def carries_date(source: SourceRef, said: Dated) -> bool:
    """Return whether a post has the date, was written on it, or may have it in words not read here."""
    text = source.text or ""
    if not looks_english(text) or _is_near(source, said.stated):
        return True
    year = said.stated.year if said.stated.year_is_certain else None
    return any(
        (day, month) in said.days and (not year or not other or year == other)
        for day, month, other in _days(text)
    )


def _days_of(stated: StatedDate, timed: Sequence[StatedTime]) -> frozenset[tuple[int, int]]:
    """Return the day and month of a date: 22 June at 11:30 p.m. EDT is also 23 June."""
    days = {(stated.day, stated.month)}
    near = datetime(stated.year or _LEAP_YEAR, stated.month, stated.day, 12, tzinfo=UTC)
    # A date has a time before it and one after it at most.
    n = bisect_right(timed, stated.start, key=lambda time: time.start)
    for time in timed[max(0, n - 2) : n]:
        if time.start <= stated.start < time.end:
            days |= {(moment.day, moment.month) for moment in time.moments(near=near)}
    return frozenset(days)


def _days(text: str) -> Iterator[tuple[int, int, int | None]]:
    """Yield day, month and year of the dates of a post; of 4/8/2017 both readings."""
    for one in dates.read_dates(text):
        yield one.day, one.month, one.year if one.year_is_certain else None
    for first, last, month, of in dates.ranges(text):
        for day in range(first, last + 1):
            yield day, month, of
    for match in _IN_DIGITS.finditer(text):
        first, second, year = (int(part) for part in match.groups())
        year += 2000 if year < 100 else 0
        yield first, second, year
        yield second, first, year


def _is_near(source: SourceRef, stated: StatedDate) -> bool:
    if source.posted_at is None:
        return False
    posted = source.posted_at.astimezone(UTC).date()
    reach = _SAME_WEEK if _RELATIVE.search(source.text or "") else _SAME_DAY
    return any(abs(day - posted) <= reach for day in stated.readings(near=[posted]))
