"""Pre-publication checks: pure functions of a piece, one rule per file."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from articles.vetting.citation_unknown import citation_unknown
from articles.vetting.claims import BoundClaim, bind, spans
from articles.vetting.code_block import code_block
from articles.vetting.conflict import conflict
from articles.vetting.figure_not_found import figure_not_found
from articles.vetting.finding import Finding, Level
from articles.vetting.framing_note_missing import framing_note_missing
from articles.vetting.future_time import future_time
from articles.vetting.headline_drift import headline_drift
from articles.vetting.hedge_lost import hedge_lost
from articles.vetting.image_alt_missing import image_alt_missing
from articles.vetting.image_credit_missing import image_credit_missing
from articles.vetting.image_unknown import image_unknown
from articles.vetting.impossible_date import impossible_date
from articles.vetting.languages import unread
from articles.vetting.limits import is_readable
from articles.vetting.markup_shown import markup_shown
from articles.vetting.outlet_mismatch import outlet_mismatch
from articles.vetting.outlet_not_linked import outlet_not_linked
from articles.vetting.piece import Chosen, Context, OutletName, Piece, PostText, SourceRef
from articles.vetting.quote_ambiguous import quote_ambiguous
from articles.vetting.quote_elsewhere import quote_elsewhere
from articles.vetting.quote_not_found import quote_not_found
from articles.vetting.single_origin import single_origin
from articles.vetting.source_changed import source_changed
from articles.vetting.source_deleted import source_deleted
from articles.vetting.source_duplicate import source_duplicate
from articles.vetting.source_id_time import source_id_time
from articles.vetting.source_missing import source_missing
from articles.vetting.source_not_a_post import source_not_a_post
from articles.vetting.source_shared_id import source_shared_id
from articles.vetting.source_unarchived import source_unarchived
from articles.vetting.source_uncited import source_uncited
from articles.vetting.stated_time import stated_time
from articles.vetting.too_large import too_large
from articles.vetting.unsourced_claim import unsourced_claim
from articles.vetting.verbatim_copy import verbatim_copy
from articles.vetting.weekday import weekday

__all__ = [
    "CHECKS",
    "BoundClaim",
    "Chosen",
    "Context",
    "Finding",
    "Level",
    "OutletName",
    "Piece",
    "PostText",
    "SourceRef",
    "bind",
    "check",
    "findings",
    "is_readable",
    "not_run",
    "spans",
]

type Check = Callable[[Piece, Context], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    too_large,
    source_missing,
    source_not_a_post,
    source_unarchived,
    source_shared_id,
    source_duplicate,
    source_id_time,
    source_changed,
    source_deleted,
    source_uncited,
    single_origin,
    citation_unknown,
    outlet_not_linked,
    outlet_mismatch,
    stated_time,
    future_time,
    weekday,
    impossible_date,
    quote_not_found,
    quote_elsewhere,
    quote_ambiguous,
    figure_not_found,
    unsourced_claim,
    headline_drift,
    conflict,
    hedge_lost,
    verbatim_copy,
    framing_note_missing,
    code_block,
    markup_shown,
    image_unknown,
    image_alt_missing,
    image_credit_missing,
)


def not_run(piece: Piece) -> tuple[str, ...]:
    """Return the finding codes that are not checked in the language of the piece."""
    return unread(piece.language)


def check(
    piece: Piece, *, now: datetime, outlet_directory: Sequence[OutletName] = ()
) -> Iterator[Finding]:
    """Yield the findings of every check, in the order of CHECKS. now is an aware datetime.

    A piece that is too large gets only the hold for its size.
    """
    return findings(piece, Context(now=now, outlet_directory=outlet_directory))


def findings(piece: Piece, context: Context) -> Iterator[Finding]:
    """Yield the findings for a context that the caller uses again, for example with `bind`."""
    for find in CHECKS:
        found = list(find(piece, context))
        yield from found
        if found and find is too_large:
            return
