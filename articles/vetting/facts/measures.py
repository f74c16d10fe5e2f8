"""The sign before a number and the unit after it."""

from collections.abc import Sequence

from articles.vetting.facts.numerals import Numeral, NumeralReader
from articles.vetting.facts.tokens import Token, TokenKind
from articles.vetting.lexicon import Lexicon, units
from articles.vetting.lexicon.lexicon import Unit

_LONGEST_UNIT = 4
# "58s" are seconds, "737s" are aircraft.
_LONGEST_SPRINT = 100
# "2D", "3D", "4D".
_DIMENSIONS = frozenset({2, 3, 4})
# "Three more months".
_MORE = frozenset({"more", "further", "additional", "full", "straight", "consecutive"})
# "10-24 year old".
_OLD = frozenset({"old", "olds"})
_OF = frozenset({"de", "di"})
# Words of other meanings too: a currency only after a scale, as in "3 trillion won".
_AFTER_A_SCALE = frozenset({"won", "real", "rand", "lira", "livres", "rub", "try"})
_SIGN_LETTERS = frozenset({"us", "a", "c", "hk", "nz", "s", "r"})
# "2h38", "5ft 10in", "8 hours and 10 minutes": the parts of one measure.
_COMPOSED = frozenset({"time", "length", "mass"})
_GLUED_PARTS = frozenset({"hour", "minute", "foot"})
_NEXT_SMALLER = {
    "hour": units.MINUTE,
    "minute": units.SECOND,
    "foot": units.INCH,
    "m": units.CENTIMETRE,
}


def sign_before(tokens: Sequence[Token], at: int) -> tuple[Unit | None, int]:
    """Return the currency that is signed before a number, and with which token it begins."""
    if at and tokens[at - 1].kind is TokenKind.MARK and tokens[at - 1].key in units.SIGNS:
        sign, first = tokens[at - 1].key, at - 1
        if first and tokens[first].is_glued and tokens[first - 1].key in _SIGN_LETTERS:
            sign, first = tokens[first - 1].key + sign, first - 1
        return units.SIGNS.get(sign, units.SIGNS[tokens[at - 1].key]), first
    if at and len(tokens[at - 1].key) == 3 and tokens[at - 1].key in units.SIGNS:
        return units.SIGNS[tokens[at - 1].key], at - 1
    if at and tokens[at].is_glued and tokens[at - 1].key in units.GLUED_SIGNS:
        is_whole = not tokens[at - 1].is_glued and tokens[at - 1].is_capital
        return (units.GLUED_SIGNS[tokens[at - 1].key], at - 1) if is_whole else (None, at)
    return None, at


def unit_after(
    reader: NumeralReader, numeral: Numeral, lexicon: Lexicon
) -> tuple[Unit | None, int]:
    """Return the unit after a number, and after which token it ends."""
    tokens, at = reader.tokens, numeral.after
    # "5.2 bil. yen", "3 millones de dólares".
    is_parted = reader.keys[at] == "." or reader.keys[at] in _OF
    if numeral.scale > 1 and is_parted and at + 1 < len(tokens):
        found = unit_after(reader, numeral._replace(after=at + 1), lexicon)
        return found if found[0] and found[0].dimension == "money" else (None, at)
    is_joined = reader.keys[at] == "-" and tokens[at].is_glued and _is_glued(tokens, at + 1)
    is_after_dash = reader.keys[numeral.first - 1] == "-"
    start = at + 1 if is_joined or reader.keys[at] in _MORE else at
    begins = reader.keys[start]
    if begins not in lexicon.unit_starts and begins not in units.SYMBOL_STARTS:
        return None, at
    for table in (lexicon.units, units.SYMBOLS):
        key, after = reader.longest(start, table, _LONGEST_UNIT)
        if (
            key
            and not _signs_next(key, tokens, after)
            and (
                reader.keys[after] in _OLD
                or _fits(
                    key,
                    tokens[start],
                    numeral,
                    lexicon,
                    is_joined=is_joined,
                    is_after_dash=is_after_dash,
                )
            )
        ):
            return table[key], after
    return None, at


def _fits(
    key: str,
    token: Token,
    numeral: Numeral,
    lexicon: Lexicon,
    *,
    is_joined: bool,
    is_after_dash: bool,
) -> bool:
    """Return whether a word is the unit of a number: "5 s" and "5 second homes" have none."""
    if key in _AFTER_A_SCALE:
        return numeral.scale > 1
    if is_joined and not key[0].isalpha():
        return False
    if key == "s" and (
        numeral.values[0] % 10 == 0 or numeral.values[0] > _LONGEST_SPRINT or is_after_dash
    ):
        return False
    if key in units.GLUED_ONLY and key not in lexicon.units:
        return (
            numeral.in_digits
            and token.is_glued
            and (not is_joined or key in units.AFTER_DASH)
            and not _is_generation(key, token, numeral)
        )
    is_singular = f"{key}s" in lexicon.units or key in ("foot", "inch", "century", "decade")
    return not is_singular or is_joined or numeral.scale > 1 or numeral.values[0] <= 1


def _signs_next(key: str, tokens: Sequence[Token], after: int) -> bool:
    """Return whether a sign belongs to the number after it: "three $25,000 sums"."""
    is_sign = key in units.SIGNS and not key[-1].isalpha()
    return is_sign and after < len(tokens) and tokens[after].kind is TokenKind.NUMBER


def _is_generation(key: str, token: Token, numeral: Numeral) -> bool:
    """Return whether a letter is that of "5G" or "3D"."""
    is_dimension = key == "d" and numeral.values[0] in _DIMENSIONS
    return token.is_capital and (key == "g" or is_dimension)


def _is_glued(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].is_glued


def compose(
    reader: NumeralReader, values: tuple[float, ...], unit: Unit, after: int, lexicon: Lexicon
) -> tuple[tuple[float, ...], Unit, int]:
    """Add the smaller units that follow: "8 h 10 min" is 490 minutes, in seconds.

    "4.2 m, 30 cm higher" are two measures: a part of a metre is told once.
    """
    while unit.dimension in _COMPOSED and after < len(reader.tokens) and values[0] % 1 == 0:
        at = _past_joint(reader, after, lexicon)
        part = reader.read(at) if at < len(reader.tokens) else None
        if part is None or not part.values:
            break
        smaller, end = _unit_of_part(reader, part, unit, lexicon)
        if smaller == units.MINUTE and part.scale > 1:
            part = part._replace(values=part.values[-1:])
        if smaller is None and _is_glued_part(
            reader.tokens, after, unit, is_loose=lexicon.code != "en"
        ):
            smaller, end = _NEXT_SMALLER[unit.code], part.after
        if smaller is None or smaller.dimension != unit.dimension or smaller.factor >= unit.factor:
            break
        values = (values[0] * unit.factor / smaller.factor + part.values[0],)
        unit, after = smaller, end
    return values, unit, after


def are_minutes(reader: NumeralReader, numeral: Numeral) -> bool:
    """Return whether the m of a number is that of "4m20s", and none of millions."""
    at = numeral.after
    is_letter = numeral.scale > 1 and reader.keys[at - 1] == "m"
    return is_letter and _is_glued(reader.tokens, at) and reader.keys[at + 1] in ("s", "sec")


def _past_joint(reader: NumeralReader, at: int, lexicon: Lexicon) -> int:
    """Return where the next part of a measure begins: "71 days, 14 hours and 22 minutes"."""
    at += reader.keys[at] == ","
    return at + (reader.keys[at] in lexicon.joints)


def _unit_of_part(
    reader: NumeralReader, part: Numeral, larger: Unit, lexicon: Lexicon
) -> tuple[Unit | None, int]:
    """Return the unit of a smaller part. After hours, the m of "14h 22m" is none of millions."""
    if larger == units.HOUR and part.scale > 1 and reader.keys[part.after - 1] == "m":
        return units.MINUTE, part.after
    return unit_after(reader, part, lexicon)


def _is_glued_part(tokens: Sequence[Token], at: int, unit: Unit, *, is_loose: bool) -> bool:
    """Return whether a bare number is the minutes of "2h38", in French of "14 h 30" too."""
    token = tokens[at]
    is_two_digits = token.kind is TokenKind.NUMBER and token.key.isdigit() and len(token.key) == 2
    return is_two_digits and (token.is_glued or is_loose) and unit.code in _NEXT_SMALLER
