"""What a language's words say of numbers, days and measures. Data, and no pattern."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from itertools import takewhile


class Bound(IntEnum):
    """On which side of a number the truth may lie."""

    BELOW = -1
    EXACT = 0
    ABOVE = 1


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its code, what it measures, and how many of the smallest unit it holds.

    Units of a dimension with a factor convert into each other. A currency has none. may_be has the
    other units that its abbreviation stands for: "37c" are degrees or cents.
    """

    code: str
    dimension: str
    factor: float = 0.0
    may_be: tuple["Unit", ...] = field(default=(), compare=False)


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """The words of a language, folded and without accents, as `bare` gives them.

    Keys of several words have one blank between them; a hyphen counts as one. Tables that a
    language has not are empty.
    """

    code: str
    months: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    number_words: Mapping[str, int] = field(default_factory=dict)
    scales: Mapping[str, float] = field(default_factory=dict)
    # Parts of a whole: half, a third. Multiples: twice, triple.
    fractions: Mapping[str, float] = field(default_factory=dict)
    multiples: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    # Places in an order, which say how many there are: the fifth gold. Groups, which have a number
    # and, if it is not the noun after them, what they are of: a hat trick of goals.
    ordinals: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    # "Up a fifth", "rose by a third": what a part that stands alone is of.
    changes: frozenset[str] = frozenset()
    # Spans that are a number and a unit in one word: a decade.
    spans: Mapping[str, tuple[float, str]] = field(default_factory=dict)
    comparators: Mapping[str, Bound] = field(default_factory=dict)
    hedges: frozenset[str] = frozenset()
    # What stands before a number that is only a name: article 9.
    labels: frozenset[str] = frozenset()
    before_years: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    tolls: Mapping[str, str] = field(default_factory=dict)
    function_words: frozenset[str] = frozenset()
    # "One" and its like, which are pronouns and articles too.
    ones: frozenset[str] = frozenset()

    @cached_property
    def number_starts(self) -> frozenset[str]:
        """The first words of the numbers in words."""
        return frozenset(word.split()[0] for word in (*self.number_words, *self.ones))

    @cached_property
    def unit_starts(self) -> frozenset[str]:
        return first_words(self.units)

    @cached_property
    def scale_starts(self) -> frozenset[str]:
        return first_words(self.scales)

    @cached_property
    def comparator_ends(self) -> frozenset[str]:
        """The last words of what is said right before a number."""
        return frozenset(phrase.split()[-1] for phrase in (*self.comparators, *self.hedges))

    @cached_property
    def quantity_starts(self) -> frozenset[str]:
        """The words that a number, a part or a multiple begins with, articles left out."""
        in_words = self.number_starts | self.fractions.keys() | self.multiples.keys()
        return in_words | self.ordinals.keys() | {word.split()[0] for word in self.groups}

    @cached_property
    def phrase_beginnings(self) -> frozenset[str]:
        """What a unit, a scale, a number in words or a group can still become."""
        return beginnings(self.units, self.scales, self.number_words, self.groups)

    @cached_property
    def after_articles(self) -> frozenset[str]:
        """What an article makes a number of: a hundred, a third, a decade, a half-point."""
        return frozenset({"-", *self.scales, *self.fractions, *self.spans})


def first_words(table: Mapping[str, object]) -> frozenset[str]:
    """Return what the entries of a table may begin with: the "km" of "km/h", the "sq" of "sq m"."""
    letters = ("".join(takewhile(str.isalpha, entry)) for entry in table)
    return frozenset({
        *filter(None, letters), *(entry[0] for entry in table), *(entry.split()[0] for entry in table)
    })  # fmt: skip


def beginnings(*tables: Mapping[str, object]) -> frozenset[str]:
    """Return every beginning of the entries of some tables, whole entries left out."""
    entries = (entry for table in tables for entry in table)
    return frozenset(entry[:n] for entry in entries for n in range(1, len(entry)))


def bare(word: str) -> str:
    """Return a folded word without accents and with hyphens as blanks: the key of every table."""
    if word.isascii():
        return word.replace("-", " ")
    letters = unicodedata.normalize("NFD", word.casefold())
    # A text has few different letters, each many times.
    for mark in filter(unicodedata.combining, frozenset(letters)):
        letters = letters.replace(mark, "")
    return unicodedata.normalize("NFC", letters).replace("-", " ")


def words(listed: Collection[str]) -> frozenset[str]:
    """Return the entries of a list that commas or line ends divide, or of one that was read already."""
    if not isinstance(listed, str):
        return frozenset(listed)
    return frozenset(
        bare(one.strip()) for one in listed.replace("\n", ",").split(",") if one.strip()
    )


def each[Value](listed: str, value: Value) -> dict[str, Value]:
    """Give every entry of a list one value."""
    return dict.fromkeys(sorted(words(listed)), value)


def counting(listed: str, *, start: int = 0, step: int = 1) -> dict[str, int]:
    """Number the words of a list: "zero one two"."""
    return {bare(word): start + n * step for n, word in enumerate(listed.split())}


def compounds(
    tens: Mapping[str, int], small: Mapping[str, int], joint: str = " "
) -> Iterator[tuple[str, int]]:
    """Yield the tens with each small number below ten: "twenty one"."""
    for ten, value in tens.items():
        for unit, n in small.items():
            if 1 <= n <= 9:
                yield f"{ten}{joint}{unit}", value + n
