"""What of a piece is too large to be read, and the rest of it, which is read all the same."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from articles.prose import Claim, render
from articles.vetting import limits
from articles.vetting.evidence import sources_of
from articles.vetting.finding import Finding
from articles.vetting.piece import Piece, SourceRef
from articles.vetting.rule import Rule
from articles.vetting.rules.too_large import FIELDS


@dataclass(frozen=True, slots=True)
class Unread:
    """The fields that are not read, and the keys of the sources whose posts are not."""

    fields: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()

    @classmethod
    def of(cls, piece: Piece) -> Self:
        fields = {name for name in FIELDS if len(getattr(piece, name)) > limits.FIELD}
        if not limits.is_readable(piece.body):
            fields.add("body")
        return cls(frozenset(fields), frozenset(_unread_posts(piece.sources)))

    def rest(self, piece: Piece) -> Piece:
        """Return the piece without what is not read; its other places stay as they are."""
        empty = dict.fromkeys(self.fields, "")
        prose = render("") if "body" in self.fields else piece.prose
        sources = (
            replace(each, text=None, versions=()) if each.key in self.keys else each
            for each in piece.sources
        )
        return replace(piece, prose=prose, sources=tuple(sources), **empty)  # type: ignore[arg-type]  # all are text

    def spoils(self, rule: Rule) -> bool:
        """Return whether a rule cannot be right without what is not read."""
        return bool(rule.compares & self.fields)

    def is_behind(self, finding: Finding, rule: Rule, rest: Piece) -> bool:
        """Return whether a finding may come only of what is not read."""
        if finding.field in self.fields:
            return True
        if not self.keys or "posts" not in rule.compares:
            return False
        about = {source.key for source in sources_of(finding, rest)}
        return bool(self.keys & (about | _cited_at(finding, rest)))


def _unread_posts(sources: tuple[SourceRef, ...]) -> Iterator[str]:
    """Yield the keys of posts that are too long, or come when enough was read already."""
    total = 0
    for source in sources:
        size = len(source.text or "")
        if size <= limits.POST:
            total += size
        if size > limits.POST or total > limits.POSTS:
            yield source.key


def _cited_at(finding: Finding, piece: Piece) -> set[str]:
    """Return what is cited in the sentences that a finding of the body touches."""
    if finding.field != "body":
        return set()
    claims = piece.prose.claims
    first = max(bisect_right(claims, finding.start, key=_start) - 1, 0)
    touched = claims[first : bisect_right(claims, finding.end, key=_start)]
    return {key for claim in touched for key in claim.keys}


def _start(claim: Claim) -> int:
    return claim.start
