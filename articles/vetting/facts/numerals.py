"""Numbers as they are written: digits with their separators and scales, and number words."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from articles.vetting.facts.tokens import NO_TOKEN, VULGAR, Token, TokenKind
from articles.vetting.lexicon import Lexicon, units

# More digits are an account or a telephone, and no number that anybody counts to.
MOST_DIGITS = 18
_LONGEST_PHRASE = 5
_SEPARATOR = re.compile(r"[.,]")
_NO_DIGIT = re.compile(r"\D")
_HUNDRED = 100
# They are letters of units too: only a currency makes them scales.
_SCALES_OF_MONEY = frozenset({"b", "t"})
_GLUED_SCALES = frozenset({"k", "m", "b", "t"})
_THOUSAND = 1_000


# Readers look less far than this, before the first token and after the last.
_BEYOND = (NO_TOKEN,) * 32


class Numeral(NamedTuple):
    """A number from token first up to, not including, token after. values: the likeliest first."""

    first: int
    after: int
    values: tuple[float, ...]
    in_digits: bool
    scale: float
    significant: int


class NumeralReader:
    """Reads the numbers of one list of tokens in one language."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        # What is beside a number may be beyond an end of the text: there is nothing, as -1 finds.
        self.around = [*tokens, *_BEYOND]
        self.keys = [token.key for token in self.around]

    def read(self, at: int, *, is_money: bool = False) -> Numeral | None:
        """Return the number that begins at a token, or None."""
        token = self.tokens[at]
        if token.kind is TokenKind.NUMBER or token.key in VULGAR:
            return self._in_digits(at, is_money=is_money)
        if token.kind is TokenKind.WORD:
            return self._in_words(at)
        return None

    def longest(self, at: int, table: Mapping[str, object], most: int) -> tuple[str, int]:
        """Return the longest entry of a table that begins at a token, and after which it ends."""
        phrase, found, after = "", "", at
        beginnings = self.lexicon.phrase_beginnings
        for n in range(at, min(at + 2 * most, len(self.tokens))):
            token = self.tokens[n]
            # The power in "km2" is no number of its own.
            is_power = bool(phrase) and token.is_glued and token.key in ("2", "3")
            is_stop = token.kind is TokenKind.NUMBER and not is_power
            if is_stop or (token.key in ("-", "/") and (n == at or not token.is_glued)):
                break
            phrase = _joined(phrase, token, is_power=is_power)
            if phrase in table:
                found, after = phrase, n + 1
            if phrase not in beginnings and phrase not in units.SYMBOL_BEGINNINGS:
                break
        return found, after

    def _in_digits(self, at: int, *, is_money: bool) -> Numeral | None:
        token = self.tokens[at]
        if token.key in VULGAR:
            return Numeral(
                at, at + 1, (VULGAR[token.key],), in_digits=True, scale=1.0, significant=1
            )
        digits, after = self._spaced(at)
        values = readings(digits)
        bare = digits if digits.isdecimal() else _NO_DIGIT.sub("", digits)
        significant = len(bare.strip("0")) or 1
        if self.keys[after] in VULGAR:
            values = tuple(value + VULGAR[self.keys[after]] for value in values)
            after += 1
        scale, after = self._scale(after, is_money=is_money)
        scaled = tuple(round(value * scale, 6) for value in values) if scale != 1 else values
        if scale == 1 and self.keys[after] in self.lexicon.joints:
            total, scale, after = (
                self._and_a_half(values[0], scale, after) if values else (0, 1, after)
            )
            scaled = (total, *scaled[1:]) if values else ()
        # Metres or millions: the sign of a currency tells.
        if self.keys[after - 1] == "m" and scale != 1 and not is_money:
            scaled = (*scaled, *values)
        return Numeral(at, after, scaled, in_digits=True, scale=scale, significant=significant)

    def _spaced(self, at: int) -> tuple[str, int]:
        """Return digits with those that only a blank parts from them: "25 437"."""
        digits, after = self.tokens[at].key, at + 1
        if len(digits) > 3 or not digits.isdigit() or self.keys[at - 1] in self.lexicon.months:
            return digits, after
        while after < len(self.tokens) and self._is_group(after):
            digits += self.tokens[after].key
            after += 1
        return digits, after

    def _is_group(self, at: int) -> bool:
        token, before = self.tokens[at], self.tokens[at - 1]
        if token.kind is not TokenKind.NUMBER or token.start != before.end + 1:
            return False
        return len(_SEPARATOR.split(token.key, 1)[0]) == 3

    def _scale(self, at: int, *, is_money: bool) -> tuple[float, int]:
        """Return the scale after a number, and after which token it ends."""
        start = at
        if self.keys[at] == "-" and self.tokens[at].is_glued:
            at += 1
        if self.keys[at] in units.GLUED_SCALES:
            return units.GLUED_SCALES[self.keys[at]], at + 1
        word = self.keys[at]
        if word not in self.lexicon.scale_starts or self.tokens[at].kind is not TokenKind.WORD:
            return 1.0, start
        phrase, after = self.longest(at, self.lexicon.scales, 2)
        if not phrase or (word in _SCALES_OF_MONEY and not is_money):
            return 1.0, start
        if word in _GLUED_SCALES and not is_money and (at > start or not self.tokens[at].is_glued):
            return 1.0, start
        factor = self.lexicon.scales[phrase]
        # "Two hundred thousand", "3 mil millones".
        more = self.keys[after] if factor < 1e6 else ""
        if len(more) > 3 and more in self.lexicon.scales:
            return factor * self.lexicon.scales[more], after + 1
        return factor, after

    def _in_words(self, at: int) -> Numeral | None:
        """Return a number in words: "a hundred and five", "two and a half million"."""
        start = at
        if self.keys[at] in self.lexicon.articles:
            at += 1
            if self.keys[at] not in self.lexicon.scales or len(self.keys[at]) < 3:
                return None
            value: int | None = 1
        else:
            value, at = self._below_hundred(at)
        if value is None:
            return None
        total, scale, at = self._added_up(float(value), at)
        total, scale, at = self._and_a_half(total, scale, at)
        digits = len(f"{total:.0f}".rstrip("0")) or 1
        return Numeral(start, at, (total,), in_digits=False, scale=scale, significant=digits)

    def _below_hundred(self, at: int) -> tuple[int | None, int]:
        if self.keys[at] not in self.lexicon.number_starts:
            return None, at
        phrase, after = self.longest(at, self.lexicon.number_words, _LONGEST_PHRASE)
        if phrase:
            return self.lexicon.number_words[phrase], after
        return (1, at + 1) if self.keys[at] in self.lexicon.ones else (None, at)

    def _added_up(self, current: float, at: int) -> tuple[float, float, int]:
        """Multiply by the scales that follow, and add what follows a scale."""
        total, largest, last = 0.0, 1.0, 0.0
        while at < len(self.tokens):
            n = at + 1 if self.keys[at] == "-" and self.tokens[at].is_glued else at
            factor = self._word_scale(n)
            if factor:
                current, last, at = max(current, 1.0) * factor, factor, n + 1
                largest = max(largest, factor)
                if factor >= _THOUSAND:
                    total, current = total + current, 0.0
                continue
            if not last:
                break
            n = n + 1 if self.keys[n] in self.lexicon.joints else n
            value, after = self._below_hundred(n) if n < len(self.tokens) else (None, n)
            if value is None or value >= last:
                break
            current, last, at = current + value, 0.0, after
        return total + current, largest, at

    def _word_scale(self, at: int) -> float:
        """Return the scale that a whole word is; letters are no words."""
        word = self.keys[at]
        return self.lexicon.scales.get(word, 0.0) if len(word) > 2 else 0.0

    def _and_a_half(self, total: float, scale: float, at: int) -> tuple[float, float, int]:
        said = (self.keys[at], self.keys[at + 1], self.keys[at + 2])
        is_half = said[0] in self.lexicon.joints and said[1] in self.lexicon.articles
        if not is_half or self.lexicon.fractions.get(said[2]) != 1 / 2:
            return total, scale, at
        if scale > 1:
            return total + scale / 2, scale, at + 3
        factor = self._word_scale(at + 3)
        return ((total + 0.5) * (factor or 1), factor or 1.0, at + (4 if factor else 3))


def _joined(phrase: str, token: Token, *, is_power: bool) -> str:
    """Return a phrase with another token, as the keys of a lexicon have it: a hyphen is a blank."""
    if token.key in ("-", "/"):
        return phrase + (" " if token.key == "-" else "/")
    is_close = not phrase or is_power or phrase[-1] in " /°"
    return phrase + token.key if is_close else f"{phrase} {token.key}"


def readings(number: str) -> tuple[float, ...]:
    """Return what separators can mean: 1,234 and 25.000 are thousands, or decimals elsewhere.

    Digits that make no number, as of a version, have none.
    """
    if number.isdecimal():
        return (float(number),) if len(number) <= MOST_DIGITS else ()
    groups = _SEPARATOR.split(number.replace("'", ""))
    marks = [mark for mark in number if mark in ".,"]
    whole = "".join(groups)
    if len(whole) > MOST_DIGITS:
        return ()
    if not marks:
        return (float(whole),)
    if len(marks) == 1:
        return _with_one_mark(marks[0], groups)
    if len(set(marks)) == 1:
        return (float(whole),) if _is_grouped(groups) or _is_in_lakhs(groups) else ()
    is_decimal = len(set(marks[:-1])) == 1
    return (float(f"{''.join(groups[:-1])}.{groups[-1]}"),) if is_decimal else ()


def _with_one_mark(mark: str, groups: Sequence[str]) -> tuple[float, ...]:
    joined, decimal = float("".join(groups)), float(".".join(groups))
    if not _is_grouped(groups):
        return (decimal,)
    return (joined, decimal) if mark == "," else (decimal, joined)


def _is_grouped(groups: Sequence[str]) -> bool:
    """Return whether groups of digits are thousands."""
    return 1 <= len(groups[0]) <= 3 and groups[0] != "0" and all(len(g) == 3 for g in groups[1:])


def _is_in_lakhs(groups: Sequence[str]) -> bool:
    return len(groups[-1]) == 3 and all(len(group) == 2 for group in groups[1:-1])
