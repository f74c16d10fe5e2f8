"""The sentences of every field that readers see, each with its place in that field."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from articles.prose import Claim, Heading, Prose, render, split, without_comments
from articles.vetting.kept import kept
from articles.vetting.piece import Context, Piece

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Sentence:
    """A sentence, or a subhead, as a reader sees it; source is its span of the field.

    start is where the source begins in the field, in code points.
    """

    field: str
    start: int
    source: str
    text: str

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Return where the words of text[start:end] stand in the field.

        Markup between words does not matter. Where it cuts a word in two, it is the whole
        sentence.
        """
        if end <= self._same_until:
            return self._same(start, end)
        starts, lengths, places = self._words
        low, high = bisect_right(starts, start) - 1, bisect_left(starts, end) - 1
        # A figure may begin inside a word, as Arabic writes it.
        if low < 0 or start >= starts[low] + lengths[low]:
            low += 1
        found = places[low : high + 1]
        if not found or found[0] is None or found[-1] is None:
            return self.start, self.start + len(self.source)
        first = found[0][0] + max(0, start - starts[low])
        last = found[-1][0] + min(end - starts[high], lengths[high])
        return self.start + first, self.start + last

    def rendered(self, start: int, end: int) -> tuple[int, int]:
        """Return where readers see a span of the field, as code points of the text.

        Of markup alone, such as a mark, it is the place where that stands, from n to n.
        """
        low, high = start - self.start, end - self.start
        starts, _, places = self._words
        inside = [
            (first, place)
            for first, place in zip(starts, places, strict=True)
            if place and place[0] < high and low < place[1]
        ]
        if not inside:
            later = (
                first
                for first, place in zip(starts, places, strict=True)
                if place and place[0] >= high
            )
            at = next(later, len(self.text))
            return at, at
        (first, opening), (last, closing) = inside[0], inside[-1]
        first, last = first + low - opening[0], last + high - closing[0]
        # A sign before a figure is no word; markup there is not seen.
        while self.text[first : first + 1] != self.source[low : low + 1] and low < opening[0]:
            first, low = first + 1, low + 1
        while self.text[last - 1 : last] != self.source[high - 1 : high] and high > closing[1]:
            last, high = last - 1, high - 1
        return max(0, first), min(last, len(self.text))

    @cached_property
    def _same_until(self) -> int:
        """Return up to where the text is as it is in the source."""
        if self.source.startswith(self.text):
            return len(self.text)
        differs = range(len(self.text) + 1)
        return (
            bisect_left(differs, x=True, key=lambda n: not self.source.startswith(self.text[:n]))
            - 1
        )

    def _same(self, start: int, end: int) -> tuple[int, int]:
        """Return the place of words before which there is no markup."""
        while start < end and not self.text[start].isalnum():
            start += 1
        while start < end and not self.text[end - 1].isalnum():
            end -= 1
        if start == end:
            return self.start, self.start + len(self.source)
        return self.start + start, self.start + end

    @cached_property
    def _words(self) -> tuple[list[int], list[int], list[tuple[int, int] | None]]:
        """Return where each word begins in the text, its length, and where it is in the source."""
        source = [(match.group(), match.span()) for match in _WORD.finditer(self.source)]
        later: dict[str, list[int]] = {}
        for n, (word, _) in enumerate(source):
            later.setdefault(word, []).append(n)
        starts: list[int] = []
        lengths: list[int] = []
        places: list[tuple[int, int] | None] = []
        n = 0
        for match in _WORD.finditer(self.text):
            same = later.get(match.group(), [])
            at = bisect_left(same, n)
            starts.append(match.start())
            lengths.append(len(match.group()))
            if at < len(same):
                places.append(source[same[at]][1])
                n = same[at] + 1
            else:
                places.append(None)
        return starts, lengths, places


@kept
def sentences(piece: Piece, context: Context) -> Iterator[Sentence]:
    """Yield the sentences of headline, standfirst, body, framing note and social text."""
    yield from _plain("headline", piece.headline)
    yield from _plain("standfirst", piece.standfirst)
    yield from _marked_up("body", piece.body, piece.prose)
    yield from _marked_up("framing_note", piece.framing_note, framing_note(piece, context))
    yield from _plain("social_text", piece.social_text)


def _plain(field: str, text: str) -> Iterator[Sentence]:
    for start, end in split(text):
        yield Sentence(field, start, text[start:end], text[start:end])


def framing_note(piece: Piece, context: Context) -> Prose:
    """Return the framing note as readers see it, rendered once."""
    return _framing_notes(piece, context)[0]


@kept
def _framing_notes(piece: Piece, context: Context) -> Iterator[Prose]:
    yield render(piece.framing_note)


def _marked_up(field: str, text: str, prose: Prose) -> Iterator[Sentence]:
    parts: list[Claim | Heading] = [*prose.claims, *prose.headings]
    text = without_comments(text)
    for part in sorted(parts, key=lambda part: part.start):
        yield Sentence(field, part.start, text[part.start : part.end], part.text)


def excerpt(piece: Piece, start: int, end: int) -> str:
    """Return the sentence of the body around a span of it, or the span itself."""
    claims = piece.prose.claims
    n = bisect_right(claims, start, key=_start) - 1
    return claims[n].text if n >= 0 and start < claims[n].end else piece.body[start:end]


def _start(claim: Claim) -> int:
    return claim.start
