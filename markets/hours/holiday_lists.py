"""Holidays and half days as the package `holidays` lists them, printed as JSON.

    python -m markets.hours.holiday_lists YEAR …

To import the package takes most of a second in which no other thread runs, and some 50 MB at the
peak, for a few kilobytes of dates. So this runs as a process of its own, see calendars.py, and no
other module imports the package.
"""

import json
import sys
from collections.abc import Iterator, Sequence

# The class in the package, and the language that has its names in English.
LISTS = {
    "NYSE": "en_US",
    "NASDAQ": "en_US",
    "LSE": "en_GB",
    "XETR": "en_US",
    "TSE": "en_US",
    "HKEX": "en_HK",
    "ECB": "en_US",
}
# What the package calls the Tokyo exchange's own days, 31 December to 3 January.
_OWN_DAY = "Bank Holiday"
_NAMES = {"Labor Day": "Labour Day", "Labor Thanksgiving Day": "Labour Thanksgiving Day"}

type Row = tuple[str, str, str, bool]
"""The list, the day in ISO format, the name of the day, and whether half of it is traded."""


def rows(years: Sequence[int]) -> Iterator[Row]:
    """Yield every half day of some years, then every holiday: the later row is right of a day.

    A year that the package lacks has none.
    """
    import holidays

    for name, language in LISTS.items():
        kind = getattr(holidays, name)
        if holidays.HALF_DAY in kind.supported_categories:
            for on in kind(years=years, language=language, categories=holidays.HALF_DAY):
                yield name, on.isoformat(), "half day", True
        for on, called in kind(years=years, language=language).items():
            yield name, on.isoformat(), _name(name, called), False


def _name(name: str, called: str) -> str:
    names = [part for part in called.split("; ") if part != _OWN_DAY] or ["New Year holiday"]
    first = names[0]
    # An American Labor Day is spelt as there.
    return first if name in ("NYSE", "NASDAQ") else _NAMES.get(first, first)


if __name__ == "__main__":
    json.dump(list(rows([int(year) for year in sys.argv[1:]])), sys.stdout)
