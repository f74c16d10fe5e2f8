"""What the checks read of one text, each part when somebody first asks for it.

The context of a piece holds it, and nothing else does: no cache of the process outlives the
reading, so that a post's words are gone from memory when they are gone from the archive.
"""

from collections.abc import Sequence
from functools import cached_property

from articles.vetting import quotes
from articles.vetting.content import sentences_of, stems
from articles.vetting.facts.dates import DateMention, has_digit, read_dates
from articles.vetting.facts.post_days import PostDays, read_post_days
from articles.vetting.facts.post_quantities import read_post_quantities
from articles.vetting.facts.quantity import Quantity
from articles.vetting.languages import looks_english
from articles.vetting.normal import Normal
from articles.vetting.piece import Context
from articles.vetting.plain import Plain
from articles.vetting.quotes import Quote
from articles.vetting.text import View
from articles.vetting.times import StatedTime, read_times


class ReadText:
    """A text of the piece or of a post, as its readers see it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._dates: dict[str, tuple[DateMention, ...]] = {}

    @cached_property
    def plain(self) -> Plain:
        return Plain.of(self.text)

    @cached_property
    def normal(self) -> Normal:
        return Normal(self.text)

    @cached_property
    def words(self) -> Sequence[str]:
        return quotes.words_of(self.normal)

    @cached_property
    def content(self) -> frozenset[str]:
        """The stems of the words that carry meaning, as `content` gives them."""
        return stems(self.words)

    @cached_property
    def sentences(self) -> Sequence[str]:
        """The sentences, as of a post."""
        return sentences_of(self.text)

    @cached_property
    def quoted(self) -> Sequence[tuple[int, int]]:
        """All that stands in quotation marks, short or long, without the marks."""
        return quotes.spans(self.text)

    @cached_property
    def quotes(self) -> Sequence[Quote]:
        return quotes.among(self.text, self.quoted)

    @cached_property
    def is_english(self) -> bool:
        return looks_english(self.text)

    @cached_property
    def times(self) -> Sequence[StatedTime]:
        return read_times(self.text)

    @cached_property
    def view(self) -> View:
        return View.of(self.text)

    @cached_property
    def quantities_of_post(self) -> tuple[Quantity, ...]:
        """The quantities, by the likely language of the text."""
        return read_post_quantities(self.text, self.view)

    @cached_property
    def days_of_post(self) -> PostDays:
        """What the text says of days, in any of the languages that are read."""
        return read_post_days(self.view)

    def dates(self, language: str) -> tuple[DateMention, ...]:
        if language not in self._dates:
            # Most sentences have no date, and need no view.
            text = self.view if has_digit(self.text) else self.text
            self._dates[language] = read_dates(text, language)
        return self._dates[language]


def read_text(text: str, context: Context) -> ReadText:
    """Return the reading of a text, made once a context."""
    found = context.texts.get(text)
    if not isinstance(found, ReadText):
        found = context.texts[text] = ReadText(text)
    return found
