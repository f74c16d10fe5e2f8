"""The evidence shown with a finding: its sentence, and the words of the posts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.vetting.finding import Finding
from articles.vetting.piece import Piece, SourceRef
from articles.vetting.post_figures import candidates

if TYPE_CHECKING:
    from articles.prose import Claim, Heading

_KEYS = ("key", "keys", "cited", "elsewhere", "fix", "several")
_CONTEXT = 160
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """Words with the text before and after them; key is the source they are from, if any."""

    before: str
    words: str
    after: str
    key: str = ""


def sentence(finding: Finding, piece: Piece) -> FieldSpan:
    """Return the sentence of a finding as written, split around its span."""
    text = getattr(piece, finding.field, "")
    if not isinstance(text, str) or finding.end <= finding.start:
        return FieldSpan(finding.excerpt[:_CONTEXT], "", "")
    first, last = _bounds(finding, piece, text)
    return FieldSpan(
        text[first : finding.start], text[finding.start : finding.end], text[finding.end : last]
    )


def sentence_number(finding: Finding, piece: Piece) -> int:
    """Return the number of the body sentence that has the finding, or 0."""
    if finding.field != "body":
        return 0
    claims = piece.prose.claims
    return next((c.number for c in claims if c.start <= finding.start < max(c.end, c.start + 1)), 0)


def sources_of(finding: Finding, piece: Piece) -> tuple[SourceRef, ...]:
    """Return the sources that a finding is about, in the order of the article."""
    named: set[str] = set()
    for where in (finding.evidence, finding.evidence.get("nearest")):
        if isinstance(where, dict):
            for entry in _KEYS:
                value = where.get(entry, ())
                named |= {value} if isinstance(value, str) else set(value)
    # A conflict has the keys for names.
    named |= set(finding.evidence) if finding.field == "sources" else set()
    return tuple(source for source in piece.sources if source.key in named)


def figures_near(finding: Finding, piece: Piece) -> tuple[FieldSpan, ...]:
    """Return the figures of the cited posts that may be meant by the finding's, likeliest first."""
    if "figure" not in finding.evidence:
        return ()
    found = candidates(finding, sources_of(finding, piece), piece.language)
    return tuple(FieldSpan(one.before, one.words, one.after, one.key) for one in found[:_SHOWN])


def _bounds(finding: Finding, piece: Piece, text: str) -> tuple[int, int]:
    if finding.field == "body":
        parts: list[Claim | Heading] = [*piece.prose.claims, *piece.prose.headings]
        for part in parts:
            if part.start <= finding.start < part.end:
                return part.start, max(part.end, finding.end)
    first, last = finding.start - _CONTEXT, finding.end + _CONTEXT
    return max(0, first), min(len(text), last)
