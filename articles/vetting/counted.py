"""Every figure of the body that a source has to carry."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from articles.vetting.facts.quantity import Kind, Quantity
from articles.vetting.kept import kept
from articles.vetting.languages import is_english_code
from articles.vetting.piece import Context, Piece
from articles.vetting.quantified import body_quantities
from articles.vetting.readings import reading
from articles.vetting.scopes import Paragraph, paragraphs
from articles.vetting.span_sets import SpanSet
from articles.vetting.texts_read import read_text


@dataclass(frozen=True)
class Counted:
    """A quantity in a paragraph of the body that a post has to carry."""

    paragraph: Paragraph
    quantity: Quantity

    @property
    def start(self) -> int:
        return self.quantity.start

    @property
    def end(self) -> int:
        return self.quantity.figure_end

    @property
    def is_sure(self) -> bool:
        """Whether the number surely counts something that posts give.

        "Kvern 2" may be a name, and the desk may have worked out that prices tripled.
        """
        return self.quantity.kind is not Kind.UNSURE and not self.quantity.is_worked_out

    @property
    def excerpt(self) -> str:
        return self.paragraph.excerpt(self.start, self.end)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return self.paragraph.keys(self.start, self.end)

    def locate(self, *, with_toll: bool = False) -> tuple[int, int] | None:
        """Return where the figure stands in the body; None where that is code.

        With its toll it is all of "206 people were killed".
        """
        start, end = self.start, self.end
        if with_toll and self.quantity.toll_place:
            low, high = self.quantity.toll_place
            start, end = min(start, low), max(end, high)
        return self.paragraph.locate(start, end)


@kept
def counted(piece: Piece, context: Context) -> Iterator[Counted]:
    """Yield the figures outside quotations that are neither the desk's own nor background.

    The number of France 24 is part of the outlet's name.
    """
    outlets = reading(piece, context).outlets
    read = zip(paragraphs(piece, context), body_quantities(piece, context), strict=True)
    for paragraph, quantities in read:
        # A part needs no source, but where one is cited it has to bear it out.
        parts = [one for one in quantities if one.is_part and not one.is_named]
        found = [*in_language(quantities, piece.language), *parts]
        if not found:
            continue
        said = ((quote.start, quote.end) for quote in read_text(paragraph.text, context).quotes)
        inside = SpanSet((*said, *outlets.numbered(paragraph.text)))
        for quantity in found:
            if quantity.start in inside:
                continue
            if not paragraph.voice(quantity.start, quantity.figure_end):
                yield Counted(paragraph, quantity)


def in_language(found: Iterable[Quantity], language: str) -> Iterator[Quantity]:
    """Yield the quantities that need a source; outside English number words need none."""
    english = is_english_code(language)
    for quantity in found:
        if quantity.needs_source() and (english or quantity.in_digits):
            yield quantity
