"""Every figure of the body that a source has to carry."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.vetting import figures, number_words, quotes
from articles.vetting.figures import Figure
from articles.vetting.kept import kept
from articles.vetting.languages import is_english_code, looks_english, spells_numbers
from articles.vetting.piece import Context, Piece
from articles.vetting.readings import reading
from articles.vetting.scopes import Paragraph, paragraphs
from articles.vetting.span_sets import SpanSet

# Number words are read up to here, in some languages.
_SPELLED = 1_000


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure of consequence in a paragraph of the body."""

    paragraph: Paragraph
    figure: Figure

    @property
    def excerpt(self) -> str:
        return self.paragraph.excerpt(self.figure.start, self.figure.end)

    @property
    def keys(self) -> tuple[str, ...]:
        return self.paragraph.keys(self.figure.start, self.figure.end)

    def locate(self) -> tuple[int, int] | None:
        """Return where the figure stands in the body; None where that is code."""
        return self.paragraph.locate(self.figure.start, self.figure.end)


@kept
def counted(piece: Piece, context: Context) -> Iterator[Counted]:
    """Yield the figures outside quotations that are neither the desk's own nor background.

    The number of France 24 is part of the outlet's name.
    """
    outlets = reading(piece, context).outlets
    for paragraph in paragraphs(piece, context):
        said = ((quote.start, quote.end) for quote in quotes.read_quotes(paragraph.text))
        inside = SpanSet((*said, *outlets.numbered(paragraph.text)))
        for figure in in_language(figures.read_figures(paragraph.text), piece.language):
            if figure.start in inside:
                continue
            if not paragraph.voice(figure.start, figure.end):
                yield Counted(paragraph, figure)


def in_language(found: Iterable[Figure], language: str) -> Iterator[Figure]:
    """Yield the figures of consequence; outside English number words are not known."""
    english = is_english_code(language)
    for figure in found:
        if figures.of_consequence(figure) and (english or figure.in_digits):
            yield figure


def carries(text: str, said: Figure) -> bool:
    """Return whether a text has the figure, or may have it in words that are not read here."""
    given = figures.read_figures(text)
    if any(figures.agree(said, one) for one in given):
        return True
    if looks_english(text):
        return False
    if not number_words.read_number_words(text).isdisjoint(said.values):
        return True
    if said.in_digits and said.values[0] < _SPELLED and spells_numbers(text):
        return False
    # 25,437 is written in digits in every language; "two" and "a thousand" may be words.
    in_digits = any(one.in_digits and not one.is_name for one in given)
    return not (said.in_digits and said.significant > 1 and in_digits)
