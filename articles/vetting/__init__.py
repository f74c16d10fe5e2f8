"""Pre-publication checks: pure functions of a piece, one idea a file."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from articles.vetting.citation_unknown import citation_unknown
from articles.vetting.finding import Finding, Level
from articles.vetting.framing_note_missing import framing_note_missing
from articles.vetting.future_time import future_time
from articles.vetting.image_alt_missing import image_alt_missing
from articles.vetting.image_credit_missing import image_credit_missing
from articles.vetting.image_unknown import image_unknown
from articles.vetting.impossible_date import impossible_date
from articles.vetting.outlet_mismatch import outlet_mismatch
from articles.vetting.outlet_not_linked import outlet_not_linked
from articles.vetting.piece import Context, OutletName, Piece, PostText, SourceRef
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
from articles.vetting.weekday import weekday

__all__ = [
    "CHECKS",
    "Context",
    "Finding",
    "Level",
    "OutletName",
    "Piece",
    "PostText",
    "SourceRef",
    "check",
]

type Check = Callable[[Piece, Context], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
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
    framing_note_missing,
    image_unknown,
    image_alt_missing,
    image_credit_missing,
)


def check(
    piece: Piece, *, now: datetime, gazetteer: Sequence[OutletName] = ()
) -> Iterator[Finding]:
    """Yield what every check finds, in the order of CHECKS. now is aware."""
    context = Context(now=now, gazetteer=gazetteer)
    for find in CHECKS:
        yield from find(piece, context)
