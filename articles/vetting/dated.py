"""Dates that a source has to carry: those that a post neither names nor was written around."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta

from articles.vetting import dates, quotes
from articles.vetting.dates import StatedDate
from articles.vetting.languages import is_english_code, looks_english
from articles.vetting.piece import Piece, SourceRef
from articles.vetting.scopes import Paragraph, paragraphs

_IN_DIGITS = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
# "on Wednesday", "three days ago": the day is said, and the desk has worked out its date.
_RELATIVE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|tonight|overnight"
    r"|ago|(?:last|next|this) (?:week|month)|(?:mon|tue|wed|thu|fri|sat|sun))\b",
    re.IGNORECASE,
)
# Zones move a day by one.
_SAME_DAY = timedelta(days=1)
_SAME_WEEK = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a cited paragraph of the body."""

    paragraph: Paragraph
    stated: StatedDate

    @property
    def keys(self) -> tuple[str, ...]:
        return self.paragraph.keys(self.stated.start, self.stated.end)


def dated(piece: Piece) -> Iterator[Dated]:
    """Yield the certain dates outside quotations that are neither own nor background; English."""
    if not is_english_code(piece.language):
        return
    for paragraph in paragraphs(piece):
        inside = [(quote.start, quote.end) for quote in quotes.read(paragraph.text)]
        for stated in dates.read(paragraph.text):
            quoted = any(start <= stated.start < end for start, end in inside)
            if quoted or not stated.is_certain or not stated.exists():
                continue
            if not paragraph.voice(stated.start, stated.end):
                yield Dated(paragraph, stated)


def carries_date(source: SourceRef, stated: StatedDate) -> bool:
    """Tell whether a post has the date, was written on it, or may have it in words not read here."""
    text = source.text or ""
    if not looks_english(text) or _is_near(source, stated):
        return True
    year = stated.year if stated.year_is_certain else None
    return any(
        (day, month) == (stated.day, stated.month) and (not year or not other or year == other)
        for day, month, other in _days(text)
    )


def _days(text: str) -> Iterator[tuple[int, int, int | None]]:
    """Yield day, month and year of the dates of a post; of 4/8/2017 both readings."""
    for one in dates.read(text):
        yield one.day, one.month, one.year if one.year_is_certain else None
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
