"""A query in the language of either database's index, built from the same few parts."""

from collections.abc import Iterable, Sequence
from typing import Protocol

ALL, PUBLIC = "all", "public"


class Dialect(Protocol):
    """The parts of a query. A scope is whether only what readers are shown is searched."""

    def words(self, words: Sequence[str], *, is_prefix: bool, is_public: bool) -> str: ...
    def stem(self, language: str, stem: str, *, is_public: bool) -> str: ...
    def fact(self, name: str) -> str: ...
    def every(self, parts: Iterable[str]) -> str: ...
    def either(self, parts: Iterable[str]) -> str: ...
    def without(self, part: str, excluded: Iterable[str]) -> str: ...


class Fts5:
    """FTS5: a column for words, stems, and facts, each column of words once more for the rest."""

    def words(self, words: Sequence[str], *, is_prefix: bool, is_public: bool) -> str:
        columns = "{head}" if is_public else "{head rest}"
        return f'{columns} : "{" ".join(words)}"{" *" if is_prefix else ""}'

    def stem(self, language: str, stem: str, *, is_public: bool) -> str:
        columns = "{head_stems}" if is_public else "{head_stems rest_stems}"
        return f'{columns} : "{stem_token(language, stem)}"'

    def fact(self, name: str) -> str:
        return f'{{facts}} : "{name}"'

    def every(self, parts: Iterable[str]) -> str:
        return _joined(parts, " AND ")

    def either(self, parts: Iterable[str]) -> str:
        return _joined(parts, " OR ")

    def without(self, part: str, excluded: Iterable[str]) -> str:
        found = list(excluded)
        return f"({part}) NOT {self.either(found)}" if found else part


class TsQuery:
    """tsquery: words that readers are shown have the weight A, the rest B; facts begin with =."""

    def words(self, words: Sequence[str], *, is_prefix: bool, is_public: bool) -> str:
        label = f":{'*' if is_prefix else ''}{'A' if is_public else ''}".removesuffix(":")
        *first, last = words
        plain = ":A" if is_public else ""
        return _joined([*(f"'{word}'{plain}" for word in first), f"'{last}'{label}"], " <-> ")

    def stem(self, language: str, stem: str, *, is_public: bool) -> str:
        return f"'~{stem_token(language, stem)}'{':A' if is_public else ''}"

    def fact(self, name: str) -> str:
        return f"'={name}'"

    def every(self, parts: Iterable[str]) -> str:
        return _joined(parts, " & ")

    def either(self, parts: Iterable[str]) -> str:
        return _joined(parts, " | ")

    def without(self, part: str, excluded: Iterable[str]) -> str:
        return self.every([part, *(f"!({each})" for each in excluded)])


def stem_token(language: str, stem: str) -> str:
    """Return how a stem stands in the index: languages share letters, not stems."""
    return f"{language}0{stem}"


def _joined(parts: Iterable[str], sign: str) -> str:
    found = list(parts)
    return f"({sign.join(found)})" if len(found) > 1 else found[0]
