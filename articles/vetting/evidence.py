"""The evidence shown with a finding: its sentence, and the words of the posts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.vetting.finding import Finding
from articles.vetting.piece import Piece, SourceRef
from articles.vetting.post_figures import candidates
from articles.vetting.sentences import Sentence

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
    """Return the sentence of a finding as readers see it, split around its span.

    A mark, which readers do not see, is shown as written, and so is what stands in no sentence.
    """
    text = getattr(piece, finding.field, "")
    if not isinstance(text, str) or finding.end <= finding.start:
        return FieldSpan(finding.excerpt[:_CONTEXT], "", "")
    part = _part(finding, piece)
    if part is None or finding.end > part.end:
        first, last = finding.start - _CONTEXT, finding.end + _CONTEXT
        before, after = text[max(0, first) : finding.start], text[finding.end : last]
        return FieldSpan(before, text[finding.start : finding.end], after)
    shown = Sentence("body", part.start, text[part.start : part.end], part.text)
    start, end = shown.rendered(finding.start, finding.end)
    words = part.text[start:end] or text[finding.start : finding.end]
    if start == end:
        # Signs that readers do see, such as an asterisk too many.
        seen = part.text.rfind(words, 0, start + len(words))
        start, end = (seen, seen + len(words)) if seen >= 0 else (start, start)
    return FieldSpan(part.text[:start], words, part.text[end:])


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


def _part(finding: Finding, piece: Piece) -> "Claim | Heading | None":
    """Return the sentence or heading of the body in which a finding begins, if it does."""
    parts: list[Claim | Heading] = []
    if finding.field == "body":
        parts = [*piece.prose.claims, *piece.prose.headings]
    return next((part for part in parts if part.start <= finding.start < part.end), None)
