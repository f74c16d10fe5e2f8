"""The words right before and after a place of a text, folded."""

import re
from functools import lru_cache

_NEXT_WORD = re.compile(r"[\s\u00a0-]*([^\W\d_][^\W_]*)")


@lru_cache(maxsize=256)
def word_before(text: str, start: int) -> str:
    found = re.search(r"([^\W\d_][\w’'-]*)\s*\Z", text[max(0, start - 24) : start])
    return found.group(1).casefold() if found else ""


@lru_cache(maxsize=256)
def words_after(text: str, end: int) -> tuple[str, ...]:
    words: list[str] = []
    while len(words) < 3:
        found = _NEXT_WORD.match(text, end, end + 40)
        if found is None:
            break
        words.append(found.group(1).casefold())
        end = found.end()
    return tuple(words)
