"""The names of months and weekdays, from the Unicode CLDR."""

from collections.abc import Iterator, Mapping
from itertools import chain

from babel import Locale

from articles.vetting.lexicon.lexicon import bare

_WIDTHS = ("wide", "abbreviated")


def month_names(*locales: str) -> dict[str, int]:
    """Return the names of the months, short ones too, with their numbers from 1."""
    return dict(chain.from_iterable(_named(Locale.parse(one).months) for one in locales))


def weekday_names(*locales: str) -> dict[str, int]:
    """Return the names of the weekdays, short ones too, with their numbers; Monday is 0."""
    return dict(chain.from_iterable(_named(Locale.parse(one).days) for one in locales))


def months_in_full(locale: str) -> tuple[str, ...]:
    """Return the names of the months as they are spelled, January first."""
    names = Locale.parse(locale).months["format"]["wide"]
    return tuple(names[number] for number in range(1, 13))


def weekdays_in_full(locale: str) -> tuple[str, ...]:
    """Return the names of the weekdays as they are spelled, Monday first."""
    names = Locale.parse(locale).days["format"]["wide"]
    return tuple(names[number] for number in range(7))


def _named(contexts: Mapping[str, Mapping[str, Mapping[int, str]]]) -> Iterator[tuple[str, int]]:
    for context in ("format", "stand-alone"):
        for width in _WIDTHS:
            for number, name in contexts[context][width].items():
                # In Chinese and its neighbours a month is a number and a sign.
                if not name[0].isdigit():
                    yield bare(name.casefold().removesuffix(".")), number
