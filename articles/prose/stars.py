"""Asterisks and underlines that emphasise nothing, as against those that were never to."""

import re
from collections.abc import Iterator

_RUN = re.compile(r"\*{2,}")
_PAIR = re.compile(r"\*\*")
# A pair around words that its neighbours keep from working, as punctuation of Chinese does.
_SINGLE = re.compile(r"(?<![A-Za-z0-9*])\*(?=[^\s*])[^*\n]{1,200}(?<=[^\s*])\*(?![A-Za-z0-9*])")
_UNDERLINE = re.compile(
    r"""(?<![^\s(\["'“‘«])(?:_(?=[^\W_])[^_\n]{1,200}(?<=[^\s_])_(?![A-Za-z0-9_])|__?(?=[^\W_])(?![^\s_]*[_@/]))"""
    r"|(?<!\w)__(?=[^\s_])[^_\n]{1,200}(?<=[^\s_])__(?![A-Za-z0-9_])|(?<=[^\W_])__(?![\w_])"
)
# A hidden word shows a letter or three: f***, but not "ships**".
_HIDDEN_AFTER = 3
_MOST_OF_EMPHASIS = 3


def left_stars(words: str) -> Iterator[tuple[int, int]]:
    """Yield the place of each double asterisk, and of what single signs are left of emphasis."""
    runs = [match.span() for match in _RUN.finditer(words)]
    left = {run for run in runs if not _is_meant(words, *run)}
    # Where one is left over, its partner looks like a hidden word: "ships**wait (long)**here".
    for start, end in runs if left else ():
        if (start, end) in left or end - start == 2:
            yield from (match.span() for match in _PAIR.finditer(words, start, end))
    for sign, pattern in (("*", _SINGLE), ("_", _UNDERLINE)):
        if sign in words:
            yield from (match.span() for match in pattern.finditer(words))


def _is_meant(words: str, start: int, end: int) -> bool:
    """Return whether a run of asterisks is to be seen: a hidden word, a rating, a power."""
    count = end - start
    before, after = words[max(0, start - 1) : start], words[end : end + 1]
    if count > _MOST_OF_EMPHASIS or (_joins_words(before) and _joins_words(after)):
        return True
    if not _joins_words(before):
        return count == _MOST_OF_EMPHASIS and not after.isalnum()
    return _letters_before(words, start) <= _HIDDEN_AFTER - (count == 2)


def _joins_words(character: str) -> bool:
    """Return whether words of this script stand apart, so that a sign within one is part of it."""
    return character.isdecimal() or character.lower() != character.upper()


def _letters_before(words: str, at: int) -> int:
    first = at
    while first > 0 and at - first <= _HIDDEN_AFTER and words[first - 1].isalnum():
        first -= 1
    return at - first
