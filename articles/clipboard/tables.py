"""Tables: one of data is kept as a table, one that only lays out a page is read as its text."""

from dataclasses import dataclass, field

from articles.clipboard.blocks import Block, Container, Run, Table
from articles.clipboard.elements import Element

type _Blocks = list[Block | Table]


@dataclass(slots=True)
class OpenTable:
    """A table that is being read. blocks and path are what was read around it."""

    blocks: _Blocks
    path: tuple[Container, ...]
    _rows: list[list[_Blocks]] = field(default_factory=list)
    _outside: _Blocks = field(default_factory=list)
    _is_plain: bool = True

    def open(self, element: Element, read: _Blocks) -> _Blocks:
        """Begin a row or a cell; return where its blocks go."""
        self._outside += read
        if element.tag == "tr":
            self._rows.append([])
            return []
        spans = (element.attributes.get(name, "1") for name in ("colspan", "rowspan"))
        self._is_plain = self._is_plain and all(span in {"", "1"} for span in spans)
        if not self._rows:
            self._rows.append([])
        return []

    def close_cell(self, read: _Blocks) -> _Blocks:
        self._rows[-1].append(read)
        return []

    def close(self, read: _Blocks) -> _Blocks:
        """Return the blocks up to the end of the table."""
        outside = self._outside + read
        rows = [row for row in self._rows if any(row)]
        if self._is_plain and _is_data(rows):
            table = Table(
                rows=tuple(tuple(_words(cell) for cell in row) for row in rows), path=self.path
            )
            self.blocks += [*outside, table]
        else:
            self.blocks += [*outside, *(block for row in rows for cell in row for block in cell)]
        return self.blocks


def _is_data(rows: list[list[_Blocks]]) -> bool:
    """Return whether every row has the same cells, two at least, with a line of words each."""
    columns = {len(row) for row in rows}
    if len(rows) < 2 or len(columns) != 1 or columns == {1}:
        return False
    return all(len(cell) <= 1 and all(map(_is_line, cell)) for row in rows for cell in row)


def _is_line(block: Block | Table) -> bool:
    return isinstance(block, Block) and not block.rank


def _words(cell: _Blocks) -> tuple[Run, ...]:
    return next((block.runs for block in cell if isinstance(block, Block)), ())
