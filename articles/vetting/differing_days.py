"""Days of the body that no cited post says or can mean: "on Friday" of what one says was on Thursday.

A post that says no weekday at all means that of its own day or the one before: "on Friday" of a
post of Tuesday is in no post. A month or a year is asked about only where the posts name another.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from articles.vetting.days_ahead import is_only_ahead
from articles.vetting.facts.date_grammars import GRAMMARS
from articles.vetting.facts.dates import DateMention
from articles.vetting.facts.days import DayMention, Precision, months_named, read_days
from articles.vetting.facts.post_days import PostDays, posted_on
from articles.vetting.lexicon.days import RELATIVE, SPEECH
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.placed_days import ClausedText, PlacedDay
from articles.vetting.posted_days import days_of, is_named_otherwise, weekdays_said
from articles.vetting.scopes import Paragraph, paragraphs
from articles.vetting.span_sets import SpanSet
from articles.vetting.texts_read import read_text
from web.language_tags import primary

_LETTERS = {Precision.WEEKDAY: "d", Precision.MONTH: "m", Precision.YEAR: "y"}
_RELATIVE = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, sorted(RELATIVE, key=len, reverse=True)))})\b", re.IGNORECASE
)
_SAME_WORDS = 3
# A hostile post names any number of days.
_MOST = 60
_KEY = "days given"


@dataclass(frozen=True, slots=True)
class Differing:
    """A day of the body that a post says to be another; given are the post's words for it.

    given is empty where no cited post says which day it is, and is_ahead is true where it has that
    day only as one to come.
    """

    paragraph: Paragraph
    mention: DayMention
    source: SourceRef
    given: str
    is_ahead: bool = False


def differing_days(piece: Piece, context: Context) -> Iterator[Differing]:
    """Yield the weekdays, months and years that a cited post gives otherwise, one at a time."""
    language = primary(piece.language)
    if language not in GRAMMARS:
        return
    sources = {source.key: source for source in piece.sources}
    for paragraph in paragraphs(piece, context):
        mentions = _mentions(paragraph.text, language, context)
        text = ClausedText(paragraph.text, language)
        for mention in mentions:
            cited = [sources[key] for key in paragraph.keys(mention.start, mention.end)]
            if not cited or paragraph.voice(mention.start, mention.end):
                continue
            carrying = [source for source in cited if _may_carry(source, mention, context)]
            if _are_all_ahead(carrying, mention, text, context):
                yield Differing(paragraph, mention, carrying[0], "", is_ahead=True)
            if not carrying:
                yield from _told_otherwise(paragraph, mention, mentions, text, cited, context)
            elif _is_of_posting(carrying, mention, context):
                yield from _differing(paragraph, mention, mentions, text, carrying, context)


def _is_of_posting(carrying: Sequence[SourceRef], mention: DayMention, context: Context) -> bool:
    """Return whether posts have a month for no more than that they are of it, and name another."""
    if mention.precision is not Precision.MONTH:
        return False
    days = [days_of(source, context) for source in carrying]
    return all(
        one.is_read and one.months and mention.value not in one.months and "m" not in one.vague
        for one in days
    )


def _told_otherwise(
    paragraph: Paragraph,
    mention: DayMention,
    mentions: Sequence[DayMention],
    text: ClausedText,
    cited: Sequence[SourceRef],
    context: Context,
) -> Iterator[Differing]:
    """Yield a day that no cited post says or may say, with what one gives in its place."""
    found = next(_differing(paragraph, mention, mentions, text, cited, context), None)
    if found is not None:
        yield found
    elif _is_in_no_post(mention, text, cited, context):
        yield Differing(paragraph, mention, cited[0], "")


def _are_all_ahead(
    carrying: Sequence[SourceRef], mention: DayMention, text: ClausedText, context: Context
) -> bool:
    """Return whether what is told as past on a weekday is ahead in each post that has the day."""
    if not carrying or mention.precision is not Precision.WEEKDAY or text.language != "en":
        return False
    clause = text.words(*text.clause(mention.start))
    return all(is_only_ahead(source, mention.value, clause, context) for source in carrying)


def _is_in_no_post(
    mention: DayMention, text: ClausedText, cited: Sequence[SourceRef], context: Context
) -> bool:
    given = (day for source in cited for day in _given(source, context, text.language))
    is_near_midnight = text.given(mention).is_near_midnight or any(
        day.is_near_midnight and _is_next_to(mention.value, day) for day in given
    )
    return is_named_otherwise(mention, cited, context, is_near_midnight=is_near_midnight)


def _mentions(text: str, language: str, context: Context) -> list[DayMention]:
    """Return the bare days of a paragraph outside its quotations."""
    found = list(read_days(text, language))
    if not found:
        return []
    dates = [(one.start, one.end) for one in read_text(text, context).dates(language)]
    said = [(quote.start, quote.end) for quote in read_text(text, context).quotes]
    taken = SpanSet([*dates, *said])
    return [mention for mention in found if mention.start not in taken]


def _differing(
    paragraph: Paragraph,
    mention: DayMention,
    mentions: Sequence[DayMention],
    text: ClausedText,
    cited: Iterable[SourceRef],
    context: Context,
) -> Iterator[Differing]:
    """Yield the first post that contradicts a day, unless another day of the clause is its own."""
    start, end = text.clause(mention.start)
    said = text.given(mention)
    for source in cited:
        if mention.precision is Precision.WEEKDAY and _is_day_of_saying(
            source, mention, text.words(start, end)
        ):
            continue
        # "The ministry said Thursday the port shut Monday": the post may give the day of one alone.
        if any(
            _may_carry(source, other, context) for other in _near(mention, mentions, start, end)
        ):
            continue
        given = next(
            (g for g in _given(source, context, text.language) if _contradicts(said, g)), None
        )
        if given is not None:
            yield Differing(paragraph, mention, source, given.text)
            return


def _near(
    mention: DayMention, mentions: Sequence[DayMention], start: int, end: int
) -> Iterator[DayMention]:
    """Yield the other days of the same precision between two places."""
    first = bisect_left(mentions, start, key=lambda one: one.start)
    last = bisect_left(mentions, end, key=lambda one: one.start)
    for other in mentions[first:last]:
        if other is not mention and other.precision is mention.precision:
            yield other


def _may_carry(source: SourceRef, mention: DayMention, context: Context) -> bool:
    """Return whether a post says this day, may say it, or cannot be read."""
    days = days_of(source, context)
    if source.text is None or not days.is_read or _LETTERS[mention.precision] in days.vague:
        return True
    if mention.precision is Precision.YEAR and "Y" in days.vague and source.posted_at is None:
        return True
    if mention.precision is Precision.WEEKDAY:
        return _may_carry_weekday(source, days, mention.value, context)
    posted = posted_on(source.posted_at) if source.posted_at else frozenset()
    if mention.precision is Precision.MONTH:
        reach = 1 if "w" in days.vague else 0
        away = (abs(day.month - mention.value) for day in posted)
        return mention.value in days.months or any(min(n, 12 - n) <= reach for n in away)
    return mention.value in days.years or any(day.year == mention.value for day in posted)


def _may_carry_weekday(source: SourceRef, days: PostDays, weekday: int, context: Context) -> bool:
    if source.posted_at is None and (days.offsets or days.dates):
        return True
    return weekday in weekdays_said(source, context)


def _is_day_of_saying(source: SourceRef, mention: DayMention, clause: Sequence[str]) -> bool:
    """Return whether a weekday may be that on which the post was made: "she said on Friday"."""
    if source.posted_at is None:
        return False
    posted = {day.weekday() for day in posted_on(source.posted_at)}
    return mention.value in posted and not SPEECH.isdisjoint(clause)


def _contradicts(said: PlacedDay, given: PlacedDay) -> bool:
    """Return whether two clauses say two days of one thing."""
    if given.precision is not said.precision or said.values & given.values:
        return False
    if said.precision is Precision.WEEKDAY and (said.is_near_midnight or given.is_near_midnight):
        (day,) = said.values
        if _is_next_to(day, given):
            return False
    shared = said.subject & given.subject
    if said.precision is Precision.MONTH and said.figures & given.figures:
        return True
    if said.governor and said.governor == given.governor:
        is_all = shared == said.subject
        return len(shared) > 1 or is_all or said.precision is Precision.YEAR
    if len(shared) > 1 and said.subject == given.subject:
        return True
    return len(shared) >= _SAME_WORDS and 2 * len(shared) >= len(said.subject)


def _is_next_to(weekday: int, given: PlacedDay) -> bool:
    """Return whether a weekday is one before or after one that a post gives."""
    if given.precision is not Precision.WEEKDAY:
        return False
    return any((weekday - other) % 7 in (1, 6) for other in given.values)


def _given(source: SourceRef, context: Context, language: str) -> tuple[PlacedDay, ...]:
    """Return the days of a post with their clauses, read once a context."""
    key = (_KEY, source.key)
    found = context.memory.get(key)
    if not isinstance(found, tuple):
        given = islice(_read_given(source, context, language), _MOST)
        found = context.memory[key] = tuple(dict.fromkeys(given))
    return found


def _read_given(source: SourceRef, context: Context, language: str) -> Iterator[PlacedDay]:
    text, days = ClausedText(source.text or "", language), days_of(source, context)
    dates = read_text(text.text, context).dates(language)
    spans = [(one.start, one.end) for one in dates]
    for mention in read_days(text.text, language, spans):
        yield text.given(mention)
    if language == "en":
        for start, end, month in months_named(text.text, spans):
            yield text.given_at((start, end), Precision.MONTH, {month})
    for one in dates:
        yield from _of_date(text, one, source)
    if not days.offsets or source.posted_at is None:
        return
    posted = posted_on(source.posted_at)
    for match in _RELATIVE.finditer(text.text.replace("’", "'")):
        away = RELATIVE.get(match.group().casefold(), ())
        weekdays = {(day + timedelta(days=n)).weekday() for day in posted for n in away}
        yield text.given_at(match.span(), Precision.WEEKDAY, weekdays)


def _of_date(text: ClausedText, one: DateMention, source: SourceRef) -> Iterator[PlacedDay]:
    """Yield what a full date says of weekday, month and year."""
    span = (one.start, one.end)
    near = [source.posted_at.date()] if source.posted_at else []
    if near or one.certain_year:
        weekdays = {day.weekday() for day in one.readings(near=near)}
        yield text.given_at(span, Precision.WEEKDAY, weekdays)
    yield text.given_at(span, Precision.MONTH, {one.month})
    if one.certain_year:
        yield text.given_at(span, Precision.YEAR, {one.certain_year})
