"""The inline content of one block, flattened: the visible text and where it came from."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from markdown_it.token import Token

type InBody = Callable[[int], int]


class PieceKind(Enum):
    TEXT = auto()
    CODE = auto()
    BREAK = auto()
    OPEN = auto()
    CLOSE = auto()
    MARK = auto()
    PICTURE = auto()


@dataclass(slots=True)
class BlockPiece:
    """A piece of inline content.

    at is where its text starts in the passage's visible text; start and end enclose its source
    in the block. The text of a verbatim piece is that source, character for character.
    """

    kind: PieceKind
    token: Token
    at: int
    text: str = ""
    start: int = 0
    end: int = 0
    verbatim: bool = True


@dataclass(slots=True)
class VisibleBlock:
    """A block's pieces in order, and the words a reader sees, without marks.

    closing_marks is the number of the first piece of a last line that has only marks, which cover
    the whole block.
    """

    pieces: list[BlockPiece]
    text: str
    in_body: InBody
    closing_marks: int
    _visible: list[BlockPiece] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._visible = [piece for piece in self.pieces if piece.text]
        self._starts = [piece.at for piece in self._visible]

    def start_in_body(self, at: int) -> int:
        """Return where the visible character at this offset starts in the body."""
        piece = self._piece(at)
        return self.in_body(piece.start + (at - piece.at if piece.verbatim else 0))

    def end_in_body(self, at: int) -> int:
        """Return where the visible character before this offset ends in the body."""
        piece = self._piece(at - 1)
        last = piece.start + (at - 1 - piece.at) if piece.verbatim else piece.end - 1
        return self.in_body(last) + 1

    def _piece(self, at: int) -> BlockPiece:
        return self._visible[max(bisect_right(self._starts, at) - 1, 0)]

    def splittable(self) -> str:
        """Return the text with code masked, so that no sentence ends inside it."""
        if not any(piece.kind is PieceKind.CODE for piece in self.pieces):
            return self.text
        return "".join(
            "x" * len(piece.text) if piece.kind is PieceKind.CODE else piece.text
            for piece in self.pieces
        )


def lay_out(tokens: Sequence[Token], in_body: InBody) -> VisibleBlock:
    """Flatten the children of an inline token."""
    pieces: list[BlockPiece] = []
    for token in tokens:
        piece = _piece(token)
        if piece is None:
            continue
        if piece.kind is PieceKind.MARK:
            # A mark is attached to the word before it, even if the editor put a space there.
            _drop_space(pieces)
        pieces.append(piece)
    at = 0
    for piece in pieces:
        piece.at = at
        at += len(piece.text)
    text = "".join(piece.text for piece in pieces)
    return VisibleBlock(pieces, text, in_body, _closing_marks(tokens, pieces))


def _piece(token: Token) -> BlockPiece | None:
    start, end = token.map or (0, 0)
    match token.type:
        case "text" | "text_special":
            if not token.content:
                return None
            verbatim = token.type == "text" and end - start == len(token.content)
            return BlockPiece(PieceKind.TEXT, token, 0, token.content, start, end, verbatim)
        case "code_inline":
            return BlockPiece(PieceKind.CODE, token, 0, token.content, start, end, verbatim=False)
        case "softbreak" | "hardbreak":
            return BlockPiece(PieceKind.BREAK, token, 0, "\n", start, end, verbatim=False)
        case "mark":
            return BlockPiece(PieceKind.MARK, token, 0, "", start, end)
        case "image":
            return BlockPiece(PieceKind.PICTURE, token, 0, "", start, end)
        case _:
            return BlockPiece(PieceKind.OPEN if token.nesting > 0 else PieceKind.CLOSE, token, 0)


def _drop_space(pieces: list[BlockPiece]) -> None:
    """Remove the white space at the end, even before closing tags or pictures."""
    for n in range(len(pieces) - 1, -1, -1):
        piece = pieces[n]
        if piece.kind in (PieceKind.CODE, PieceKind.MARK):
            return
        piece.text = piece.text.rstrip()
        if piece.text:
            return
        if piece.kind in (PieceKind.TEXT, PieceKind.BREAK):
            del pieces[n]


def _closing_marks(tokens: Sequence[Token], pieces: Sequence[BlockPiece]) -> int:
    """Return the first piece of a last line of marks only, else the number of pieces."""
    marks = 0
    for token in reversed(tokens):
        if token.type == "mark":
            marks += 1
        elif token.type in ("softbreak", "hardbreak"):
            break
        elif token.type != "text" or token.content.strip():
            return len(pieces)
    else:
        return len(pieces)
    if not marks:
        return len(pieces)
    first = [n for n, piece in enumerate(pieces) if piece.kind is PieceKind.MARK][-marks]
    return first if any(piece.text.strip() for piece in pieces[:first]) else len(pieces)
