"""Broken markup, which readers would see as plain text."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from articles.prose.passages import BlockPiece, PieceKind, VisibleBlock
from articles.prose.prose import Leftover

_SHOWN: tuple[tuple[Literal["link", "voice", "mark", "tag", "stars"], re.Pattern[str]], ...] = (
    ("link", re.compile(r"\]\(")),
    ("voice", re.compile(r"\]?[ \t]?\{[ \t]*\.[ \t]*[A-Za-z]+[ \t]*\}")),
    ("mark", re.compile(r"\[[ \t]*@")),
    ("tag", re.compile(r"</?[A-Za-z][^<>\n]{0,200}>")),
    ("stars", re.compile(r"\*\*")),
)
# "12. ships turned back": the marker of a one-item list, or a figure.
_NUMBER = re.compile(r"\d{1,9}[.)](?=\s)")
# An address that readers can follow; a link to any other becomes plain text.
EXTERNAL = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
# Not //host, which leads to another site.
INTERNAL = re.compile(r"/(?![/\\])|#")


def leftovers(passage: VisibleBlock, *, is_paragraph: bool) -> Iterator[Leftover]:
    """Yield text that looks like markup but is not, except code and escaped signs."""
    text = "".join(
        piece.text if _is_plain(piece) else "x" * len(piece.text) for piece in passage.pieces
    )
    for kind, pattern in _SHOWN:
        for match in pattern.finditer(text):
            yield _leftover(passage, kind, *match.span())
    number = _NUMBER.match(text) if is_paragraph else None
    if number:
        yield _leftover(passage, "number", *number.span())
    for n, piece in enumerate(passage.pieces):
        if piece.token.type == "link_open" and not _leads_somewhere(piece):
            end = _link_end(passage.pieces, n)
            if end > piece.at:
                yield _leftover(passage, "address", piece.at, end)


def _is_plain(piece: BlockPiece) -> bool:
    return piece.kind is PieceKind.BREAK or piece.token.type == "text"


def _link_end(pieces: Sequence[BlockPiece], opening: int) -> int:
    """Return where the words of a link end; they may be emphasised, or none."""
    closing = next(n for n in range(opening, len(pieces)) if pieces[n].token.type == "link_close")
    return pieces[closing].at


def _leads_somewhere(piece: BlockPiece) -> bool:
    href = str(piece.token.attrGet("href") or "")
    return bool(EXTERNAL.match(href) or INTERNAL.match(href))


def _leftover(
    passage: VisibleBlock,
    kind: Literal["link", "voice", "mark", "tag", "stars", "number", "address"],
    start: int,
    end: int,
) -> Leftover:
    return Leftover(
        kind=kind,
        text=passage.text[start:end],
        start=passage.start_in_body(start),
        end=passage.end_in_body(end),
    )
