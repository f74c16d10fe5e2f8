"""Figures that changed places with a year or with the day of a month: "2016 savers", "61 July"."""

from collections.abc import Iterator, Sequence
from itertools import islice

from articles.vetting.exchanged import Exchanged
from articles.vetting.facts.lone_figures import is_day_of_month
from articles.vetting.facts.words import Word
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying

# "In 1987", "by the end of 2027", "between 2016 and 2021".
_BEFORE_YEARS = frozenset(
    {"in", "since", "by", "until", "till", "before", "after", "of", "from", "between", "during"}
)
_LAST_DAY = 31
_PLURALS = frozenset({"people", "men", "women", "children", "staff", "police", "dead", "injured"})


def years_that_count(
    said: Saying, posts: Sequence[tuple[SourceRef, Sequence[Saying]]]
) -> Iterator[Exchanged]:
    """Yield a year that counts something, where another figure stands as a year: "in 212".

    The post has that figure, and the year, and counts nothing by it.
    """
    words = said.words
    figures = said.lone_figures
    dates = [
        word
        for n, word in figures
        if not word.time
        and n
        and words[n - 1].key in _BEFORE_YEARS
        and not _counts(words, n)
        and not is_day_of_month(words, n)
    ]
    for n, word in figures:
        if not (word.time and dates and _counts(words, n)) or words[n - 1].key in _BEFORE_YEARS - {
            "from",
            "of",
        }:
            continue
        for source, sayings in posts:
            given = {
                one.key: (one, saying, _counts(saying.words, k))
                for saying in sayings
                for k, one in saying.lone_figures
            }
            other = next((given[date.key] for date in dates if date.key in given), None)
            if other and word.key in given and not given[word.key][2]:
                yield Exchanged(word, source, other[1], other[0])
                break


def impossible_days(
    said: Saying, posts: Sequence[tuple[SourceRef, Sequence[Saying]]]
) -> Iterator[Exchanged]:
    """Yield a number before a month that has no such day: "61 July", where a post has the 19th."""
    for n, word in said.lone_figures:
        month = said.words[n + 1].time if n + 1 < len(said.words) else ""
        is_day = month.startswith("month") and not word.time and word.key.isdecimal()
        if not is_day or int(word.key) <= _LAST_DAY:
            continue
        given = (
            Exchanged(word, source, saying, one)
            for source, sayings in posts
            for saying in sayings
            for k, one in saying.lone_figures
            if any(near.time == month for near in saying.words[max(0, k - 1) : k + 2])
        )
        yield from islice(given, 1)


def _counts(words: Sequence[Word], n: int) -> bool:
    """Return whether several of something stand right after a number: "2,016 savers"."""
    after = words[n + 1] if n + 1 < len(words) else None
    if after is None or not after.root or after.is_capital:
        return False
    return after.key.endswith("s") or after.key in _PLURALS
