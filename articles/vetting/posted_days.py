"""What the posts of a piece say of days, each read once a context."""

from articles.vetting.facts.post_days import PostDays, read_post_days
from articles.vetting.facts.post_days import weekdays_said as weekdays_of
from articles.vetting.piece import Context, SourceRef

_KEY = "days of posts"


def days_of(source: SourceRef, context: Context) -> PostDays:
    """Return what a post says of days, in any of the languages that are read."""
    key = (_KEY, source.key)
    found = context.memory.get(key)
    if not isinstance(found, PostDays):
        found = context.memory[key] = read_post_days(source.text or "")
    return found


def weekdays_said(source: SourceRef, context: Context) -> frozenset[int]:
    """Return the weekdays that a post names, in words or by a date, or means by "yesterday"."""
    key = (_KEY, source.key, "weekdays")
    found = context.memory.get(key)
    if not isinstance(found, frozenset):
        said = weekdays_of(days_of(source, context), source.posted_at)
        found = context.memory[key] = said
    return found
