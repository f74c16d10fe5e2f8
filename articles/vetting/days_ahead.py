"""A day told as past that a post has only as one to come: it cannot tell what happened then."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from articles.vetting.facts.days import Precision, read_days
from articles.vetting.facts.post_days import posted_on
from articles.vetting.lexicon.lexicon import words
from articles.vetting.lexicon.verbs import IRREGULAR
from articles.vetting.piece import Context, SourceRef
from articles.vetting.posted_days import days_of
from articles.vetting.texts_read import read_text

# What is told with these may be of a day ahead, in whatever tense the verb is.
_AHEAD = words(
    "will, would, shall, should, could, can, may, might, must, to, be, due, set, expected, scheduled,"
    " planned, slated, called, announced, until, till, by, ahead, if, next, is, are,"
    " postponed, delayed, moved, extended, adjourned, agreed, booked, promised, ordered, invited,"
    " proposed, confirmed, cancelled, canceled, allowed, asked, need, needed, wanted, hoped, for,"
    " deadline, pending, before, from"
)
_KEY = "days ahead"
_WAS = words("was, were, had")
_NO_PASTS = words("men, women, children, people, flies, dying")
# The past forms of irregular verbs that are no other form of theirs.
_PASTS = frozenset(IRREGULAR) - frozenset(IRREGULAR.values()) - _NO_PASTS
_SHORTEST_PAST = 4


def is_only_ahead(source: SourceRef, weekday: int, clause: Sequence[str], context: Context) -> bool:
    """Return whether a clause tells as past what happened on a weekday that a post has only ahead.

    The post names the weekday by dates alone, each of them after it was made.
    """
    if source.posted_at is None or not is_told_as_past(clause):
        return False
    key = (_KEY, source.key, str(weekday))
    found = context.memory.get(key)
    if not isinstance(found, bool):
        found = context.memory[key] = _has_it_ahead(source, source.posted_at, weekday, context)
    return found


def _has_it_ahead(source: SourceRef, at: datetime, weekday: int, context: Context) -> bool:
    posted, days = posted_on(at), days_of(source, context)
    past = {day + timedelta(days=n) for day in posted for n in (0, -1, *days.offsets) if n <= 0}
    if weekday in {day.weekday() for day in past}:
        return False
    read = read_text(source.text or "", context)
    dates = read.dates("en")
    spans = [(one.start, one.end) for one in dates]
    bare = [day for day in read_days(read.text, "en", spans) if day.precision is Precision.WEEKDAY]
    meant = [day for one in dates for day in one.readings(near=posted)]
    then = [day for day in meant if day.weekday() == weekday]
    is_named = any(day.value == weekday for day in bare)
    return bool(then) and not is_named and min(then) > max(posted)


def is_told_as_past(clause: Iterable[str]) -> bool:
    """Return whether the words of an English clause tell of something past, and of nothing ahead."""
    said = frozenset(clause)
    if not said.isdisjoint(_AHEAD):
        return False
    return any(word in _WAS or _is_past(word) for word in said)


def _is_past(word: str) -> bool:
    is_regular = word.endswith("ed") and len(word) >= _SHORTEST_PAST
    return is_regular or word in _PASTS
