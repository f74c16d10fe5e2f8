"""The names of months and weekdays in the Unicode CLDR: read by checks, feeds and stories."""

from typing import Any, Literal

from babel import Locale, localedata

CONTEXTS, WIDTHS = ("format", "stand-alone"), ("wide", "abbreviated")

type Names = dict[tuple[str, str], dict[int, str]]


def read_names(locale: str, table: Literal["months", "days"]) -> Names:
    """Return the names of a locale by context and width: of months from 1, of days from Monday, 0.

    Babel keeps every locale that it read, some megabytes of which nothing is needed again, so it is
    told to drop them: keep what you make of these.
    """
    contexts: Any = getattr(Locale.parse(locale), table)
    names = {
        (context, width): dict(contexts[context][width]) for context in CONTEXTS for width in WIDTHS
    }
    localedata.clear_caches()
    return names
