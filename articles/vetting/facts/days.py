"""Weekdays, months and years that stand without a date: "on Friday", "in March", "since 2006".

Read strictly, in the language that the caller says: a name of a day that may be another name, as
in "Friday prayers" or "the Sunday Ledger", is none.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from articles.vetting.facts.date_grammars import GRAMMARS
from articles.vetting.lexicon import lexicon_of
from articles.vetting.lexicon.days import (
    BEFORE_MONTHS,
    BEFORE_WEEKDAYS,
    BEFORE_YEARS,
    NAMED_DAYS_AFTER,
    NAMED_DAYS_BEFORE,
    PARTS_OF_DAY,
    PARTS_OF_TIMES,
    RANGES,
)
from articles.vetting.lexicon.english import LEXICON as ENGLISH
from articles.vetting.lexicon.lexicon import bare
from articles.vetting.lexicon.speakers import SAYING
from articles.vetting.lexicon.verbs import IRREGULAR
from articles.vetting.span_sets import SpanSet


class Precision(StrEnum):
    """How much of a date is said."""

    WEEKDAY = "weekday"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class DayMention:
    """A weekday from Monday, 0, a month from 1, or a year. start and end enclose its name.

    opens is where its preposition begins. owns_next: what happens then stands after it, as in
    "Tuesday's storm".
    """

    precision: Precision
    value: int
    start: int
    end: int
    opens: int
    owns_next: bool = False


_WORD_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)[\s-]\Z")
_WORD_AFTER = re.compile(r"(?:['’]s)?[\s-](?P<word>[^\W\d_]+)")
_OWNS = re.compile(r"['’]s\b")
_YEAR_AFTER = re.compile(r",?\s(?:del?\s)?(?P<year>(?:1[89]|20)\d\d)(?![\d/–-]|[.,:]\d|\s?%)")
_DAY_NEXT = re.compile(r"\.?\s\d{1,2}(?!\d)")
_DAY_LAST = re.compile(r"\d(?:st|nd|rd|th|\.|º|°|er)?\s(?:of\s|de\s)?\Z")
# The first of two of a kind, and what joins them.
_RANGE = re.compile(r"\b(?P<before>[^\W\d_]+)\s(?P<first>\w+)\s(?:to|and|until)\s\Z", re.IGNORECASE)
_OF = re.compile(r"\b(?P<part>[^\W\d_]+)\sof\s\Z", re.IGNORECASE)
_OF_MONTHS = frozenset({"for", "of"})
_ALSO_NAMES = frozenset({"april", "may", "june", "march", "august", "avril", "mai", "juin"})
_BEFORE_NOUNS = frozenset(
    {"the", "its", "of", "on", "in", "from", "for", "and", "his", "her", "their"}
)
_BACK = 24
_ANY_WORD = re.compile(r"\w+")
_MAY_BE_YEAR = re.compile(r"(?:1[89]|20)\d\d")
# Where these are written small, a capital begins a name.
_SMALL_DAYS = frozenset({"fr", "es", "it", "pt"})


_MONTHS: Mapping[str, int] = {
    form: GRAMMARS["en"].month_number(name)
    for name in GRAMMARS["en"].months
    for form in (name.casefold(), name.casefold()[:3])
} | {"sept": 9}


@cache
def _scan(code: str) -> re.Pattern[str]:
    """Return the pattern that finds the names of a language, and years."""
    grammar = GRAMMARS[code]
    days = "|".join(map(re.escape, grammar.weekdays))
    months = "|".join(map(re.escape, grammar.months))
    return re.compile(
        rf"\b(?:(?P<weekday>{days})|(?P<month>{months})|(?P<year>(?:1[89]|20)\d\d)(?![\d/–-]|[.,:]\d|\s?%))\b",
        re.IGNORECASE,
    )


@cache
def _first_words(code: str) -> frozenset[str]:
    """Return the first word of each name of a day or month, folded."""
    names = (*GRAMMARS[code].weekdays, *GRAMMARS[code].months)
    return frozenset(_ANY_WORD.findall(name.casefold())[0] for name in names)


def _may_name_day(text: str, language: str) -> bool:
    """Return whether a text may name a day, month or year: most name none, which is seen quickly."""
    if _MAY_BE_YEAR.search(text):
        return True
    return not _first_words(language).isdisjoint(_ANY_WORD.findall(text.casefold()))


def read_days(
    text: str, language: str, dates: Iterable[tuple[int, int]] = ()
) -> Iterator[DayMention]:
    """Yield the weekdays, months and years of a text, none inside the spans of its dates."""
    if language not in GRAMMARS or not _may_name_day(text, language):
        return
    inside = SpanSet(dates)
    done = 0
    for match in _scan(language).finditer(text):
        if match.start() < done or match.start() in inside:
            continue
        read = _READERS[match.lastgroup or "year"]
        for mention in read(text, match, language):
            yield mention
            done = mention.end


def months_named(text: str, dates: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield the months of an English text, wherever they stand: start, end, number.

    Leniently, as wires write them: "Mar 3.3", "the Sept rate".
    """
    inside = SpanSet(dates)
    for match in _ANY_WORD.finditer(text):
        word = match.group()
        month = _MONTHS.get(word.casefold(), 0) if word[0].isupper() else 0
        if month and match.start() not in inside:
            yield match.start(), match.end(), month


def _weekday(text: str, match: re.Match[str], language: str) -> Iterator[DayMention]:
    before, opens = _before(text, match.start())
    after = _WORD_AFTER.match(text, match.end())
    if not _is_day(match.group(), before, after["word"] if after else "", language):
        return
    yield DayMention(
        Precision.WEEKDAY,
        GRAMMARS[language].weekday_number(match.group()),
        match.start(),
        match.end(),
        opens if bare(before.casefold()) in BEFORE_WEEKDAYS else match.start(),
        owns_next=_OWNS.match(text, match.end()) is not None,
    )


def _is_day(name: str, before: str, after: str, language: str) -> bool:
    """Return whether a weekday between these words is a day, and no part of a name."""
    folded, follows = bare(before.casefold()), bare(after.casefold())
    if folded in NAMED_DAYS_BEFORE or follows in NAMED_DAYS_AFTER:
        return False
    if language in _SMALL_DAYS and name[0].isupper():
        return False
    if folded in BEFORE_WEEKDAYS:
        return True
    if language == "de":
        return False
    if after[:1].isupper():
        return False
    # "Said Thursday", "missing Wednesday night", "Tuesday's storm".
    return before.islower() or (not before and (follows in PARTS_OF_DAY or after[:1].islower()))


def _month(text: str, match: re.Match[str], language: str) -> Iterator[DayMention]:
    if language == "en" and match.group()[0].islower():
        return
    if _DAY_NEXT.match(text, match.end()) or _DAY_LAST.search(
        text, max(0, match.start() - 8), match.start()
    ):
        return
    before, opens = _before(text, match.start())
    is_placed = bare(before.casefold()) in BEFORE_MONTHS or _is_in_time(text, match, language)
    after = _WORD_AFTER.match(text, match.end())
    owns_next = not is_placed and language == "en" and _owns_a_noun(match.group(), before, after)
    is_placed = is_placed or owns_next
    year = _YEAR_AFTER.match(text, match.end())
    if not year and (not is_placed or (after and after["word"][0].isupper() and language == "en")):
        return
    start, opens = match.start(), opens if is_placed else match.start()
    month = GRAMMARS[language].month_number(match.group())
    yield DayMention(Precision.MONTH, month, start, match.end(), opens, owns_next=owns_next)
    if year:
        yield DayMention(Precision.YEAR, int(year["year"]), start, year.end(), opens)


def _owns_a_noun(name: str, before: str, after: re.Match[str] | None) -> bool:
    """Return whether a month says of which month a thing is: "December futures", "for December".

    April, May and June are people, too, and who marches begins a sentence.
    """
    if before in _OF_MONTHS:
        return after is None or after["word"].islower()
    if after is None or not after["word"].islower() or after.group()[0] != " ":
        return False
    word = after["word"]
    is_verb = word in IRREGULAR or word.endswith("ed") or word in SAYING
    is_noun = word not in ENGLISH.function_words and not is_verb
    return is_noun and (name.casefold() not in _ALSO_NAMES or before in _BEFORE_NOUNS)


def _year(text: str, match: re.Match[str], language: str) -> Iterator[DayMention]:
    before, opens = _before(text, match.start())
    after = _WORD_AFTER.match(text, match.end())
    lexicon = lexicon_of(language)
    is_placed = bare(before.casefold()) in BEFORE_YEARS or _is_in_time(text, match, language)
    if not is_placed or lexicon is None:
        return
    # "In 1900 homes" is no year.
    if after and after["word"].islower() and bare(after["word"]) not in lexicon.function_words:
        return
    yield DayMention(Precision.YEAR, int(match.group()), match.start(), match.end(), opens)


def _is_in_time(text: str, match: re.Match[str], language: str) -> bool:
    """Return whether a month or year ends a range or is said in part: "to July", "all of 2022"."""
    if language != "en":
        return False
    start = max(0, match.start() - _BACK)
    part = _OF.search(text, start, match.start())
    if part:
        return part["part"].casefold() in PARTS_OF_TIMES
    span = _RANGE.search(text, start, match.start())
    if not span or span["before"].casefold() not in RANGES:
        return False
    return span["first"].isdigit() == match.group().isdigit()


_READERS: Mapping[str, Callable[[str, re.Match[str], str], Iterator[DayMention]]] = {
    "weekday": _weekday,
    "month": _month,
    "year": _year,
}


def _before(text: str, start: int) -> tuple[str, int]:
    """Return the word right before a place, empty at the start of a clause, and where it begins."""
    match = _WORD_BEFORE.search(text, max(0, start - _BACK), start)
    return (match["word"], match.start()) if match else ("", start)
