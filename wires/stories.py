"""Whether two posts are one piece of copy, and the keys by which likely ones are found.

It only groups; what a story shows is made elsewhere. Agencies' copy is printed with another headline
and another first sentence, or cut, so the passages that two texts have in common decide. Figures that
both texts have and that differ tell two events apart, and so do words put in the place of others.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

LONGEST = 900
# Fewer words say too little: "Good morning" is no story.
FEWEST_WORDS = 8
# Of fewer different words no news is made; and to align such texts takes a hundred times as long.
ONE_OF_HOW_MANY_IS_NEW = 4
# So many words of a text are aligned with another: of a script without spaces each sign is one.
MOST_ALIGNED = 250
# A key is made of so many words. Of so many keys in a row one is kept, so that two texts share one
# wherever they share GRAM + KEPT_OF - 1 words in a row; of a short text one of fewer.
GRAM, KEPT_OF, KEPT_OF_SHORT = 4, 12, 3

_UNSPACED_RANGES = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# A figure, a sign of a script without spaces, or a word.
_WORD = re.compile(rf"\d+(?:[.,:]\d+)*|[{_UNSPACED_RANGES}]|[^\W\d_{_UNSPACED_RANGES}]+")
# A word inside a sentence: a capital there is that of a name.
_INSIDE = re.compile(r"(?<=[\w,;] )[^\W\d_]{2,}")
_LEADS = re.compile(
    r"^\s*(?:breaking(?: news)?|update(?:\s*\d+)?|urgent|alert|exclusive|live|just in|corrected|eil|"
    r"eilmeldung|flash|urgence|عاجل|срочно|urgente)\s*[:|–—-]\s*",
    re.IGNORECASE,
)
_OUTLET = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,30}$")
_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "without",
        "denies",
        "denied",
        "rejects",
        "rejected",
        "nicht",
        "kein",
        "keine",
        "non",
        "pas",
        "ne",
        "sin",
        "nunca",
        "не",
        "нет",
        "لا",
        "لم",
        "لن",
    ]
)
# Of the pairs of words of two long texts, and of two where one is short: there a bulletin of another
# day differs in a few words only.
SHARED_PAIRS, SHARED_OF_SHORTER = 0.30, 0.45
SHARED_IF_SHORT = 0.8
SHORT = 42

# A passage is so many words in a row that both texts have. Fewer are chance.
PASSAGE = 4
# Copy that was only cut stands in the longer text but for so much.
COVERED_IF_CUT = 0.8
# Names and figures in what both texts have, and long words in both headlines, tell copy from an
# outlet's furniture, such as a plea to subscribe.
FEWEST_FACTS, LONG_WORD = 2, 5
# A correction puts one word in the place of another in a text of some length.
COVERED_IF_CORRECTED, LONG_ENOUGH_TO_CORRECT = 0.9, 30
# A form that was filled in twice has other words here and there; an editor touches fewer. House style
# changes short words, and the ends of long ones.
WORDS_A_CHANGE, TELLING, STEM = 16, 4, 4
# One outlet prints its own copy with the same beginning; what follows another one is furniture.
BEGINNING = 5
# A passage is so many words, and a text of some length has so many that begin at different words.
RUN, MOST_RUNS = 6, 12


@dataclass(frozen=True)
class Copy:
    """The words of a post, as far as they show that another is a copy of it.

    `body` is the text alone, which begins with the headline where the headline was cut from it.
    """

    title: tuple[str, ...]
    words: tuple[str, ...]
    body: tuple[str, ...]
    facts: frozenset[str]
    outlet: int | None = None

    @classmethod
    def of(cls, title: str, text: str, outlet: int | None = None) -> "Copy":
        title = _LEADS.sub("", title)
        title = _OUTLET.sub("", title) if len(title) > 40 else title
        text = _LEADS.sub("", text.strip())
        start = title.removesuffix("…")
        rest = text[len(start) :] if text.casefold().startswith(start.casefold()) else text
        body = (text if rest != text else rest)[:LONGEST]
        words = (*_words(title), *_words(_LEADS.sub("", rest)[:LONGEST]))
        aligned = (_words(body) or words)[:MOST_ALIGNED]
        return cls(_words(title), words, aligned, _facts(body), outlet)

    @cached_property
    def is_long_enough(self) -> bool:
        says_something = len({*self.words}) * ONE_OF_HOW_MANY_IS_NEW >= len(self.words)
        return says_something and len(self.words) >= FEWEST_WORDS

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pairwise(self.words))

    @cached_property
    def figures(self) -> frozenset[str]:
        return frozenset(word for word in self.words if word[0].isdigit())


class _Passage(NamedTuple):
    """Words in a row that two texts have: where they begin in each, and how many."""

    at: int
    at_other: int
    size: int


class _Gap(NamedTuple):
    """What stands between two passages in the one text and in the other."""

    words: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def is_replaced(self) -> bool:
        """Return whether each text has words here that the other has not."""
        return bool(Counter(self.words) - Counter(self.others)) and bool(
            Counter(self.others) - Counter(self.words)
        )

    @property
    def is_retold(self) -> bool:
        """Return whether each text tells something of its own here, not the same in another style."""
        return _tells_more(self.words, self.others) and _tells_more(self.others, self.words)

    @property
    def is_denied(self) -> bool:
        """Return whether a word or two that one text has more deny what the other says."""
        more = {*self.words} ^ {*self.others}
        return max(len(self.words), len(self.others)) <= 3 and bool(more & _NEGATIONS)


@dataclass(frozen=True)
class _Alignment:
    """The passages that the bodies of two posts have in common, and the gaps around them."""

    passages: list[_Passage]
    gaps: list[_Gap]
    shorter: int

    @classmethod
    def of(cls, one: Copy, other: Copy) -> "_Alignment":
        matcher = SequenceMatcher(None, one.body, other.body, autojunk=False)
        passages = [
            _Passage(*block) for block in matcher.get_matching_blocks() if block.size >= PASSAGE
        ]
        ends = [*passages, _Passage(len(one.body), len(other.body), 0)]
        gaps, at, at_other = [], 0, 0
        for passage in ends:
            gaps.append(_Gap(one.body[at : passage.at], other.body[at_other : passage.at_other]))
            at, at_other = passage.at + passage.size, passage.at_other + passage.size
        return cls(passages, gaps, min(len(one.body), len(other.body)))

    @cached_property
    def covered(self) -> int:
        return sum(passage.size for passage in self.passages)

    @property
    def is_from_the_beginning(self) -> bool:
        first = self.passages[0]
        return max(first.at, first.at_other) <= BEGINNING

    @property
    def is_cut(self) -> bool:
        """Return whether the one text is the other with words left out, and nothing said otherwise."""
        return (
            self.shorter >= FEWEST_WORDS
            and self.covered >= COVERED_IF_CUT * self.shorter
            and not any(gap.is_replaced or gap.is_denied for gap in self.gaps)
        )

    @property
    def is_corrected(self) -> bool:
        """Return whether the texts are the same but for one word in the place of another."""
        replaced = [gap for gap in self.gaps if gap.is_replaced]
        return (
            self.shorter >= LONG_ENOUGH_TO_CORRECT
            and self.covered >= COVERED_IF_CORRECTED * self.shorter
            and len(replaced) <= 1
            and all(min(len(gap.words), len(gap.others)) == 1 for gap in replaced)
            and not any(gap.is_denied for gap in self.gaps)
        )

    @property
    def is_filled_in(self) -> bool:
        """Return whether words differ here and there, as in a bulletin of another day."""
        *gaps, last = self.gaps
        # Two outlets end with words of their own, but not with one weekday for another.
        ends = [last] if max(len(last.words), len(last.others)) < PASSAGE else []
        changes = sum(gap.is_retold for gap in [*gaps, *ends])
        return changes * WORDS_A_CHANGE > self.covered

    def shared_facts(self, one: Copy, other: Copy) -> int:
        words = {word for p in self.passages for word in one.body[p.at : p.at + p.size]}
        return len(one.facts & other.facts & words)


def tell_the_same(one: Copy, other: Copy) -> bool:
    """Return whether two posts are one piece of copy, printed by two outlets or twice by one."""
    if not (one.is_long_enough and other.is_long_enough):
        return False
    shared = len(one.pairs & other.pairs)
    all_pairs, fewer = len(one.pairs | other.pairs), min(len(one.pairs), len(other.pairs))
    if shared < SHARED_PAIRS * all_pairs and shared < SHARED_OF_SHORTER * fewer:
        return False
    if _differ_in_title(one, other):
        return False
    found = _Alignment.of(one, other)
    if not found.passages or _is_furniture(one, other, found):
        return False
    if found.is_cut or found.is_corrected:
        return True
    if _differ_in_figures(one, other):
        return False
    if fewer < SHORT:
        return shared >= SHARED_IF_SHORT * all_pairs
    return _runs_on(one, other) and not found.is_filled_in


def keys_of(copy: Copy) -> list[int]:
    """Return keys of which copies of one text share some; none for a few words.

    Of the hashes of every four words in a row, the least of each dozen (winnowing).
    """
    if not copy.is_long_enough:
        return []
    words = copy.words
    hashes = [_key(words[n : n + GRAM]) for n in range(len(words) - GRAM + 1)]
    width = KEPT_OF if len(words) >= SHORT else KEPT_OF_SHORT
    windows = range(max(1, len(hashes) - width + 1))
    return sorted({min(hashes[n : n + width]) for n in windows})


def is_of_story(copy: Copy, members: Sequence[Copy]) -> bool:
    """Return whether a post is like at least half of the posts of a story, so that none drifts."""
    return 2 * sum(tell_the_same(copy, member) for member in members) >= len(members)


def _key(words: Sequence[str]) -> int:
    """Return a number of 63 bits, which either database keeps as an integer."""
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest()) >> 1


def _words(text: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(word.replace(":", ".") for word in _WORD.findall(folded))


def _facts(text: str) -> frozenset[str]:
    """Return figures, and names where the script has capitals."""
    named = (word[0] for word in _INSIDE.finditer(unicodedata.normalize("NFKC", text)))
    names = (name.casefold() for name in named if name[0].isupper())
    return frozenset([*names, *(word for word in _words(text) if word[0].isdigit())])


def _tells_more(words: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether there is a figure, a sign or a word of some length that the others have not."""
    stems = {word[:STEM] for word in others}
    return any(
        word[:STEM] not in stems and (len(word) >= TELLING or not word[0].islower())
        for word in words
    )


def _differ_in_title(one: Copy, other: Copy) -> bool:
    """Return whether the headlines tell other figures, or one denies what the other says."""
    figures, others = (
        {word for word in copy.title if word[0].isdigit()} - text.figures
        for copy, text in ((one, other), (other, one))
    )
    if figures and others:
        return True
    negations, of_other = ({*copy.title} & _NEGATIONS for copy in (one, other))
    return bool(negations) != bool(of_other) and _overlap(one.title, other.title) >= 0.5


def _is_furniture(one: Copy, other: Copy, found: _Alignment) -> bool:
    """Return whether the posts may have in common only what each post of an outlet carries."""
    if one.outlet and one.outlet == other.outlet and not found.is_from_the_beginning:
        return True
    if _overlap(one.title, other.title) >= 0.5:
        return False
    in_titles = {word for word in one.title if len(word) >= LONG_WORD} & {*other.title}
    return found.shared_facts(one, other) + len(in_titles) < FEWEST_FACTS


def _differ_in_figures(one: Copy, other: Copy) -> bool:
    """Return whether each text has figures of its own, as bulletins of two days have."""
    figures, others = one.figures, other.figures
    own, of_other = figures - others, others - figures
    shared = len(figures & others)
    return bool(own and of_other) and len(own) + len(of_other) > shared


def _runs_on(one: Copy, other: Copy) -> bool:
    """Return whether a passage of the one stands in the other word for word."""
    texts = [copy.words for copy in (one, other)]
    runs = [Counter(zip(*(words[n:] for n in range(RUN)), strict=False)) for words in texts]
    shared = sum((runs[0] & runs[1]).values())
    return shared >= min(MOST_RUNS, (min(map(len, texts)) - RUN + 1) // 3)


def _overlap(one: Sequence[str], other: Sequence[str]) -> float:
    words, others = {*one}, {*other}
    return len(words & others) / (len(words | others) or 1)
