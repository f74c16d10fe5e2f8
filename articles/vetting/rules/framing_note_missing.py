"""Every article must tell its readers how it was framed."""

from collections.abc import Iterator

from articles.prose import without_comments
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import NOTHING, Rule


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    if any(character.isalnum() for character in without_comments(piece.framing_note)):
        return
    yield Finding(
        code="framing-note-missing",
        level=Level.HOLD,
        field="framing_note",
        message="There is no framing note. Say what the outlets led with and what we led with.",
        evidence={},
    )


RULE = Rule(
    code="framing-note-missing",
    title="No framing note",
    find=find,
    compares=NOTHING,
)
