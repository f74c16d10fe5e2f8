"""What two figures tell of a movement where no word does: "jobless rate 5.1% vs 4.9% in July"."""

from collections.abc import Iterator, Sequence

from articles.vetting.facts.sides import SidedWord, values_of_a_size
from articles.vetting.facts.words import Word
from articles.vetting.lexicon.english import LEXICON
from articles.vetting.lexicon.movement import COMPARING, EXTREMES, GOING, HOPED_FOR, REPEATING
from articles.vetting.lexicon.sides import GROWTH_KEYS, LEVEL

# Words between the comparing word and its figures, and around both.
_AFTER, _BEFORE, _AROUND = 3, 7, 4
_SIGNS = frozenset({"plus", "minus"})
_A_LEVEL = frozenset({"level", "rate", "reading", "figure", "number", "total", "price", "close"})
# What may stand between a figure and the word that compares it.
_PASSED_OVER = REPEATING | GROWTH_KEYS | LEXICON.units.keys()
_OPENS_WAS = frozenset({",", "(", ";"})
COMPARED_KEYS = COMPARING | EXTREMES.keys() | frozenset({"from"})


def read_compared(said: Sequence[Word]) -> Iterator[SidedWord]:
    """Yield as a rise or a fall each figure of an English sentence that stands against an earlier one."""
    for n, word in enumerate(said):
        if not n or word.key not in COMPARED_KEYS:
            continue
        if word.key in EXTREMES:
            yield from _extreme(said, n)
        elif word.key == "from":
            yield from _gone(said, n)
        elif word.key != "was" or said[n - 1].key in _OPENS_WAS:
            yield from _moved(said, _number_before(said, n), _number_after(said, n + 1))


def _moved(said: Sequence[Word], now: int, before: int) -> Iterator[SidedWord]:
    """Yield the movement to the figure at one place from that at another."""
    if now < 0 or before < 0:
        return
    first, last = min(now, before), max(now, before)
    around = said[max(0, first - 1) : last + 1 + _AROUND]
    if any(each.key in HOPED_FOR or each.key in _SIGNS for each in around):
        return
    values = values_of_a_size(said, before, now)
    if values is not None and values[0] != values[1]:
        yield _sided(said, "+" if values[0] < values[1] else "-", now, (first, last))


def _gone(said: Sequence[Word], at: int) -> Iterator[SidedWord]:
    """Yield "tolls go from 4 to 5 crowns"."""
    if GOING.isdisjoint(word.key for word in said[max(0, at - 3) : at]):
        return
    before = _number_after(said, at + 1)
    to = next((n for n in range(before, min(before + _AFTER, len(said))) if said[n].key == "to"), 0)
    if before > 0 and to:
        yield from _moved(said, _number_after(said, to + 1), before)


def _extreme(said: Sequence[Word], at: int) -> Iterator[SidedWord]:
    """Yield "at 812,000, lowest since 2021": what rises to its lowest has not risen."""
    following = [word.key for word in said[at + 1 : at + 3] if word.key not in _A_LEVEL]
    now = _number_before(said, at)
    if now >= 0 and following[:1] == ["since"]:
        yield _sided(said, EXTREMES[said[at].key], now, (now, at))


def _sided(said: Sequence[Word], sides: str, now: int, span: tuple[int, int]) -> SidedWord:
    figure = frozenset({said[now].key})
    first, last = said[span[0]], said[span[1]]
    return SidedWord(LEVEL, sides, first.start, last.end, said[now].clause, figure, to=figure)


def _number_after(said: Sequence[Word], first: int) -> int:
    for n in range(first, min(first + _AFTER, len(said))):
        if said[n].is_number:
            return -1 if said[n].time else n
        if said[n].root and n > first:
            break
    return -1


def _number_before(said: Sequence[Word], first: int) -> int:
    """Return the figure that a month, a unit or "y/y" may follow: "2.8% y/y in April (prev 3.3%)"."""
    for n in range(first - 1, max(first - 1 - _BEFORE, -1), -1):
        word = said[n]
        if word.is_number and not word.time:
            return n
        if word.key in (".", ";", ":") or (word.root and word.key not in _PASSED_OVER):
            break
    return -1
