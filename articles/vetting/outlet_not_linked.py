"""An outlet named as the source of a claim must have a post among the sources."""

from collections.abc import Iterator, Sequence

from articles.vetting.finding import Finding, Level
from articles.vetting.languages import is_read
from articles.vetting.outlets import Attribution, Outlets
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.readings import reading
from articles.vetting.sentences import Sentence

# What stands in the headline and around it has to be in the body too: another check sees to that.
_FIELDS = frozenset({"body", "framing_note"})


def outlet_not_linked(piece: Piece, context: Context) -> Iterator[Finding]:
    if not is_read("outlet-not-linked", piece.language):
        return
    known = reading(piece, context)
    for read in known.sentences:
        sentence, claim = read.sentence, known.citations.claim(read.sentence)
        if sentence.field not in _FIELDS or (claim is not None and claim.voice == "background"):
            continue
        for named in read.attributed:
            if named.outlets & known.linked:
                continue
            if not is_passed_on(named, read.attributed, known.citations.of(claim), known.outlets):
                yield from _finding(sentence, named)


def is_passed_on(
    named: Attribution, attributed: Sequence[Attribution], cited: list[SourceRef], outlets: Outlets
) -> bool:
    """Return whether a sentence says that a cited outlet names this one, as its post does."""
    for source in cited:
        own = outlets.of(source)
        if not any(other.outlets & own for other in attributed):
            continue
        if any(other.outlets & named.outlets for other in outlets.mentioned(source.text or "")):
            return True
    return False


def _finding(sentence: Sentence, named: Attribution) -> Iterator[Finding]:
    place = sentence.locate(named.start, named.end)
    if place is None:
        return
    yield Finding(
        code="outlet-not-linked",
        level=Level.HOLD,
        field=sentence.field,
        start=place[0],
        end=place[1],
        excerpt=sentence.text,
        message=f"{named.name} is named as a source, but none of its posts is linked. Link its post, or name the outlet that is cited.",
        evidence={"outlet": sorted(named.outlets), "sentence": sentence.text},
    )
