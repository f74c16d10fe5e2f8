"""The days that a post names, in whatever of six languages it is, read leniently.

An article's dates are read strictly, since a date read where there is none would hold it. A post's
are read for the opposite reason: what may be a date there must not be asked about.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from articles.vetting.facts.date_grammars import GRAMMARS
from articles.vetting.lexicon.lexicon import bare

_NUMBER = re.compile(
    r"(?<![\w.,:/$€£])(?P<day>[0-3]?\d)(?P<th>st|nd|rd|th|er|re|ro|\.?[ºª°oa])?(?![\w%])(?![.,:/]\d)",
    re.IGNORECASE,
)
_MONTH_AFTER = re.compile(r"\.?[\s-]{0,2}(?:(?:of|de)\s|d['’])?(?P<month>[^\W\d_]{3,10})")
_YEAR_AFTER = re.compile(r"\.?(?:,?\s|\sdel?\s|-)(?P<year>[12]\d{3})(?!\d|[.,:]\d)")
_TO = re.compile(
    r"\.?\s?(?:-|–|—|/|&|,|(?:\b|(?<=\d))(?:to|and|or|until|through|bis|und|oder|au|et|ou|al|ao|y|o|a|e))"
    r"\s?(?:the\s|le\s|el\s|il\s)?(?=\d)",
    re.IGNORECASE,
)
_IN_DIGITS = re.compile(
    r"(?<![\w.:/])(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d{2})|\.)?(?![\w%])(?![./:-]\d)"
)
_ISO = re.compile(r"(?<!\d)(?P<year>[12]\d{3})[./-](?P<two>[01]?\d)[./-](?P<one>[0-3]?\d)(?!\d)")
# "The 24th", "le 24": the month goes without saying.
_ALONE = frozenset({"the", "on", "le", "el", "il", "dia", "am", "den", "dem", "vom"})
_DIGITS = re.compile(r"\d+")
_BACK = 16
MONTHS: Mapping[str, int] = {
    name: number
    for grammar in GRAMMARS.values()
    for name, number in (
        *grammar.short_months.items(),
        *((bare(full.casefold()), n) for n, full in enumerate(grammar.months, 1)),
    )
}


@dataclass(frozen=True, slots=True)
class PostedDate:
    """A day that a post names, or may; start and end enclose it. month 0 is any month.

    is_doubtful is true of "1.9", which is a number far more often than a day.
    """

    start: int
    end: int
    day: int
    month: int
    year: int | None = None
    is_doubtful: bool = False


def read_post_dates(text: str, names: Collection[str] = MONTHS.keys()) -> list[PostedDate]:
    """Return the days that a text may name; of 4/8/2017 both readings, of ranges every day.

    names are the words, bare of accents, that may name a month in it.
    """
    places = [match.start() for match in _DIGITS.finditer(text)]
    return [*_named(text, places, names), *_in_digits(text, places)]


def _month_of(word: str, names: Collection[str]) -> int:
    """Return the number of the month that a word names in any of the languages, or 0."""
    key = bare(word.casefold().removesuffix("."))
    return MONTHS.get(key, 0) if key in names else 0


@dataclass(frozen=True, slots=True)
class _Month:
    """The month that goes with a number; start and end enclose both, and the year."""

    start: int
    end: int
    month: int
    year: int | None


def _named(text: str, places: Sequence[int], names: Collection[str]) -> Iterator[PostedDate]:
    matches = (_NUMBER.match(text, place) for place in places)
    numbers = [match for match in matches if match and 1 <= int(match["day"]) <= 31]
    # A text that has no name of a month is not searched for one.
    months = [_beside(text, number, names) if names else None for number in numbers]
    for n in range(len(numbers) - 1 if names else 0):
        if _is_range(text, numbers[n], numbers[n + 1]):
            yield from _within(numbers[n], numbers[n + 1], months[n], months[n + 1])
            # One end of "3-5 May" or "May 3-5" has no month beside it.
            months[n] = months[n] or months[n + 1]
            months[n + 1] = months[n + 1] or months[n]
    for number, month in zip(numbers, months, strict=True):
        day = int(number["day"])
        if month is not None:
            yield PostedDate(month.start, month.end, day, month.month, month.year)
        elif number["th"] or _stands_alone(text, number.start()):
            yield PostedDate(number.start(), number.end(), day, 0)


def _stands_alone(text: str, start: int) -> bool:
    before = text[max(0, start - _BACK) : start].split()
    return bool(before) and before[-1].casefold() in _ALONE


def _is_range(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    to = _TO.match(text, first.end())
    return to is not None and to.end() == last.start()


def _within(
    first: re.Match[str], last: re.Match[str], *months: _Month | None
) -> Iterator[PostedDate]:
    """Yield the days between the ends of a range that lies in one month."""
    known = [month for month in months if month is not None]
    if known and len({month.month for month in known}) == 1:
        for day in range(int(first["day"]) + 1, int(last["day"])):
            yield PostedDate(known[0].start, known[0].end, day, known[0].month, known[0].year)


def _beside(text: str, number: re.Match[str], names: Collection[str]) -> _Month | None:
    after = _MONTH_AFTER.match(text, number.end())
    if after and (month := _month_of(after["month"], names)):
        end, year = _year(text, after.end())
        return _Month(number.start(), end, month, year)
    before = text[max(0, number.start() - _BACK) : number.start()].removesuffix("the ")
    word = before.split()[-1] if before.strip() and before[-1].isspace() else ""
    if month := _month_of(word, names):
        end, year = _year(text, number.end())
        return _Month(text.rindex(word, 0, number.start()), end, month, year)
    return None


def _year(text: str, end: int) -> tuple[int, int | None]:
    match = _YEAR_AFTER.match(text, end)
    return (match.end(), int(match["year"])) if match else (end, None)


def _in_digits(text: str, places: Iterable[int]) -> Iterator[PostedDate]:
    for place in places:
        if match := _IN_DIGITS.match(text, place):
            yield from _either_way(match)
        elif match := _ISO.match(text, place):
            year, month, day = int(match["year"]), int(match["two"]), int(match["one"])
            yield PostedDate(match.start(), match.end(), day, month, year)


def _either_way(match: re.Match[str]) -> Iterator[PostedDate]:
    """Yield the days that "4/8/2017" can mean; "3-5" is a score."""
    one, two = int(match["one"]), int(match["two"])
    if match["mark"] == "-" and not match["year"]:
        return
    year = int(match["year"]) if match["year"] else None
    if year is not None and year < 100:
        year += 2000
    is_doubtful = match["mark"] == "." and not match.group().endswith(".") and year is None
    for day, month in {(one, two), (two, one)}:
        if 1 <= day <= 31 and 1 <= month <= 12:
            yield PostedDate(match.start(), match.end(), day, month, year, is_doubtful=is_doubtful)
