"""What a sentence puts before or after something: "11 minutes before the eye crossed", "after 71 days"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.vetting.facts.words import Word, roots
from articles.vetting.lexicon.orders import (
    AFTER,
    BEFORE,
    CAUSES,
    CONSEQUENCE_PAIRS,
    CONSEQUENCES,
    MOMENTS,
    ORDERS,
    SAME_SPANS,
    SPANS,
)

# So many words tell what something is before or after.
_TARGET = 6
# "A delay of four hours", "less than four hours".
_BETWEEN = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "delay",
        "another",
        "about",
        "nearly",
        "almost",
        "some",
        "only",
        "just",
    }
)
_TEN, _TENS = 10, range(20, 100, 10)
_ONE = frozenset({"a", "an", "one"})
_COMPARING = frozenset({"than", "from"})
_MOVED = frozenset({"up", "down", "higher", "lower"})
_MONTH = "month "
_MONTHS = 12
_HALF_A_YEAR = 6
# "Before what the regional governor called a drone attack".
_CAUSE = 9
_SIGNS = {"+": AFTER, "-": BEFORE, "−": BEFORE, "–": BEFORE}


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A number of days, hours, minutes … that something is before or after. start and end enclose it.

    length is its number and its unit; is_lead of "11 minutes before", and not of "before 11 minutes". target are the roots of what it
    is before or after, main those of what is.
    """

    start: int
    end: int
    order: str
    length: tuple[str, str]
    is_lead: bool
    target: frozenset[str]
    main: frozenset[str]


@dataclass(frozen=True, slots=True)
class Placed:
    """Words from start to end of a view."""

    start: int
    end: int


def read_spans(said: Sequence[Word], text: str) -> Iterator[TimeSpan]:
    """Yield the spans of time that an English sentence has beside "before", "after" or "ago".

    text is that of the view of its words, folded: "T+71min" is 71 minutes after.
    """
    for n, word in enumerate(said):
        if word.key == "t":
            yield from _since_liftoff(said, n, text)
        order = ORDERS.get(word.key)
        if order is None:
            continue
        lead = _span_to(said, n)
        if lead is not None:
            yield _span(said, n, lead, order, is_lead=True)
        elif word.key != "ago":
            length = _span_from(said, n + 1)
            if length is not None:
                yield _span(said, n, length, order, is_lead=False)


def _since_liftoff(said: Sequence[Word], at: int, text: str) -> Iterator[TimeSpan]:
    span = _span_from(said, at + 1)
    if span is not None and span[0] == at + 1:
        order = _SIGNS.get(text[said[at].end : said[at + 1].start])
        if order is not None:
            yield _span(said, at, span, order, is_lead=True)


def _span(
    said: Sequence[Word], at: int, span: tuple[int, int], order: str, *, is_lead: bool
) -> TimeSpan:
    first, last = min(at, span[0]), max(at, span[1])
    number, unit = _number(said, span[0]), SPANS[said[span[1]].key]
    # "Ago" says nothing of what it is after.
    target = said[at + 1 : at + 1 + _TARGET] if said[at].key in (AFTER, BEFORE) else ()
    return TimeSpan(
        start=said[first].start,
        end=said[last].end,
        order=order,
        length=SAME_SPANS.get((number, unit), (number, unit)),
        is_lead=is_lead,
        target=roots(target),
        main=roots(said[:first]),
    )


def _number(said: Sequence[Word], at: int) -> str:
    """Return a number; a hyphen in "sixty-one" makes two words of it."""
    key, before = said[at].key, said[at - 1] if at else said[at]
    if not said[at].is_number:
        key = "1"
    is_one = key.isdigit() and 0 < int(key) < _TEN and said[at].end - said[at].start > 1
    is_ten = before.is_number and before.key.isdigit() and int(before.key) in _TENS
    return str(int(before.key) + int(key)) if is_one and is_ten else key


def lengths(said: Sequence[Word]) -> Iterator[tuple[tuple[str, str], Placed]]:
    """Yield all spans of time of a sentence, and where they stand."""
    for n, word in enumerate(said[1:], 1):
        if word.key in SPANS and _is_number(said[n - 1]):
            length = (_number(said, n - 1), SPANS[word.key])
            yield SAME_SPANS.get(length, length), Placed(said[n - 1].start, word.end)


def _span_to(said: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return the number and the unit that end right before a place."""
    if at < 2 or said[at - 1].key not in SPANS:
        return None
    return (at - 2, at - 1) if _is_number(said[at - 2]) else None


def _span_from(said: Sequence[Word], first: int) -> tuple[int, int] | None:
    for n in range(first, min(first + _TARGET, len(said) - 1)):
        is_ordinal = said[n].key in _ONE and said[n + 1].key == "second"
        if _is_number(said[n]) and said[n + 1].key in SPANS and not is_ordinal:
            return n, n + 1
        if said[n].key not in _BETWEEN:
            return None
    return None


def _is_number(word: Word) -> bool:
    return (word.is_number and not word.time) or word.key in _ONE


def read_compared_forwards(said: Sequence[Word]) -> Iterator[Placed]:
    """Yield "1.9% less than a year after": what is compared came before."""
    for n, word in enumerate(said):
        if word.key != AFTER or n < 3 or _span_to(said, n) is None:
            continue
        is_end = n + 1 == len(said) or not said[n + 1].key[:1].isalnum()
        opens = _compares_at(said, n - 3)
        if opens >= 0 and is_end:
            yield Placed(said[opens].start, word.end)


def _compares_at(said: Sequence[Word], at: int) -> int:
    """Return the place of the "than" or "from" of a span; "up from 800,000 an hour after", too."""
    if said[at].key in _COMPARING:
        return at
    first = next((n for n in range(at, max(at - 4, 0), -1) if said[n].key == "from"), -1)
    return (
        first if first > 0 and said[first - 1].key in _MOVED and said[first + 1].is_number else -1
    )


def read_months_turned_round(said: Sequence[Word]) -> Iterator[Placed]:
    """Yield "to 2.8% in August before 3.1% in July", where the figure goes before its month."""
    for n, word in enumerate(said[:-1]):
        order = ORDERS.get(word.key)
        if order is None or word.key == "ago" or not said[n + 1].is_number:
            continue
        here = next((each for each in reversed(said[:n]) if each.time.startswith(_MONTH)), None)
        following = said[n + 1 : n + 2 + _TARGET]
        there = next((each for each in following if each.time.startswith(_MONTH)), None)
        if here is None or there is None or here.time == there.time:
            continue
        since = (int(here.time.split()[1]) - int(there.time.split()[1])) % _MONTHS
        if (order == BEFORE) == (since < _HALF_A_YEAR):
            yield Placed(word.start, there.end)


def read_before_its_cause(said: Sequence[Word]) -> Iterator[Placed]:
    """Yield "four were killed before an avalanche": what follows from it cannot be before it."""
    for n, word in enumerate(said):
        if word.key != BEFORE or not n or said[n - 1].key in MOMENTS or said[n - 1].key in SPANS:
            continue
        keys = [each.key for each in said[:n]]
        pairs = {f"{one} {two}" for one, two in pairwise(keys)}
        if CONSEQUENCES.isdisjoint(keys) and CONSEQUENCE_PAIRS.isdisjoint(pairs):
            continue
        cause = next((each for each in said[n + 1 : n + 1 + _CAUSE] if each.key in CAUSES), None)
        if cause is not None:
            yield Placed(word.start, cause.end)
