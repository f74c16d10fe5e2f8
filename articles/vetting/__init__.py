"""Pre-publication checks: pure functions of a piece."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from articles.vetting.claims import BoundClaim, bind, spans
from articles.vetting.finding import Finding, Level, fingerprint
from articles.vetting.limits import is_readable
from articles.vetting.piece import Chosen, Context, OutletName, Piece, PostText, SourceRef
from articles.vetting.rules import RULES, too_large
from articles.vetting.wording import Wordings

__all__ = [
    "RULES",
    "BoundClaim",
    "Chosen",
    "Context",
    "Finding",
    "Level",
    "OutletName",
    "Piece",
    "PostText",
    "SourceRef",
    "Wordings",
    "bind",
    "check",
    "findings",
    "fingerprint",
    "is_readable",
    "not_run",
    "spans",
    "title_of",
]


def title_of(code: str) -> str:
    """Return what people call a finding of this code; the code itself of a rule that is gone."""
    return next((rule.title for rule in RULES if rule.code == code), code)


def not_run(piece: Piece) -> tuple[str, ...]:
    """Return what is not looked at in the language of the piece: "weekdays", "stated times" …"""
    return tuple(rule.subject for rule in RULES if not rule.reads(piece.language))


def check(
    piece: Piece, *, now: datetime, outlet_directory: Sequence[OutletName] = ()
) -> Iterator[Finding]:
    """Yield the findings of every rule, in the order of RULES. now is an aware datetime.

    A piece that is too large gets only the hold for its size.
    """
    return findings(piece, Context(now=now, outlet_directory=outlet_directory))


def findings(piece: Piece, context: Context) -> Iterator[Finding]:
    """Yield the findings for a context that the caller uses again, for example with `bind`."""
    for rule in RULES:
        found = list(rule.find(piece, context)) if rule.reads(piece.language) else []
        yield from found
        if found and rule is too_large.RULE:
            return
