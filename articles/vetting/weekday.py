"""A weekday must match its date."""

import re
from collections.abc import Iterator
from datetime import UTC, date

from articles.vetting.calendars import read_all_dates, weekdays
from articles.vetting.dates import WEEKDAYS, StatedDate
from articles.vetting.finding import Finding, Level
from articles.vetting.languages import is_english_code, is_read
from articles.vetting.piece import Context, Piece
from articles.vetting.sentences import Sentence, sentences
from web.words import long_date

# Some countries kept the Julian calendar until 1923.
_FIRST_YEAR = 1924
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def weekday(piece: Piece, context: Context) -> Iterator[Finding]:
    if not is_read("weekday", piece.language):
        return
    near = days_near(piece, context)
    before: set[int] = set()
    for sentence in sentences(piece, context):
        here = {int(year) for year in _YEAR.findall(sentence.text)}
        named, before = here | before, here
        for stated in read_all_dates(sentence.text, piece.language):
            readings = stated.readings(near=near, years=named)
            if _is_wrong(stated, readings):
                yield from _finding(sentence, stated, readings[0], weekdays(piece.language))


def is_english(piece: Piece) -> bool:
    return is_english_code(piece.language)


def days_near(piece: Piece, context: Context) -> tuple[date, ...]:
    """Return the days that dates without a year are close to: the day of publication, and today."""
    moments = (piece.published_at or context.now, context.now)
    return tuple(dict.fromkeys(moment.astimezone(UTC).date() for moment in moments))


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
