"""Plain text of the clipboard: lines that are paragraphs, lines of one, and lines that stay.

It is taken for Markdown, as what is typed is: a text of the desk that is copied and pasted stays
as it was. Only its line ends are read for what they meant.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from articles.vetting import limits

_LINE_END = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_BULLET = re.compile(r"^[ \t]*[•▪◦‣·●○–][ \t]+", re.MULTILINE)
# An item, subhead, quotation, row, or what is indented below an item.
_STAYS = re.compile(r"(?:[-+*]|\#{1,6})[ \t]|>|\||(?: {2,}|\t)\S")
_NUMBERED = re.compile(r"\d{1,3}[.)][ \t]")
# Between these, lines mean what they say.
_VERBATIM = re.compile(r"^[ \t]*(?:```|~~~)|<!--|\\$| {2}$", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?…:;。\uff01\uff1f؟\u06d4][\"”’»)\]]*$")
# Mail is wrapped at 60 to 80 signs, seldom at 100.
_NARROWEST = 50
_WIDEST = 100
_LONGEST_VERSE = 60
_FEWEST_OF_VERSE = 3


class TooLong(Exception):
    """There is more text than an article holds, or more markup."""


def paragraphs(text: str) -> str:
    """Return plain text with a blank line between its paragraphs. Raises TooLong."""
    text = text.strip("\r\n")
    if len(text) > limits.BODY:
        raise TooLong
    text = _LINE_END.sub("\n", text)
    if _VERBATIM.search(text):
        return text
    blocks = [
        [line.rstrip() for line in block.split("\n")]
        for block in re.split(r"\n(?:[ \t]*\n)+", text.strip("\n"))
    ]
    width = _width(blocks)
    return "\n\n".join(_block(lines, width) for lines in blocks)


def is_wrapped(lines: Sequence[str], width: int = 0) -> bool:
    """Return whether lines are one paragraph that a program broke at a width.

    Then the first word of each line had no room on the line before.
    """
    width = width or max(map(len, lines))
    if len(lines) < 2 or not _NARROWEST <= width <= _WIDEST:
        return False
    ends = sum(1 for line in lines[:-1] if _SENTENCE_END.search(line))
    if ends * 2 > len(lines) - 1:
        return False
    return all(
        len(line) + 1 + len(after.split(maxsplit=1)[0] if after.strip() else "") > width
        for line, after in pairwise(lines)
    )


def _width(blocks: Sequence[Sequence[str]]) -> int:
    """Return the width that a text is broken at, if it is at all."""
    return max(
        (len(line) for lines in blocks for line in lines if not _STAYS.match(line)), default=0
    )


def _block(lines: Sequence[str], width: int) -> str:
    lines = [_BULLET.sub("- ", line) for line in lines] if _is_bulleted(lines) else lines
    stays = _staying(lines)
    if not any(stays):
        if is_wrapped(lines, width):
            return " ".join(line.strip() for line in lines)
        if _is_verse(lines):
            return "\\\n".join(lines)
    parts = [lines[0]]
    for n, line in enumerate(lines[1:]):
        if stays[n + 1]:
            parts.append("\n")
        else:
            # An item goes on where the program broke it.
            parts.append(" " if stays[n] and is_wrapped(lines[n : n + 2], width) else "\n\n")
        parts.append(line)
    return "".join(parts)


def _staying(lines: Sequence[str]) -> list[bool]:
    """Return which lines say what they are. One number alone is a figure at a line's start."""
    numbered = sum(1 for line in lines if _NUMBERED.match(line))
    return [
        bool(_STAYS.match(line)) or (numbered > 1 and bool(_NUMBERED.match(line))) for line in lines
    ]


def _is_bulleted(lines: Sequence[str]) -> bool:
    return sum(1 for line in lines if _BULLET.match(line)) > 1


def _is_verse(lines: Sequence[str]) -> bool:
    """Return whether lines are short and most of them end in mid-sentence."""
    ends = sum(1 for line in lines if _SENTENCE_END.search(line))
    return (
        len(lines) >= _FEWEST_OF_VERSE
        and max(map(len, lines)) <= _LONGEST_VERSE
        and ends * 2 < len(lines)
    )
