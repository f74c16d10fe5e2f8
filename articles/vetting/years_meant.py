"""The years that a date without one may be of: named nearby, given by a post, or long ago."""

import re
from collections.abc import Iterator

from articles.vetting.facts.dates import DateMention
from articles.vetting.lexicon.days import LONG_AGO, SINCE
from articles.vetting.lexicon.lexicon import bare
from articles.vetting.piece import Context, Piece
from articles.vetting.posted_days import days_of

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[^\W\d_]+")
# Of these a report still says "since Monday 14 May".
_STILL_NEW = 2
_EVERY_WEEKDAY = 11
_BACK = 16


def years_named(text: str) -> set[int]:
    """Return the years that a text names."""
    return {int(year) for year in _YEAR.findall(text)}


def years_of_posts(mention: DateMention, piece: Piece, context: Context) -> set[int]:
    """Return the years that posts give for this day: "May 14, 2025" for "14 May"."""
    return {
        year
        for source in piece.sources
        for year in days_of(source, context).years_of(mention.day, mention.month)
        if year is not None
    }


def is_long_ago(sentence: str) -> bool:
    """Return whether a sentence looks back to any year, as one of an anniversary does."""
    return not {bare(word.casefold()) for word in _WORD.findall(sentence)}.isdisjoint(LONG_AGO)


def years_gone(
    mention: DateMention, sentence: str, this_year: int, *, long_ago: bool
) -> Iterator[int]:
    """Yield the past years that a date may be of."""
    before = _WORD.findall(sentence[max(0, mention.start - _BACK) : mention.start])
    if long_ago:
        yield from range(this_year - _EVERY_WEEKDAY, this_year)
    elif before and bare(before[-1].casefold()) in SINCE:
        yield from range(this_year - _STILL_NEW, this_year)
