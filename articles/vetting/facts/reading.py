"""Every number of a text as a Quantity: nothing in digits is left out.

One reader for body, headline, standfirst, alternative and social text, and posts. A number that
counts nothing is read too, as YEAR or LABEL with its reason, and one that may count is UNSURE.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from articles.vetting.content import stem
from articles.vetting.facts.measures import are_minutes, compose, sign_before, unit_after
from articles.vetting.facts.numerals import Numeral, NumeralReader
from articles.vetting.facts.pairs import paired
from articles.vetting.facts.places import Place
from articles.vetting.facts.quantity import Kind, Quantity, Reason
from articles.vetting.facts.reasons import (
    is_clock,
    is_part_of_word_before,
    may_be_currency_before,
    named_by,
)
from articles.vetting.facts.shares import read_share, reads_one_in
from articles.vetting.facts.things import Thing, thing_at
from articles.vetting.facts.tokens import VULGAR, Token, TokenKind, tokens_of
from articles.vetting.facts.worded import Worded, read_worded
from articles.vetting.lexicon import Lexicon, lexicon_of, units
from articles.vetting.lexicon.lexicon import Bound, Unit
from articles.vetting.text import View

_UNKNOWN = Lexicon(code="")
_WHOLES: Mapping[TokenKind, tuple[Kind, Reason]] = {
    TokenKind.ADDRESS: (Kind.LABEL, Reason.ADDRESS),
    TokenKind.CLOCK: (Kind.LABEL, Reason.CLOCK),
    TokenKind.DATE: (Kind.LABEL, Reason.DATE),
    TokenKind.SEASON: (Kind.YEAR, Reason.SEASON),
    TokenKind.PHRASE: (Kind.LABEL, Reason.FIXED),
    TokenKind.DURATION: (Kind.MEASURE, Reason.NONE),
}
_KINDS = {"money": Kind.MONEY, "share": Kind.SHARE, "points": Kind.SHARE}
# A figure is quoted with these, as in "12 per cent"; "12 days" is the figure 12.
_QUOTED_WITH = frozenset({"share", "points"})
_WORD, _MARK = TokenKind.WORD, TokenKind.MARK
_MOST_AFTER = 3
_LONGEST_COMPARATOR = 4
_DIGITS = re.compile(r"[0-9]{1,18}")
_COMPARED_OVER = frozenset({"the", "a", "an", "-", "$", "€", "£", "us"})
_POINTING = frozenset({
    "the", "these", "those", "all", "both", "its", "his", "her", "their", "our", "other", "first",
    "last", "next", "past", "final", "opening", "closing", "every", "any", "each", "latter",
    "former", "either",
})  # fmt: skip
# What an article counts of its own.
_OWN = frozenset(map(stem, (
    "outlets", "sources", "agencies", "posts", "reports", "accounts", "sides", "things", "questions",
    "versions", "ways", "parts", "figures", "numbers", "sentences", "papers", "wires", "statements",
    "paragraphs", "words", "others", "claims", "stories", "channels", "texts", "reasons",
    "capitals", "governments", "camps", "outcomes", "readings", "facts", "halves", "sets", "kinds",
)))  # fmt: skip
_OLDEST = 110
_TO_OR_FROM = frozenset({"to", "from"})
_MOVED = frozenset({
    "up", "down", "rose", "risen", "rises", "rise", "rising", "fell", "fallen", "falls", "fall", "falling",
    "climbed", "climbs", "grew", "grown", "increased", "dropped", "declined", "cut", "raised", "reduced",
    "lowered", "jumped", "doubled", "tripled", "halved",
})  # fmt: skip
_PERSONS = frozenset({"man", "woman", "boy", "girl"})


def read_quantities(text: View | str, language: str) -> tuple[Quantity, ...]:
    """Return the numbers of a text in order, those in words where the language's are known."""
    view = View.of(text) if isinstance(text, str) else text
    return _Reader(view, lexicon_of(language) or _UNKNOWN).read()


class _Reader:
    def __init__(self, view: View, lexicon: Lexicon) -> None:
        self.view = view
        self.lexicon = lexicon
        self.tokens = tokens_of(view)
        self.numerals = NumeralReader(self.tokens, lexicon)

    def read(self) -> tuple[Quantity, ...]:
        found: list[Quantity] = []
        starts = self.lexicon.quantity_starts | self.lexicon.articles | VULGAR.keys()
        at = 0
        for n, token in enumerate(self.tokens):
            # Most words begin no number, and are passed at once, as are marks.
            kind = token.kind
            if kind is _MARK or (kind is _WORD and token.key not in starts) or n < at:
                continue
            if kind is not _WORD or self._may_begin(n, token):
                read, at = self._read_at(n)
                found += read
        return paired(found, self.view)

    def _may_begin(self, at: int, token: Token) -> bool:
        """Return whether a number may begin at a word."""
        key, lexicon = token.key, self.lexicon
        if key in lexicon.quantity_starts or key in VULGAR:
            return True
        return key in lexicon.articles and self.numerals.keys[at + 1] in lexicon.after_articles

    def _read_at(self, at: int) -> tuple[list[Quantity], int]:
        """Return what begins at a token, and where to read on."""
        token = self.tokens[at]
        if token.kind in _WHOLES:
            return list(self._whole(token)), at + 1
        share = read_share(self.numerals, at)
        if share:
            part, unit, after = share
            found = self._quantity(self._place(part, at, after, unit))
            is_one_in = unit == units.PERCENT and reads_one_in(self.numerals, at)
            return [
                replace(found, partner=round(100 / found.value, 6)) if is_one_in else found
            ], after
        worded = read_worded(self.numerals, at) if token.kind is TokenKind.WORD else None
        if worded:
            return [self._worded(worded)], worded.numeral.after
        sign, first = sign_before(self.tokens, at) if token.kind is TokenKind.NUMBER else (None, at)
        numeral = self.numerals.read(at, is_money=sign is not None)
        if numeral is None:
            return [], at + 1
        if not numeral.values:
            return [self._unreadable(token, numeral)], numeral.after
        place = self._measured(numeral, first, sign)
        return [self._quantity(place)], place.after

    def _measured(self, numeral: Numeral, first: int, sign: Unit | None) -> Place:
        """Return a number with the unit that it has before or after it."""
        unit, after = unit_after(self.numerals, numeral, self.lexicon)
        if sign is not None and (unit is None or unit.dimension == "money"):
            unit = sign
        if unit is None and are_minutes(self.numerals, numeral):
            unit, numeral = units.MINUTE, numeral._replace(values=numeral.values[-1:], scale=1.0)
        if unit is None:
            unit, first = self._magnitude(numeral, first)
            return self._place(numeral, first, after, unit)
        values, smaller, after = compose(self.numerals, numeral.values, unit, after, self.lexicon)
        if smaller != unit:
            numeral = numeral._replace(
                values=values, after=after, significant=numeral.significant + 2
            )
        return self._place(numeral, first, after, smaller)

    def _magnitude(self, numeral: Numeral, first: int) -> tuple[Unit | None, int]:
        """Find the magnitude of "M6.1", "magnitude 6.1" and "magnitude-6.1"."""
        at = first - 2 if first and self.tokens[first - 1].key == "-" else first - 1
        if at < 0 or numeral.values[0] >= 10 or not numeral.in_digits:
            return None, first
        before, is_glued = self.tokens[at], self.tokens[first].is_glued
        is_letter = before.key in ("m", "mw") and before.is_capital and is_glued and at == first - 1
        if is_letter and "." in self.tokens[first].key and not before.is_glued:
            return units.MAGNITUDE, at
        return (units.MAGNITUDE, first) if before.key == "magnitude" else (None, first)

    def _place(self, numeral: Numeral, first: int, after: int, unit: Unit | None) -> Place:
        place = Place(self.view, self.numerals.around, self.lexicon, numeral, first, after, unit)
        place.bound, place.is_hedged = self._bound(first)
        place.thing = thing_at(self.tokens, first, after, self.lexicon)
        return place

    def _bound(self, first: int) -> tuple[Bound, bool]:
        """Return what is said right before a number: "more than", "about", "Under-25"."""
        end = first
        while end and self.tokens[end - 1].key in _COMPARED_OVER:
            end -= 1
        phrase = ""
        bound, is_hedged = Bound.EXACT, False
        # Few words end a comparator, and most numbers have none.
        if not end or self.tokens[end - 1].key not in self.lexicon.comparator_ends:
            return bound, is_hedged
        for n in range(end - 1, max(end - _LONGEST_COMPARATOR, 0) - 1, -1):
            phrase = f"{self.tokens[n].key} {phrase}".strip()
            if phrase in self.lexicon.comparators:
                bound = self.lexicon.comparators[phrase]
            is_hedged = is_hedged or phrase in self.lexicon.hedges
        return bound, is_hedged

    def _quantity(self, place: Place) -> Quantity:
        numeral = place.numeral
        kind, reason = self._kind(place)
        unit, thing = place.unit, place.thing
        if unit is None and _is_age(place):
            kind, reason, unit, thing = Kind.MEASURE, Reason.NONE, units.YEAR, Thing(noun="age")
        start, end = self.tokens[place.first].start, self.tokens[place.after - 1].end
        where = self.view.locate(start, end)
        last = place.after if unit and unit.dimension in _QUOTED_WITH else numeral.after
        figure_end = self.view.locate(start, self.tokens[last - 1].end)[1]
        return Quantity(
            start=where[0],
            end=where[1],
            text=self.view.source[where[0] : where[1]],
            value=_in_unit(numeral.values[0], unit),
            alternatives=tuple(_in_unit(value, unit) for value in numeral.values[1:]),
            kind=kind,
            reason=reason,
            unit=units.POINTS if unit and unit == units.BASIS_POINTS else unit,
            bound=place.bound,
            is_hedged=place.is_hedged or self._is_rough(place),
            in_digits=numeral.in_digits,
            is_scaled=numeral.scale > 1,
            significant=numeral.significant,
            thing="age" if self._is_of_age(place) else thing.noun,
            toll=thing.toll,
            phrase=thing.phrase,
            figure_end=figure_end,
            after=self._words_at(last),
            is_pointing=_is_pointed_at(place) or thing.noun in _OWN,
            is_level=_is_level(place),
            toll_place=self._place_of(thing.toll_at),
        )

    def _place_of(self, at: int) -> tuple[int, int] | None:
        """Return where a token stands in the source; None without one."""
        return self.view.locate(self.tokens[at].start, self.tokens[at].end) if at >= 0 else None

    def _words_at(self, at: int) -> tuple[str, ...]:
        """Return up to three words right after a number, folded; hyphens are passed over."""
        words: list[str] = []
        while len(words) < _MOST_AFTER and at < len(self.tokens):
            token = self.tokens[at]
            if token.kind is TokenKind.WORD:
                words.append(self.view.folded[token.start : token.end].split("'")[0])
            elif token.key != "-":
                break
            at += 1
        return tuple(words)

    def _kind(self, place: Place) -> tuple[Kind, Reason]:
        if is_clock(place):
            return Kind.LABEL, Reason.CLOCK
        named = None if self._is_surely_counted(place) else named_by(place)
        if named:
            return named.kind, named.reason
        if place.unit:
            return _KINDS.get(place.unit.dimension, Kind.MEASURE), Reason.NONE
        return Kind.COUNT, Reason.NONE

    def _is_surely_counted(self, place: Place) -> bool:
        """Return whether a comparator, a scale or a fraction says that a number counts."""
        if place.number.key not in self.lexicon.articles and not place.numeral.in_digits:
            return place.numeral.scale > 1
        is_compared = place.bound is not Bound.EXACT or place.is_hedged
        is_screen = place.following.key in (
            "film",
            "video",
            "tv",
            "television",
            "screen",
            "footage",
        )
        return (is_compared and not self._is_ordinal(place)) or (
            place.numeral.scale > 1
            and not (is_screen and place.numeral.scale == 1_000)
            and (not is_part_of_word_before(place) or may_be_currency_before(place))
        )

    def _is_ordinal(self, place: Place) -> bool:
        following = place.following
        return (
            following.is_glued and following.kind is TokenKind.WORD and following.key != "s"
        ) or place.is_month(place.after)

    def _is_rough(self, place: Place) -> bool:
        """Return whether a number is only about right: two dozen, a third, one in five."""
        is_part = not place.numeral.in_digits and place.unit == units.PERCENT
        if is_part and self.numerals.keys[place.after - 1] not in self.lexicon.units:
            return True
        return any(
            self.tokens[n].key in self.lexicon.fractions
            or self.lexicon.scales.get(self.tokens[n].key) == 12
            for n in range(place.numeral.first, min(place.after, place.numeral.first + 4))
        )

    def _is_of_age(self, place: Place) -> bool:
        """Return whether years are those of "58-year-old" or "aged 58"."""
        if place.unit is None:
            return _is_age(place)
        is_old = place.following.key in ("old", "olds") or place.token(place.after + 1).key in (
            "old",
            "olds",
        )
        return (place.unit == units.YEAR and is_old) or _is_age(place)

    def _worded(self, worded: Worded) -> Quantity:
        numeral = worded.numeral
        place = self._place(numeral, numeral.first, numeral.after, worded.unit)
        thing = worded.thing or place.thing.noun
        return replace(
            self._quantity(place), kind=Kind.LABEL, reason=Reason.WORDED, thing=thing, toll=""
        )

    def _unreadable(self, token: Token, numeral: Numeral) -> Quantity:
        """Return digits that make no number, as those of a version or an account."""
        whole = token._replace(end=self.tokens[numeral.after - 1].end)
        return self._bare(whole, Kind.LABEL, Reason.NO_NUMBER, _first_number(token.key), None)

    def _whole(self, token: Token) -> Iterator[Quantity]:
        """Yield an address, a time, a date; a duration in seconds."""
        kind, reason = _WHOLES[token.kind]
        if not any(letter.isdigit() for letter in token.key):
            return
        if kind is Kind.MEASURE:
            yield self._bare(token, kind, reason, _seconds(token.key), units.SECOND)
        else:
            yield self._bare(token, kind, reason, _first_number(token.key), None)

    def _bare(
        self, token: Token, kind: Kind, reason: Reason, value: float, unit: Unit | None
    ) -> Quantity:
        start, end = self.view.locate(token.start, token.end)
        return Quantity(
            start=start, end=end, text=self.view.source[start:end], value=value, alternatives=(),
            kind=kind, reason=reason, unit=unit, bound=Bound.EXACT, is_hedged=False,
            in_digits=True, is_scaled=False, significant=len(token.key), thing="", toll="", phrase="",
            figure_end=end,
        )  # fmt: skip


def _is_pointed_at(place: Place) -> bool:
    """Return whether a number only points, as in "the two sides"; the seven of "two of its seven" count."""
    is_of_whole = place.token(place.first - 2).key == "of" and place.before.key != "all"
    return place.before.key in _POINTING and not is_of_whole


def _is_level(place: Place) -> bool:
    """Return whether a number is what something rose or fell to or from, as in "up from eight"."""
    return place.before.key in _TO_OR_FROM and place.token(place.first - 2).key in _MOVED


def _in_unit(value: float, unit: Unit | None) -> float:
    """Return basis points as percentage points."""
    return value / 100 if unit and unit == units.BASIS_POINTS else value


def _first_number(text: str) -> float:
    found = _DIGITS.search(text)
    return float(found.group()) if found else 0.0


def _seconds(clock: str) -> float:
    seconds = 0.0
    for part in clock.lstrip("+-").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def _is_age(place: Place) -> bool:
    """Return whether a number is the age of "Halloran, 58, was" or "aged 58"."""
    if not place.is_whole() or not 1 <= place.value <= _OLDEST or place.thing.noun:
        return False
    is_of_person = place.before.key == "of" and place.token(place.first - 2).key in _PERSONS
    if place.before.key == "aged" or is_of_person:
        return True
    name = place.token(place.first - 2)
    is_apposed = (
        place.before.key == "," and place.following.key in (",", ".", "") and name.is_capital
    )
    return is_apposed and name.kind is TokenKind.WORD and not place.is_month(place.first - 2)
