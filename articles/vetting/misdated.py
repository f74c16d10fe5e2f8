"""Dates that no cited post says, though they are near the day of one, where it says another date.

A post may be of the day that a sentence gives without a word of it; but who says in it "the next
strike: Fri 17 April", and no other day, tells of the 17th. Read in English alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta

from articles.vetting.dated import Dated, carries_date, dated
from articles.vetting.facts.post_days import posted_on
from articles.vetting.languages import is_english_code
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.posted_days import days_of, weekdays_said

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Misdated:
    """A date of the body with a post that says another one; given are its words."""

    dated: Dated
    source: SourceRef
    given: str


def misdated(piece: Piece, context: Context) -> Iterator[Misdated]:
    """Yield the dates that stand alone in their sentence and that no cited post has room for."""
    if not is_english_code(piece.language):
        return
    sources = {source.key: source for source in piece.sources}
    everything = tuple(dated(piece, context))
    alone = _alone(everything)
    for one in everything:
        cited = [sources[key] for key in one.keys]
        if id(one) not in alone or not cited or any(source.text is None for source in cited):
            continue
        # What is in no post at all is asked about as a figure.
        if not any(carries_date(source, one, context) for source in cited):
            continue
        given = [_other_date(one, source, context) for source in cited]
        if all(given):
            yield Misdated(one, cited[0], given[0])


def _alone(found: Sequence[Dated]) -> frozenset[int]:
    """Return the dates beside which the sentence gives no other one."""
    by_sentence: dict[tuple[int, str], list[int]] = {}
    for one in found:
        excerpt = one.paragraph.excerpt(one.stated.start, one.stated.end)
        by_sentence.setdefault((id(one.paragraph), excerpt), []).append(id(one))
    return frozenset(each[0] for each in by_sentence.values() if len(each) == 1)


def _other_date(one: Dated, source: SourceRef, context: Context) -> str:
    """Return the one date that a post says, if no day that it may mean is that of the sentence."""
    days = days_of(source, context)
    said = {(date.day, date.month) for date in days.dates}
    if not days.is_read or source.posted_at is None or len(said) != 1 or said & one.days:
        return ""
    if "d" in days.vague or any(date.is_doubtful for date in days.dates):
        return ""
    posted = {*posted_on(source.posted_at), source.posted_at.astimezone(UTC).date() - _DAY}
    readings = one.stated.readings(near=[source.posted_at.date()])
    if not readings or not posted.isdisjoint(readings):
        return ""
    # "Next Friday", "in two days": the days around the post that it names without a date.
    meant = {moment + away * _DAY for moment in posted for away in days.offsets}
    weekdays = weekdays_said(source, context)
    if any(day in meant or day.weekday() in weekdays for day in readings):
        return ""
    date = days.dates[0]
    return (source.text or "")[date.start : date.end]
