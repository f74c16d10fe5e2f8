"""The words of a sentence, each with its clause: what the readers of its sense walk over."""

import re
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from articles.vetting.lexicon.english import LEXICON
from articles.vetting.lexicon.lexicon import words
from articles.vetting.lexicon.verbs import IRREGULAR
from articles.vetting.text import View

# A sign before a change: -12bp, +1.2%, -$14, and of a poll 22 (+3). Before a temperature it is none.
SIGN = (
    r"(?<![^\s(])[+\-▲▼↑↓](?=[$€£]\d|[$€£]?\d[\d.,]*\s?"
    r"(?:%|bps?\b|pts?\b|points?\b|pc\b|p\b|c\b|per ?cent))|(?<=\d \()[+\-](?=\d{1,2}(?:\.\d)?\))"
)
_SIGNS = dict.fromkeys("+▲↑", "plus") | dict.fromkeys("-−–▼↓", "minus")
_PIECE = re.compile(
    rf"(?P<number>\d+(?:[.,]\d+)*(?:k(?!\w))?)|(?P<word>w/o(?!\w)|[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<sign>{SIGN})"
    r"|[.,;:!?()]|(?<!\S)-+(?!\S)"
)
# What of these can be a number, found in the same places.
_NUMBER_OR_WORD = re.compile(r"\d+(?:[.,]\d+)*(?:k(?!\w))?|w/o(?!\w)|[^\W\d_]+(?:'[^\W\d_]+)*")
_DIVIDES = words(
    "and, but, while, whereas, although, though, as, because, when, after, before, since, who,"
    " which, that, if, unless, where, despite, bef, aft"
)
PREPOSITIONS = words(
    "in, on, at, to, of, for, from, by, with, into, onto, over, under, above, below, between,"
    " against, through, during, within, without, across, near, off, out, up, down, amid, among,"
    " about, around, via, per, towards, toward, until, till, as, than, after, before, since,"
    " following, w/o, behind, beyond, outside, inside, along, despite"
)
# They change a verb's strength or time, and are no thing that it tells of.
_EMPTY = (
    words(
        "a, an, the, and, or, but, while, whereas, although, though, because, when, who, whom, whose,"
        " which, that, if, unless, where, is, was, are, were, be, been, being, am, has, had, have,"
        " having, will, would, can, could, might, must, should, shall, do, does, did, done, said, says,"
        " say, saying, told, tells, tell, it, its, he, she, they, we, you, i, his, her, their, our, my,"
        " your, this, these, those, there, here, then, so, not, no, also, only, just, now, still, yet,"
        " each, every, other, others, another, us, them, him, me, why, how, what, according, like, last,"
        " next, ago, later, earlier, previously, alone, yesterday, today, tomorrow, already, least, most,"
        " more, less, much, many, some, any, all, both, again, further, fast, faster, overnight, early,"
        " late, first, once, itself, himself, herself, themselves, some, nearly, almost, even, ever,"
        " never, too, very, well, however, meanwhile, therefore, such, same, one, report, reports,"
        " reported, reportedly, new, back, million, billion, thousand, trillion, hundred, dozen, m, bn,"
        " mn, k, percent, pc, cent, s, t, times, amp, basis, percentage, nautical, square, cubic, bp, bps, pt, pts"
    )
    | PREPOSITIONS
)
_EMPTY_UNITS = words("million, billion, thousand, basis, percentage, nautical, square, cubic, per")
_ADVERB = "ly"
_NO_ADVERB = words("early, family, supply, reply, ally, italy, july, assembly, monopoly, fly, rally, apply, anomaly, daily, weekly, monthly, only, bully, belly")  # fmt: skip
# Whatever is around them.
_PLAINLY_EMPTY = (
    _EMPTY - LEXICON.number_words.keys() - LEXICON.weekdays.keys() - LEXICON.months.keys()
)
_YEARS = range(1900, 2101)
_VOWELS = "aeiou"


class Word(NamedTuple):
    """A word, number or mark of a view: a tuple, because a text has thousands.

    root is what its forms share, "" where it says nothing.
    time is a weekday, month or year. clause counts the clauses before.
    """

    start: int
    end: int
    key: str
    root: str
    clause: int
    time: str = ""
    is_number: bool = False
    is_capital: bool = False


# An empty word is made of all fields at once, in half the time.
_of_no_sense = partial(tuple.__new__, Word)


def read_words(view: View) -> tuple[Word, ...]:
    """Return the words, numbers and marks of a sentence."""
    found: list[Word] = []
    clause = 0
    for match in _PIECE.finditer(view.folded):
        key, start = match.group(), match.start()
        if match.lastgroup == "number":
            found.append(_number(key, start, clause))
            continue
        if match.lastgroup == "sign":
            found.append(Word(start, match.end(), _SIGNS[key], "", clause))
            continue
        if match.lastgroup is None or key in _DIVIDES:
            clause += 1
        if match.lastgroup is None:
            found.append(Word(start, match.end(), key, "", clause))
            continue
        is_capital = view.text[start].isupper()
        # Half of the words of a text are these.
        if key in _PLAINLY_EMPTY:
            found.append(_of_no_sense((start, match.end(), key, "", clause, "", False, is_capital)))
            continue
        is_unit = key in LEXICON.units and bool(found) and _measures(found[-1])
        found.append(_word(key, start, clause, is_capital=is_capital, is_unit=is_unit))
    return tuple(found)


def _number(key: str, start: int, clause: int) -> Word:
    value = _in_full(key)
    # "By 1,900 megawatts": nobody writes a year so.
    time = value if _is_year(value) and "," not in key else ""
    return Word(start, start + len(key), value, "", clause, time=time, is_number=True)


def _in_full(number: str) -> str:
    """Return a number without commas: "240,000", and "240k", as 240000."""
    value = number.replace(",", "")
    if not value.endswith("k"):
        return value
    try:
        return f"{1_000 * float(value[:-1]):.3f}".rstrip("0").rstrip(".")
    except ValueError:
        return value[:-1]


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isdigit() and int(value) in _YEARS


def _measures(before: Word) -> bool:
    """Return whether a unit may follow: crowns after a number, but not after "the"."""
    return before.is_number or before.key in LEXICON.scales or before.key in _EMPTY_UNITS


def _word(key: str, start: int, clause: int, *, is_capital: bool, is_unit: bool) -> Word:
    end = start + len(key)
    value = LEXICON.number_words.get(key)
    if value is not None:
        return Word(start, end, str(value), "", clause, is_number=True)
    time = _time(key) if is_capital else ""
    is_empty = time or key in _EMPTY or is_unit or _is_adverb(key)
    root = "" if is_empty or (key == "may" and not is_capital) else root_of(key)
    return Word(start, end, key, root, clause, time=time, is_capital=is_capital)


def _time(key: str) -> str:
    if key in LEXICON.weekdays:
        return f"weekday {LEXICON.weekdays[key]}"
    return f"month {LEXICON.months[key]}" if key in LEXICON.months else ""


def _is_adverb(key: str) -> bool:
    return key.endswith(_ADVERB) and len(key) > 4 and key not in _NO_ADVERB


def root_of(word: str) -> str:
    """Return what the forms of an English word share: rough, and the same for both texts."""
    word = word.removesuffix("'s").removesuffix("'")
    if word in IRREGULAR:
        word = IRREGULAR[word]
    for ending in ("ied", "ies"):
        if word.endswith(ending) and len(word) > 4:
            return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _undoubled(word[: -len(ending)])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
        if word.endswith(("she", "che", "sse", "xe", "oe")):
            word = word[:-1]
    return _undoubled(word.removesuffix("e") if len(word) > 3 else word)


def _undoubled(word: str) -> str:
    word = word.removesuffix("e") if len(word) > 3 else word
    is_double = len(word) > 3 and word[-1] == word[-2] and word[-1] not in _VOWELS
    return word[:-1] if is_double else word


def roots(words_: Sequence[Word]) -> frozenset[str]:
    """Return the roots of the words that say what a sentence is about."""
    return frozenset(word.root for word in words_ if word.root)


def read_numbers(view: View) -> frozenset[str]:
    """Return what `numbers` does of the words of a sentence, without reading them."""
    found = set(_NUMBER_OR_WORD.findall(view.folded))
    words_ = {str(LEXICON.number_words[key]) for key in found & LEXICON.number_words.keys()}
    digits = {key: _in_full(key) for key in found if key[0].isdecimal()}
    return frozenset(
        words_ | {value for key, value in digits.items() if "," in key or not _is_year(value)}
    )


def numbers(words_: Sequence[Word]) -> frozenset[str]:
    """Return the numbers of a sentence as written, without years."""
    return frozenset(word.key for word in words_ if word.is_number and not word.time)


def times(words_: Sequence[Word]) -> frozenset[str]:
    """Return the days, months and years that a sentence names."""
    return frozenset(word.time for word in words_ if word.time)


def is_of_another_time(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether both name a day, a month or a year, and none that is the same."""
    ours, others = _by_kind(mine - theirs), _by_kind(theirs - mine)
    return not ours.isdisjoint(others - _by_kind(mine & theirs))


def _by_kind(named: frozenset[str]) -> frozenset[str]:
    """Return of which kinds some times are: "weekday 0" is a weekday, "2019" a year."""
    return frozenset("year" if time.isdigit() else time.split()[0] for time in named)
