"""The inline content of a block, flattened: where each piece has its source."""

from articles.prose.marks import markdown
from articles.prose.passages import PieceKind, lay_out


def test_a_picture_a_mark_and_code_enclose_their_source():
    text = "See ![Map](map.png), `nine` ships [@r1]."
    (inline,) = markdown(marks=True).parseInline(text, {})

    laid_out = lay_out(inline.children, lambda at: at)

    kinds = (PieceKind.PICTURE, PieceKind.CODE, PieceKind.MARK)
    assert [text[piece.start : piece.end] for piece in laid_out.pieces if piece.kind in kinds] == [
        "![Map](map.png)", "`nine`", "[@r1]",
    ]  # fmt: skip
    assert laid_out.text == "See , nine ships."
