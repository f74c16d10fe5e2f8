"""The outlet named in a sentence must be the one whose post it cites."""

from collections.abc import Iterator

from articles.vetting import word_fixers
from articles.vetting.finding import Finding, Level
from articles.vetting.outlets import Attribution
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.readings import Reading, reading
from articles.vetting.rule import WESTERN, Rule
from articles.vetting.sentences import Sentence


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    known = reading(piece, context)
    citations = known.citations
    for read in known.sentences:
        sentence, claim = read.sentence, citations.claim(read.sentence)
        if claim is None or not claim.keys:
            continue
        for named in read.attributed:
            place = sentence.locate(named.start, named.end)
            # Of an outlet that has no post here the finding is outlet-not-linked.
            if place is None or not named.outlets & known.linked:
                continue
            cited = citations.at(claim, place[0])
            if any(known.outlets_of(source) & named.outlets for source in cited):
                continue
            if not known.is_passed_on(named, read, cited):
                yield _finding(piece, known, sentence, named, place, cited)


def _finding(
    piece: Piece,
    known: Reading,
    sentence: Sentence,
    named: Attribution,
    place: tuple[int, int],
    cited: list[SourceRef],
) -> Finding:
    right = [source.key for source in piece.sources if known.outlets_of(source) & named.outlets]
    keys = [source.key for source in cited]
    marks = " or ".join(f"[@{key}]" for key in right[:3])
    return Finding(
        code="outlet-mismatch",
        level=Level.HOLD,
        field=sentence.field,
        start=place[0],
        end=place[1],
        excerpt=sentence.text,
        message=(
            f"The text names {named.name} but cites {', '.join(keys)} "
            f"({' and '.join(dict.fromkeys(source.outlet for source in cited))}). "
            f"Cite {marks}, or name the outlet that is cited."
        ),
        evidence={
            "outlet": sorted(named.outlets),
            "cited": sorted(keys),
            "fix": right,
            "sentence": sentence.text,
        },
    )


RULE = Rule(
    code="outlet-mismatch",
    title="One outlet named, another cited",
    find=find,
    languages=WESTERN,
    subject="mismatched outlets",
    is_about_words=True,
    fix=word_fixers.name_or_cite_outlet,
)
