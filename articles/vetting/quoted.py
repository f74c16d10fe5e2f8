"""Every quotation of the body, with the posts that should carry it and those that do."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from articles.prose import split
from articles.vetting import quotes
from articles.vetting.content import content
from articles.vetting.kept import kept
from articles.vetting.normal import Normal, normal
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.quotes import Quote
from articles.vetting.scopes import Paragraph, paragraphs
from articles.vetting.texts_read import read_text
from web.language_tags import primary

# More places of one quotation in one post are not offered.
_PLACES = 8
# Cut at every mark: "anti-war" is carried where "war" is quoted.
_WORD = re.compile(r"[^\W_]+")
# A title has as many characters at most, and no full stop.
_TITLE = 240


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation of the body. cited are the archived posts that its marks name.

    carriers are the linked posts that have exactly these words, cited there or not. translated are
    the cited ones in another language of which a translation has them. is_open is true where a
    cited one is not archived, so that nothing can be said.
    """

    paragraph: Paragraph
    quote: Quote
    cited: tuple[SourceRef, ...]
    carriers: tuple[SourceRef, ...]
    translated: tuple[SourceRef, ...]
    is_open: bool

    @property
    def is_carried(self) -> bool:
        """Whether a post that is cited for it has these words."""
        return any(source in self.cited for source in self.carriers)

    @property
    def excerpt(self) -> str:
        return self.paragraph.excerpt(self.quote.start, self.quote.end)

    @property
    def evidence(self) -> dict[str, object]:
        return {"quote": self.quote.text, "keys": [source.key for source in self.cited]}

    def locate(self) -> tuple[int, int]:
        """Return where the quoted words stand in the body; nowhere where that is code."""
        return self.paragraph.locate(self.quote.start, self.quote.end) or (0, 0)


@kept
def quoted(piece: Piece, context: Context) -> Iterator[Quoted]:
    """Yield the quotations that a post has to carry: all but those in background."""
    by_key = {source.key: source for source in piece.sources}
    archive = _Archive(piece.sources, context)
    for paragraph in paragraphs(piece, context):
        for quote in read_text(paragraph.text, context).quotes:
            if paragraph.voice(quote.start, quote.end) == "background":
                continue
            if paragraph.locate(quote.start, quote.end) is None:
                continue
            named = [by_key[key] for key in paragraph.keys(quote.start, quote.end)]
            cited = tuple(source for source in named if source.text is not None)
            is_open = len(cited) < len(named)
            carriers = archive.carriers(quote)
            translated = tuple(
                source
                for source in cited
                if not carriers and _has_in_translation(source, quote, piece.language)
            )
            yield Quoted(paragraph, quote, cited, carriers, translated, is_open)


def _has_in_translation(source: SourceRef, quote: Quote, language: str) -> bool:
    is_foreign = primary(source.language) != primary(language)
    return is_foreign and bool(quotes.passages(quote, Normal(source.translation)))


class _Archive:
    """The archived posts by the pairs of words in them, so that few are searched for a quotation."""

    def __init__(self, sources: Sequence[SourceRef], context: Context) -> None:
        self._context = context
        self._sources = [source for source in sources if source.text is not None]

    def carriers(self, quote: Quote) -> tuple[SourceRef, ...]:
        """Return the posts that carry exactly these words."""
        return tuple(
            source
            for source in self._candidates(quote)
            if quotes.passages(quote, self._words(source))
        )

    def _words(self, source: SourceRef) -> Normal:
        return read_text(source.text or "", self._context).normal

    def _candidates(self, quote: Quote) -> Sequence[SourceRef]:
        # The second, since a post may write its first word as "[N]obody".
        pairs = list(islice(_pairs(quote.parts[0]), 2))
        if not pairs:
            return self._sources
        return [self._sources[n] for n in self._by_pair.get(pairs[-1], ())]

    @cached_property
    def _by_pair(self) -> Mapping[tuple[str, str], Sequence[int]]:
        by_pair: dict[tuple[str, str], list[int]] = {}
        for n, source in enumerate(self._sources):
            for pair in set(_pairs(self._words(source).text)):
                by_pair.setdefault(pair, []).append(n)
        return by_pair


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    return pairwise(_WORD.findall(text))


def meant(
    found: Quoted, context: Context, sources: Sequence[SourceRef] | None = None
) -> list[tuple[SourceRef, tuple[tuple[int, int], ...]]]:
    """Return the places of these posts, else of the cited ones, where the words stand, as the spans of the quote's parts.

    Where an editor chose some of them, those alone; else of each post the one that is about what
    the sentence of the article is about, where one is. Offsets are code points of the source's text.
    """
    places = [
        (source, _places(found.quote, source, context))
        for source in (found.cited if sources is None else sources)
    ]
    chosen = [
        (source, place)
        for source, each in places
        for place in each
        if any(
            one.start == place[0][0] and (source.text or "").startswith(one.exact, one.start)
            for one in source.chosen
        )
    ]
    return chosen or [
        (source, place) for source, each in places for place in _likeliest(found, source, each)
    ]


def _likeliest(
    found: Quoted, source: SourceRef, places: list[tuple[tuple[int, int], ...]]
) -> list[tuple[tuple[int, int], ...]]:
    """Return the place whose sentence shares most with the article's; all where none stands out."""
    if len(places) < 2:
        return places
    said = content(found.excerpt) - content(found.quote.text)
    text = source.text or ""
    spans = [_sentences_at(text, place) for place in places]
    around = [text[start:end] for start, end in spans]
    if len({*spans}) == len(spans) and len({*map(normal, around)}) == 1:
        return places[:1]  # One sentence that the post repeats, in a summary say.
    # A quotation that is a sentence of its own has its speaker before it.
    before = [text[:start].rpartition("\n")[2] for start, _ in spans]
    shared = [
        len(said & (content(sentence) | content(_last_sentence(led_by))))
        for sentence, led_by in zip(around, before, strict=True)
    ]
    best = max(shared)
    return [places[shared.index(best)]] if shared.count(best) == 1 else places


def _last_sentence(text: str) -> str:
    spans = split(text)
    return text[spans[-1][0] :] if spans else ""


def _sentences_at(text: str, place: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Return the span of the sentences of a post that a place touches; a line break ends one too."""
    start, end = place[0][0], place[-1][1]
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    line = text[low : high if high >= 0 else len(text)]
    touched = [(a, b) for a, b in split(line) if low + a < end and start < low + b]
    touched = touched or [(0, len(line))]
    return low + touched[0][0], low + touched[-1][1]


def _places(quote: Quote, source: SourceRef, context: Context) -> list[tuple[tuple[int, int], ...]]:
    """Return the places of one post.

    The title above a post repeats its words as a matter of course and counts only where nothing
    below it has them.
    """
    text = source.text or ""
    words = read_text(text, context).normal
    found = [quotes.in_post(one, words) for one in quotes.passages(quote, words, most=_PLACES)]
    return [place for place in found if place[0][0] >= _title_end(text)] or found


def _title_end(text: str) -> int:
    title, _, rest = text.partition("\n")
    is_title = len(title) <= _TITLE and title.rstrip()[-1:] not in {".", "!", "?"}
    return len(title) if rest.strip() and is_title else 0
