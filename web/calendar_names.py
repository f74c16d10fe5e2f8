"""The names of months and weekdays in the Unicode CLDR: read by checks, feeds and stories."""

from functools import cache
from typing import Any, Literal

from babel import Locale, localedata

CONTEXTS, WIDTHS = ("format", "stand-alone"), ("wide", "abbreviated")

type Names = dict[tuple[str, str], dict[int, str]]


def read_names(locale: str, table: Literal["months", "days"]) -> Names:
    """Return the names of a locale by context and width: of months from 1, of days from Monday, 0."""
    return _read(locale)[table]


@cache
def _read(locale: str) -> dict[str, Names]:
    """Return both tables of a locale.

    Babel takes 15 milliseconds to read a locale and keeps all of it, some megabytes of which nothing
    is needed again: so each is read once, and Babel is told to drop the rest.
    """
    read = Locale.parse(locale)
    tables: dict[str, Any] = {"months": read.months, "days": read.days}
    names = {
        table: {
            (context, width): dict(contexts[context][width])
            for context in CONTEXTS
            for width in WIDTHS
        }
        for table, contexts in tables.items()
    }
    localedata.clear_caches()
    return names
