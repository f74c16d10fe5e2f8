"""What the posts of a piece say of days, each read once a context."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from articles.vetting.facts.days import DayMention, Precision
from articles.vetting.facts.post_days import PostDays, posted_on
from articles.vetting.facts.post_days import weekdays_said as weekdays_of
from articles.vetting.piece import Context, SourceRef
from articles.vetting.texts_read import read_text

_KEY = "days of posts"
_DAY = timedelta(days=1)


def days_of(source: SourceRef, context: Context) -> PostDays:
    """Return what a post says of days, in any of the languages that are read."""
    return read_text(source.text or "", context).days_of_post


def weekdays_said(source: SourceRef, context: Context) -> frozenset[int]:
    """Return the weekdays that a post names, in words or by a date, or means by "yesterday"."""
    key = (_KEY, source.key, "weekdays")
    found = context.memory.get(key)
    if not isinstance(found, frozenset):
        said = weekdays_of(days_of(source, context), source.posted_at)
        found = context.memory[key] = said
    return found


def is_named_otherwise(
    mention: DayMention,
    cited: Iterable[SourceRef],
    context: Context,
    *,
    is_near_midnight: bool = False,
) -> bool:
    """Return whether the posts that are cited leave no room for a day that none of them says.

    Near midnight a weekday is its neighbour too.
    """
    if mention.precision is Precision.WEEKDAY:
        reach = 1 if is_near_midnight else 0
        return all(_is_far_from(source, mention.value, context, reach) for source in cited)
    days = [days_of(source, context) for source in cited]
    if mention.precision is Precision.MONTH:
        return any(one.months for one in days)
    return any(one.years for one in days)


def _is_far_from(source: SourceRef, weekday: int, context: Context, reach: int) -> bool:
    """Return whether a post neither says a weekday nor was made on it or on the day after."""
    if source.posted_at is None:
        return False
    near = {*posted_on(source.posted_at), source.posted_at.astimezone(UTC).date() - _DAY}
    if weekday in {day.weekday() for day in near}:
        return False
    said = weekdays_said(source, context)
    return all((weekday + n) % 7 not in said for n in range(-reach, reach + 1))
