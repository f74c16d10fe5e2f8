"""Broken markup is reported, before readers see it as plain text."""

from collections.abc import Iterator, Mapping

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import Rule

_LONGEST = 60
_WHY: Mapping[str, str] = {
    "link": "is not a link and is shown as written. Write [words](https://…), with no space in the address.",
    "address": "is shown without its link. Begin the address with https://.",
    "voice": "is shown as written. Write [text]{.own} or [text]{.background}, in one paragraph, with no space before the brace.",
    "mark": "is not a citation and is shown as written. Write [@key].",
    "tag": "is shown as written, because HTML has no effect here. Delete it.",
    "stars": "is shown as written. For bold write **words**, with no space inside the asterisks.",
    "number": "looks like the start of a numbered list. Write the number in words, or move it.",
    "bracket": "is shown as written, because it is one too many beside a mark, a link or bold type. Delete it.",
    "uncommented": "is not a comment and is shown to readers. Write <!-- … -->, with no space inside the signs, or delete it.",
    "footnote": "is not a footnote and is shown as written. Cite a source with [@key], or write it in the text.",
    "signs": "is shown as written. Only **bold** and *italic* have an effect here.",
    "heading": "is not a subhead and is shown as written. Begin a line with # and a space.",
    "table": "is not a table and is shown as written. Its second row is a line such as |---|---|, with as many columns as the first.",
    "cell": "is not shown, because its table has no column for it. Give the first two rows one more column.",
    "entity": "is shown as written. Write the character itself.",
    "task": "is shown as written, because there are no checkboxes here. Delete it.",
    "picture": "is not a picture and is shown as written. Write ![words](image:17).",
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
)
