"""Text in a code fence is shown as code, and marks in it do not cite anything."""

from collections.abc import Iterator

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import NOTHING, Rule
from articles.vetting.sentences import framing_note


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    note = framing_note(piece, context)
    for field, prose in (("body", piece.prose), ("framing_note", note)):
        for fence in prose.fences:
            yield Finding(
                code="code-block",
                level=Level.HOLD,
                field=field,
                start=fence.start,
                end=fence.end,
                excerpt=" ".join(fence.text.split()),
                message="A line of ``` or ~~~ turns the text below it into code, where marks cite nothing. Delete that line.",
                evidence={"text": fence.text},
            )


RULE = Rule(
    code="code-block",
    title="Text shown as code",
    find=find,
    compares=NOTHING,
)
