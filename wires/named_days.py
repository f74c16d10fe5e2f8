"""Which days a text names: weekdays in many languages, and dates beside the name of a month.

By the names of the Unicode CLDR and without grammar: an ending more or less is the same day.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from web.calendar_names import CONTEXTS, read_names

LANGUAGES = (
    *("ar", "az", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi"),
    *("fr", "he", "hi", "hr", "hu", "hy", "id", "it", "ka", "kk", "ko", "lt", "lv", "mk", "ms"),
    *("nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "tr", "uk"),
    *("ur", "vi"),
)
# A name is looked up by so many letters, and may have a vowel less and so many letters more.
LOOKED_UP, LONGEST_ENDING, SHORTEST_STEM = 4, 3, 5
_VOWELS = frozenset("aeiouąę" + "аеиоуыэюяі" + "αεηιουω")
# Chinese and Japanese write a weekday and a date with one sign each.
_SIGNS = {
    **dict(zip("月火水木金土日", range(7), strict=True)),
    **dict(zip("一二三四五六天", range(7), strict=True)),
}
# Of Latin, Greek and Cyrillic letters, and the vowels of Arabic.
_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u0652]")
_BEFORE_A_WEEKDAY, _AFTER_A_WEEKDAY, _AFTER_A_DATE = "周週期", "曜", "日号號일"


def bare(text: str) -> str:
    """Return a text without accents, which one outlet writes and another does not."""
    parted = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _ACCENTS.sub("", parted))


class NamedDay(NamedTuple):
    """A weekday (Monday is 0), or a day of a month."""

    is_weekday: bool
    number: int


class _Name(NamedTuple):
    word: str
    stem: str
    second: str
    number: int


def find_days(words: Sequence[str]) -> dict[int, NamedDay]:
    """Return the days that these words name, by the place of each. The words are in lower case
    and without accents."""
    found = {}
    for at, word in enumerate(words):
        if word.isdecimal():
            if len(word) <= 2 and 1 <= int(word) <= 31 and _is_date(words, at):
                found[at] = NamedDay(is_weekday=False, number=int(word))
        elif (weekday := _weekday(words, at)) is not None:
            found[at] = NamedDay(is_weekday=True, number=weekday)
    return found


def _is_date(words: Sequence[str], at: int) -> bool:
    """Return whether a number has the name of a month beside it, or the sign for a day behind it."""
    # "12 de mayo"
    reach = 3 if len("".join(words[at + 1 : at + 2])) <= LONGEST_ENDING else 2
    beside = range(max(0, at - 1), min(len(words), at + reach))
    after = words[at + 1] if at + 1 < len(words) else ""
    is_day = after != "" and after[0] in _AFTER_A_DATE and len(after) <= LONGEST_ENDING
    return is_day or any(_look_up(_names("months"), words, near) is not None for near in beside)


def _weekday(words: Sequence[str], at: int) -> int | None:
    word = words[at]
    if word in _SIGNS:
        after = words[at + 1] if at + 1 < len(words) else " "
        before = words[at - 1] if at else " "
        is_named = after in _AFTER_A_WEEKDAY or before in _BEFORE_A_WEEKDAY
        return _SIGNS[word] if is_named else None
    return _look_up(_names("days"), words, at)


def _look_up(names: Mapping[str, Sequence[_Name]], words: Sequence[str], at: int) -> int | None:
    word = words[at]
    for name in names.get(word[:LOOKED_UP], ()):
        if name.second:
            if word == name.word and name.second in words[at + 1 : at + 2]:
                return name.number
        elif word == name.word or (
            len(name.stem) >= SHORTEST_STEM
            and word.startswith(name.stem)
            and len(word) <= len(name.stem) + LONGEST_ENDING
        ):
            return name.number
    return None


@cache
def _names(kind: Literal["months", "days"]) -> dict[str, list[_Name]]:
    """Return the names of days or months in full, by their first letters."""
    names: dict[str, set[_Name]] = {}
    for language in LANGUAGES:
        in_language = read_names(language, kind)
        for context in CONTEXTS:
            named = [*in_language[context, "wide"].items()]
            # Short names of weekdays are words of their own: sun, sat, mar, lun.
            named += in_language[context, "abbreviated"].items() if kind == "months" else []
            for number, name in named:
                for each in _parted(bare(name).casefold().removesuffix("."), number):
                    names.setdefault(each.word[:LOOKED_UP], set()).add(each)
    return {first: sorted(found) for first, found in names.items()}


def _parted(name: str, number: int) -> Iterable[_Name]:
    """Yield a name as words are split; none where it is a number or takes three words."""
    word, *others = name.replace("-", " ").split()
    if len(others) > 1 or any(part[0].isdecimal() for part in (word, *others)):
        return
    stem = word[:-1] if word[-1] in _VOWELS else word
    yield _Name(word, stem, "".join(others), number)
