"""A weekday must match its date."""

import re
from collections.abc import Iterator
from datetime import date

from articles.vetting import word_fixers
from articles.vetting.calendars import read_all_dates, weekdays
from articles.vetting.dates import WEEKDAYS, StatedDate
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.readings import reading
from articles.vetting.rule import WESTERN, Rule
from articles.vetting.sentences import Sentence, sentences
from web.words import long_date

# Some countries kept the Julian calendar until 1923.
_FIRST_YEAR = 1924
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    near = reading(piece, context).days_near
    before: set[int] = set()
    for sentence in sentences(piece, context):
        here = {int(year) for year in _YEAR.findall(sentence.text)}
        named, before = here | before, here
        for stated in read_all_dates(sentence.text, piece.language):
            readings = stated.readings(near=near, years=named)
            if _is_wrong(stated, readings):
                yield from _finding(sentence, stated, readings[0], weekdays(piece.language))


def _is_wrong(stated: StatedDate, readings: list[date]) -> bool:
    if stated.weekday is None or not readings:
        return False
    if stated.year is not None and stated.year < _FIRST_YEAR:
        return False
    return all(day.weekday() != stated.weekday for day in readings)


def _finding(
    sentence: Sentence, stated: StatedDate, day: date, names: tuple[str, ...]
) -> Iterator[Finding]:
    place = sentence.locate(stated.weekday_start, stated.weekday_end)
    if place is None or stated.weekday is None:
        return
    said, right = WEEKDAYS[stated.weekday], WEEKDAYS[day.weekday()]
    write = names[day.weekday()]
    yield Finding(
        code="weekday",
        level=Level.HOLD,
        field=sentence.field,
        start=place[0],
        end=place[1],
        excerpt=sentence.text,
        message=f"{long_date(day)} is a {right}, not a {said}. Write {write}, or correct the date.",
        evidence={"said": said, "right": right, "date": day.isoformat(), "text": stated.text}
        | ({} if write == right else {"write": write}),
    )


RULE = Rule(
    code="weekday",
    title="Weekday does not match the date",
    find=find,
    languages=WESTERN,
    subject="weekdays",
    is_about_words=True,
    fix=word_fixers.write_weekday,
)
