"""Headline, standfirst, captions and subheads must not go beyond the sentences of the body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from articles.vetting import figures, quotes
from articles.vetting.counted import carries, in_language
from articles.vetting.finding import Finding, Level
from articles.vetting.languages import is_english_code
from articles.vetting.normal import normal
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import Rule
from articles.vetting.sentences import Sentence
from articles.vetting.span_sets import SpanSet

# Papers whose short names are words: "the sun", "the post", "modern times".
_AMBIGUOUS = frozenset({
    "sun", "times", "post", "mail", "mirror", "guardian", "independent", "express", "star",
    "telegraph", "observer", "standard", "herald", "tribune", "globe", "journal", "record", "echo",
    "courier", "monitor", "nation", "week", "time", "atlantic", "hill", "sky", "wire", "press",
    "chronicle", "argus", "today", "metro", "fox", "world", "economist", "local", "daily",
})  # fmt: skip


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    outlets = _known(piece, context)
    for text in _fields(piece):
        for start, end, kind in _strays(text.text, text.against, piece, outlets):
            place = text.locate(start, end)
            what = text.text[start:end]
            # "One table, two sums" counts what the article says, not what a post does.
            if text.sentence and kind == "figure" and what.isalpha():
                continue
            yield Finding(
                code="headline-drift",
                level=Level.HOLD,
                field=text.field,
                start=place[0],
                end=place[1],
                excerpt=text.text,
                message=f"The {kind} “{what}” is not in the body. Correct one or the other.",
                evidence={"field": text.field, "kind": kind, "what": what},
            )


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, the words that have to bear it out, and where it stands in its field."""

    field: str
    text: str
    against: str
    sentence: Sentence | None = None

    def locate(self, start: int, end: int) -> tuple[int, int]:
        place = self.sentence.locate(start, end) if self.sentence else (start, end)
        return place or (0, 0)


def _fields(piece: Piece) -> Iterator[_Text]:
    """Yield what is held against the body. Alternative texts have the field "image"."""
    body = piece.prose.text
    for field in ("headline", "standfirst", "social_text"):
        if text := getattr(piece, field):
            yield _Text(field, text, body)
    for image in piece.images:
        yield _Text("image", image.alt, body)
        yield _Text("image", image.caption, body)
    subheads = [heading for heading in piece.prose.headings if not heading.is_column]
    # Not against the subheads themselves.
    said = "\n\n".join(claim.text for claim in piece.prose.claims) if subheads else ""
    for one in subheads:
        source = piece.body[one.start : one.end]
        yield _Text("body", one.text, said, Sentence("body", one.start, source, one.text))


def _known(piece: Piece, context: Context) -> list[tuple[str, ...]]:
    """Return the names of each outlet."""
    known = {source.outlet: source.aliases for source in piece.sources}
    known |= {outlet.name: outlet.aliases for outlet in context.outlet_directory}
    return [
        tuple(name for name in (outlet, *aliases) if name.strip())
        for outlet, aliases in known.items()
    ]


def _strays(
    text: str, body: str, piece: Piece, outlets: list[tuple[str, ...]]
) -> Iterator[tuple[int, int, str]]:
    in_quotes = quotes.read_quotes(text)
    inside = SpanSet((quote.start, quote.end) for quote in in_quotes)
    for quote in in_quotes:
        if not quotes.passages(quote, body):
            yield quote.start, quote.end, "quotation"
    for figure in in_language(figures.read_figures(text), piece.language):
        if figure.start not in inside and not _says(body, figure, piece.language):
            yield figure.start, figure.end, "figure"
    for start, end, names in _outlets(text, outlets):
        if not any(_named(name).search(body) for name in names):
            yield start, end, "outlet"


def _says(body: str, figure: figures.Figure, language: str) -> bool:
    if is_english_code(language):
        return any(figures.agree(figure, one) for one in figures.read_figures(body))
    return carries(body, figure)


def _outlets(
    text: str, outlets: list[tuple[str, ...]]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield where an outlet is named, with all its names, each outlet once."""
    for names in outlets:
        # Most outlets are not named, which is seen at once without a pattern.
        present = [name for name in names if name in text]
        for name in sorted(present, key=len, reverse=True):
            if normal(name) in _AMBIGUOUS:
                continue
            if found := _named(name).search(text):
                yield found.start(), found.end(), names
                break


@lru_cache(maxsize=2048)
def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


RULE = Rule(
    code="headline-drift",
    title="Headline or standfirst goes beyond the text",
    find=find,
    compares=frozenset({"body"}),
)
