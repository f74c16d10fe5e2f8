"""What a clipboard says, apart from any markup: blocks of words, in lists and quotations."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

BREAK = "\n"
_LOOK = attrgetter("is_bold", "is_italic", "href")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words of one look; BREAK alone is a line end that was meant."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    href: str = ""

    def with_text(self, text: str) -> "Run":
        # dataclasses.replace takes four times as long, and this is asked for every word.
        if text == self.text:
            return self
        return Run(text=text, is_bold=self.is_bold, is_italic=self.is_italic, href=self.href)

    def with_look(self, *, is_bold: bool) -> "Run":
        return replace(self, is_bold=is_bold)


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """One quotation or one item of a list. Blocks in the same one share the object."""

    marker: str

    @property
    def is_item(self) -> bool:
        return self.marker != "> "

    @property
    def indent(self) -> str:
        """What stands in its place on each line but the first."""
        return "> " if self.marker == "> " else " " * len(self.marker)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, or a subhead if it has a rank; path is what it stands in, outermost first."""

    runs: tuple[Run, ...]
    path: tuple[Container, ...] = ()
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells, all of the same length; the first row is the head."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    path: tuple[Container, ...] = ()


def text_of(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def tidied(runs: list[Run]) -> Iterator[tuple[Run, ...]]:
    """Yield the paragraphs of a run of words, which two breaks part; none is blank.

    White space is one space, and none at the ends of a line.
    """
    lines: list[Run] = []
    for line in _lines(runs):
        if line:
            lines += [Run(text=BREAK), *line] if lines else line
        elif lines:
            yield tuple(lines)
            lines = []
    if lines:
        yield tuple(lines)


def _lines(runs: list[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in [*runs, Run(text=BREAK)]:
        if run.text == BREAK:
            yield _trimmed(line)
            line = []
        else:
            line.append(run)


def _trimmed(line: list[Run]) -> list[Run]:
    """Return a line with single spaces, and one run where the look stays the same."""
    parts: list[Run] = []
    ends_in_space = True
    for run in line:
        text = run.text.lstrip(" ") if ends_in_space else run.text
        if text:
            parts.append(run.with_text(text))
            ends_in_space = text.endswith(" ")
    while parts and not parts[-1].text.strip(" "):
        parts.pop()
    if parts:
        parts[-1] = parts[-1].with_text(parts[-1].text.rstrip(" "))
    return [_joined(tuple(same)) for _, same in groupby(parts, key=_LOOK)]


def _joined(runs: tuple[Run, ...]) -> Run:
    return runs[0].with_text(text_of(runs))
