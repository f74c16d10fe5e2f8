"""Every quotation of the body, with the posts that should carry it and those that do."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.vetting import quotes
from articles.vetting.piece import Piece, SourceRef
from articles.vetting.quotes import Quote
from articles.vetting.scopes import Paragraph, paragraphs

# More places of one quotation in one post are not offered.
_PLACES = 8
# A title has as many characters at most, and no full stop.
_TITLE = 240


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation of the body. cited are the archived posts that its marks name.

    is_open is true where one of them is not archived, so that nothing can be said.
    """

    paragraph: Paragraph
    quote: Quote
    cited: tuple[SourceRef, ...]
    is_open: bool

    @property
    def excerpt(self) -> str:
        return self.paragraph.excerpt(self.quote.start, self.quote.end)

    @property
    def evidence(self) -> dict[str, object]:
        return {"quote": self.quote.text, "keys": [source.key for source in self.cited]}

    def locate(self) -> tuple[int, int]:
        """Return where the quoted words stand in the body; nowhere where that is code."""
        return self.paragraph.locate(self.quote.start, self.quote.end) or (0, 0)


def quoted(piece: Piece) -> Iterator[Quoted]:
    """Yield the quotations that a post has to carry: all but those in background."""
    by_key = {source.key: source for source in piece.sources}
    for paragraph in paragraphs(piece):
        for quote in quotes.read(paragraph.text):
            if paragraph.voice(quote.start, quote.end) == "background":
                continue
            if paragraph.locate(quote.start, quote.end) is None:
                continue
            named = [by_key[key] for key in paragraph.keys(quote.start, quote.end)]
            cited = tuple(source for source in named if source.text is not None)
            yield Quoted(paragraph, quote, cited, is_open=len(cited) < len(named))


def meant(
    quote: Quote, sources: tuple[SourceRef, ...]
) -> list[tuple[SourceRef, tuple[tuple[int, int], ...]]]:
    """Return each place of these posts where the words stand, as the stretches of the quote's parts.

    Where an editor chose some of them, those alone. Offsets are code points of the source's text.
    """
    found = [(source, place) for source in sources for place in _places(quote, source)]
    return [
        (source, place)
        for source, place in found
        if any(
            one.start == place[0][0] and (source.text or "").startswith(one.exact, one.start)
            for one in source.chosen
        )
    ] or found


def _places(quote: Quote, source: SourceRef) -> list[tuple[tuple[int, int], ...]]:
    """Return the places of one post.

    The title above a post repeats its words as a matter of course and counts only where nothing
    below it has them.
    """
    text = source.text or ""
    found = [quotes.in_post(one, text) for one in quotes.passages(quote, text, most=_PLACES)]
    return [place for place in found if place[0][0] >= _title_end(text)] or found


def _title_end(text: str) -> int:
    title, _, rest = text.partition("\n")
    is_title = len(title) <= _TITLE and title.rstrip()[-1:] not in {".", "!", "?"}
    return len(title) if rest.strip() and is_title else 0


def carriers(quote: Quote, sources: tuple[SourceRef, ...]) -> list[SourceRef]:
    """Return the posts that carry exactly these words."""
    return [source for source in sources if quotes.passages(quote, source.text or "")]
