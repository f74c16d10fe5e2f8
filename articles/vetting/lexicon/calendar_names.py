"""The names of months and weekdays, from the Unicode CLDR."""

from collections.abc import Iterator
from itertools import chain

from articles.vetting.lexicon.lexicon import bare
from web.calendar_names import Names, read_names


def month_names(*locales: str) -> dict[str, int]:
    """Return the names of the months, short ones too, with their numbers from 1."""
    return dict(chain.from_iterable(_named(read_names(one, "months")) for one in locales))


def weekday_names(*locales: str) -> dict[str, int]:
    """Return the names of the weekdays, short ones too, with their numbers; Monday is 0."""
    return dict(chain.from_iterable(_named(read_names(one, "days")) for one in locales))


def months_in_full(locale: str) -> tuple[str, ...]:
    """Return the names of the months as they are spelled, January first."""
    names = read_names(locale, "months")["format", "wide"]
    return tuple(names[number] for number in range(1, 13))


def weekdays_in_full(locale: str) -> tuple[str, ...]:
    """Return the names of the weekdays as they are spelled, Monday first."""
    names = read_names(locale, "days")["format", "wide"]
    return tuple(names[number] for number in range(7))


def _named(names: Names) -> Iterator[tuple[str, int]]:
    for in_context in names.values():
        for number, name in in_context.items():
            # In Chinese and its neighbours a month is a number and a sign.
            if not name[0].isdigit():
                yield bare(name.casefold().removesuffix(".")), number
