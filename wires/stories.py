"""Whether two posts are one piece of copy.

It only groups; what a story shows is made elsewhere. Agencies' copy is printed with another headline
and another first sentence, cut, in another house style and with an outlet's furniture around it. So
the passages that two texts have in common decide, and what stands between them. Where each text
begins with words of its own, what both have may also be furniture or the background of an affair
that has gone on: then the heads must not name two days, and have to be about what both tell.
"""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from wires.alignment import (
    A_FEW,
    SAME_TITLE,
    TELLING,
    Alignment,
    are_apart,
    are_retold,
    has_figure,
    is_telling,
    overlap,
    stem,
)
from wires.copies import FEWEST_WORDS, Copy, is_sign
from wires.named_days import find_days
from wires.platforms.telling import NEGATIONS

# Of the pairs of words of the shorter text both have so many, or an alignment finds nothing; and so
# many where the one tells everything that the other tells.
SHARED_PAIRS, SHARED_IF_CONTAINED = 0.15, 0.5
# How much of the shorter text both have where they begin alike, and where that is not long.
COVERED, COVERED_IF_SHORT, SHORT_COVER = 0.5, 0.8, 35
# How much both have below heads of their own, without and with what follows, which may be furniture.
COVERED_BELOW_HEADS, COVERED_WITH_FURNITURE, FEWEST_BELOW_HEADS = 0.4, 0.28, 10
# An outlet writes a sentence or two of its own above an agency's. Two that go on longer both report.
LONGEST_OWN = 40
# So many words of it say what it is about: further down it is what the other text left out.
SAID_IN_HEAD = 30
# A word of four letters is most often there for grammar.
SHORT_LINK = 0.25
# What speaks for one piece of copy, and what against it.
MOST_LINKS, MOST_FACTS, ENOUGH = 4, 2, 2.5
NAMES_A_WEEKDAY, OTHER_FIGURES, SAME_COLUMN = 1.5, 2.5, 2
# The line of a live blog begins with it.
_TIME = re.compile(r"\d{1,2}\.\d{2}")


def tell_the_same(one: Copy, other: Copy) -> bool:
    """Return whether two posts are one piece of copy, printed by two outlets or twice by one."""
    if not (one.is_long_enough and other.is_long_enough):
        return False
    shared, fewer = len(one.pairs & other.pairs), min(len(one.pairs), len(other.pairs))
    if shared < SHARED_PAIRS * fewer or _differ_in_title(one, other):
        return False
    found = Alignment(one, other)
    if not found.passages or any(gap.is_denied for gap in found.gaps):
        return False
    # What stands below the news of one outlet is furniture.
    if one.outlet and one.outlet == other.outlet and not found.begins_alike:
        return False
    if shared >= SHARED_IF_CONTAINED * fewer and _is_contained(found):
        return True
    if found.is_another_day or found.longest_own > LONGEST_OWN:
        return False
    return _are_one_below_heads(found) if found.has_own_heads else _are_one(found)


def is_of_story(copy: Copy, members: Sequence[Copy]) -> bool:
    """Return whether a post is like at least half of the posts of a story, so that none drifts."""
    return 2 * sum(tell_the_same(copy, member) for member in members) >= len(members)


def _is_contained(found: Alignment) -> bool:
    """Return whether the one text tells nothing that the other does not."""
    one, other = found.one, found.other
    return found.shorter >= FEWEST_WORDS and not are_retold(
        (*one.body, *one.title), (*other.body, *other.title)
    )


def _are_one(found: Alignment) -> bool:
    """Return whether two texts that begin alike have enough in common."""
    share = COVERED_IF_SHORT if found.covered < SHORT_COVER else COVERED
    return found.covered >= share * found.shorter


def _are_one_below_heads(found: Alignment) -> bool:
    """Return whether two texts with heads of their own have more in common than background."""
    one, other, last = found.one, found.other, found.gaps[-1]
    told = min(
        one.count(0, len(one.body) - len(last.words)),
        other.count(0, len(other.body) - len(last.others)),
    )
    enough = max(COVERED_BELOW_HEADS * told, COVERED_WITH_FURNITURE * found.shorter)
    heads = _Heads(found)
    return (
        found.covered >= max(FEWEST_BELOW_HEADS, enough)
        and not heads.are_of_two_days
        and heads.evidence >= ENOUGH
    )


def _differ_in_title(one: Copy, other: Copy) -> bool:
    """Return whether the headlines tell other figures, or one denies what the other says."""
    if has_figure(one.title, other) and has_figure(other.title, one):
        return True
    negations, of_other = ({*copy.title} & NEGATIONS for copy in (one, other))
    return bool(negations) != bool(of_other) and overlap(one.title, other.title) >= SAME_TITLE


class _Heads:
    """What two texts say of their own above what both have, with the headlines."""

    def __init__(self, found: Alignment) -> None:
        self.found, self.one, self.other = found, found.one, found.other
        end, of_other = found.opening.at, found.opening.at_other
        self.head = self.one.body[: min(end, SAID_IN_HEAD)]
        self.of_other = self.other.body[: min(of_other, SAID_IN_HEAD)]

    @property
    def are_of_two_days(self) -> bool:
        """Return whether they name other weekdays or dates, or begin with other times."""
        times = {copy.body[0] for copy in (self.one, self.other) if _TIME.fullmatch(copy.body[0])}
        days = self.one.days_before(len(self.head))
        others = self.other.days_before(len(self.of_other))
        return len(times) == 2 or any(
            are_apart(
                *({day for day in some if day.is_weekday == is_weekday} for some in (days, others))
            )
            for is_weekday in (True, False)
        )

    @property
    def evidence(self) -> float:
        """Return how much speaks for it that both heads are about what both texts have."""
        one, other, found = self.one, self.other, self.found
        words, others = (*one.title, *self.head), (*other.title, *self.of_other)
        is_same_title = overlap(one.title, other.title) >= SAME_TITLE
        # The headline of a column says nothing of what it holds.
        column = _links(one.title) & _links(other.title) if is_same_title else frozenset[_Link]()
        links = (_links(words) - column) & _links((*other.title, *other.body))
        of_other = (_links(others) - column) & _links((*one.title, *one.body))
        names = one.facts | other.facts
        linked = sum(_weigh(link, names) for each in (links, of_other) for link in each)
        shared = {word for each in found.passages for word in found.words_of(each)}
        facts = len(one.facts & other.facts & shared)
        names_a_weekday = any(
            day.is_weekday and each.at <= at < each.at + each.size
            for at, day in one.days.items()
            for each in found.passages
        )
        has_other_figures = has_figure(words, other) and has_figure(others, one)
        is_column = is_same_title and min(len(self.head), len(self.of_other)) > A_FEW
        return (
            min(MOST_LINKS, linked)
            # Furniture names nothing and counts nothing, as far as a script has capitals.
            + (min(MOST_FACTS, facts) or -int(one.has_capitals))
            + NAMES_A_WEEKDAY * names_a_weekday
            - OTHER_FIGURES * has_other_figures
            - SAME_COLUMN * is_column
            - found.own_sentences
        )


class _Link(NamedTuple):
    """The stem of a word that may say what a text is about, or two signs."""

    stem: str
    is_short: bool


def _weigh(link: _Link, names: Collection[str]) -> float:
    """Return how much it says that two texts have a word: "from" and "when" say next to nothing."""
    return SHORT_LINK if link.is_short and link.stem not in names else 1


def _links(words: Sequence[str]) -> frozenset[_Link]:
    """Return the words that may say what a text is about, which the names of days do not."""
    days = find_days(words)
    pairs = (_Link(a + b, is_short=False) for a, b in pairwise(words) if is_sign(a) and is_sign(b))
    long = (
        _Link(stem(word), word.islower() and len(word) == TELLING)
        for at, word in enumerate(words)
        if at not in days and not is_sign(word) and is_telling(word)
    )
    return frozenset([*long, *pairs])
