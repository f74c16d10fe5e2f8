"""Two figures of a sentence that a post gives the other way round.

"Union had 31 per cent against 39 per cent for Labour", where the post has 39 of the Union and 31 of
Labour. Each has to share words with the place of the other, and none with its own; where only one
does, it is a name or a month right beside it. A year and the day of a month are figures here, too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, takewhile

from articles.vetting.exchanged import Exchanged
from articles.vetting.facts.lone_figures import NO_FIGURES, is_day_of_month, is_in_time
from articles.vetting.facts.words import Word
from articles.vetting.lexicon.english import LEXICON
from articles.vetting.misplaced_years import impossible_days, years_that_count
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told

# Sentences of posts with the same two figures; a hostile post repeats them without end.
_MOST_ALIKE = 30
_PAIR = 2
# What both say of a figure of today, and of one that it is compared with.
_THEN_AND_NOW = dict.fromkeys(
    ("ago", "earlier", "previously", "prev", "previous"), "ago"
) | dict.fromkeys(("now", "today", "currently"), "now")
# From a figure to what it counts: "60 new nurses".
_NOUN = 2
# "13 abst." is short for 13 abstentions.
_SHORTENED = 4
# "78 for, 18 against", "9 in the first half": words that say nothing elsewhere.
_TELLING = frozenset({"for", "against", "first"})
# So many words away a name or a month is beside a figure: "Mirko Bals on 71".
_BESIDE = 3
# "70 per cent a week earlier".
_AGO = 5


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with its saying, and what is said near it; close are the names and months beside it."""

    word: Word
    saying: Saying
    near: frozenset[str]
    close: frozenset[str]


def swapped(each: Told) -> Iterator[Exchanged]:
    """Yield the first of two figures that a post has in each other's place."""
    posts = list(_with_two_figures(each))
    mine = _near(each.saying) if posts else {}
    if len(mine) < _PAIR:
        return
    done: set[int] = set()
    told = each.saying, posts
    for found in (*_by_nouns(*told), *years_that_count(*told), *impossible_days(*told)):
        if found.mine.start not in done:
            done.add(found.mine.start)
            yield found
    given = [(source, _given(sayings)) for source, sayings in posts]
    for pair in combinations(mine.values(), _PAIR):
        crossed = None if pair[0].word.start in done else _crossed(pair, given)
        if crossed is not None:
            done |= {one.word.start for one in pair}
            yield crossed


def _with_two_figures(each: Told) -> Iterator[tuple[SourceRef, Sequence[Saying]]]:
    """Yield the posts that have two numbers of a sentence, each with those of its sentences."""
    mine = _numbers(each.saying)
    if len(mine) < _PAIR:
        return
    for source, sayings in each.posts:
        alike = list(islice((one for one in sayings if mine & _numbers(one)), _MOST_ALIKE))
        if len(mine & frozenset[str]().union(*map(_numbers, alike))) >= _PAIR:
            yield source, alike


def _numbers(saying: Saying) -> frozenset[str]:
    """Return the numbers of a sentence, years as well, without reading it."""
    return (saying.numbers | {key for key in saying.keys if key.isdecimal()}) - NO_FIGURES


def _given(sayings: Sequence[Saying]) -> Mapping[str, _Figure]:
    """Return the figures that a post has once, with what it says of each."""
    found: dict[str, _Figure] = {}
    several: set[str] = set()
    for saying in sayings:
        near = _in_clauses(saying)
        several |= found.keys() & near.keys()
        found |= near
    return {key: figure for key, figure in found.items() if key not in several}


def _crossed(
    pair: tuple[_Figure, ...], given: Sequence[tuple[SourceRef, Mapping[str, _Figure]]]
) -> Exchanged | None:
    """Return the first of two figures with the other one in a post, if they changed places there."""
    first, other = pair
    theirs = [
        (source, near[first.word.key], near[other.word.key])
        for source, near in given
        if first.word.key in near and other.word.key in near
    ]
    if any(_is_as_said(first, other, one, another) for _, one, another in theirs):
        return None
    for source, one, another in theirs:
        if _is_crossed(first, other, one, another):
            return Exchanged(first.word, source, another.saying, another.word)
    return None


def _by_nouns(
    said: Saying, posts: Sequence[tuple[SourceRef, Sequence[Saying]]]
) -> Iterator[Exchanged]:
    """Yield the figures of which a post counts something else, and the thing by the other figure.

    "60 pupils and 28 nurses", where the post has 60 nurses and no 28 of them.
    """
    mine = _counted(said)
    theirs = [(source, saying, _counted(saying)) for source, sayings in posts for saying in sayings]
    for word, noun in mine:
        if any(
            word.key == one.key and _is_one_noun(noun, other)
            for _, _, near in theirs
            for one, other in near
        ):
            continue
        others = {one.key: other for one, other in mine if other != noun}
        for source, saying, near in theirs:
            found = next(
                (one for one, other in near if _is_one_noun(noun, other) and one.key in others),
                None,
            )
            if found is not None and any(word.key == one.key for one in saying.words):
                yield Exchanged(word, source, saying, found)
                break


def _is_one_noun(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTENED and longer.startswith(shorter)


def _counted(saying: Saying) -> Sequence[tuple[Word, str]]:
    """Return the figures of a sentence, each with what stands right after it."""
    words, found = saying.words, []
    for n, word in saying.lone_figures:
        if is_day_of_month(words, n):
            continue
        for after in words[n + 1 : n + 1 + (1 if word.time else _NOUN)]:
            noun = after.root or _unit(after)
            if noun:
                found.append((word, noun))
            if noun or after.is_number or not after.key[:1].isalnum():
                break
    return found


def _unit(word: Word) -> str:
    return LEXICON.units[word.key].code if word.key in LEXICON.units else ""


def _is_as_said(first: _Figure, other: _Figure, one: _Figure, another: _Figure) -> bool:
    mine, theirs = _apart(first, other), _apart(one, another)
    return bool(mine[0] & theirs[0] and mine[1] & theirs[1])


def _is_crossed(first: _Figure, other: _Figure, one: _Figure, another: _Figure) -> bool:
    """Return whether alike words stand at the other figure, and none at the same.

    Where both name the same two days, the days tell, whatever else is near.
    """
    mine, theirs = _apart(first, other), _apart(one, another)
    if _cross(_times(mine), _times(theirs)) or _cross(mine, theirs):
        return True
    # Something else stands at each.
    if mine[0] & theirs[0] or mine[1] & theirs[1] or not all((*mine, *theirs)):
        return False
    return bool(
        first.close & another.close & mine[0] & theirs[1]
        or other.close & one.close & mine[1] & theirs[0]
    )


def _apart(one: _Figure, other: _Figure) -> tuple[frozenset[str], frozenset[str]]:
    """Return what is said near each of two figures and not near both."""
    return one.near - other.near, other.near - one.near


def _times(pair: tuple[frozenset[str], frozenset[str]]) -> tuple[frozenset[str], frozenset[str]]:
    """Return no more than the weekdays and months: those have a blank in their names."""
    one, other = (frozenset(word for word in near if " " in word) for near in pair)
    return one, other


def _cross(
    mine: tuple[frozenset[str], frozenset[str]], theirs: tuple[frozenset[str], frozenset[str]]
) -> bool:
    is_crossed = mine[0] & theirs[1] and mine[1] & theirs[0]
    return bool(is_crossed) and not (mine[0] & theirs[0] or mine[1] & theirs[1])


def _close(words: Sequence[Word], n: int) -> frozenset[str]:
    """Return the names and months beside a figure, and whether it is of today."""
    near, after = words[max(0, n - _BESIDE) : n + 1 + _BESIDE], words[n : n + 1 + _AGO]
    named = {word.time or word.root for word in near if word.is_capital}
    then = {_THEN_AND_NOW[word.key] for word in after if word.key in _THEN_AND_NOW}
    return frozenset(named | then) - {""}


def _opening(words: Sequence[Word]) -> frozenset[str]:
    """Return the name with which a sentence begins: of whom it tells, whatever the figure."""
    return frozenset(word.root for word in takewhile(lambda one: one.is_capital, words))


def _near(saying: Saying) -> Mapping[str, _Figure]:
    """Return the figures of the article, each with all that is between it and the next ones.

    "Varn lost 12 houses, Mellin 40": a comma tells to which of two figures a word belongs.
    """
    words = _with_whole_times(saying.words)
    opening = _opening(words)
    found: dict[str, _Figure] = {}
    for n, word, low, high in _bounded(saying):
        before = [
            one for one in words[low + 1 : n] if low < 0 or _goes_with(one, words[n], words[low])
        ]
        after = [
            one
            for one in words[n + 1 : high]
            if high == len(words) or _goes_with(one, words[n], words[high])
        ]
        close = _close(words, n) - opening
        found[word.key] = _Figure(word, saying, _said((*before, *after)), close)
    return found


def _bounded(saying: Saying) -> Iterator[tuple[int, Word, int, int]]:
    """Yield the figures of a sentence: place, word, and the places of those before and after.

    The day of a month and a year do not part other figures from what is said of them.
    """
    figures, words = saying.lone_figures, saying.words
    counts = [n for n, word in figures if not (word.time or is_day_of_month(words, n))]
    all_of_them = [n for n, _ in figures]
    for n, word in figures:
        places = counts if n in counts else all_of_them
        low = max((one for one in places if one < n), default=-1)
        high = min((one for one in places if one > n), default=len(words))
        yield n, word, low, high


def _goes_with(word: Word, figure: Word, other: Word) -> bool:
    """Return whether a word between two figures may go with the first one."""
    if figure.clause == other.clause or word.clause == figure.clause:
        return True
    return word.clause != other.clause


def _in_clauses(saying: Saying) -> Mapping[str, _Figure]:
    """Return the figures of a post by their keys, each with what its clause says."""
    words = _with_whole_times(saying.words)
    return {
        word.key: _Figure(word, saying, _beside(words[n], words[low + 1 : high]), _close(words, n))
        for n, word, low, high in _bounded(saying)
    }


def _beside(figure: Word, words: Sequence[Word]) -> frozenset[str]:
    """Return what the clause of a figure says; "Varn: 12" says it in the one before."""
    own = _said(word for word in words if word.clause == figure.clause)
    return own or _said(word for word in words if word.clause == figure.clause - 1)


def _with_whole_times(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words of a sentence, no clause of which ends inside a time of day."""
    found: list[Word] = []
    inside = 0
    for n, word in enumerate(words):
        inside += is_in_time(words, n)
        found.append(word._replace(clause=word.clause - inside) if inside else word)
    return found


def _said(words: Iterable[Word]) -> frozenset[str]:
    """Return what words say, with the days and the sides that they name."""
    found = {
        _THEN_AND_NOW.get(word.key)
        or word.root
        or word.time
        or (word.key if word.key in _TELLING else "")
        for word in words
    }
    return frozenset(found - {""})
