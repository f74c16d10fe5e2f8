"""Broken markup is reported, before readers see it as plain text."""

from collections.abc import Iterator, Mapping

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import NOTHING, Rule

_LONGEST = 60
_WHY: Mapping[str, str] = {
    "link": "is not a link and is shown as written. Write [words](https://…), with no space in the address.",
    "address": "is shown without its link. Begin the address with https://.",
    "voice": "is shown as written. Write [text]{.own} or [text]{.background}, in one paragraph, with no space before the brace.",
    "mark": "is not a citation and is shown as written. Write [@key].",
    "tag": "is shown as written, because HTML has no effect here. Delete it.",
    "stars": "is shown as written. For bold write **words**, with no space inside the asterisks.",
    "number": "looks like the start of a numbered list. Write the number in words, or move it.",
    "comment": "is a comment without an end, and hides the rest of its paragraph from readers. End it with -->.",
}


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for leftover in piece.prose.leftovers:
        text = " ".join(leftover.text.split())
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        yield Finding(
            code="markup-shown",
            level=Level.QUERY,
            field="body",
            start=leftover.start,
            end=leftover.end,
            excerpt=" ".join(_line(piece.body, leftover.start, leftover.end).split()),
            message=f"“{shown}” {_WHY[leftover.kind]}",
            evidence={"kind": leftover.kind, "text": text},
        )


def _line(body: str, start: int, end: int) -> str:
    low, high = body.rfind("\n", 0, start) + 1, body.find("\n", end)
    return body[low : high if high >= 0 else len(body)]


RULE = Rule(
    code="markup-shown",
    title="Markup visible to readers",
    find=find,
    compares=NOTHING,
)
