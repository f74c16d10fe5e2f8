"""Parts and multiples in words: a fifth of, two-thirds, one in five, triple, a decade."""

from articles.vetting.facts.numerals import Numeral, NumeralReader
from articles.vetting.lexicon import units
from articles.vetting.lexicon.lexicon import Unit, words

type Share = tuple[Numeral, Unit | None, int]

_LONGEST_UNIT = 3
# "One in 140 million."
_MOST = 1e10
_OF = frozenset({"of", "de", "des", "der", "di", "do", "da"})
# "Fell by a fifth", "a third above the price": a part of what went before.
_BACK = 4
# What goes between a change, or "by", and the part: "rose by nearly a third".
_BETWEEN = frozenset({
    "by", "nearly", "almost", "about", "around", "roughly", "only", "more", "than", "over", "some", "as",
    "much", "up", "to",
})  # fmt: skip
_MEASURED = words(
    "above, below, more, less, fewer, higher, lower, up, down, than, cheaper, dearer, larger, smaller,"
    " faster, slower, heavier, lighter, longer, shorter, off"
)
_ENDS = words(
    "in, from, since, to, by, as, and, but, after, before, because, when, while, this, last, compared, over,"
    " on, against, at, during, within, under, overnight, year, between, through"
)
_OF_WHAT = frozenset(
    {"the", "its", "their", "his", "her", "our", "all", "of", "as", "that", "what"}
)


def read_share(reader: NumeralReader, at: int) -> Share | None:
    """Return a part or a multiple that begins at a token: number, unit, and where it ends."""
    key = reader.keys[at]
    lexicon = reader.lexicon
    if key in lexicon.multiples:
        return _multiple(reader, at)
    if key in lexicon.fractions or key in lexicon.articles or key in lexicon.number_starts:
        return _fraction(reader, at) or _one_in(reader, at) or _span(reader, at)
    if reader.tokens[at].key == "1":
        return _one_in(reader, at)
    return None


def _numeral(first: int, after: int, value: float, scale: float = 1.0) -> Numeral:
    digits = len(f"{value:.3g}".replace(".", "").strip("0")) or 1
    return Numeral(first, after, (value,), in_digits=False, scale=scale, significant=min(digits, 2))


def _multiple(reader: NumeralReader, at: int) -> Share | None:
    """Return the 3 of "triple the number" and "prices tripled", not that of "twice" or "double room"."""
    key = reader.keys[at]
    is_verb = key.endswith(("ed", "ing", "les", "fold"))
    if not is_verb and reader.keys[at + 1] not in _OF_WHAT:
        return None
    return _numeral(at, at + 1, float(reader.lexicon.multiples[key])), units.TIMES, at + 1


def _fraction(reader: NumeralReader, at: int) -> Share | None:
    """Return a fraction of a whole, of a scale or of a unit: two-thirds of, half a million."""
    number, n = 1.0, at
    if reader.keys[at] in reader.lexicon.articles:
        n = at + 1
    elif reader.keys[at] in reader.lexicon.number_starts:
        read = reader.read(at)
        if read is None or read.scale > 1 or read.values[0] >= 10:
            return None
        number, n = read.values[0], read.after
    n += _is_dash(reader, n)
    if n >= len(reader.tokens) or reader.keys[n] not in reader.lexicon.fractions:
        return None
    value = number * reader.lexicon.fractions[reader.keys[n]]
    return _of_unit(reader, at, n + 1, value) or _of_whole(reader, at, n, value)


def _is_dash(reader: NumeralReader, at: int) -> int:
    return int(reader.keys[at] == "-" and reader.tokens[at].is_glued)


def _of_unit(reader: NumeralReader, first: int, n: int, value: float) -> Share | None:
    """Return half a million, a quarter of an hour, a quarter-point."""
    n += reader.keys[n] in _OF
    is_of_one = reader.keys[n] in reader.lexicon.articles
    n += is_of_one or _is_dash(reader, n)
    key = reader.keys[n]
    # "Half a million", "half million"; but her third hundred is the third of its kind.
    is_told = is_of_one or reader.keys[n - 1] in _OF or value == 1 / 2
    if key in reader.lexicon.scales and len(key) > 3 and is_told:
        scale = reader.lexicon.scales[key]
        return _numeral(first, n + 1, value * scale, scale), None, n + 1
    if key in ("point", "points"):
        return _numeral(first, n + 1, value), units.POINTS, n + 1
    if n >= len(reader.tokens) or not (is_of_one or reader.keys[n - 1] == "-"):
        return None
    unit, after = reader.longest(n, reader.lexicon.units, _LONGEST_UNIT)
    return (_numeral(first, after, value), reader.lexicon.units[unit], after) if unit else None


def _of_whole(reader: NumeralReader, first: int, n: int, value: float) -> Share | None:
    """Return "a third of", "two thirds", "half the"; not "the third man" or "a quarter"."""
    key, following = reader.keys[n], reader.keys[n + 1]
    is_plural = key.endswith("s") and n > first
    is_told = (
        following in _OF
        or (value == 1 / 2 and following in _OF_WHAT)
        or _is_part_by_itself(reader, first, n)
    )
    if not (is_plural or is_told) or (is_plural and value < 1 / 10):
        return None
    return _numeral(first, n + 1, round(100 * value, 1)), units.PERCENT, n + 1


def _is_part_by_itself(reader: NumeralReader, first: int, n: int) -> bool:
    """Return whether "a fifth" is how much something changed: not of a fifth man, nor in a quarter."""
    if reader.keys[first] not in reader.lexicon.articles or first == 0:
        return False
    following = reader.keys[n + 1]
    if following in _MEASURED:
        return True
    is_end = not following[:1].isalnum() and following != "-"
    return (is_end or following in _ENDS) and _is_by_change(reader, first)


def _is_by_change(reader: NumeralReader, at: int) -> bool:
    """Return whether a part is that of a change: "up a fifth", "by nearly a fifth"."""
    for n in range(at - 1, max(at - _BACK, 0) - 1, -1):
        if reader.keys[n] == "by" or reader.keys[n] in reader.lexicon.changes:
            return True
        if reader.keys[n] not in _BETWEEN:
            return False
    return False


def _one_in(reader: NumeralReader, at: int) -> Share | None:
    """Return the share of "one in five" and "1 out of every 5"."""
    read = reader.read(at)
    if read is None or read.values[:1] != (1.0,):
        return None
    n = read.after
    said = (reader.keys[n], reader.keys[n + 1])
    n += 2 if said == ("out", "of") else 1
    if said[0] not in ("in", "out") or n >= len(reader.tokens):
        return None
    n += reader.keys[n] == "every"
    whole = reader.read(n) if n < len(reader.tokens) else None
    if (
        whole is None
        or not whole.values
        or not 2 <= whole.values[0] <= _MOST
        or not _is_share(reader, whole)
    ):
        return None
    return _numeral(at, whole.after, 100 / whole.values[0]), units.PERCENT, whole.after


def reads_one_in(reader: NumeralReader, at: int) -> bool:
    """Return whether a share that begins at a token is told as one in so many."""
    return reader.keys[at + 1] in ("in", "out")


def _is_share(reader: NumeralReader, whole: Numeral) -> bool:
    """Return whether "one in 2019" or "one in 5 minutes" is none."""
    value = whole.values[0]
    if whole.in_digits and 1900 <= value <= 2100:
        return False
    return reader.keys[whole.after] not in reader.lexicon.units


def _span(reader: NumeralReader, at: int) -> Share | None:
    """Return the ten years of "a decade", the twenty of "two decades"."""
    number, n = 1.0, at + 1
    if reader.keys[at] not in reader.lexicon.articles:
        read = reader.read(at)
        if read is None:
            return None
        number, n = read.values[0], read.after
    span = reader.lexicon.spans.get(reader.keys[n]) or reader.lexicon.spans.get(
        reader.keys[n].removesuffix("s")
    )
    if span is None:
        return None
    value, unit = span
    return _numeral(at, n + 1, number * value), reader.lexicon.units[unit], n + 1
