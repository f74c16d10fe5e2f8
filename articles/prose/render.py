"""Render Markdown to HTML: blocks, claims, marks, figures."""

import re
from collections.abc import Collection, Mapping, Sequence
from html import escape

from markdown_it.token import Token

from articles.prose.claims import Ledger, read_claims
from articles.prose.inline import InlineWriter
from articles.prose.leftovers import leftovers
from articles.prose.marks import markdown
from articles.prose.offsets import BlockOffsets, CellOffsets, Offsets
from articles.prose.passages import PieceKind, VisibleBlock, lay_out
from articles.prose.prose import (
    Fence,
    Heading,
    Leftover,
    Picture,
    Prose,
    Source,
    UnknownPicture,
)
from wires.html import clean_prose

_WORD = re.compile(r"\w+(?:[’'.,:/-]\w+)*")
_DEEPEST_HEADING = 4
# Editors write the mark before or after the full stop; readers always see it after.
# A row of marks is matched as a whole, with or without a stop: that keeps many marks linear.
_CITE = r'<sup class="cite">(?:(?!</sup>).)*+</sup>'
_MARKS_AND_STOP = re.compile(rf"({_CITE}(?:\s*+{_CITE})*+)([.,;:!?…]+[”’»)]*)?")

# Blocks written unchanged; cell alignment would need inline styles, so it is dropped.
_PLAIN = {
    "bullet_list_open": "<ul>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_open": "<li>",
    "list_item_close": "</li>\n",
    "blockquote_open": "<blockquote>\n",
    "blockquote_close": "</blockquote>\n",
    "hr": "<hr>\n",
    "table_open": "<table>\n",
    "table_close": "</table>\n",
    "thead_open": "<thead>\n",
    "thead_close": "</thead>\n",
    "tbody_open": "<tbody>\n",
    "tbody_close": "</tbody>\n",
    "tr_open": "<tr>",
    "tr_close": "</tr>\n",
}


def render(
    body: str,
    *,
    sources: Sequence[Source] = (),
    pictures: Mapping[int, Picture] | None = None,
) -> Prose:
    """Render a body. Never raises, for any text."""
    page = _Page(body, sources=sources, pictures=pictures or {}, marks=True, first_heading=2)
    ledger = page.ledger
    return Prose(
        html=_MARKS_AND_STOP.sub(r"\2\1", clean_prose(page.html)),
        claims=tuple(ledger.claims),
        headings=tuple(page.headings),
        cited=tuple(ledger.marks),
        marks={key: tuple(ids) for key, ids in ledger.marks.items()},
        numbers={key: ledger.numbers[key] for key in ledger.marks},
        unknown=tuple(ledger.unknown),
        unknown_pictures=tuple(page.unknown_pictures),
        pictures=tuple(page.pictures_shown),
        fences=tuple(page.fences),
        leftovers=tuple(page.leftovers),
        text="\n\n".join(page.texts),
        words=sum(1 for text in page.texts for _ in _WORD.finditer(text)),
    )


def render_note(text: str) -> str:
    """Render a framing note to HTML: no marks, no claims, no pictures, headings from h3."""
    page = _Page(text, sources=(), pictures={}, marks=False, first_heading=3)
    return clean_prose(page.html)


def note_leftovers(text: str, *, keys: Collection[str]) -> tuple[Leftover, ...]:
    """Return what looks like markup in a framing note, where marks and voices are none."""
    sources = [Source(key=key) for key in keys]
    page = _Page(text, sources=sources, pictures={}, marks=False, first_heading=3)
    return tuple(page.leftovers)


class _Page:
    """The state of rendering one body."""

    def __init__(
        self,
        body: str,
        *,
        sources: Sequence[Source],
        pictures: Mapping[int, Picture],
        marks: bool,
        first_heading: int,
    ) -> None:
        self.ledger = Ledger({source.key: source for source in sources})
        self.pictures_shown: list[int] = []
        self.unknown_pictures: list[UnknownPicture] = []
        self.headings: list[Heading] = []
        self.fences: list[Fence] = []
        self.leftovers: list[Leftover] = []
        self.texts: list[str] = []
        self._pictures = pictures
        self._marks = marks
        self._offsets = Offsets(body)
        self._row = (-1, 0)
        tokens = markdown(marks=marks).parse(self._offsets.text, {})
        self._levels = _heading_levels(tokens, first_heading)
        self._parts: list[str] = []
        for before, token in zip([Token("start", "", 0), *tokens], tokens, strict=False):
            self._write(token, before)
        self.html = "".join(self._parts)
        self.leftovers.extend(
            Leftover(kind="comment", text=body[start:end], start=start, end=end)
            for start, end, is_closed in self._offsets.comments
            if not is_closed
        )

    def _write(self, token: Token, before: Token) -> None:
        if token.type in _PLAIN:
            self._parts.append(_PLAIN[token.type])
            self._follow_row(token)
        elif token.type == "inline":
            self._write_passage(token, before)
        elif token.type == "ordered_list_open":
            start = token.attrGet("start")
            self._parts.append("<ol>\n" if start is None else f'<ol start="{int(start)}">\n')
        elif token.type == "fence":
            self._write_fence(token)

    def _follow_row(self, token: Token) -> None:
        """Report what a row of a table holds beyond its last column, which no reader sees."""
        if token.type != "tr_close":
            return
        # Each row has a cell, which noted its line and where the cell ends.
        line, column = self._row
        left_out = self._offsets.lines[line][column:].lstrip(" \t|")
        text = left_out.rstrip(" \t|")
        if text:
            column = len(self._offsets.lines[line]) - len(left_out)
            start = self._offsets.in_body(line, column)
            end = self._offsets.in_body(line, column + len(text) - 1) + 1
            self.leftovers.append(Leftover(kind="cell", text=text, start=start, end=end))

    def _write_fence(self, token: Token) -> None:
        """Write the text of a fence verbatim, and read it for checks like any other text."""
        first, last = token.map or (0, 1)
        content = token.content.rstrip("\n")
        where = BlockOffsets(self._offsets, content, first + 1) if content else None
        start = self._offsets.in_body(first, 0)
        end = self._offsets.in_body(last - 1, len(self._offsets.lines[last - 1]) - 1) + 1
        self.fences.append(Fence(start=start, end=max(start, end), text=content))
        if where is None:
            return
        passage = lay_out(_lines(content), where)
        reading = read_claims(passage, self.ledger, claims=self._marks)
        words = InlineWriter(passage, reading, self.ledger.sources).html
        if passage.text.strip():
            self.texts.append(passage.text.strip())
        self._parts.append(f"<pre><code>{words}</code></pre>\n")

    def _write_passage(self, token: Token, block: Token) -> None:
        """Write a text block with its tags, and its figures after or inside it."""
        is_heading = block.type in ("heading_open", "th_open")
        passage = lay_out(token.children or (), self._where(token, block))
        # A subhead is not a claim unless it cites a post.
        is_claim = not is_heading or any(piece.kind is PieceKind.MARK for piece in passage.pieces)
        reading = read_claims(passage, self.ledger, claims=self._marks and is_claim)
        if is_heading and not reading.sentences and passage.text.strip():
            self.headings.append(_heading(passage, is_column=block.type == "th_open"))
        self.leftovers.extend(
            leftovers(
                passage,
                keys=self.ledger.sources,
                is_paragraph=block.type == "paragraph_open",
                follows_comment=any(ends for _, _, ends in self._offsets.comments),
            )
        )
        writer = InlineWriter(passage, reading, self.ledger.sources)
        words = writer.html
        if passage.text.strip():
            self.texts.append(passage.text.replace("\n", " ").strip())
        figures = "".join(self._figure(passage, picture) for picture in writer.pictures)
        self._parts.append(self._wrapped(block, words, figures))

    def _wrapped(self, block: Token, words: str, figures: str) -> str:
        match block.type:
            case "heading_open":
                level = self._levels[id(block)]
                return f"<h{level}>{words}</h{level}>\n{figures}"
            case "th_open":
                return f'<th scope="col">{words}{figures}</th>'
            case "td_open":
                return f"<td>{words}{figures}</td>"
            case _ if block.hidden:
                return words + figures
            case _:
                return (f"<p>{words}</p>\n" if words.strip() else "") + figures

    def _where(self, token: Token, block: Token) -> BlockOffsets:
        line = token.map[0] if token.map else 0
        if block.type not in ("td_open", "th_open"):
            return BlockOffsets(self._offsets, token.content, line)
        column = self._row[1] if self._row[0] == line else 0
        where = CellOffsets(self._offsets, token.content, line, column)
        self._row = (line, where.end)
        return where

    def _figure(self, passage: VisibleBlock, token: Token) -> str:
        src = str(token.attrGet("src") or "")
        number = re.fullmatch(r"image:([0-9]{1,18})", src)
        picture = self._pictures.get(int(number[1])) if number else None
        if picture is None:
            self._note_unknown(passage, token, src)
            return ""
        self.pictures_shown.append(picture.id)
        title = str(token.attrGet("title") or "")
        if title.strip():
            start, end = self._place(passage, token)
            self.headings.append(Heading(start=start, end=end, text=title.replace("\n", " ")))
        return _figure(picture, caption=title or picture.caption)

    def _note_unknown(self, passage: VisibleBlock, token: Token, src: str) -> None:
        start, end = self._place(passage, token)
        self.unknown_pictures.append(
            UnknownPicture(src=src, alt=token.content, start=start, end=end)
        )

    def _place(self, passage: VisibleBlock, token: Token) -> tuple[int, int]:
        """Return the offsets of an image in the body."""
        start, end = token.map or (0, 1)
        return passage.in_body(start), passage.in_body(end - 1) + 1


def _lines(content: str) -> list[Token]:
    """Return the lines of a fence as inline tokens with their positions."""
    tokens: list[Token] = []
    at = 0
    for line in content.split("\n"):
        if tokens:
            tokens.append(Token("softbreak", "", 0, map=[at - 1, at]))
        if line:
            tokens.append(Token("text", "", 0, content=line, map=[at, at + len(line)]))
        at += len(line) + 1
    return tokens


def _heading(passage: VisibleBlock, *, is_column: bool) -> Heading:
    end = len(passage.text.rstrip())
    start = len(passage.text) - len(passage.text.lstrip())
    return Heading(
        start=passage.start_in_body(start),
        end=passage.end_in_body(end),
        text=passage.text[start:end].replace("\n", " "),
        is_column=is_column,
    )


def _figure(picture: Picture, *, caption: str) -> str:
    lines = [f"<span>{escape(caption)}</span>"] if caption else []
    if picture.credit:
        lines.append(f'<span class="figure__credit">{escape(picture.credit)}</span>')
    below = f'<figcaption class="figure__caption">{" ".join(lines)}</figcaption>' if lines else ""
    return (
        f'<figure class="figure"><img class="figure__image" src="{escape(picture.url)}"'
        f' width="{picture.width}" height="{picture.height}" alt="{escape(picture.alt)}"'
        f' loading="lazy">{below}</figure>\n'
    )


def _heading_levels(tokens: Sequence[Token], first: int) -> dict[int, int]:
    """Return the level of each heading token, renumbered from the first level used.

    No level is skipped, however many # signs the editor chose.
    """
    headings = [token for token in tokens if token.type == "heading_open"]
    used = sorted({token.tag for token in headings})
    levels: dict[int, int] = {}
    above = first - 1
    for token in headings:
        above = min(first + used.index(token.tag), above + 1, _DEEPEST_HEADING)
        levels[id(token)] = above
    return levels
