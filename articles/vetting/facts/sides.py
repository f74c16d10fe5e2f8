"""Words of opposed sides in a sentence, whatever they tell of: rose and fell, dead and hurt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from articles.vetting.facts.runs import read_runs
from articles.vetting.facts.words import Word
from articles.vetting.lexicon.english import LEXICON
from articles.vetting.lexicon.movement import FEWER, MORE, PACE
from articles.vetting.lexicon.sides import (
    CHANGE,
    CHANGES,
    GROWTH_KEYS,
    LEVEL,
    OF_GROWTH,
    OF_SESSIONS,
    ORDER,
    RISE,
    SIDED,
    Needs,
    Sided,
)

# From a word to its number, and what may stand between: "up by about 4".
_REACH = 6
_BETWEEN = frozenset({
    "last", "year", ":", "c", "us", "nz", "hk", "net", "pretax", "this",
    "by", "about", "nearly", "almost", "some", "around", "roughly", "another", "a", "further", "as", "much",
    "only", "just", "over", "than", "more", "at", "least", "an", "estimated", "the", "of", "to", "from",
})  # fmt: skip
# Of what stands after "before".
_TARGET = 4
# Words between a change and what it is from or to.
_FAR = 9
# A smaller number without a scale has that of the other.
_UNSCALED = 1_000
# Numbers further apart may have other units.
_MOST_TIMES = 3
# "Ended a choppy day down 8.25".
_OF_TRADE = 4
_STOPS = frozenset({".", ";", ":", ",", "("})
_ZERO = "zero"
_LEVELS = frozenset({"to", "from", "at"})
_BEFORE_AMOUNTS = _LEVELS | {"by"}
# "To three times that number".
_TIMES = "times"
_PER_CENT = frozenset({"percent", "per", "cent", "pct", "pc"})
_PER_YEAR = 4
_A_YEAR, _EARLIER = frozenset({"year", "month", "quarter"}), frozenset({"earlier", "ago", "before"})
_NO_FIGURES = (frozenset[str](), frozenset[str](), frozenset[str]())
_COUNTING = MORE | FEWER
_ORDINALS = frozenset({"st", "nd", "rd", "th"})


@dataclass(frozen=True, slots=True)
class SidedWord:
    """A word that is of a side of a group. start and end enclose it; clause is that of its sentence.

    figures are the numbers that it goes with: the 12 and the 94 of "rose 12 per cent to 94". by are
    those that it moved by, to those that it is at: the 12, and the 94. is_pace of "slowed". Of
    "before" and "after", what follows them is their target, and the clause that they go with main.
    """

    group: str
    sides: str
    start: int
    end: int
    clause: int
    figures: frozenset[str] = frozenset()
    target: frozenset[str] = frozenset()
    main: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    is_pace: bool = False

    def is_against(self, other: "SidedWord") -> bool:
        if self.group != other.group:
            return False
        # North-east is not south-east, though east may be either.
        are_between = len(self.sides) == len(other.sides) == 2
        return self.sides != other.sides and (are_between or not set(self.sides) & set(other.sides))


@dataclass(frozen=True, slots=True)
class Change:
    """What a sentence says to rise or fall from one number to another. start and end enclose it."""

    sides: str
    start: int
    end: int
    low: float
    high: float

    @property
    def is_wrong(self) -> bool:
        """Whether it falls to more, or rises to less."""
        return self.low > self.high if self.sides == RISE else self.low < self.high


def read_sides(said: Sequence[Word]) -> Iterator[SidedWord]:
    """Yield the words of an English sentence that are of a side, the longest phrase at each place."""
    for sided, first, after in _places(said):
        is_order = sided.group == ORDER
        by, to, others = _NO_FIGURES if is_order else _figures(said, first, after)
        yield SidedWord(
            group=sided.group,
            sides=sided.sides,
            start=said[first].start,
            end=said[after - 1].end,
            clause=said[first].clause,
            figures=by | to | others,
            target=_told(said[after : after + _TARGET]) if is_order else frozenset(),
            main=_main(said, first) if is_order else frozenset(),
            by=by,
            to=to,
            is_pace=said[first].key in PACE,
        )


def may_be_growth(keys: frozenset[str]) -> bool:
    """Return whether a sentence with these words may tell by how much something grew in a year."""
    return not keys.isdisjoint(GROWTH_KEYS) or not (
        keys.isdisjoint(_EARLIER) or keys.isdisjoint(_A_YEAR)
    )


def read_growth(said: Sequence[Word]) -> Iterator[SidedWord]:
    """Yield what grew or shrank by so much in a year: "2.8% y/y", "fell 2.8% from a year earlier"."""
    levels = [place for place in _places(said) if place[0].group == LEVEL]
    moved = {said[first].clause for _, first, _ in levels}
    for n, word in enumerate(said):
        if not word.is_number or word.time:
            continue
        keys = [each.key for each in said[n + 1 : n + 1 + _PER_YEAR] if each.key not in _PER_CENT]
        if (
            tuple(keys[:2]) in OF_GROWTH or tuple(keys[:1]) in OF_GROWTH
        ) and word.clause not in moved:
            yield _growth(RISE, word, word)
    for sided, first, after in levels:
        at = _number_after(said, after)
        if at < 0 or said[at - 1].key in _LEVELS or said[after - 1].key in CHANGES:
            continue
        keys = [each.key for each in said[at + 1 : at + 1 + _FAR]]
        if any(one in _A_YEAR and other in _EARLIER for one, other in pairwise(keys)):
            yield _growth(sided.sides, said[first], said[at])


def _growth(sides: str, first: Word, number: Word) -> SidedWord:
    return SidedWord(
        CHANGE, sides, first.start, number.end, first.clause, figures=frozenset({number.key})
    )


def read_changes(said: Sequence[Word]) -> Iterator[Change]:
    """Yield what rises or falls "from 150 to 200", "to 200 from 150" or is "200, down from 150"."""
    for sided, first, after in _places(said):
        if sided.group != LEVEL:
            continue
        told = _from_and_to(said, first, after)
        if told is None:
            continue
        values = _values(said, *told)
        if values is not None:
            start, end = said[min(first, *told)].start, said[max(after - 1, *told)].end
            yield Change(sided.sides, start, end, *values)


def _places(said: Sequence[Word]) -> Iterator[tuple[Sided, int, int]]:
    """Yield the words of a side with the first and the after-last of their phrase."""
    done = 0
    for n, word in enumerate(said):
        if n < done or word.key not in SIDED:
            continue
        for phrase, sided in SIDED[word.key]:
            after = n + len(phrase)
            is_there = tuple(each.key for each in said[n:after]) == phrase
            if is_there and _has_what_it_needs(sided, said, n, after):
                yield sided, n, after
                done = after
                break


def _has_what_it_needs(sided: Sided, said: Sequence[Word], first: int, after: int) -> bool:
    match sided.needs:
        case Needs.NUMBER_AFTER:
            # "Up to 40" is no rise.
            is_limit = after < len(said) and said[after].key == "to"
            return not is_limit and _number_after(said, after) >= 0
        case Needs.AMOUNT_AFTER:
            is_apposed = after < len(said) and _is_apposed(said, after, after)
            return _number_after(said, after + is_apposed) >= 0
        case Needs.COMPARED:
            return bool(_counted(said, after))
        case Needs.NUMBER_BEFORE:
            return _number_before(said, first) >= 0
        case Needs.CAPITALS:
            return said[first].is_capital
        case Needs.CHANGE:
            return _is_of_trade(said, after)
    return True


def _is_of_trade(said: Sequence[Word], after: int) -> bool:
    """Return whether "up 0.6 per cent" or "8.25% lower" follows, in whichever order."""
    near = list(takewhile(lambda word: word.key not in _STOPS, said[after : after + _OF_TRADE]))
    return any(word.is_number and not word.time for word in near) and any(
        word.key in CHANGES for word in near
    )


def _figures(
    said: Sequence[Word], first: int, after: int
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the numbers that a word moved by, those that it is from, to or at, and others beside it."""
    by: set[str] = set()
    to: set[str] = set()
    for n in _numbers_behind(said, after):
        (to if said[n - 1].key in _LEVELS else by).add(said[n].key)
    if after < len(said) and said[after].key == "from":
        # "1,140 a month, up from 1,085".
        to |= {said[n].key for n in _from_and_to(said, first, after) or ()}
    return frozenset(by), frozenset(to), frozenset(_other_figures(said, first, after))


def _numbers_behind(said: Sequence[Word], after: int) -> Iterator[int]:
    """Yield the places of the next number, and of those that it is from, to, at or by."""
    next_ = _number_after(said, after)
    if next_ >= 0:
        yield next_
    clause = said[after - 1].clause
    for n in range(after, min(after + _FAR, len(said))):
        # "Cheaper, at 59 euros": what a comma and "at" add goes with it.
        if said[n].clause != clause and not _is_apposed(said, after, n):
            return
        if _is_amount(said[n]) and n != next_ and said[n - 1].key in _BEFORE_AMOUNTS:
            yield n


def _other_figures(said: Sequence[Word], first: int, after: int) -> Iterator[str]:
    """Yield the number before a word, those of a day's trade, and how many times in a row it is."""
    last = said[after - 1].key
    n = _number_before(said, first)
    if n >= 0:
        yield said[n].key
    if last == _ZERO:
        yield "0"
    if last in OF_SESSIONS:
        yield from (word.key for word in said[after : after + _OF_TRADE] if _is_amount(word))
    if last in _COUNTING:
        yield from _counted(said, after)
    yield from read_runs(said, first, after)


def _is_apposed(said: Sequence[Word], after: int, at: int) -> bool:
    """Return whether a place is of the part that a comma and "to" or "at" open behind a phrase."""
    opens = said[after : after + 2]
    if len(opens) < 2 or opens[0].key != "," or opens[1].key not in _LEVELS:
        return False
    return said[at].clause == opens[0].clause


def _counted(said: Sequence[Word], after: int) -> Sequence[str]:
    """Return the numbers behind what there is more or less of: "fewer births last year, 612,000"."""
    following = said[after : after + _FAR]
    if not following or not following[0].root:
        return ()
    return [word.key for word in following if word.is_number and not word.time][:1]


def _told(said: Sequence[Word]) -> frozenset[str]:
    """Return the roots and the numbers of some words up to a mark."""
    found: list[str] = []
    for word in said:
        if not word.key[:1].isalnum():
            break
        if word.root or (word.is_number and not word.time):
            found.append(word.root or word.key)
    return frozenset(found)


def _main(said: Sequence[Word], first: int) -> frozenset[str]:
    """Return what the nearest clause before says that says anything, or else what comes after."""
    clause = said[first].clause
    before = (_said_in(said, near) for near in range(clause - 1, -1, -1))
    after = (_said_in(said, near) for near in range(clause + 1, said[-1].clause + 1))
    opened = next((told for told in before if told), None)
    if opened is not None:
        return opened
    # "Before the blast 30 were below": no comma ends what opens the sentence.
    rest = [word for word in said[first + 1 + _TARGET :] if word.clause == clause]
    return _told(rest) if rest else next((told for told in after if told), frozenset())


def _said_in(said: Sequence[Word], clause: int) -> frozenset[str]:
    return _told([word for word in said if word.clause == clause and word.key[:1].isalnum()])


def _number_after(said: Sequence[Word], after: int) -> int:
    for n in range(after, min(after + _REACH, len(said))):
        if said[n].is_number:
            return -1 if said[n].time else n
        if said[n].key not in _BETWEEN:
            break
    return -1


def _number_before(said: Sequence[Word], first: int) -> int:
    """Return the number of "5 per cent higher", "four points more"; -1 where none is right before."""
    between = 0
    for n in range(first - 1, max(first - 4, -1), -1):
        if said[n].clause != said[first].clause:
            break
        if said[n].is_number:
            return -1 if said[n].time else n
        between += bool(said[n].root)
        # Points and seats are counted; more is another phrase.
        if between > 1 or said[n].key in (".", ",", ";", ":", "in", "from", "to"):
            break
    return -1


def _from_and_to(said: Sequence[Word], first: int, after: int) -> tuple[int, int] | None:
    """Return the numbers that a change is from and to; None where it does not say both."""
    at: dict[str, int] = {}
    for n in range(after, min(after + 2 * _FAR, len(said))):
        if said[n].key in (".", ";", ":", "and", "but", "while", "as"):
            break
        opens = said[n - 1].key
        is_multiple = n + 1 < len(said) and said[n + 1].key == _TIMES
        if _is_amount(said[n]) and opens in ("to", "from") and not is_multiple:
            at.setdefault(opens, n)
    if "from" in at and "to" not in at and said[after].key == "from":
        # "Containment was 5 percent, up from 3", but not "17%, up from 109 frames".
        last = _last_number(said, first)
        if last < 0:
            last = _large_number(said, first, at["from"])
        if last >= 0 and values_of_a_size(said, last, at["from"]) is not None:
            at["to"] = last
    return (at["from"], at["to"]) if len(at) == 2 else None


def _large_number(said: Sequence[Word], first: int, origin: int) -> int:
    """Return a large number of the same size, further off: "1.3 million homes had no light, up from"."""
    for n in range(first - 1, max(first - _FAR - _FAR, -1), -1):
        if said[n].key in (".", ";", ":"):
            break
        values = values_of_a_size(said, n, origin) if _is_amount(said[n]) else None
        if values is not None:
            return n if min(values) >= _UNSCALED else -1
    return -1


def _is_amount(word: Word) -> bool:
    return word.is_number and not word.time


def _last_number(said: Sequence[Word], first: int) -> int:
    """Return the number that ends right before a word: "14, up from 11", "5 per cent, up from 3"."""
    for n in range(first - 1, max(first - 5, -1), -1):
        if said[n].is_number:
            return -1 if said[n].time else n
        if said[n].root and said[n].key not in LEXICON.units:
            break
    return -1


def values_of_a_size(said: Sequence[Word], one: int, other: int) -> tuple[float, float] | None:
    """Return two numbers with their scales; None where they are too far apart to be of one thing."""
    values = _values(said, one, other)
    return values if values is not None and max(values) <= _MOST_TIMES * min(values) else None


def _values(said: Sequence[Word], one: int, other: int) -> tuple[float, float] | None:
    """Return two numbers with their scales; None where one is a place in an order.

    "From 1.8 to 3.5 million" has one scale for both.
    """
    after = [said[n + 1].key if n + 1 < len(said) else "" for n in (one, other)]
    if not _ORDINALS.isdisjoint(after):
        return None
    low, high = float(said[one].key), float(said[other].key)
    scales = [LEXICON.scales.get(key, 1.0) for key in after]
    if 1.0 in scales and min(low, high) < _UNSCALED and max(low, high) < _UNSCALED:
        return low, high
    return low * scales[0], high * scales[1]
