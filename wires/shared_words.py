"""Which words of some texts another text prints. Pure: nothing here knows Django.

Asked where words must be found again wherever they went, so it would rather find too many: a run
of consecutive words, or one distinctive word (a name, a figure) is enough.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Scripts that put no spaces between words are read character by character.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+")
_BEGINS_SENTENCE = re.compile(r"(?:\A|[.!?…:\n\r][\s\"'“‘«(\[]*)\Z")
_LOOKED_BACK = 8

RUN = 3
SHORTEST_NAME_AT_START = 4
SHORTEST_UNCASED = 3


@dataclass(frozen=True, slots=True)
class _Token:
    folded: str
    start: int
    end: int
    is_marked: bool
    is_first: bool


class SharedWords:
    """The words of some texts, to look for in others.

    `run` is how many consecutive words are enough; all of them where a text has fewer.
    """

    def __init__(self, texts: Iterable[str], *, run: int = RUN) -> None:
        self._runs: set[tuple[str, ...]] = set()
        self._names: set[str] = set()
        for text in dict.fromkeys(texts):
            tokens = list(_tokens(text))
            folded = [token.folded for token in tokens]
            length = min(run, len(folded))
            if length:
                self._runs |= set(_windows(folded, length))
            self._names |= {token.folded for token in tokens if _is_distinctive(token)}
        self._lengths = sorted({len(each) for each in self._runs}, reverse=True)

    def printed_in(self, text: str) -> tuple[str, ...]:
        """Return the words that a text has in common, as it prints them, the longest first."""
        tokens = list(_tokens(text))
        marked = self._in_runs([token.folded for token in tokens])
        marked |= {
            place
            for place, token in enumerate(tokens)
            if token.is_marked and token.folded in self._names
        }
        phrases = [text[tokens[i].start : tokens[j].end] for i, j in _joined(marked)]
        once = {phrase.casefold(): phrase for phrase in reversed(phrases)}
        return tuple(sorted(once.values(), key=lambda phrase: (-len(phrase), phrase)))

    def has_run_in(self, text: str) -> bool:
        """Return whether a text has consecutive words in common; names alone do not count."""
        return bool(self._in_runs([token.folded for token in _tokens(text)]))

    def _in_runs(self, folded: list[str]) -> set[int]:
        found: set[int] = set()
        for length in self._lengths:
            for start, window in enumerate(_windows(folded, length)):
                if window in self._runs:
                    found |= set(range(start, start + length))
        return found


def folded_words(text: str) -> list[str]:
    """Return the words of a text, without case and width."""
    return [token.folded for token in _tokens(text)]


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        word, start = found[0], found.start()
        folded = unicodedata.normalize("NFKC", word).casefold()
        before = text[max(0, start - _LOOKED_BACK) : start]
        is_first = start < _LOOKED_BACK and not before.strip(" \t\"'“‘«([")
        is_first = is_first or bool(_BEGINS_SENTENCE.search(before) and before)
        yield _Token(folded, start, found.end(), _is_marked(word), is_first)


def _is_marked(word: str) -> bool:
    """Return whether a word can be a name or a figure by its looks."""
    return word != word.lower() or any(map(str.isdigit, word)) or _is_uncased(word)


def _is_uncased(word: str) -> bool:
    return word.lower() == word.upper() and word.isalpha() and len(word) >= SHORTEST_UNCASED


def _is_distinctive(token: _Token) -> bool:
    length = token.end - token.start
    if not token.is_marked or length == 1:
        return False
    return not token.is_first or length >= SHORTEST_NAME_AT_START


def _windows(folded: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(folded[start:] for start in range(length)), strict=False)


def _joined(places: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of consecutive numbers."""
    ordered = sorted(places)
    begun = 0
    for here, place in enumerate(ordered):
        if here + 1 == len(ordered) or ordered[here + 1] != place + 1:
            yield ordered[begun], place
            begun = here + 1
