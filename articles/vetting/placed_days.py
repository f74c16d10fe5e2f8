"""The days of a text with what is said of them: the words of their clause, and the one they go with."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from articles.vetting.content import content
from articles.vetting.facts.date_grammars import GRAMMARS
from articles.vetting.facts.days import DayMention, Precision
from articles.vetting.lexicon import lexicon_of
from articles.vetting.lexicon.days import CONJUNCTIONS, NEAR_MIDNIGHT, PARTS_OF_DAY, SPEECH
from articles.vetting.lexicon.lexicon import bare

_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE_END = re.compile(
    rf"[,;:.!?](?=\s|\Z)|[—–()\n]|\s-\s|\b(?:{'|'.join(sorted(CONJUNCTIONS))})\b", re.IGNORECASE
)
_FIGURE = re.compile(r"(?<![\d.,:/-])\d+[.,]\d+(?![\d:/-])|(?<![\d.,:/-])\d{2,3}(?![\d:/-]|[.,]\d)")
# "40 percent since November", "Mar 3.3": so near a figure goes with a month.
_NEAR = 24
# A clause of a hostile text has no end.
_REACH = 240


@dataclass(frozen=True, slots=True)
class PlacedDay:
    """A day in a clause: which values it can have, what the clause is about, and its own word.

    subject are the stems of the clause, governor the stem that the day goes with: "sank". figures
    are its numbers of more than one digit that stand near the day.
    """

    precision: Precision
    values: frozenset[int]
    text: str
    subject: frozenset[str]
    governor: str
    is_near_midnight: bool
    figures: frozenset[str] = frozenset()


class ClausedText:
    """A text in clauses, none of them longer than what a reader takes together."""

    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = text, language
        self._empty = _empty(language)
        self._known: dict[str, str] = {}

    @cached_property
    def _ends(self) -> list[tuple[int, int]]:
        return [match.span() for match in _CLAUSE_END.finditer(self.text)]

    def clause(self, place: int) -> tuple[int, int]:
        """Return the bounds of the clause around a place."""
        n = bisect_right(self._ends, place, key=lambda span: span[1])
        start = self._ends[n - 1][1] if n else 0
        end = self._ends[n][0] if n < len(self._ends) else len(self.text)
        return max(start, place - _REACH), min(end, place + _REACH)

    def given(self, mention: DayMention) -> PlacedDay:
        span, value = (mention.start, mention.end), {mention.value}
        return self.given_at(
            span, mention.precision, value, opens=mention.opens, owns_next=mention.owns_next
        )

    def given_at(
        self,
        span: tuple[int, int],
        precision: Precision,
        values: Iterable[int],
        *,
        opens: int | None = None,
        owns_next: bool = False,
    ) -> PlacedDay:
        start, end = self.clause(span[0])
        before = self._stems(start, span[0] if opens is None else opens)
        after = self._stems(span[1], end)
        governors = after[:1] if owns_next else before[-1:]
        return PlacedDay(
            precision=precision,
            values=frozenset(values),
            text=self.text[span[0] : span[1]],
            subject=frozenset((*before, *after)),
            governor=governors[0] if governors else "",
            is_near_midnight=not NEAR_MIDNIGHT.isdisjoint(self.words(start, end)),
            figures=self._figures(
                max(start, span[0] - _NEAR), span[0], span[1], min(end, span[1] + _NEAR)
            ),
        )

    def _figures(self, *places: int) -> frozenset[str]:
        """Return the numbers between the first two places and the last two."""
        around = f"{self.text[places[0] : places[1]]} {self.text[places[2] : places[3]]}"
        return frozenset(_FIGURE.findall(around))

    def words(self, start: int, end: int) -> Sequence[str]:
        """Return the words between two places, folded and without accents."""
        starts, words = self._words
        return words[bisect_left(starts, start) : bisect_left(starts, end)]

    @cached_property
    def _words(self) -> tuple[list[int], list[str]]:
        found = list(_WORD.finditer(self.text))
        return [one.start() for one in found], [bare(one.group().casefold()) for one in found]

    def _stems(self, start: int, end: int) -> list[str]:
        """Return the stems of the words that say what a clause is about, in order."""
        return [stem for word in self.words(start, end) if (stem := self._stem(word))]

    def _stem(self, word: str) -> str:
        known = self._known.get(word)
        if known is None:
            says_little = len(word) < 2 or word in self._empty
            known = "" if says_little else next(iter(content(word)), "")
            self._known[word] = known
        return known


@cache
def _empty(language: str) -> frozenset[str]:
    """Return the words that do not say what a clause is about."""
    lexicon, grammar = lexicon_of(language), GRAMMARS[language]
    calendar = {bare(name.casefold()) for name in (*grammar.weekdays, *grammar.months)}
    return frozenset(
        {
            *(lexicon.function_words if lexicon else ()),
            *calendar,
            *PARTS_OF_DAY,
            *SPEECH,
            "last",
            "late",
            "early",
            "still",
        }
    )
