"""The names of months and weekdays in the languages that feeds write them in."""

from functools import lru_cache

from web.calendar_names import read_names

# Where two languages call different months by one name (lipiec is July in Polish, lipanj June in
# Croatian, both short for "lip"), the weekday beside it must decide.
_LANGUAGES = (
    "en", "fr", "es", "pt", "it", "de", "nl", "da", "sv", "nb", "fi", "is", "et", "lv", "lt", "pl",
    "cs", "sk", "sl", "hr", "sr", "sr_Latn", "bs", "mk", "bg", "ro", "hu", "el", "tr", "az", "uk",
    "ru", "be", "sq", "ca", "eu", "gl", "ga", "cy", "mt", "ka", "hy", "he", "ar", "fa", "ur", "hi",
    "bn", "ta", "te", "ml", "th", "vi", "id", "ms", "sw", "af", "fil", "kk", "uz",
)  # fmt: skip
# Spellings that people use and CLDR does not list.
_MORE_MONTHS = {
    "sept": 9, "fev": 2, "aout": 8, "gen": 1, "marzo": 3, "mrt": 3, "mär": 3, "maer": 3, "mrz": 3,
    "juil": 7, "янв": 1, "фев": 2, "мар": 3, "апр": 4, "авг": 8, "окт": 10, "ноя": 11, "дек": 12, "июн": 6, "июл": 7, "сен": 9, "нояб": 11, "мая": 5, "май": 5, "mag": 5, "agu": 8,
    "eki": 10, "kasim": 11, "agustos": 8, "eylul": 9, "subat": 2,
}  # fmt: skip

type _Names = dict[str, frozenset[int]]


def months_called(name: str) -> frozenset[int]:
    """Return the months, 1 to 12, that some language calls so; empty where none does."""
    return _months().get(_folded(name), frozenset())


def weekdays_called(name: str) -> frozenset[int]:
    """Return the weekdays, Monday 0 to Sunday 6, that some language calls so."""
    return _weekdays().get(_folded(name), frozenset())


def _folded(name: str) -> str:
    return name.casefold().strip(". ,")


@lru_cache(maxsize=1)
def _months() -> _Names:
    found: dict[str, set[int]] = {name: {number} for name, number in _MORE_MONTHS.items()}
    for language in _LANGUAGES:
        for names in read_names(language, "months").values():
            for number, name in names.items():
                # Catalan names come with their preposition: d’abril, de maig.
                bare = _folded(name).removeprefix("de ").removeprefix("d’")
                if not bare.isdigit():
                    found.setdefault(bare, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@lru_cache(maxsize=1)
def _weekdays() -> _Names:
    found: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for names in read_names(language, "days").values():
            for number, name in names.items():
                found.setdefault(_folded(name), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}
