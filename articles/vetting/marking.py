"""Where a mark goes, and which marks stand for some words."""

import re

from articles.prose import Claim, Mark
from articles.vetting.fix import Edit
from articles.vetting.spot import Spot

_STOP = re.compile(r"(?<![.!?…])[.!?…]+\Z")
# The stop of "p.m." and "U.S." is part of the word.
_ABBREVIATED = re.compile(r"\b\w\.\w\.\Z")
_MARKUP = re.compile(r"[*_`]+")


def claim_at(spot: Spot, start: int) -> Claim | None:
    """Return the sentence of the paragraph that a place is in."""
    claims = spot.piece.prose.claims
    return next((claim for claim in claims if claim.start <= start < claim.end), None)


def marks_over(claim: Claim, start: int, end: int) -> list[Mark]:
    """Return the marks that stand for some words; after the last one, those of the sentence."""
    known = [mark for mark in claim.marks if mark.element_id]
    over = [mark for mark in known if mark.scope_start < end and start < mark.scope_end]
    return over or known


def scope_at(spot: Spot, start: int, end: int) -> tuple[int, int]:
    """Return the words that rest on the same mark as a span does: all of its sentence at most."""
    claim = claim_at(spot, start)
    if claim is None:
        return start, end
    marks = marks_over(claim, start, end)
    if len(marks) != 1 or not marks[0].scope_start < end:
        return claim.start, claim.end
    return marks[0].scope_start, marks[0].scope_end


def keys_over(spot: Spot, start: int, end: int) -> tuple[str, ...]:
    claim = claim_at(spot, start)
    return tuple(mark.key for mark in marks_over(claim, start, end)) if claim else ()


def mark_added(spot: Spot, start: int, end: int, key: str) -> tuple[Edit, ...]:
    """Return the edit that has some words rest on one more source."""
    claim = claim_at(spot, start)
    if claim is None:
        return ()
    if marks := marks_over(claim, start, end):
        return (spot.edit(marks[-1].end, marks[-1].end, f"; @{key}"),)
    return (mark_at_end(spot, claim, key),)


def mark_replaced(spot: Spot, start: int, end: int, key: str) -> tuple[Edit, ...]:
    """Return the edit that has some words rest on another source; none where they rest on several."""
    claim = claim_at(spot, start)
    marks = marks_over(claim, start, end) if claim else []
    if len(marks) != 1:
        return ()
    return (spot.edit(marks[0].start, marks[0].end, f"@{key}"),)


def mark_at_end(spot: Spot, claim: Claim, key: str) -> Edit:
    """Return the edit that marks a sentence: before its stop, or after the quotation that ends it."""
    words = spot.text[claim.start : claim.end]
    stop = None if _ABBREVIATED.search(words) else _STOP.search(words)
    at = claim.start + stop.start() if stop else claim.end
    return spot.edit(at, at, f" [@{key}]")


def voiced(spot: Spot, voice: str) -> tuple[Edit, ...]:
    """Return the edit that sets the words of the finding in a voice; none where markup is cut in two."""
    words = spot.span
    signs = _MARKUP.findall(words)
    if "[@" in words or "]{." in words or any(signs.count(sign) % 2 for sign in signs):
        return ()
    return (spot.edit(spot.finding.start, spot.finding.end, f"[{words}]{{.{voice}}}"),)
