"""The numbers of a sentence that stand in it once: those of which it can be told what each is of."""

from collections import Counter
from collections.abc import Sequence

from articles.vetting.facts.words import Word

NO_FIGURES = frozenset({"0", "1"})
# A list has more figures than this, and its commas do not tell which word is whose.
_MOST_FIGURES = 12
# 0700 is a time of day.
_CLOCK = 4


def read_lone_figures(words: Sequence[Word]) -> Sequence[tuple[int, Word]]:
    """Return the figures that stand in a sentence once, with their places among its words."""
    found = [(n, word) for n, word in enumerate(words) if word.is_number and _is_figure(words, n)]
    if len(found) > _MOST_FIGURES:
        return ()
    keys = Counter(word.key for _, word in found)
    return [(n, word) for n, word in found if keys[word.key] == 1]


def _is_figure(words: Sequence[Word], n: int) -> bool:
    """Return whether a number is one of anything but a time of day."""
    key = words[n].key
    if key in NO_FIGURES or len(key) == _CLOCK > len(key.lstrip("0")):
        return False
    return not (is_in_time(words, n - 1) or is_in_time(words, n + 1))


def is_day_of_month(words: Sequence[Word], n: int) -> bool:
    """Return whether a number is the day of a month."""
    return any(one.time.startswith("month") for one in words[max(0, n - 1) : n + 2])


def is_in_time(words: Sequence[Word], n: int) -> bool:
    """Return whether a word is the colon of "12:40"."""
    if not 0 < n < len(words) - 1 or words[n].key != ":":
        return False
    before, after = words[n - 1], words[n + 1]
    return before.is_number and after.is_number and after.start - before.end == 1
