"""What happened has a time that is past.

The future is full of times that are right ("the truce begins at 06:00 GMT"): only a time at which
something was posted, or that follows a verb in the past tense, is looked at.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from articles.vetting import dates, times
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.readings import Read, reading
from articles.vetting.sentences import Sentence
from articles.vetting.weekday import is_english

_CLOCKS = timedelta(minutes=1)
# On this side of the world a day may begin so long before it does in UTC.
_EARLIEST_DAWN = timedelta(hours=14)
_PAST = re.compile(
    r"(?P<before>(?:\b[\w']+,? ){0,3})\b(?P<verb>[a-z]{2,}ed|said|struck|began|hit|fell|rose|came|left|sank|broke|went"
    r"|spoke|met|told|wrote|shut|sent|took (?:place|effect)|was|were)(?: (?:again|early|late|first|there|here))?,? (?:at|on)(?: about| around)? \Z"
)
_NOT_YET = frozenset(
    [
        "scheduled",
        "expected",
        "planned",
        "slated",
        "timed",
        "due",
        "supposed",
        "set",
        "called",
        "invited",
        "asked",
        "agreed",
        "need",
        "proposed",
        "delayed",
        "postponed",
        "extended",
        "moved",
        "adjourned",
        "announced",
        "fixed",
        "tabled",
        "booked",
        "promised",
        "vowed",
        "threatened",
    ]
)
_AHEAD = frozenset(
    [
        "will",
        "would",
        "to",
        "be",
        "is",
        "are",
        "being",
        "may",
        "might",
        "can",
        "could",
        "should",
        "shall",
        "must",
        "if",
        "until",
    ]
)
_FURTHEST = 72
_DIGIT = re.compile(r"\d")


def future_time(piece: Piece, context: Context) -> Iterator[Finding]:
    if not is_english(piece):
        return
    for read in reading(piece, context).sentences:
        for start, end in _ahead(read, context.now):
            place = read.locate(start, end)
            if place is not None:
                yield _finding(read.sentence, place, read.plain.text[start:end])


def _ahead(read: Read, now: datetime) -> Iterator[tuple[int, int]]:
    """Yield where a sentence tells of something past at a time that is ahead."""
    text = read.plain.text
    if not _DIGIT.search(text):
        return
    posted = {posting.time.start for posting in read.postings}
    taken: list[tuple[int, int]] = []
    for stated in times.read(text):
        taken.append((stated.start, stated.end))
        if stated.day is None or not (stated.start in posted or _is_past(text, stated.start)):
            continue
        moments = stated.moments(near=now)
        if moments and min(moments) > now + _CLOCKS:
            yield stated.start, stated.end
    for day in dates.read(text):
        if any(start <= day.start < end for start, end in taken) or not _is_past(text, day.start):
            continue
        if day.year is not None and day.year_is_certain and _is_ahead(day, now):
            yield day.start, day.end


def _is_ahead(day: dates.StatedDate, now: datetime) -> bool:
    begins = [datetime.combine(each, time(), UTC) for each in day.readings(near=[now.date()])]
    return bool(begins) and min(begins) > now + _EARLIEST_DAWN


def _is_past(text: str, start: int) -> bool:
    found = _PAST.search(text, max(0, start - _FURTHEST), start)
    if found is None or found["verb"] in _NOT_YET:
        return False
    before = {word.strip(",").casefold() for word in found["before"].split()}
    return not before & (_AHEAD | _NOT_YET)


def _finding(sentence: Sentence, place: tuple[int, int], said: str) -> Finding:
    return Finding(
        code="future-time",
        level=Level.HOLD,
        field=sentence.field,
        start=place[0],
        end=place[1],
        excerpt=sentence.text,
        message=f"{said} is still to come, and the sentence tells of it as past: correct the time.",
        evidence={"said": said, "sentence": sentence.text},
    )
