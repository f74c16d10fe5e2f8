"""The figures of a sentence that count something, and what is said beside each of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from articles.vetting.facts.words import Word
from articles.vetting.lexicon.english import LEXICON

# A list has more figures than this, and its commas do not tell which word is whose.
_MOST_FIGURES = 12
NO_FIGURES = frozenset({"0", "1"})
# From a figure to what it counts: "60 new nurses".
_NOUN = 2
# "78 for, 18 against", "9 in the first half": words that say nothing elsewhere.
_TELLING = frozenset({"for", "against", "first"})


def read_figures(words: Sequence[Word]) -> Sequence[tuple[int, Word]]:
    """Return the figures that stand in a sentence once, with their places among its words."""
    found = [(n, word) for n, word in enumerate(words) if word.is_number and _is_figure(words, n)]
    if len(found) > _MOST_FIGURES:
        return ()
    keys = Counter(word.key for _, word in found)
    return [(n, word) for n, word in found if keys[word.key] == 1]


def read_counted(
    words: Sequence[Word], figures: Iterable[tuple[int, Word]]
) -> Sequence[tuple[Word, str]]:
    """Return the figures of a sentence, each with what stands right after it."""
    found = []
    for n, word in figures:
        for after in words[n + 1 : n + 1 + _NOUN]:
            noun = after.root or (after.key if after.key in LEXICON.units else "")
            if noun:
                found.append((word, noun))
            if noun or after.is_number or not after.key[:1].isalnum():
                break
    return found


def read_clauses(
    words: Sequence[Word], figures: Sequence[tuple[int, Word]]
) -> Mapping[str, tuple[Word, frozenset[str]]]:
    """Return the figures of a sentence by their keys, each with what its clause says."""
    words = with_whole_times(words)
    ends = [-1, *(n for n, _ in figures), len(words)]
    return {
        word.key: (word, _beside(words[n], words[ends[k] + 1 : ends[k + 2]]))
        for k, (n, word) in enumerate(figures)
    }


def with_whole_times(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words of a sentence, no clause of which ends inside a time of day."""
    colons = {n for n, word in enumerate(words) if word.key == ":" and _is_in_time(words, n)}
    if not colons:
        return words
    found: list[Word] = []
    inside = 0
    for n, word in enumerate(words):
        inside += n in colons
        found.append(word._replace(clause=word.clause - inside) if inside else word)
    return found


def said_by(words: Iterable[Word]) -> frozenset[str]:
    """Return what words say, with the days and the sides that they name."""
    found = {word.root or word.time or (word.key if word.key in _TELLING else "") for word in words}
    return frozenset(found - {""})


def _beside(figure: Word, words: Sequence[Word]) -> frozenset[str]:
    """Return what the clause of a figure says; "Varn: 12" says it in the one before."""
    own = said_by(word for word in words if word.clause == figure.clause)
    return own or said_by(word for word in words if word.clause == figure.clause - 1)


def _is_figure(words: Sequence[Word], n: int) -> bool:
    """Return whether a number counts something: no year, time of day or day of a month."""
    word = words[n]
    if word.time or word.key in NO_FIGURES:
        return False
    if _is_in_time(words, n - 1) or _is_in_time(words, n + 1):
        return False
    return not any(one.time.startswith("month") for one in words[max(0, n - 1) : n + 2])


def _is_in_time(words: Sequence[Word], n: int) -> bool:
    """Return whether a word is the colon of "12:40"."""
    if not 0 < n < len(words) - 1 or words[n].key != ":":
        return False
    before, after = words[n - 1], words[n + 1]
    return before.is_number and after.is_number and after.start - before.end == 1
