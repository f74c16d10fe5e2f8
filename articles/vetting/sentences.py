"""The sentences of every field that readers see, each with its place in that field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.prose import Claim, Heading, render, split
from articles.vetting.piece import Piece

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a subhead, as a reader sees it; source is its stretch of the field.

    start is where the source begins in the field, in code points.
    """

    field: str
    start: int
    source: str
    text: str

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where text[start:end] stands in the field, or None where that is code.

        Markup between its words does not matter. Where a mark or an address is between them, it
        is the whole sentence.
        """
        words = _WORD.findall(self.text[start:end])
        pattern = re.compile(r"[\W_]*?".join(re.escape(word) for word in words))
        skipped = len(pattern.findall(self.text[:start]))
        matches = list(pattern.finditer(self.source))[skipped : skipped + 1]
        if not matches:
            return self.start, self.start + len(self.source)
        (match,) = matches
        if self.source.count("`", 0, match.start()) % 2:
            return None
        return self.start + match.start(), self.start + match.end()


def sentences(piece: Piece) -> Iterator[Sentence]:
    """Yield the sentences of headline, standfirst, body, framing note and social text."""
    yield from _plain("headline", piece.headline)
    yield from _plain("standfirst", piece.standfirst)
    yield from _marked_up("body", piece.body, piece)
    yield from _marked_up("framing_note", piece.framing_note, None)
    yield from _plain("social_text", piece.social_text)


def _plain(field: str, text: str) -> Iterator[Sentence]:
    for start, end in split(text):
        yield Sentence(field, start, text[start:end], text[start:end])


def _marked_up(field: str, text: str, piece: Piece | None) -> Iterator[Sentence]:
    prose = piece.prose if piece else render(text)
    parts: list[Claim | Heading] = [*prose.claims, *prose.headings]
    for part in sorted(parts, key=lambda part: part.start):
        yield Sentence(field, part.start, text[part.start : part.end], part.text)


def excerpt(piece: Piece, start: int, end: int) -> str:
    """Return the sentence of the body around a stretch of it, or the stretch itself."""
    for claim in piece.prose.claims:
        if claim.start <= start < claim.end:
            return claim.text
    return piece.body[start:end]
