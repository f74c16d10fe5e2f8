"""Broken markup is reported, before readers see it as plain text."""

from collections.abc import Iterable, Iterator, Mapping

from articles.prose import Leftover, note_leftovers, text_leftovers
from articles.vetting.finding import Finding, Level
from articles.vetting.limits import is_readable
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


# Marks and voices belong to the body, and all markup to the body and the framing note.
_NOT_IN_NOTE = frozenset({"mark", "voice"})
_NOT_HERE = "is shown as written, because it has no effect here. Delete it."


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for field, text, leftovers in _fields(piece):
        # A line may hold thousands, and is the excerpt of each.
        lines: dict[tuple[int, int], str] = {}
        for leftover in leftovers:
            place = _line(text, leftover.start, leftover.end)
            if place not in lines:
                lines[place] = " ".join(text[slice(*place)].split())
            yield _finding(field, lines[place], leftover)


def _fields(piece: Piece) -> Iterator[tuple[str, str, Iterable[Leftover]]]:
    """Yield each field that readers see, its text, and what is left in it."""
    keys = [source.key for source in piece.sources]
    yield "body", piece.body, piece.prose.leftovers
    if is_readable(piece.framing_note):
        note = piece.framing_note
        yield "framing_note", note, note_leftovers(note, keys=keys)
    for field, text in (
        ("headline", piece.headline),
        ("standfirst", piece.standfirst),
        ("social_text", piece.social_text),
    ):
        yield field, text, text_leftovers(text, keys=keys)


def _finding(field: str, line: str, leftover: Leftover) -> Finding:
    what = " ".join(leftover.text.split())
    shown = what if len(what) <= _LONGEST else f"{what[:_LONGEST]}…"
    works = field == "body" or (field == "framing_note" and leftover.kind not in _NOT_IN_NOTE)
    evidence = {"kind": leftover.kind, "text": what}
    return Finding(
        code="markup-shown",
        level=Level.QUERY,
        field=field,
        start=leftover.start,
        end=leftover.end,
        excerpt=line,
        message=f"“{shown}” {_WHY[leftover.kind] if works else _NOT_HERE}",
        # What was acknowledged in the body, before other fields were read, stays so.
        evidence=evidence if field == "body" else {"field": field, **evidence},
    )


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the line begins and ends that a span stands in."""
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return low, high if high >= 0 else len(text)


RULE = Rule(
    code="markup-shown",
    title="Markup visible to readers",
    find=find,
    compares=NOTHING,
)
