"""The paragraphs of the body as readers see them, and which sources stand for which words."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from articles.prose import Claim, Mark, without_comments
from articles.vetting.kept import kept
from articles.vetting.piece import Context, Piece
from articles.vetting.sentences import Sentence

# A blank line, or the beginning of a list item, quotation or subhead; or a cell of a table.
_BREAK = re.compile(r"\n[ \t>]*\n|\n[ \t]*(?:[-*+>#|]|\d+[.)])|\|")


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of a paragraph, and where it begins there."""

    at: int
    claim: Claim
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together; text is theirs, one blank between."""

    text: str
    parts: tuple[Part, ...]

    def touched(self, start: int, end: int) -> Iterator[tuple[Part, int, int]]:
        """Yield the parts that text[start:end] touches, each with its own span."""
        several = len(self.parts) > 1
        first = max(bisect_right(self.parts, start, key=_at) - 1, 0) if several else 0
        for n in range(first, len(self.parts)):
            part = self.parts[n]
            if part.at >= end:
                return
            low = max(start - part.at, 0)
            high = min(end - part.at, len(part.claim.text))
            if low < high:
                yield part, low, high

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where text[start:end] stands in the body; None where it touches nothing."""
        places = [part.sentence.locate(low, high) for part, low, high in self.touched(start, end)]
        found = [place for place in places if place is not None]
        if not found or len(found) < len(places):
            return None
        return found[0][0], found[-1][1]

    def excerpt(self, start: int, end: int) -> str:
        """Return the sentences that text[start:end] touches."""
        return " ".join(part.claim.text for part, _, _ in self.touched(start, end))

    def keys(self, start: int, end: int) -> tuple[str, ...]:
        """Return the sources in whose scopes text[start:end] stands.

        Words after the last mark of their sentence rest on the marks of that sentence.
        """
        keys: list[str] = []
        for part, low, high in self.touched(start, end):
            here = part.sentence.locate(low, high)
            over = [mark for mark in part.claim.marks if mark.element_id and _covers(mark, here)]
            keys.extend(mark.key for mark in over)
            if not over:
                keys.extend(part.claim.keys)
        return tuple(dict.fromkeys(keys))

    def is_marked(self, start: int, end: int) -> bool:
        """Return whether the sentences around text[start:end] carry any mark, a wrong one too."""
        return any(part.claim.marks for part, _, _ in self.touched(start, end))

    def voice(self, start: int, end: int) -> str:
        """Return "own" or "background" where all of text[start:end] is in that voice, else ""."""
        voices = {_voice(part, low, high) for part, low, high in self.touched(start, end)}
        return voices.pop() if len(voices) == 1 else ""


@kept
def paragraphs(piece: Piece, context: Context) -> list[Paragraph]:
    """Return the paragraphs of the body, in order."""
    groups: list[list[Claim]] = []
    end = 0
    for claim in piece.prose.claims:
        if not groups or _BREAK.search(piece.body, end, claim.start):
            groups.append([])
        groups[-1].append(claim)
        end = claim.end
    body = without_comments(piece.body)
    return [_paragraph(body, claims) for claims in groups]


def _paragraph(body: str, claims: list[Claim]) -> Paragraph:
    parts: list[Part] = []
    at = 0
    for claim in claims:
        source = body[claim.start : claim.end]
        parts.append(Part(at, claim, Sentence("body", claim.start, source, claim.text)))
        at += len(claim.text) + 1
    return Paragraph(" ".join(claim.text for claim in claims), tuple(parts))


def _at(part: Part) -> int:
    return part.at


def _covers(mark: Mark, place: tuple[int, int] | None) -> bool:
    return place is not None and mark.scope_start < place[1] and place[0] < mark.scope_end


def _voice(part: Part, low: int, high: int) -> str:
    if part.claim.voice in ("own", "background"):
        return part.claim.voice
    if not part.claim.voice_spans:
        return ""
    place = part.sentence.locate(low, high)
    for span in part.claim.voice_spans:
        if place and span.start <= place[0] and place[1] <= span.end:
            return span.voice
    return ""
