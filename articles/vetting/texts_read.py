"""What several checks read of the same text, read once a context: its dates and its words."""

from collections.abc import Sequence

from articles.vetting import quotes
from articles.vetting.facts import dates
from articles.vetting.facts.dates import DateMention
from articles.vetting.piece import Context


def dates_of(text: str, language: str, context: Context) -> tuple[DateMention, ...]:
    """Return the dates of a text, as `read_dates` does."""
    key = ("dates", text, language)
    found = context.memory.get(key)
    if not isinstance(found, tuple):
        found = context.memory[key] = dates.read_dates(text, language)
    return found


def words_of(text: str, context: Context) -> Sequence[str]:
    """Return the words of a text, as `quotes.words` does."""
    key = ("words", text)
    found = context.memory.get(key)
    if not isinstance(found, list):
        found = context.memory[key] = quotes.words(text)
    return found
