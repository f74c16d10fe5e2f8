"""What stands around a number, asked by name: the token before, whether a clause ends after it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.vetting.facts.numerals import Numeral
from articles.vetting.facts.things import NO_THING, Thing
from articles.vetting.facts.tokens import Token, TokenKind
from articles.vetting.lexicon import LEXICONS, Lexicon
from articles.vetting.lexicon.lexicon import Bound, Unit
from articles.vetting.text import View

# English texts have dates of other languages too; a short name may be a word.
_SHORTEST_MONTH = 4
_WORDS_TOO = frozenset({"mars", "mart"})
FOREIGN_MONTHS = frozenset(
    month
    for lexicon in LEXICONS
    for month in lexicon.months
    if lexicon.code != "en" and len(month) >= _SHORTEST_MONTH and month not in _WORDS_TOO
)


@dataclass(slots=True)
class Place:
    """A number among the tokens of its text. first and after enclose it with its sign and unit.

    around are the tokens with nothing beyond both ends, as NumeralReader has them; before and
    following are those right beside.
    """

    view: View
    around: Sequence[Token]
    lexicon: Lexicon
    numeral: Numeral
    first: int
    after: int
    unit: Unit | None = None
    bound: Bound = Bound.EXACT
    is_hedged: bool = False
    thing: Thing = NO_THING
    before: Token = field(init=False)
    following: Token = field(init=False)
    number: Token = field(init=False)
    value: float = field(init=False)
    _is_whole: bool = field(init=False)

    def __post_init__(self) -> None:
        self.before = self.around[self.first - 1]
        self.following = self.around[self.after]
        self.number = self.around[self.numeral.first]
        self.value = self.numeral.values[0]
        is_alone = self.numeral.after == self.numeral.first + 1
        self._is_whole = is_alone and self.number.key.isdigit()

    def token(self, at: int) -> Token:
        return self.around[at]

    def is_whole(self) -> bool:
        """Return whether the number is written in digits alone."""
        return self._is_whole

    def is_month(self, at: int) -> bool:
        """Return whether a token is the name of a month; English "may" and "march" are verbs."""
        token = self.token(at)
        if token.key not in self.lexicon.months:
            return token.key in FOREIGN_MONTHS and self.lexicon.code in ("", "en")
        return token.is_capital or self.lexicon.code != "en"

    def ends_after(self) -> bool:
        """Return whether nothing after the number can be counted by it."""
        token = self.following
        return token.kind is not TokenKind.WORD or token.key in self.lexicon.function_words

    def is_upper(self) -> bool:
        """Return whether the words around are in capitals, which then say nothing."""
        around = self.view.text[max(0, self.number.start - 40) : self.number.end + 40]
        return around.isupper()
