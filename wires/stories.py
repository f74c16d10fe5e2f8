"""Whether two posts are one piece of copy, and the keys by which likely ones are found.

It only groups; what a story shows is made elsewhere. Agencies' copy is printed with another headline
and another first sentence, so the words that follow decide, and figures that both texts have and
that differ tell two events apart.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

LONGEST = 900
# Fewer words say too little: "Good morning" is no story.
FEWEST_WORDS = 8
# A pair whose pairs of words are half the same shares a key 96 times in 100, an unrelated one never.
BANDS, ROWS = 24, 3
SEED = 1

_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
_LEADS = re.compile(
    r"^\s*(?:breaking(?: news)?|update(?:\s*\d+)?|urgent|alert|exclusive|live|just in|corrected|eil|"
    r"eilmeldung|flash|urgence|عاجل|срочно|urgente)\s*[:|–—-]\s*",
    re.IGNORECASE,
)
_OUTLET = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,30}$")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
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


# A passage is so many words, and a text of some length has so many that begin at different words.
RUN, MOST_RUNS = 6, 12


@dataclass(frozen=True, slots=True)
class Copy:
    """The words of a post, as far as they show that another is a copy of it."""

    title: tuple[str, ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, title: str, text: str) -> "Copy":
        title = _LEADS.sub("", title)
        title = _OUTLET.sub("", title) if len(title) > 40 else title
        body = text.strip()
        if body.casefold().startswith(title.removesuffix("…").casefold()):
            body = body[len(title.removesuffix("…")) :]
        return cls(_words(title), (*_words(title), *_words(_LEADS.sub("", body)[:LONGEST])))

    @property
    def is_long_enough(self) -> bool:
        return len(self.words) >= FEWEST_WORDS

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pairwise(self.words))

    @property
    def figures(self) -> frozenset[str]:
        return frozenset(word for word in self.words if word[0].isdigit())


def tell_the_same(one: Copy, other: Copy) -> bool:
    """Return whether two posts are one piece of copy, printed by two outlets or twice by one."""
    if not (one.is_long_enough and other.is_long_enough):
        return False
    if _differ_in_title(one, other) or _differ_in_figures(one, other):
        return False
    pairs, others = one.pairs, other.pairs
    shared = len(pairs & others)
    fewer = min(len(pairs), len(others))
    if fewer < SHORT:
        return shared >= SHARED_IF_SHORT * len(pairs | others)
    return (
        shared >= SHARED_PAIRS * len(pairs | others) or shared >= SHARED_OF_SHORTER * fewer
    ) and _runs_on(one, other)


def keys_of(copy: Copy) -> list[int]:
    """Return the keys that copies of one text are likely to share; none for a few words."""
    if not copy.is_long_enough:
        return []
    # Loads compiled code, which web processes never need.
    from rensa import RMinHash

    minhash = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    minhash.update([" ".join(pair) for pair in copy.pairs])
    digest = minhash.digest()
    return [_key(band, digest[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]


def is_of_story(copy: Copy, members: Sequence[Copy]) -> bool:
    """Return whether a post is like at least half of the posts of a story, so that none drifts."""
    return 2 * sum(tell_the_same(copy, member) for member in members) >= len(members)


def _key(band: int, values: Iterable[int]) -> int:
    """Return a number of 63 bits, which either database keeps as an integer."""
    text = f"{band}:{','.join(map(str, values))}".encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest()) >> 1


def _words(text: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    if _UNSPACED.search(folded):
        return tuple(char for char in folded if char.isalnum())
    return tuple(_WORD.findall(folded))


def _differ_in_title(one: Copy, other: Copy) -> bool:
    """Return whether the headlines tell other figures, or one denies what the other says."""
    figures, others = ({word for word in copy.title if word[0].isdigit()} for copy in (one, other))
    if figures - others and others - figures:
        return True
    negations, of_other = ({*copy.title} & _NEGATIONS for copy in (one, other))
    return bool(negations) != bool(of_other) and _overlap(one.title, other.title) >= 0.5


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
