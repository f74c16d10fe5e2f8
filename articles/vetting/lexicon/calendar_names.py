"""The names of months and weekdays, from the Unicode CLDR.

Babel keeps every locale that it read, some megabytes of which a process that reads these names at
its start needs nothing again: so it is told to drop them.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from babel import Locale, localedata

from articles.vetting.lexicon.lexicon import bare

_WIDTHS = ("wide", "abbreviated")


def month_names(*locales: str) -> dict[str, int]:
    """Return the names of the months, short ones too, with their numbers from 1."""
    return dict(chain.from_iterable(_named(_read(one, "months")) for one in locales))


def weekday_names(*locales: str) -> dict[str, int]:
    """Return the names of the weekdays, short ones too, with their numbers; Monday is 0."""
    return dict(chain.from_iterable(_named(_read(one, "days")) for one in locales))


def months_in_full(locale: str) -> tuple[str, ...]:
    """Return the names of the months as they are spelled, January first."""
    names = _read(locale, "months")["format", "wide"]
    return tuple(names[number] for number in range(1, 13))


def weekdays_in_full(locale: str) -> tuple[str, ...]:
    """Return the names of the weekdays as they are spelled, Monday first."""
    names = _read(locale, "days")["format", "wide"]
    return tuple(names[number] for number in range(7))


def _read(locale: str, table: str) -> Mapping[tuple[str, str], Mapping[int, str]]:
    """Return the names of a locale by context and width, and drop the rest of it."""
    contexts: Any = getattr(Locale.parse(locale), table)
    names = {
        (context, width): dict(contexts[context][width])
        for context in ("format", "stand-alone")
        for width in _WIDTHS
    }
    localedata.clear_caches()
    return names


def _named(names: Mapping[tuple[str, str], Mapping[int, str]]) -> Iterator[tuple[str, int]]:
    for in_context in names.values():
        for number, name in in_context.items():
            # In Chinese and its neighbours a month is a number and a sign.
            if not name[0].isdigit():
                yield bare(name.casefold().removesuffix(".")), number
