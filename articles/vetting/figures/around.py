"""The words right before and after a place of a text, folded."""

import re

_NEXT_WORD = re.compile(r"[\s\u00a0-]*([^\W\d_][^\W_]*)")


def word_before(text: str, start: int) -> str:
    found = re.search(r"([^\W\d_][\w’'-]*)\s*\Z", text[max(0, start - 24) : start])
    return found.group(1).casefold() if found else ""


def words_after(text: str, end: int) -> tuple[str, ...]:
    words: list[str] = []
    while len(words) < 3:
        found = _NEXT_WORD.match(text, end, end + 40)
        if found is None:
            break
        words.append(found.group(1).casefold())
        end = found.end()
    return tuple(words)
