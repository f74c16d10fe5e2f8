"""A number of a text, and what it is a number of."""

from dataclasses import dataclass
from enum import StrEnum

from articles.vetting.lexicon.lexicon import Bound, Unit


class Kind(StrEnum):
    """What a number says. Doubt is a kind: only YEAR and LABEL count nothing, for a reason."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    MEASURE = "measure"
    SCORE = "score"
    YEAR = "year"
    LABEL = "label"
    UNSURE = "unsure"


class Reason(StrEnum):
    """Why a number is a year or a label, or may be one."""

    NONE = ""
    ADDRESS = "part of an address"
    CLOCK = "a time of day"
    DATE = "part of a date"
    DECADE = "a decade"
    FIXED = "a fixed phrase"
    NO_NUMBER = "digits that make no number"
    MARKED = "a word before it that takes a number"
    MODEL = "a letter or a word that it is part of"
    MONTH = "a month before it"
    ORDINAL = "a place in an order"
    PREPOSITION = "a preposition of years before it"
    PRONOUN = "a pronoun"
    PROPER = "a name before it"
    SEASON = "a season"
    STREET = "a street after it"
    ALONE = "alone in brackets"
    CALIBRE = "a calibre or a format"
    WORDED = "a word that a number follows from"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and what it counts.

    start and end are places in the source, text is what stands there. Up to figure_end it is the
    number with its sign, scale and per cent; after has up to three words that follow. alternatives are other values that the
    digits can mean: 25.000 is 25 or 25,000. bound is ABOVE for "more than". significant counts
    the digits that are said. thing is the stem of what is counted, toll what befell it ("dead");
    both are empty where the text does not say. partner is the other number of a score or range,
    and the five of "one in five". toll_place encloses the word that says the toll.
    is_pointing is true of "the two sides": the number only points to what is known; is_level of
    "up from eight": what counts has been said.
    """

    start: int
    end: int
    text: str
    value: float
    alternatives: tuple[float, ...]
    kind: Kind
    reason: Reason
    unit: Unit | None
    bound: Bound
    is_hedged: bool
    in_digits: bool
    is_scaled: bool
    significant: int
    thing: str
    toll: str
    phrase: str
    figure_end: int
    after: tuple[str, ...] = ()
    partner: float | None = None
    is_pointing: bool = False
    is_level: bool = False
    toll_place: tuple[int, int] | None = None

    @property
    def values(self) -> tuple[float, ...]:
        """The possible values, the likeliest first."""
        return (self.value, *self.alternatives)

    @property
    def figure(self) -> str:
        """The number as people quote it: "12" of "12 days", but all of "12 per cent"."""
        return self.text[: self.figure_end - self.start]

    @property
    def shown(self) -> str:
        """The quantity with the words after it, to be told from another of the same number."""
        return " ".join(filter(None, (self.text, self.phrase)))

    @property
    def dimension(self) -> str:
        return self.unit.dimension if self.unit else ""

    @property
    def is_named(self) -> bool:
        """Whether the number counts nothing: a year, a label, part of a date."""
        return self.kind in (Kind.YEAR, Kind.LABEL)

    @property
    def is_worked_out(self) -> bool:
        """Whether the number follows from two others: "tripled", "fell by a fifth".

        "He asked seven times" counts.
        """
        return self.is_part or (self.dimension == "multiple" and self.text.isalpha())

    @property
    def is_part(self) -> bool:
        """Whether the number is how much something changed by, in words: "by a fifth"."""
        is_word = self.dimension == "share" and self.text.casefold().startswith(_ARTICLES)
        return is_word and self.after[:1] != ("of",)

    def needs_source(self) -> bool:
        """Return whether the number says something that a post has to carry.

        Small numbers in words do where they count things or people, but not in "the two sides".
        """
        if self.is_named or self.is_part or (self.is_worked_out and self.value <= _TWICE):
            return False
        if self.dimension in _EVERYDAY and not self.in_digits and self.value < _SMALL:
            return self.value > 1 and not self.is_pointing
        if self.unit or self.toll or self.is_scaled:
            return True
        if self.value in (0, 1):
            return self.kind is Kind.SCORE
        if self.in_digits or self.value >= _SMALL or self.is_level:
            return True
        return bool(self.thing) and not self.is_pointing


# "Twice as many" is what every desk says of a rise.
_TWICE = 2
_ARTICLES = ("a ", "an ")
# From here on a number in words is a figure wherever it stands.
_SMALL = 10
# "One day", "the next two hours" say little.
_EVERYDAY = frozenset({"time", "length"})
