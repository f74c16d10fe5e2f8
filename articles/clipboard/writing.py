"""Blocks of a clipboard written as Markdown."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from articles.clipboard.blocks import BREAK, Block, Container, Run, Table, text_of
from articles.clipboard.cleaning import clean_clipboard
from articles.clipboard.escaping import escaped, escaped_at_start, escaped_throughout, reads_as
from articles.clipboard.plain_text import TooLong, is_wrapped
from articles.clipboard.reading import read
from articles.vetting.limits import is_readable

# A subhead of a body begins with two signs; the renderer has three levels of them.
_FIRST_RANK = 2
# Without a sign that could be read as anything else; such words need not be tried.
_PLAIN = re.compile(r"[^\W\d_][\w \xa0.,;:?!'\"’“”‘()/%$€£–—-]*")
_LAST_RANK = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """Markdown, and what of the clipboard is not in it, in words for the editor."""

    markdown: str
    is_inline: bool
    left_out: tuple[str, ...] = ()

    def within(self, text: str) -> "Pasted":
        """Return words of one line with the spaces at their ends that the plain text has."""
        before = " " if text[:1].isspace() else ""
        after = " " if text[-1:].isspace() else ""
        return replace(self, markdown=f"{before}{self.markdown}{after}")


def from_html(html: str) -> Pasted:
    """Return the Markdown of a clipboard's HTML. Raises TooTangled or TooLong."""
    reading = read(clean_clipboard(html))
    blocks = reading.blocks
    left_out = []
    if pictures := reading.left_out["picture"]:
        left_out.append("1 picture" if pictures == 1 else f"{pictures} pictures")
    if reading.left_out["struck"]:
        left_out.append("struck-through text")
    only = blocks[0] if len(blocks) == 1 else None
    written = write(blocks)
    if not is_readable(written):
        raise TooLong
    return Pasted(
        markdown=written,
        is_inline=isinstance(only, Block)
        and not only.rank
        and not only.path
        and BREAK not in text_of(only.runs),
        left_out=tuple(left_out),
    )


def write(blocks: Sequence[Block | Table]) -> str:
    """Return blocks as Markdown; their path becomes quotation marks and indents."""
    ranks = sorted({block.rank for block in blocks if isinstance(block, Block) and block.rank})
    parts: list[str] = []
    before: Block | Table | None = None
    for block in blocks:
        shared = _shared(before.path, block.path) if before else 0
        if before:
            parts.append("\n" if _is_tight(before, block, shared) else _blank_line(block, shared))
        parts.append(_placed(_lines(block, ranks), block.path, shared))
        before = block
    return "".join(parts)


def _shared(one: Sequence[Container], other: Sequence[Container]) -> int:
    """Return how many of the outermost containers two blocks share."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine is not theirs:
            break
        count += 1
    return count


def _is_tight(before: Block | Table, block: Block | Table, shared: int) -> bool:
    """Return whether a block is an item right after, or below, another item of one line."""
    if len(block.path) <= shared or not block.path[shared].is_item:
        return False
    if len(before.path) > shared:
        # "- " and "1. ": one list does not go on in the other.
        return before.path[shared].marker[-2:] == block.path[shared].marker[-2:]
    return shared > 0 and before.path[shared - 1].is_item


def _blank_line(block: Block | Table, shared: int) -> str:
    around = "".join(container.indent for container in block.path[:shared]).rstrip()
    return f"\n{around}\n"


def _placed(lines: Sequence[str], path: Sequence[Container], shared: int) -> str:
    indents = [container.indent for container in path]
    opening = "".join([*indents[:shared], *(container.marker for container in path[shared:])])
    following = "".join(indents)
    return "\n".join(
        f"{following if n else opening}{line}".rstrip() for n, line in enumerate(lines)
    )


def _lines(block: Block | Table, ranks: Sequence[int]) -> list[str]:
    if isinstance(block, Table):
        return _rows(block)
    if block.rank:
        signs = "#" * min(_FIRST_RANK + ranks.index(block.rank), _LAST_RANK)
        runs = [_on_one_line(run.with_look(is_bold=False)) for run in block.runs]
        return [_words(runs, before=f"{signs} ")]
    runs = list(block.runs)
    if is_wrapped(text_of(block.runs).split(BREAK)):
        runs = [_on_one_line(run) for run in runs]
    return _words(runs).split("\n")


def _rows(table: Table) -> list[str]:
    rows = []
    for row in table.rows:
        cells = [_words([_on_one_line(run) for run in cell]) for cell in row]
        rows.append("| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |")
    rows.insert(1, "|" + " --- |" * len(table.rows[0]))
    return rows


def _on_one_line(run: Run) -> Run:
    return run.with_text(run.text.replace(BREAK, " "))


def _words(runs: Sequence[Run], *, before: str = "") -> str:
    """Return runs as Markdown that reads as their words, formatted if that can be."""
    words = text_of(tuple(runs))
    if not before and _PLAIN.fullmatch(words) and all(run == Run(text=run.text) for run in runs):
        return words
    plain = [Run(text=run.text, href=run.href) for run in runs]
    for attempt in (runs, plain):
        written = before + _escaped_lines(_formatted(attempt), is_first=not before)
        if reads_as(written, words):
            return written
    return before + escaped_throughout(words).replace("\n", "\\\n")


def _escaped_lines(written: str, *, is_first: bool) -> str:
    return escaped_at_start(written) if is_first else written


def _formatted(runs: Sequence[Run]) -> str:
    parts = []
    for href, linked in groupby(_eased(runs), key=lambda run: run.href):
        words = _emphasised(list(linked), in_link=bool(href))
        parts.append(_wrapped(words, "[", f"]({href})") if href else words)
    return "".join(parts)


def _emphasised(runs: Iterable[Run], *, in_link: bool) -> str:
    parts = []
    for is_bold, same in groupby(runs, key=lambda run: run.is_bold):
        words = "".join(
            _wrapped(_plain(slanted, in_link=in_link), "*", "*")
            if is_italic
            else _plain(slanted, in_link=in_link)
            for is_italic, slanted in groupby(same, key=lambda run: run.is_italic)
        )
        parts.append(_wrapped(words, "**", "**") if is_bold else words)
    return "".join(parts)


def _plain(runs: Iterable[Run], *, in_link: bool) -> str:
    text = text_of(tuple(runs))
    return "\\\n".join(escaped(line, in_link=in_link) for line in text.split(BREAK))


def _wrapped(words: str, opening: str, closing: str) -> str:
    """Put markup around words, not around the white space at their ends."""
    inner = words.strip(" \n\\") if words.endswith("\n") else words.strip(" ")
    if not any(map(str.isalnum, inner)):
        return words
    start = words.index(inner)
    return f"{words[:start]}{opening}{inner}{closing}{words[start + len(inner) :]}"


def _eased(runs: Sequence[Run]) -> list[Run]:
    """Take signs out of emphasis where letters follow at once, which would keep it from working.

    Word makes the full stop of a bold word bold as well.
    """
    eased: list[Run] = []
    for run, following in pairwise([*runs, Run(text="")]):
        end = len(run.text)
        if (run.is_bold or run.is_italic) and following.text[:1].isalnum():
            while end and not run.text[end - 1].isalnum():
                end -= 1
        eased.append(run.with_text(run.text[:end]))
        if end < len(run.text):
            eased.append(Run(text=run.text[end:], href=run.href))
    return [run for run in eased if run.text]
