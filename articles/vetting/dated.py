"""Dates that a source has to carry: those that a post neither names nor was written around."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from articles.vetting.facts.date_grammars import GRAMMARS
from articles.vetting.facts.dates import DateMention
from articles.vetting.facts.post_days import PostDays
from articles.vetting.kept import kept
from articles.vetting.languages import is_english_code
from articles.vetting.lexicon.days import EVENTS_BEFORE
from articles.vetting.lexicon.lexicon import bare
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.posted_days import days_of
from articles.vetting.scopes import Paragraph, paragraphs
from articles.vetting.sentences import Sentence, sentences
from articles.vetting.span_sets import SpanSet
from articles.vetting.texts_read import read_text
from articles.vetting.times import StatedTime
from web.language_tags import primary

# "The 11 September attacks": the date is a name.
_EVENT = re.compile(
    r"(?:['’]s)?[ -](?:\w+ )?(?:attacks?|massacres?|commission|movement|revolution|uprising|coup|bombings?|killings?"
    r"|crackdown|accords?|agreement|protests?|assault|raid|insurrection|memorial|riots?|pogroms?|hijackings?|shootings?"
    r"|anniversary|brigades?|alliance|coalition)\b"
)
# "Les attentats du 11 septembre".
_OF_EVENT = re.compile(r"(?P<event>[^\W\d_]+)\s(?:vom|du|del?|dell['’]|do|des)\s(?:\w+\s)?\Z")
_BACK = 32
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
    stated: DateMention
    days: frozenset[tuple[int, int]]

    @property
    def keys(self) -> tuple[str, ...]:
        return self.paragraph.keys(self.stated.start, self.stated.end)


@kept
def dated(piece: Piece, context: Context) -> Iterator[Dated]:
    """Yield the certain dates outside quotations that are neither own nor background."""
    if primary(piece.language) not in GRAMMARS:
        return
    for paragraph in paragraphs(piece, context):
        text = read_text(paragraph.text, context)
        mentions = text.dates(piece.language)
        if not mentions:
            continue
        inside = SpanSet((quote.start, quote.end) for quote in text.quotes)
        timed = text.times if is_english_code(piece.language) else ()
        for stated in mentions:
            if stated.start in inside or not stated.is_certain or not stated.exists():
                continue
            if _is_name(paragraph.text, stated):
                continue
            if not paragraph.voice(stated.start, stated.end):
                yield Dated(paragraph, stated, _days_of(stated, timed))


@kept
def dates_of_sentences(
    piece: Piece, context: Context
) -> Iterator[tuple[Sentence, tuple[DateMention, ...]]]:
    """Yield the sentences of every field, each with its dates."""
    for sentence in sentences(piece, context):
        yield sentence, read_text(sentence.text, context).dates(piece.language)


@kept
def quoted_in_body(piece: Piece, context: Context) -> Iterator[SpanSet]:
    """Yield the places of the body that are inside a quotation, as one set."""
    found = (
        paragraph.locate(quote.start, quote.end)
        for paragraph in paragraphs(piece, context)
        for quote in read_text(paragraph.text, context).quotes
    )
    yield SpanSet(place for place in found if place is not None)


def carries_date(source: SourceRef, said: Dated, context: Context) -> bool:
    """Return whether a post has the date, was written on it, or may have it in words not read here."""
    given = days_of(source, context)
    if not given.is_read or _is_near(source, said.stated, given):
        return True
    year = said.stated.certain_year
    return any(given.carries(day, month, year) for day, month in said.days)


def _is_name(text: str, stated: DateMention) -> bool:
    if stated.year is not None:
        return False
    if _EVENT.match(text, stated.end):
        return True
    before = _OF_EVENT.search(text, max(0, stated.start - _BACK), stated.start)
    return before is not None and bare(before["event"].casefold()) in EVENTS_BEFORE


def _days_of(stated: DateMention, timed: Sequence[StatedTime]) -> frozenset[tuple[int, int]]:
    """Return the day and month of a date: 22 June at 11:30 p.m. EDT is also 23 June."""
    days = {(stated.day, stated.month)}
    near = datetime(stated.year or _LEAP_YEAR, stated.month, stated.day, 12, tzinfo=UTC)
    # A date has a time before it and one after it at most.
    n = bisect_right(timed, stated.start, key=lambda time: time.start)
    for time in timed[max(0, n - 2) : n]:
        if time.start <= stated.start < time.end:
            days |= {(moment.day, moment.month) for moment in time.moments(near=near)}
    return frozenset(days)


def _is_near(source: SourceRef, stated: DateMention, given: PostDays) -> bool:
    if source.posted_at is None:
        return False
    posted = source.posted_at.astimezone(UTC).date()
    reach = _SAME_WEEK if given.says_a_day else _SAME_DAY
    return any(abs(day - posted) <= reach for day in stated.readings(near=[posted]))
