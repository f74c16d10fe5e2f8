"""Cleaned HTML of a clipboard read into blocks."""

import re
from collections import Counter
from dataclasses import dataclass

from articles.clipboard.blocks import BREAK, Block, Run, Table, tidied
from articles.clipboard.elements import Closed, Element, Look, Opened, Words, events
from articles.clipboard.links import readable_address
from articles.clipboard.lists import Places
from articles.clipboard.plain_text import TooLong
from articles.clipboard.tables import OpenTable
from articles.clipboard.words import note_number, raised, spaced
from articles.vetting import limits

_HEADING = re.compile(r"h([1-6])")
# A paragraph of Word that is a title or a quotation by its style alone.
_TITLE = re.compile(r"\bmsotitle\b")
_QUOTED = re.compile(r"\bmso(?:intense)?quote\b")
_INLINE = frozenset({
    "a", "b", "br", "cite", "del", "dfn", "em", "font", "i", "img", "q", "s", "small", "span",
    "strike", "strong", "sub", "sup", "var",
})  # fmt: skip
_LONGEST_EMOJI = 8
# Between two blocks.
_LINE_ENDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The blocks of a clipboard, and how often what was left out stood in it."""

    blocks: tuple[Block | Table, ...]
    left_out: Counter[str]


def read(cleaned: str) -> Reading:
    """Read what clean_clipboard returned. Raises TooLong."""
    reader = _Reader()
    for event in events(cleaned):
        reader.take(event)
    reader.flush()
    return Reading(blocks=tuple(reader.blocks), left_out=reader.left_out)


class _Reader:
    """The state between two events."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self._places = Places()
        self._tables: list[OpenTable] = []
        self._runs: list[Run] = []
        self._rank = 0
        self._length = self._signs = self._breaks = 0
        self.blocks: list[Block | Table] = []

    def take(self, event: Opened | Closed | Words) -> None:
        match event:
            case Words(text, look):
                self._say(text, look)
            case Opened(element):
                self._open(element)
            case Closed(element):
                self._close(element)

    def flush(self) -> None:
        """End the paragraph or subhead."""
        runs, self._runs = self._runs, []
        if not any(run.text.strip() for run in runs):
            return
        path = self._places.path()
        for paragraph in tidied(runs):
            self._add(Block(runs=paragraph, path=path, rank=self._rank))
            self._places.note_block()

    def _add(self, block: Block) -> None:
        self._length += sum(len(run.text) for run in block.runs)
        self._signs += _LINE_ENDS + sum(map(_signs, block.runs))
        if self._length > limits.BODY or self._signs > limits.MARKUP:
            raise TooLong
        self.blocks.append(block)

    # What begins and ends

    def _open(self, element: Element) -> None:
        match element.tag:
            case "br":
                if not element.look.is_hidden:
                    self._runs.append(Run(text=BREAK))
            case "img":
                self._open_picture(element)
            case "q":
                self._say("“", element.look)
            case tag if tag in _INLINE:
                pass
            case _:
                self._open_block(element)

    def _open_block(self, element: Element) -> None:
        self.flush()
        tag = element.tag
        if tag == "hr":
            return
        heading = _HEADING.fullmatch(tag)
        if heading:
            self._rank = int(heading[1])
        elif tag == "p" and _TITLE.search(element.classes):
            self._rank = 1
        self._places.open(element, is_quoted=bool(_QUOTED.search(element.classes)))
        if tag == "table":
            self._tables.append(OpenTable(blocks=self.blocks, path=self._places.path()))
            self.blocks = []
        elif self._tables and tag in {"td", "th", "tr"}:
            self.blocks = self._tables[-1].open(element, self.blocks)

    def _close(self, element: Element) -> None:
        if element.tag == "q":
            self._say("”", element.look)
        if element.tag in _INLINE:
            return
        self.flush()
        if _HEADING.fullmatch(element.tag) or element.tag == "p":
            self._rank = 0
        if element.tag == "table" and self._tables:
            self.blocks = self._tables.pop().close(self.blocks)
        elif self._tables and element.tag in {"td", "th"}:
            self.blocks = self._tables[-1].close_cell(self.blocks)
        self._places.close()

    # What is said

    def _say(self, text: str, look: Look) -> None:
        if look.is_marker:
            self._places.note_marker(text)
        elif look.is_hidden:
            return
        elif look.is_struck:
            self.left_out["struck"] += 1 if text.strip() else 0
        else:
            self._breaks += text.count("\n") if look.is_preformatted else 0
            if self._breaks > limits.MARKUP:
                raise TooLong
            self._runs.extend(_runs(text, look))

    def _open_picture(self, element: Element) -> None:
        if element.look.is_hidden or _is_pixel(element):
            return
        alt = element.attributes.get("alt", "").strip()
        # Mail and social sites draw their emoji as pictures.
        if alt and len(alt) <= _LONGEST_EMOJI and not any(map(str.isalnum, alt)):
            self._say(alt, element.look)
        else:
            self.left_out["picture"] += 1


def _signs(run: Run) -> int:
    """Return how many signs of Markdown a run takes, as the renderer counts them."""
    return limits.markup(run.text) + 4 * run.is_bold + 2 * run.is_italic + 4 * bool(run.href)


def _is_pixel(element: Element) -> bool:
    """Return whether a picture is there to be counted: no more than two pixels wide or high."""
    sides = (element.attributes.get(name, "") for name in ("width", "height"))
    return any(side.rstrip("px").isdecimal() and int(side.rstrip("px")[:9]) <= 2 for side in sides)


def _runs(text: str, look: Look) -> list[Run]:
    """Return the words of one look."""
    note = note_number(text, look)
    if note:
        return [Run(text=note)]
    if look.is_raised:
        text = raised(text)
    address = readable_address(look.href)
    lines = spaced(text, keeps_lines=look.is_preformatted).split(BREAK)
    runs: list[Run] = []
    for n, line in enumerate(lines):
        if n:
            runs.append(Run(text=BREAK))
        if line:
            runs.append(
                Run(text=line, is_bold=look.is_bold, is_italic=look.is_italic, href=address)
            )
    return runs
