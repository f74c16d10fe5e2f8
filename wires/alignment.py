"""What two texts have in common word for word, and what stands between.

Whole sentences that each has of its own are an outlet's; other words or figures inside a sentence
that both have are house style where they are few, and another day's where they are many.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from wires.copies import SHORT, SIGN, SLACK, Copy, is_sign
from wires.platforms.telling import NEGATIONS

# A passage is so many words in a row that both texts have; fewer are chance.
PASSAGE = 4
# So many words in a row open what both have; what stands before is the head of each.
OPENING = 8
# One outlet prints its own copy with the same beginning, but for so many words.
BEGINNING = 5
# House style changes short words, and the ends of long ones. A word of Korean is shorter.
TELLING, STEM, TELLING_SYLLABLES = 4, 4, 2
_SYLLABLE = re.compile("[\uac00-\ud7a3]")
# The signs with which Japanese writes endings.
_GRAMMAR = re.compile("[\u3041-\u309f]")
# A form that was filled in twice has other words every so often; an editor touches fewer.
WORDS_A_CHANGE = 14
# A correction puts one word in the place of another in a text of some length.
COVERED_IF_CORRECTED, LONG_ENOUGH_TO_CORRECT = 0.9, 27
# Of which so many words are the same is one sentence, with other figures.
SAME_SENTENCE = 0.5
# At the beginning, a gap of so few words is part of a sentence.
A_FEW = 8
# Headlines that have half of their words in common are one, but for what they tell.
SAME_TITLE = 0.5


class Passage(NamedTuple):
    """Words in a row that two texts have: where they begin in each, and how many."""

    at: int
    at_other: int
    size: int


@dataclass(frozen=True)
class Gap:
    """What stands between two passages in the one text and in the other.

    `is_whole`: in both it is whole sentences.
    """

    words: Sequence[str]
    others: Sequence[str]
    is_whole: bool

    @cached_property
    def is_retold(self) -> bool:
        """Return whether each text tells something of its own here, not the same in another style."""
        return are_retold(self.words, self.others)

    @property
    def is_denied(self) -> bool:
        """Return whether a word or two that one text has more deny what the other says."""
        more = {*self.words} ^ {*self.others}
        return max(len(self.words), len(self.others)) <= 3 and bool(more & NEGATIONS)

    @property
    def is_cut_off(self) -> bool:
        """Return whether one text ends with a word or two where the other goes on."""
        shorter, longer = sorted([len(self.words), len(self.others)])
        return shorter <= SLACK and longer > A_FEW

    @property
    def is_converted(self) -> bool:
        """Return whether figures stand beside other words too: 40 miles are 65 kilometres."""
        return are_apart(
            _beside_figures(self.words, self.others), _beside_figures(self.others, self.words)
        )


class Alignment:
    """The passages that the bodies of two posts have in common, and the gaps around them.

    There is a gap before each passage, and one behind the last.
    """

    def __init__(self, one: Copy, other: Copy) -> None:
        self.one, self.other = one, other
        found = _find_passages(one.body, other.body)
        self.passages = [each for each in found if self.count(each) >= PASSAGE]
        self.gaps = [*self._find_gaps()]

    def count(self, passage: Passage) -> float:
        return self.one.count(passage.at, passage.at + passage.size)

    def words_of(self, passage: Passage) -> Sequence[str]:
        return self.one.body[passage.at : passage.at + passage.size]

    def _find_gaps(self) -> Iterator[Gap]:
        one, other = self.one, self.other
        at = at_other = 0
        for passage in [*self.passages, Passage(len(one.body), len(other.body), 0)]:
            words, others = one.body[at : passage.at], other.body[at_other : passage.at_other]
            is_whole = (
                min(len(words), len(others)) > SLACK
                and {at, passage.at} <= one.near_sentences
                and {at_other, passage.at_other} <= other.near_sentences
            )
            yield Gap(words, others, is_whole)
            at, at_other = passage.at + passage.size, passage.at_other + passage.size

    @cached_property
    def covered(self) -> float:
        """How many words both texts have."""
        return sum(map(self.count, self.passages))

    @cached_property
    def shorter(self) -> float:
        """How many words the shorter text has."""
        return min(self.one.count(), self.other.count())

    @cached_property
    def opening(self) -> Passage:
        """The first passage of some length, or the first of all."""
        long = (each for each in self.passages if self.count(each) >= OPENING)
        return next(long, self.passages[0])

    @property
    def begins_alike(self) -> bool:
        first = self.passages[0]
        return max(first.at, first.at_other) <= BEGINNING

    @property
    def has_own_heads(self) -> bool:
        """Return whether each text begins with words of its own."""
        if self.begins_alike and min(len(self.one.pairs), len(self.other.pairs)) < SHORT:
            return False
        opening = self.opening
        return max(opening.at, opening.at_other) > BEGINNING or self.count(opening) < OPENING

    @cached_property
    def own_sentences(self) -> int:
        """How often each text has sentences of its own in the place of the other's."""
        return sum(gap.is_whole and gap.is_retold for gap in self.gaps[1:])

    @cached_property
    def longest_own(self) -> float:
        """How many words each text has of its own in one place, before what both end with."""
        opening = self.opening
        heads = self.one.count(0, opening.at), self.other.count(0, opening.at_other)
        gaps = ((_weigh(gap.words), _weigh(gap.others)) for gap in self.gaps[:-1] if gap.is_whole)
        return max(min(words, others) for words, others in (heads, *gaps))

    @property
    def is_another_day(self) -> bool:
        """Return whether words or figures differ here and there, as in a form filled in twice."""
        if any(self._has_other_news(self.gaps[at]) for at in self._changes):
            return True
        if self._is_corrected:
            return False
        if any(self._has_other_figures(self.gaps[at]) for at in self._changes):
            return True
        in_title = WORDS_A_CHANGE * self._has_other_headline
        changes = WORDS_A_CHANGE * len(self._changes) + in_title
        own = WORDS_A_CHANGE * self.own_sentences
        return changes > self._covered_around_changes + in_title or changes + own > self.covered

    @cached_property
    def _changes(self) -> list[int]:
        """The gaps in which a sentence that both have is told otherwise, by their places."""
        return [at for at, gap in enumerate(self.gaps) if self._is_change(at, gap)]

    def _is_change(self, at: int, gap: Gap) -> bool:
        if not gap.is_retold or (gap.is_whole and not self._is_filled_in(gap)):
            return False
        if at == 0:
            return max(len(gap.words), len(gap.others)) <= A_FEW
        return at < len(self.passages) or not gap.is_cut_off

    @property
    def _is_corrected(self) -> bool:
        """Return whether one word stands in the place of another, and all else is the same."""
        if len(self._changes) != 1 or self.covered < LONG_ENOUGH_TO_CORRECT:
            return False
        changed = self.gaps[self._changes[0]]
        in_titles = {*self.one.title} ^ {*self.other.title}
        is_same = not self._has_other_headline or in_titles <= {*changed.words, *changed.others}
        return is_same and self.covered >= COVERED_IF_CORRECTED * self.shorter

    @cached_property
    def _has_other_headline(self) -> bool:
        """Whether the headlines are the same, but for what they tell."""
        titles = self.one.title, self.other.title
        return overlap(*titles) >= SAME_TITLE and are_retold(*titles)

    @property
    def _covered_around_changes(self) -> float:
        """How many words both have between the changes, and some before and behind them."""
        if not self._changes:
            return self.covered
        first, last = self._changes[0] - 1, self._changes[-1]
        between = sum(map(self.count, self.passages[first + 1 : last]))
        ends = [self.passages[at] for at in {first, last} if 0 <= at < len(self.passages)]
        return between + sum(min(WORDS_A_CHANGE, self.count(each)) for each in ends)

    def _has_other_news(self, gap: Gap) -> bool:
        """Return whether a figure of a headline stands here that the other text does not have."""
        return any(
            has_figure({*words} & {*copy.title}, other)
            for words, copy, other in (
                (gap.words, self.one, self.other),
                (gap.others, self.other, self.one),
            )
        )

    def _is_filled_in(self, gap: Gap) -> bool:
        """Return whether two sentences differ in their figures more than in their words."""
        shorter = min(len(gap.words), len(gap.others))
        same = len({*gap.words} & {*gap.others})
        return same >= SAME_SENTENCE * shorter and self._has_other_figures(gap)

    def _has_other_figures(self, gap: Gap) -> bool:
        has = has_figure(gap.words, self.other) and has_figure(gap.others, self.one)
        return has and not gap.is_converted


def _find_passages(one: Sequence[str], other: Sequence[str]) -> Iterator[Passage]:
    """Yield the passages that two texts have in common, in their order.

    By the longest common subsequence of every four words in a row: single words would be found
    everywhere. Whatever the words, it takes part of a millisecond.
    """
    # Loads its compiled module, which web processes do without: only the worker compares posts.
    from rapidfuzz.distance import LCSseq

    grams, of_other = (
        [*zip(*(words[n:] for n in range(PASSAGE)), strict=False)] for words in (one, other)
    )
    end = end_of_other = 0
    for at, at_other, count in LCSseq.opcodes(grams, of_other).as_matching_blocks():
        size = count + PASSAGE - 1
        # Where words come again, two passages can overlap.
        late = max(0, end - at, end_of_other - at_other)
        if count and late < size:
            yield Passage(at + late, at_other + late, size - late)
            end, end_of_other = at + size, at_other + size


def _weigh(words: Sequence[str]) -> float:
    """Return how many words these are, of which signs count half."""
    return sum(SIGN if is_sign(word) else 1 for word in words)


def _beside_figures(words: Sequence[str], others: Sequence[str]) -> set[str]:
    """Return the words beside figures that the others do not have."""
    beside = {
        other
        for pair in pairwise(words)
        for word, other in (pair, pair[::-1])
        if word[0].isdecimal() and word not in others
    }
    return {word for word in beside if word.isalpha()}


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    words, others = {*one}, {*other}
    return len(words & others) / (len(words | others) or 1)


def has_figure(words: Collection[str], other: Copy) -> bool:
    """Return whether there is a figure that the other text does not have."""
    return any(word[0].isdecimal() and word not in other.said for word in words)


def are_apart[T](some: Collection[T], others: Collection[T]) -> bool:
    """Return whether there are some of both, and none that are the same."""
    return bool(some) and bool(others) and {*some}.isdisjoint(others)


def are_retold(words: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether each of two texts tells something that the other does not."""
    return _tell_more(words, others) and _tell_more(others, words)


def _tell_more(words: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether there is a figure, a sign or a word of some length that the others have not.

    Also inside another word: an outlet that writes "car makers" means "carmakers".
    """
    said, joined = {*others}, "".join(others)
    return any(
        word not in said if word[0].isdecimal() else stem(word) not in joined
        for word in words
        if is_telling(word)
    )


def is_telling(word: str) -> bool:
    """Return whether a word says something, and is not there for grammar alone."""
    if word[0].isdecimal():
        return True
    if is_sign(word):
        return not _GRAMMAR.match(word)
    return len(word) >= (TELLING_SYLLABLES if _SYLLABLE.match(word) else TELLING)


def stem(word: str) -> str:
    """Return the beginning of a word, which no ending changes; all of a figure."""
    if word[0].isdecimal():
        return word
    return word[: TELLING_SYLLABLES if _SYLLABLE.match(word) else STEM]
