"""The sentences of every field that readers see, each with its place in that field."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from articles.prose import Claim, Heading, render, split
from articles.vetting.piece import Piece

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Sentence:
    """A sentence, or a subhead, as a reader sees it; source is its stretch of the field.

    start is where the source begins in the field, in code points.
    """

    field: str
    start: int
    source: str
    text: str

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the words of text[start:end] stand in the field; None where that is code.

        Markup between words does not matter. Where it cuts a word in two, it is the whole
        sentence.
        """
        starts, places = self._words
        found = places[bisect_left(starts, start) : bisect_left(starts, end)]
        if not found or found[0] is None or found[-1] is None:
            return self.start, self.start + len(self.source)
        first, last = found[0][0], found[-1][1]
        if bisect_right(self._ticks, first) % 2:
            return None
        return self.start + first, self.start + last

    @cached_property
    def _words(self) -> tuple[list[int], list[tuple[int, int] | None]]:
        """Return where each word begins in the text, and where it stands in the source, in order."""
        source = [(match.group(), match.span()) for match in _WORD.finditer(self.source)]
        later: dict[str, list[int]] = {}
        for n, (word, _) in enumerate(source):
            later.setdefault(word, []).append(n)
        starts: list[int] = []
        places: list[tuple[int, int] | None] = []
        n = 0
        for match in _WORD.finditer(self.text):
            same = later.get(match.group(), [])
            at = bisect_left(same, n)
            starts.append(match.start())
            if at < len(same):
                places.append(source[same[at]][1])
                n = same[at] + 1
            else:
                places.append(None)
        return starts, places

    @cached_property
    def _ticks(self) -> list[int]:
        return [match.start() for match in re.finditer("`", self.source)]


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
