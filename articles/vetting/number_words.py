"""Whole numbers up to 999 in the words of Spanish, French, German, Italian and Portuguese.

They are read so that a post that spells a number out carries it; the numbers of an article
in these languages are looked at where they stand in digits.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_SPANISH = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro "
    "veinticinco veintiseis veintisiete veintiocho veintinueve"
)
_FRENCH = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf"
)
_GERMAN = (
    "null ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn "
    "sechzehn siebzehn achtzehn neunzehn"
)
_ITALIAN = (
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici "
    "quindici sedici diciassette diciotto diciannove"
)
_PORTUGUESE = (
    "zero um dois tres quatro cinco seis sete oito nove dez onze doze treze catorze quinze "
    "dezesseis dezessete dezoito dezenove"
)

type _Words = Iterator[tuple[str, int]]


def _tens(small: Sequence[str], tens: str, first: int, joint: str) -> _Words:
    """Yield the small numbers, then those from first on as a ten, a joint and a unit."""
    yield from ((word, n) for n, word in enumerate(small))
    for ten, word in enumerate(tens.split(), first // 10):
        yield word, ten * 10
        yield from ((f"{word}{joint}{small[unit]}", ten * 10 + unit) for unit in range(1, 10))


def _french() -> _Words:
    small = _FRENCH.split()
    yield from _tens(small, "vingt trente quarante cinquante soixante", 20, "-")
    yield from ((f"soixante-{small[n]}", 60 + n) for n in range(10, 20))
    yield from ((f"{word} et un", n) for word, n in (("vingt", 21), ("trente", 31)))
    yield from ((f"{word} et un", n) for word, n in (("quarante", 41), ("cinquante", 51)))
    yield from (("soixante et un", 61), ("soixante et onze", 71), ("quatre-vingts", 80))
    yield from ((f"quatre-vingt-{small[n]}", 80 + n) for n in range(1, 20))
    yield from _hundreds(small, "cent", " ")


def _german() -> _Words:
    small = _GERMAN.split()
    yield from ((word, n) for n, word in enumerate(small))
    tens = "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig"
    for ten, word in enumerate(tens.split(), 2):
        yield word, ten * 10
        yield from ((f"{small[unit]}und{word}", ten * 10 + unit) for unit in range(1, 10))
    yield from _hundreds(small, "hundert", "")


def _italian() -> _Words:
    small = _ITALIAN.split()
    yield from ((word, n) for n, word in enumerate(small))
    tens = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta"
    for ten, word in enumerate(tens.split(), 2):
        yield word, ten * 10
        for unit in range(1, 10):
            # Two vowels do not meet: ventuno, ventotto.
            stem = word[:-1] if unit in (1, 8) else word
            yield f"{stem}{small[unit]}", ten * 10 + unit
    yield from _hundreds(small, "cento", "")


def _hundreds(small: Sequence[str], hundred: str, joint: str) -> _Words:
    yield hundred, 100
    yield from ((f"{small[n]}{joint}{hundred}", n * 100) for n in range(2, 10))


def _spanish() -> _Words:
    small = _SPANISH.split()
    yield from ((word, n) for n, word in enumerate(small))
    tens = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
    yield from _tens(small[:10], tens, 30, " y ")
    hundreds = "doscientos trescientos cuatrocientos quinientos seiscientos setecientos"
    yield from ((word, n * 100) for n, word in enumerate(hundreds.split(), 2))
    yield from (("cien", 100), ("ochocientos", 800), ("novecientos", 900))


def _portuguese() -> _Words:
    tens = "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa"
    yield from _tens(_PORTUGUESE.split(), tens, 20, " e ")
    hundreds = "duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos"
    yield from ((word, n * 100) for n, word in enumerate(hundreds.split(), 2))
    yield from (("cem", 100), ("novecentos", 900), ("duas", 2), ("dezasseis", 16))


_VALUES = {
    word: value
    for words in (_spanish(), _french(), _german(), _italian(), _portuguese())
    for word, value in words
    if value > 1
}
_NUMBER = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, _VALUES), key=len, reverse=True))})(?!\w)"
)


@lru_cache(maxsize=256)
def read_number_words(text: str) -> frozenset[int]:
    """Return the numbers that a text spells out, whichever of the five languages it is in."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter)
    )
    return frozenset(_VALUES[match.group()] for match in _NUMBER.finditer(plain))
