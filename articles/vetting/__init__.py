"""Pre-publication checks: pure functions of a piece."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from articles.vetting import limits
from articles.vetting.claims import BoundClaim, bind, spans
from articles.vetting.finding import Finding, Level, fingerprint
from articles.vetting.limits import is_readable
from articles.vetting.piece import Chosen, Context, OutletName, Piece, PostText, SourceRef
from articles.vetting.rules import RULES, too_large
from articles.vetting.unread import Unread
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
    "can_be_overridden",
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


def can_be_overridden(code: str) -> bool:
    """Return whether a second person can answer for a finding of this code."""
    return all(rule.can_be_overridden for rule in RULES if rule.code == code)


def not_run(piece: Piece) -> tuple[str, ...]:
    """Return what is not looked at in the language of the piece: "weekdays", "stated times" …"""
    return tuple(rule.subject for rule in RULES if not rule.reads(piece.language))


def check(
    piece: Piece, *, now: datetime, outlet_directory: Sequence[OutletName] = ()
) -> Iterator[Finding]:
    """Yield the findings of every rule, in the order of RULES. now is an aware datetime.

    Of a piece that is too large the rest is checked, unless it links too many sources.
    """
    return findings(piece, Context(now=now, outlet_directory=outlet_directory))


def findings(piece: Piece, context: Context) -> Iterator[Finding]:
    """Yield the findings for a context that the caller uses again, for example with `bind`."""
    too_much = list(too_large.find(piece, context))
    yield from too_much
    if len(piece.sources) > limits.SOURCES:
        # Each rule on sources would look at every one, and every other rule needs them.
        return
    unread = Unread.of(piece) if too_much else Unread()
    rest = unread.rest(piece) if too_much else piece
    wordings = Wordings(rest, context)
    for rule in RULES:
        if rule is too_large.RULE or not rule.reads(piece.language) or unread.spoils(rule):
            continue
        for finding in rule.find(rest, context):
            if not unread.is_behind(finding, rule, rest):
                yield wordings.tied(finding)
