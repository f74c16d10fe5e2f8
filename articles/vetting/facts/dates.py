"""Dates of prose: what is said, and which days it can mean.

Read are "Wednesday, 24 June 2026", "June 24", "the 24th of June (a Wednesday)", "2026-06-24",
"24.06.2026", and what five other languages write for these. A number is a date only beside the
name of a month or between two others, and a weekday belongs to it only when nothing but a comma
or a time of day is between.
"""

import calendar
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from articles.vetting.facts.date_grammars import GRAMMARS, Grammar
from articles.vetting.lexicon import lexicon_of
from articles.vetting.lexicon.lexicon import bare
from articles.vetting.span_sets import SpanSet
from articles.vetting.text import View
from web.language_tags import primary

WEEKDAYS = tuple(calendar.day_name)
MONTHS = tuple(calendar.month_name)

_DIGITS = re.compile(
    r"(?:(?P<weekday>(?<![\w-])[^\W\d_]{3,12}(?:-feira)?)\.?(?:,?\s(?:den\s|the\s|le\s|el\s|il\s)?|\s?\())?"
    r"(?<![\w./:-])(?:(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)"
    r"|(?P<year2>(?:19|20)\d\d)(?P<mark2>[./])(?P<two2>\d{1,2})(?P=mark2)(?P<one2>\d{1,2}))(?![\w/-]|[.:]\w)"
)
_MAY_BE_DIGITS = re.compile(r"\d[./-]\d{1,2}[./-]\d")
_MAY_BE_ISO = re.compile(r"[12]\d{3}-")
# Names that end in a weekday, and the paper that is called like a short one.
_NO_WEEKDAY = re.compile(r"(?:\b(?:Sheffield|(?:Mail|Scotland|Independent) on)|\b[Tt]he)\s+\Z")
_ADDRESS = re.compile(r"\w{1,20}://\S+|www\.\S+")
_MAY_BE_ADDRESS = re.compile(r"://|www\.")
_HAS_DIGIT = re.compile(r"\d")
_PREPOSITION = re.compile(
    r"\b(?:on|by|until|till?|since|from|before|after|through|dated|of|for|between|to|and)"
    r"(?:\s(?:at\s(?:least|best)|about|around|late|early))?\s+\Z",
    re.IGNORECASE,
)
_THE = re.compile(r"\b[Tt]he\s+\Z")
# "Talks resume April 28.": nothing follows that the number could count.
_VERB = re.compile(r"\b(?!in\b)[a-z]+\s+\Z")
_CLAUSE_END = re.compile(r"[,;:)]|\.?\s*\Z|\.\s")
_NOUN_AFTER = re.compile(
    r"\s+(?!(?:a|an|the|and|or|in|at|on|to|by|as|of|for|from|with|when|after|before|but|that|which|"
    r"who|he|she|it|they|is|was|were|had|has|will|said|until|through|showed|shows)\b)[a-z]"
)
_WORD_AFTER = re.compile(r"\s([^\W\d_]+)")
# Half a year and some days: further away a date without a year would mean the one on the other side.
_NEAR = timedelta(days=190)
_LEAP_YEAR = 2000
_BACK = 24


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as a text says it. weekday counts from Monday, 0; start and end enclose the whole.

    weekday_start and weekday_end enclose the weekday's name. is_certain is false for "June 31"
    in "In June 31 ships sailed". Where year_is_certain is false the year may be a count of things.
    is_range_end is true of the 3 in "3-5 May", whose month stands beside the other end.
    """

    start: int
    end: int
    text: str
    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    weekday_start: int = -1
    weekday_end: int = -1
    is_certain: bool = True
    year_is_certain: bool = True
    is_range_end: bool = False

    @property
    def certain_year(self) -> int | None:
        """The year, None where none is said for certain."""
        return self.year if self.year_is_certain else None

    def exists(self) -> bool:
        """Return whether there is such a day, in some year where none is said."""
        return self.day <= days_in(self.month, self.year if self.year is not None else _LEAP_YEAR)

    def readings(self, *, near: Collection[date], years: Collection[int] = ()) -> list[date]:
        """Return the days that this can mean, the most plausible first.

        Without a year those are the days at most half a year or so from one of near, and those
        in the years that the text around names.
        """
        if self.year is not None and self.year_is_certain:
            return [date(self.year, self.month, self.day)] if self.exists() else []
        said = [] if self.year is None else [self.year]
        close = [
            day
            for moment in near
            for year in (moment.year - 1, moment.year, moment.year + 1)
            if (day := self.in_year(year)) and abs(day - moment) <= _NEAR
        ]
        close.sort(key=lambda day: min(abs(day - moment) for moment in near))
        others = [day for year in (*said, *years) if (day := self.in_year(year))]
        return list(dict.fromkeys(close + others))

    def in_year(self, year: int) -> date | None:
        """Return the day of this name in a year; None where there is none."""
        if not 1 <= year <= 9999 or self.day > days_in(self.month, year):
            return None
        return date(year, self.month, self.day)


_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in(month: int, year: int) -> int:
    # A hostile text has thousands of dates, and monthrange() also looks for a weekday.
    return _DAYS[month - 1] + (month == calendar.FEBRUARY and calendar.isleap(year))


def has_digit(text: str) -> bool:
    return _HAS_DIGIT.search(text) is not None


def weekdays(language: str) -> tuple[str, ...]:
    """Return the names of the weekdays, Monday first; in English where a language is not read."""
    return _grammar(language).weekdays


def read_dates(text: View | str, language: str = "en") -> tuple[DateMention, ...]:
    """Return the dates of a text in a language, in order; as English where that is not read.

    Addresses are cleared over, and what cannot be seen.
    """
    source = text if isinstance(text, str) else text.source
    if not has_digit(source):
        return ()
    view = View.of(text) if isinstance(text, str) else text
    if view.text == source:
        return tuple(_read(source, language))
    return tuple(_moved(mention, view) for mention in _read(view.text, language))


def _moved(mention: DateMention, view: View) -> DateMention:
    """Return a date of a text as it looks with its places in the text as it is written."""
    start, end = view.locate(mention.start, mention.end)
    there = replace(mention, start=start, end=end)
    if mention.weekday_start < 0:
        return there
    first, last = view.locate(mention.weekday_start, mention.weekday_end)
    return replace(there, weekday_start=first, weekday_end=last)


def _read(text: str, language: str) -> list[DateMention]:
    if _MAY_BE_ADDRESS.search(text):
        text = _ADDRESS.sub(lambda match: " " * len(match.group()), text)
    code = primary(language) if primary(language) in GRAMMARS else "en"
    found: list[DateMention] = []
    if _MAY_BE_ISO.search(text) or _may_name_month(text, GRAMMARS[code]):
        found += _named(text, code)
        found += _other_ends(text, code, found)
    if _MAY_BE_DIGITS.search(text):
        found += _in_digits(text, code)
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _grammar(language: str) -> Grammar:
    return GRAMMARS.get(primary(language), GRAMMARS["en"])


def _may_name_month(text: str, grammar: Grammar) -> bool:
    """Return whether a text may name a month, at little cost: most texts name none."""
    folded = text.casefold()
    return any(stem in folded for stem in grammar.stems)


def _named(text: str, code: str) -> Iterator[DateMention]:
    """Yield the dates that name their month, and those like 2026-06-24."""
    grammar = GRAMMARS[code]
    for match in grammar.date.finditer(text):
        groups = match.groupdict()
        shape = next(n for n in "123" if groups.get(f"day{n}"))
        month = (
            int(match["month3"]) if shape == "3" else grammar.month_number(match[f"month{shape}"])
        )
        if 1 <= month <= 12 and 1 <= int(match[f"day{shape}"]) <= 31:
            yield _mention(text, match, shape, month, code)


def _mention(text: str, match: re.Match[str], shape: str, month: int, code: str) -> DateMention:
    group = "weekday" if match["weekday"] else "later"
    weekday = _weekday(text, match, group, GRAMMARS[code])
    year = match[f"year{shape}"]
    is_bare = shape == "2" and year is None and weekday is None and not match["th2"]
    start = match.start() if weekday is not None and group == "weekday" else _start(match, shape)
    return DateMention(
        start=start,
        end=match.end(),
        text=text[start : match.end()],
        day=int(match[f"day{shape}"]),
        month=month,
        year=None if year is None else int(year),
        weekday=weekday,
        weekday_start=match.start(group),
        weekday_end=match.end(group),
        is_certain=not is_bare or _is_placed(text, match.start(), match.end()),
        year_is_certain=shape == "3" or not _counts(text, match.end(), code),
    )


def _is_placed(text: str, start: int, end: int) -> bool:
    """Return whether "June 24" is a day where it stands: on June 24, the June 24 vote."""
    low = max(0, start - _BACK)
    if _THE.search(text, low, start):
        return True
    if _PREPOSITION.search(text, low, start):
        return not _NOUN_AFTER.match(text, end)
    return _VERB.search(text, low, start) is not None and _CLAUSE_END.match(text, end) is not None


def _counts(text: str, end: int, code: str) -> bool:
    """Return whether a noun follows that the year may count: "le 19 mai 2000 personnes"."""
    if code == "en":
        return _NOUN_AFTER.match(text, end) is not None
    after, lexicon = _WORD_AFTER.match(text, end), lexicon_of(code)
    if after is None:
        return False
    return lexicon is None or bare(after[1].casefold()) not in lexicon.function_words


def _start(match: re.Match[str], shape: str) -> int:
    """Return where the date begins when its weekday is left out."""
    return min(
        match.start(f"{part}{shape}")
        for part in ("day", "month", "year")
        if match[f"{part}{shape}"]
    )


def _weekday(text: str, match: re.Match[str], group: str, grammar: Grammar) -> int | None:
    name = match[group]
    if name is None:
        return None
    before = text[max(0, match.start(group) - _BACK) : match.start(group)]
    is_short = not name.casefold().endswith("day")
    named = _NO_WEEKDAY.search(before) if grammar.month_first else None
    if named and (is_short or not named.group().casefold().startswith("the")):
        return None
    if group == "weekday" and grammar.row.search(before):
        return None
    return grammar.weekday_number(name)


def _other_ends(text: str, code: str, found: Collection[DateMention]) -> Iterator[DateMention]:
    """Yield the day of each range that has no month beside it: the 3 in "3-5 May"."""
    taken = SpanSet((mention.start, mention.end) for mention in found)
    grammar = GRAMMARS[code]
    for match in grammar.range.finditer(text):
        shape = "1" if match["month1"] else "2"
        first, last = int(match[f"first{shape}"]), int(match[f"last{shape}"])
        if not 1 <= first < last <= 31:
            continue
        year = match[f"year{shape}"]
        for end, day in (("first", first), ("last", last)):
            if match.start(f"{end}{shape}") in taken:
                continue
            yield DateMention(
                start=match.start(),
                end=match.end(),
                text=match.group(),
                day=day,
                month=grammar.month_number(match[f"month{shape}"]),
                year=int(year) if year else None,
                year_is_certain=not _counts(text, match.end(), code),
                is_range_end=True,
            )


def _in_digits(text: str, code: str) -> Iterator[DateMention]:
    """Yield "24.06.2026" and "24/06/2026"; of 4/8/2026 no English reader knows which is the month."""
    names = {name.casefold(): number for number, name in enumerate(GRAMMARS[code].weekdays)}
    for match in _DIGITS.finditer(text):
        shape = "" if match["year"] else "2"
        one, two = int(match[f"one{shape}"]), int(match[f"two{shape}"])
        is_slashed = not shape and match["mark"] == "/"
        if is_slashed and two > 12 >= one:
            one, two = two, one
        elif is_slashed and one <= 12 and code == "en":
            continue
        if not (1 <= two <= 12 and 1 <= one <= 31):
            continue
        weekday = names.get((match["weekday"] or "").casefold())
        start = match.start(f"one{shape}") if not shape else match.start("year2")
        if weekday is not None:
            start = match.start()
        yield DateMention(
            start=start,
            end=match.end(),
            text=text[start : match.end()],
            day=one,
            month=two,
            year=int(match[f"year{shape}"]),
            weekday=weekday,
            weekday_start=match.start("weekday"),
            weekday_end=match.end("weekday"),
        )
