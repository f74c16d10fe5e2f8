"""Broken markup, which readers would see as plain text."""

import re
from collections.abc import Collection, Iterator, Sequence

from articles.prose.passages import BlockPiece, PieceKind, VisibleBlock
from articles.prose.prose import Leftover
from articles.prose.sentences import begins_german_date
from articles.prose.shapes import Kind, shapes, starts_with_checkbox

# "12. ships turned back": the marker of a one-item list, or a figure.
_NUMBER = re.compile(r"[0-9]{1,9}[.)](?=\s)")
_ESCAPED = "\N{OBJECT REPLACEMENT CHARACTER}"
_PAIRS = {"[": "]", "{": "}"}
_TOO_MANY_BEFORE = {
    "mark": "[{", "voice_open": "[", "link_open": "[", "em_open": "*", "strong_open": "*",
}  # fmt: skip
_TOO_MANY_AFTER = {
    "mark": "]}", "voice_close": "]}", "link_close": "]", "em_close": "*", "strong_close": "*",
}  # fmt: skip
# How far the other one of a pair of brackets is looked for: that keeps hostile text linear.
_NEAR = 400
# An address that readers can follow; a link to any other becomes plain text.
EXTERNAL = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
# Not //host, which leads to another site.
INTERNAL = re.compile(r"/(?![/\\])|#")


def leftovers(
    passage: VisibleBlock, *, keys: Collection[str], is_paragraph: bool, follows_comment: bool
) -> Iterator[Leftover]:
    """Yield text that looks like markup but is not, except code and escaped signs."""
    shown = "".join(map(_shown, passage.pieces))
    for shape in shapes(shown, keys=keys, follows_comment=follows_comment):
        yield _leftover(passage, shape.kind, shape.start, shape.end)
    if is_paragraph:
        yield from _at_start(passage, shown)
    yield from _around_markup(passage, shown)
    for n, piece in enumerate(passage.pieces):
        if piece.token.type == "link_open" and not _leads_somewhere(piece):
            end = _link_end(passage.pieces, n)
            if end > piece.at:
                yield _leftover(passage, "address", piece.at, end)


def text_leftovers(text: str, *, keys: Collection[str]) -> Iterator[Leftover]:
    """Yield what looks like markup in a text that has none, such as a headline."""
    for shape in shapes(text, keys=keys):
        yield Leftover(
            kind=shape.kind,
            text=text[shape.start : shape.end],
            start=shape.start,
            end=shape.end,
        )


def _shown(piece: BlockPiece) -> str:
    """Return the words of a piece; code stands for a word, and an escaped sign is no sign."""
    if piece.kind is PieceKind.CODE:
        return "x" * len(piece.text)
    return _ESCAPED * len(piece.text) if piece.token.info == "escape" else piece.text


def _at_start(passage: VisibleBlock, shown: str) -> Iterator[Leftover]:
    number = _NUMBER.match(shown)
    if number and not begins_german_date(shown):
        yield _leftover(passage, "number", *number.span())
    checkbox = starts_with_checkbox(shown)
    if checkbox:
        yield _leftover(passage, "task", 0, checkbox)


def _around_markup(passage: VisibleBlock, shown: str) -> Iterator[Leftover]:
    """Yield a sign too many, right before or after markup that works.

    [[@r1]] is a citation in brackets, and ***Ships** bold type after an asterisk.
    """
    for piece in passage.pieces:
        at, kind = piece.at, piece.token.type
        before, after = shown[max(0, at - 1) : at], shown[at : at + 1]
        is_before = before != "" and before in _TOO_MANY_BEFORE.get(kind, "")
        is_after = after != "" and after in _TOO_MANY_AFTER.get(kind, "")
        if is_before is not is_after:
            # One of a pair may be there: [Correction: it is closed [@r1]].
            is_before = is_before and not _is_closed(before, shown[at : at + _NEAR])
            is_after = is_after and not _is_opened(after, shown[max(0, at - _NEAR) : at])
        if is_before or is_after:
            yield _leftover(passage, "bracket", at - is_before, at + is_after)


def _is_closed(sign: str, following: str) -> bool:
    other = _PAIRS.get(sign, "")
    return other != "" and following.count(other) > following.count(sign)


def _is_opened(sign: str, preceding: str) -> bool:
    return any(
        sign == closing and preceding.count(opening) > preceding.count(closing)
        for opening, closing in _PAIRS.items()
    )


def _link_end(pieces: Sequence[BlockPiece], opening: int) -> int:
    """Return where the words of a link end; they may be emphasised, or none."""
    closing = next(n for n in range(opening, len(pieces)) if pieces[n].token.type == "link_close")
    return pieces[closing].at


def _leads_somewhere(piece: BlockPiece) -> bool:
    href = str(piece.token.attrGet("href") or "")
    return bool(EXTERNAL.match(href) or INTERNAL.match(href))


def _leftover(
    passage: VisibleBlock,
    kind: Kind,
    start: int,
    end: int,
) -> Leftover:
    return Leftover(
        kind=kind,
        text=passage.text[start:end],
        start=passage.start_in_body(start),
        end=passage.end_in_body(end),
    )
