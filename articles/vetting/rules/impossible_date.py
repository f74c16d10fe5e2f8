"""A date must exist in the calendar: no 31 June, no 29 February 2026."""

from collections.abc import Collection, Iterator
from datetime import date

from articles.vetting.dated import dates_of_sentences
from articles.vetting.facts.dates import MONTHS, DateMention, days_in
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.readings import reading
from articles.vetting.rule import NOTHING, WESTERN, Rule
from articles.vetting.sentences import Sentence

_LEAP_YEAR = 2000


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    near = reading(piece, context).days_near
    for sentence, mentions in dates_of_sentences(piece, context):
        for stated in mentions:
            if stated.is_certain and not stated.is_range_end and not _is_possible(stated, near):
                yield from _finding(sentence, stated, near)


def _is_possible(stated: DateMention, near: Collection[date]) -> bool:
    if stated.year is not None and stated.year_is_certain:
        return stated.exists()
    # A weekday makes 29 February a day of these months; without one it may be a birthday.
    if stated.weekday is not None:
        return bool(stated.readings(near=near))
    return stated.day <= days_in(stated.month, _LEAP_YEAR)


def _finding(sentence: Sentence, stated: DateMention, near: Collection[date]) -> Iterator[Finding]:
    place = sentence.locate(stated.start, stated.end)
    if place is None:
        return
    yield Finding(
        code="impossible-date",
        level=Level.HOLD,
        field=sentence.field,
        start=place[0],
        end=place[1],
        excerpt=sentence.text,
        message=f"{_why(stated, near)}. Correct “{stated.text}”.",
        evidence={
            "day": stated.day,
            "month": stated.month,
            "year": stated.year,
            "text": stated.text,
        },
    )


def _why(stated: DateMention, near: Collection[date]) -> str:
    if stated.day > days_in(stated.month, _LEAP_YEAR):
        return f"{MONTHS[stated.month]} has only {days_in(stated.month, _LEAP_YEAR)} days"
    year = stated.year or min(near).year
    return f"February {year} has only 28 days"


RULE = Rule(
    code="impossible-date",
    title="Date does not exist",
    find=find,
    compares=NOTHING,
    languages=WESTERN,
    subject="impossible dates",
    is_about_words=True,
)
