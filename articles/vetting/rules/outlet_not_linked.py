"""An outlet named as the source of a claim must have a post among the sources."""

from collections.abc import Iterator

from articles.vetting import word_fixers
from articles.vetting.finding import Finding, Level
from articles.vetting.outlets import Attribution
from articles.vetting.piece import Context, Piece
from articles.vetting.readings import reading
from articles.vetting.rule import WESTERN, Rule
from articles.vetting.sentences import Sentence

# What stands in the headline and around it has to be in the body too: another check sees to that.
_FIELDS = frozenset({"body", "framing_note"})


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    known = reading(piece, context)
    for read in known.sentences:
        sentence, claim = read.sentence, known.citations.claim(read.sentence)
        if sentence.field not in _FIELDS or (claim is not None and claim.voice == "background"):
            continue
        for named in read.attributed:
            if named.outlets & known.linked:
                continue
            if not known.is_passed_on(named, read, known.citations.of(claim)):
                yield from _finding(sentence, named)


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


RULE = Rule(
    code="outlet-not-linked",
    title="Outlet named but not linked",
    find=find,
    languages=WESTERN,
    subject="unlinked outlets",
    is_about_words=True,
    fix=word_fixers.name_or_cite_outlet,
)
