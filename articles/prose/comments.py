"""HTML comments in a text: notes to the desk that readers must not see."""

import re

_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r(?!\n))[ \t]*[\r\n]")


def comments(body: str) -> list[tuple[int, int, bool]]:
    """Return the start and end of each comment, and whether it is closed.

    An unclosed comment extends to the end of its paragraph.
    """
    found: list[tuple[int, int, bool]] = []
    start, last = body.find("<!--"), body.rfind("-->")
    while start >= 0:
        is_closed = start + 4 <= last
        if is_closed:
            end = body.index("-->", start + 4) + 3
        else:
            blank = _BLANK_LINE.search(body, start)
            end = blank.start() if blank else len(body)
        found.append((start, end, is_closed))
        start = body.find("<!--", end)
    return found


def without_comments(body: str) -> str:
    """Return the body with its comments blanked out; its length stays the same."""
    parts, at = [], 0
    for start, end, _ in comments(body):
        parts += [body[at:start], " " * (end - start)]
        at = end
    return "".join((*parts, body[at:]))


def drop_comments(text: str) -> str:
    """Return a text of one paragraph as readers get it: without its comments."""
    found = comments(text)
    if not found:
        return text
    parts, at = [], 0
    for start, end, _ in found:
        parts.append(text[at:start])
        at = end
    return " ".join("".join((*parts, text[at:])).split())
