"""What stands above and around the body says nothing that the body does not."""

import re
from collections.abc import Iterator
from functools import lru_cache

from articles.vetting import figures, quotes
from articles.vetting.counted import carries, in_language
from articles.vetting.finding import Finding, Level
from articles.vetting.languages import is_english_code
from articles.vetting.normal import normal
from articles.vetting.piece import Context, Piece

# Papers whose short names are words: "the sun", "the post", "modern times".
_AMBIGUOUS = frozenset({
    "sun", "times", "post", "mail", "mirror", "guardian", "independent", "express", "star",
    "telegraph", "observer", "standard", "herald", "tribune", "globe", "journal", "record", "echo",
    "courier", "monitor", "nation", "week", "time", "atlantic", "hill", "sky", "wire", "press",
    "chronicle", "argus", "today", "metro", "fox", "world", "economist", "local", "daily",
})  # fmt: skip


def headline_drift(piece: Piece, context: Context) -> Iterator[Finding]:
    body = piece.prose.text
    for field, text in _fields(piece):
        if not text:
            continue
        for start, end, kind in _strays(text, body, piece, context):
            what = text[start:end]
            yield Finding(
                code="headline-drift",
                level=Level.HOLD,
                field=field,
                start=start,
                end=end,
                excerpt=text,
                message=f"The {kind} “{what}” is not in the body: correct one of the two.",
                evidence={"field": field, "kind": kind, "what": what},
            )


def _fields(piece: Piece) -> Iterator[tuple[str, str]]:
    """Yield the field of a finding and its text. Alternative texts have the field "images"."""
    yield "headline", piece.headline
    yield "standfirst", piece.standfirst
    yield "social_text", piece.social_text
    for image in piece.images:
        yield "images", image.alt


def _strays(text: str, body: str, piece: Piece, context: Context) -> Iterator[tuple[int, int, str]]:
    in_quotes = quotes.read(text)
    for quote in in_quotes:
        if not quotes.passages(quote, body):
            yield quote.start, quote.end, "quotation"
    for figure in in_language(figures.read(text), piece.language):
        inside = any(quote.start <= figure.start < quote.end for quote in in_quotes)
        if not inside and not _says(body, figure, piece.language):
            yield figure.start, figure.end, "figure"
    for start, end, names in _outlets(text, piece, context):
        if not any(_named(name).search(body) for name in names):
            yield start, end, "outlet"


def _says(body: str, figure: figures.Figure, language: str) -> bool:
    if is_english_code(language):
        return any(figures.agree(figure, one) for one in figures.read(body))
    return carries(body, figure)


def _outlets(
    text: str, piece: Piece, context: Context
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield where an outlet is named, with all its names, each outlet once."""
    known = {source.outlet: source.aliases for source in piece.sources}
    known |= {outlet.name: outlet.aliases for outlet in context.gazetteer}
    for outlet, aliases in known.items():
        names = tuple(name for name in (outlet, *aliases) if name.strip())
        for name in sorted(names, key=len, reverse=True):
            found = None if normal(name) in _AMBIGUOUS else _named(name).search(text)
            if found:
                yield found.start(), found.end(), names
                break


@lru_cache(maxsize=2048)
def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
