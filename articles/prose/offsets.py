"""Map positions in a block's content back to the body as the editor wrote it."""

import re
from bisect import bisect_right

from articles.prose.comments import comments

# These cannot be stored, sent as UTF-8 or shown: replaced one for one, so that offsets hold.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Offsets:
    """A body cleaned, without comments and with \\n for line ends, which knows where all stood."""

    def __init__(self, body: str) -> None:
        self.comments = comments(body)
        text = _UNSPEAKABLE.sub("\ufffd", body)
        # Where something was removed, in the remaining text, and how much in total up to there.
        self._cuts: list[int] = []
        self._left_out: list[int] = []
        parts, at, total = [], 0, 0
        for start, end in _left_out(text, self.comments):
            parts.append(text[at:start])
            total += end - start
            self._cuts.append(end - total)
            self._left_out.append(total)
            at = end
        self.text = "".join((*parts, text[at:])).replace("\r", "\n")
        self.lines = self.text.split("\n")
        self._line_starts = [0]
        for line in self.lines:
            self._line_starts.append(self._line_starts[-1] + len(line) + 1)

    def in_body(self, line: int, column: int) -> int:
        position = self._line_starts[line] + column
        n = bisect_right(self._cuts, position)
        return position + (self._left_out[n - 1] if n else 0)


def _left_out(text: str, found: list[tuple[int, int, bool]]) -> list[tuple[int, int]]:
    """Return the spans of a body that are not read, in order: comments, and \\r of \\r\\n."""
    # Forms send \r\n.
    pairs = [(at.start(), at.start() + 1) for at in re.finditer("\r\n", text)]
    if not found:
        return pairs
    stretches = [(start, end) for start, end, _ in found]
    outside = [
        pair
        for pair in pairs
        if (n := bisect_right(stretches, pair)) == 0 or stretches[n - 1][1] <= pair[0]
    ]
    return sorted([*stretches, *outside])


class BlockOffsets:
    """Where the content of one inline token is in the body.

    The content is the block's lines less what belongs to the block (indents, > and #), so each
    of its lines is found at the end of a line of the body.
    """

    def __init__(self, offsets: Offsets, content: str, first_line: int) -> None:
        self._offsets = offsets
        self._starts: list[int] = []
        self._places: list[tuple[int, int]] = []
        position = 0
        lines = content.split("\n")
        for n, line in enumerate(lines, self._first(first_line, lines[0])):
            self._add(position, n, _column(offsets.lines[n], line))
            position += len(line) + 1

    def _first(self, number: int, words: str) -> int:
        """Return the line where the content begins.

        A line of white space that is no blank line to Markdown, such as a paragraph separator, is
        stripped from the content together with its line end.
        """
        lines = self._offsets.lines
        return next((n for n in range(number, len(lines)) if words in lines[n]), number)

    def _add(self, position: int, line: int, column: int) -> None:
        self._starts.append(position)
        self._places.append((line, column))

    def __call__(self, position: int) -> int:
        n = bisect_right(self._starts, position) - 1
        line, column = self._places[n]
        return self._offsets.in_body(line, column + position - self._starts[n])


class CellOffsets(BlockOffsets):
    """The offsets of one table cell, in which escaped pipes were unescaped."""

    def __init__(self, offsets: Offsets, content: str, line: int, column: int) -> None:
        super().__init__(offsets, "", line)
        self._starts, self._places = [], []
        source, position = offsets.lines[line], 0
        for part in re.split(r"(?=\|)", content):
            column = max(source.find(part, column), column)
            self._add(position, line, column)
            column += len(part)
            position += len(part)
        self.end = column


def _column(source: str, line: str) -> int:
    column = len(source.rstrip()) - len(line.rstrip())
    if column >= 0 and source.startswith(line, column):
        return column
    # A tab partly consumed by a list or block quotation becomes spaces.
    words = line.strip()
    return max(source.rfind(words) - line.index(words), 0)
