"""Numbered lists: "12. ships turned back" is a figure, not a list item."""

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import list_block

_NUMBER = re.compile(r"(\d{1,9})[.)](?=[ \t]|\Z)")


def list_of_several(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: FBT001, N803 - markdown-it's
    """Parse a list, except one that starts above 1 without the next number following."""
    number = _number(state, startLine)
    begins_late = number is not None and number > 1 and not silent
    if number is not None and begins_late and not _goes_on(state, startLine, endLine, number + 1):
        return False
    return list_block(state, startLine, endLine, silent)


def _goes_on(state: StateBlock, start: int, end: int, wanted: int) -> bool:
    """Return whether an item with this number follows; indented lines belong to the item before."""
    is_after_blank = False
    for line in range(start + 1, end):
        if state.isEmpty(line):
            is_after_blank = True
        elif state.sCount[line] <= state.sCount[start] + 3 and _number(state, line) == wanted:
            return True
        elif is_after_blank and state.sCount[line] <= state.sCount[start]:
            return False
    return False


def _number(state: StateBlock, line: int) -> int | None:
    begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    found = _NUMBER.match(state.src[begin:end][:12])
    return int(found[1]) if found else None
