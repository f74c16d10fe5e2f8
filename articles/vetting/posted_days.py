"""What the posts of a piece say of days, each read once a context."""

from articles.vetting.facts.post_days import PostDays
from articles.vetting.facts.post_days import weekdays_said as weekdays_of
from articles.vetting.piece import Context, SourceRef
from articles.vetting.texts_read import read_text

_KEY = "days of posts"


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
