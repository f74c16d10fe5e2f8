"""How each language writes a date: "Wednesday, 24 June 2026", "mercredi 24 juin", "24 de junio".

A grammar is one pattern with the same groups in every language, so that one reader serves all.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from articles.vetting.lexicon.calendar_names import month_names, months_in_full, weekdays_in_full
from articles.vetting.lexicon.lexicon import bare

# Lower-case "may" and "march" are verbs, and so can short names be anything.
_ENGLISH_MONTH = (
    r"(?:(?i:January|February|April|June|July|August|September|October|November|December)"
    r"|March|MARCH|May|MAY"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\b\.?)"
)
_ENGLISH_WEEKDAY = (
    r"(?:(?i:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
    r"|(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun|MON|TUES?|WEDS?|THU(?:RS?)?|FRI|SAT|SUN)\b\.?)"
)
# "25 June, a Wednesday,", "25 June was a Wednesday".
_IS = r"(?:was|is|falls\s+on|fell\s+on|will\s+be)"
_ENGLISH_LATER = (
    rf"(?:\s*(?:\(|[,–—]\s+|\s-\s)(?:(?:which\s+{_IS}\s+)?a\s+)?(?=\w+(?:\)|[.,;:!?–—]|\s+[-–—]|\s*\Z))"
    rf"|\s+{_IS}\s+a\s+)(?P<later>{_ENGLISH_WEEKDAY})(?:\)|(?<=y))"
)
_DAY = r"(?<![\w.,:/$€£])(?P<day{n}>[0-3]?\d)(?P<th{n}>{ordinal})?(?!\d|[.,:/]\d|\s*%)"
# Four digits before a zone are a time: "24 June 1430 GMT".
_NO_YEAR = r"(?!\d|[.,:]\d|\s*(?:%|Z\b|h\b|hrs?\b|hours\b|uhr\b|(?-i:[A-Z]{3,4})\b|local time))"
_YEAR = rf"(?P<year{{n}}>[12]\d{{{{3}}}}){_NO_YEAR.replace('{', '{{').replace('}', '}}')}"
_ISO = r"(?<![\w/.=-])(?P<year3>[12]\d{3})-(?P<month3>[01]\d)-(?P<day3>[0-3]\d)(?![\d/-]|[.]\d)"


@dataclass(frozen=True)
class Grammar:
    """The patterns of a language's dates. weekdays and months are names in full,
    Monday and January first.

    month and weekday match a name, between what stands between day and month, before_year what
    stands before the year, opening what stands between weekday and date. to joins the ends of a
    range, and the names of days in a row. month_first: "June 24" is a date too.
    """

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    short_months: Mapping[str, int]
    month: str
    weekday: str
    ordinal: str
    between: str
    before_year: str
    opening: str
    later: str
    to: str
    month_first: bool = False
    flags: re.RegexFlag = re.IGNORECASE

    @cached_property
    def date(self) -> re.Pattern[str]:
        shapes = [
            f"{self._day(1)}(?:{self.between})(?P<month1>{self.month})(?!\\w){self._year(1)}",
            f"(?<!\\w)(?P<month2>{self.month})\\s+{self._day(2)}{self._year(2)}",
            _ISO,
        ]
        if not self.month_first:
            del shapes[1]
        before = rf"(?P<weekday>(?<![\w-])(?:{self.weekday}))(?:{self.opening})"
        return re.compile(f"(?:{before})?(?:{'|'.join(shapes)})(?:{self.later})?", self.flags)

    @cached_property
    def range(self) -> re.Pattern[str]:
        """Two days of one month: "3-5 May", "May 3 and 5", "du 3 au 5 mai"."""
        to = rf"\s*(?:-|–|—|/|&|(?<!\w)(?:{self.to})\b)\s*(?:the\s+)?"
        first = rf"(?<![\w.,:/$€£])(?P<first{{n}}>[0-3]?\d)(?:{self.ordinal})?{to}"
        last = rf"(?P<last{{n}}>[0-3]?\d)(?:{self.ordinal})?"
        year = r"(?P<year{n}>[12]\d{{3}})(?!\d)"
        shapes = [
            rf"{first}{last}(?:{self.between})(?P<month{{n}}>{self.month})(?!\w)(?:(?:{self.before_year}){year})?".format(n=1),
            rf"(?<!\w)(?P<month{{n}}>{self.month})\s+{first}{last}(?![\w:])(?:(?:{self.before_year}){year})?".format(n=2),
        ]  # fmt: skip
        return re.compile("|".join(shapes if self.month_first else shapes[:1]), self.flags)

    @cached_property
    def row(self) -> re.Pattern[str]:
        """Another weekday before: "Montag und Dienstag, 8. und 9. Juni"."""
        joined = rf"(?:\s*(?:,|/|-|–|—|{self.to})\s*)+"
        return re.compile(rf"(?:{self.weekday}){joined}\Z", self.flags)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The first letters of the months, folded, with accents and without."""
        return frozenset(form.casefold()[:3] for name in self.months for form in (name, bare(name)))

    @cached_property
    def _bare_weekdays(self) -> tuple[str, ...]:
        return tuple(bare(day.casefold()) for day in self.weekdays)

    @cached_property
    def _weekday_starts(self) -> tuple[str, ...]:
        return tuple(day[:2] for day in self._bare_weekdays)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        names = {bare(name.casefold()): n for n, name in enumerate(self.months, 1)}
        starts = {name[:3]: n for name, n in reversed(names.items())}
        return {**starts, **self.short_months, **names}

    def month_number(self, name: str) -> int:
        """Return the number of a month, 0 where no month is called so. A short name begins it."""
        key = bare(name.casefold().removesuffix("."))
        return self._numbers.get(key) or self._numbers.get(key[:3], 0)

    def weekday_number(self, name: str) -> int:
        """Return the number of a name that the pattern of weekdays matches; Monday is 0."""
        key = bare(name.casefold())
        whole = (n for n, day in enumerate(self._bare_weekdays) if key.startswith(day))
        found = next(whole, None)
        return found if found is not None else self._weekday_starts.index(key[:2])

    def _day(self, n: int) -> str:
        return _DAY.format(n=n, ordinal=self.ordinal)

    def _year(self, n: int) -> str:
        return f"(?:(?:{self.before_year}){_YEAR.format(n=n)})?"


def _names(names: Iterable[str]) -> str:
    """Return a pattern of names, with their accents or without, the longest first."""
    both = {name for full in names for name in (full, bare(full).replace(" ", "-"))}
    return "|".join(map(re.escape, sorted(both, key=lambda name: (-len(name), name))))


def _continental(
    code: str,
    *,
    to: str,
    ordinal: str,
    article: str,
    short: Iterable[str] = (),
    between: str = r"\s",
    ending: str = "",
) -> Grammar:
    """Make the grammar of a language that writes the day first; short are its short months."""
    weekdays = weekdays_in_full(code)
    weekday = f"(?:{_names(weekdays)})" + (f"(?:{ending})?" if ending else "")
    return Grammar(
        weekdays=weekdays,
        months=months_in_full(code),
        short_months=month_names(code),
        month=rf"(?:{_names((*months_in_full(code), *short))})\b\.?",
        weekday=weekday,
        ordinal=ordinal,
        between=between,
        before_year=rf"{between}|\sdel\s",
        opening=rf"(?:\s\w{{3,10}})?(?:,?\s(?:(?:{article})\s?)?|\s?\()",
        later=rf"\s?\((?P<later>{weekday})\)",
        to=to,
    )


GRAMMARS: Mapping[str, Grammar] = {
    "en": Grammar(
        weekdays=weekdays_in_full("en"),
        months=months_in_full("en"),
        short_months=month_names("en", "en_GB"),
        month=_ENGLISH_MONTH,
        weekday=_ENGLISH_WEEKDAY,
        ordinal=r"(?i:st|nd|rd|th)\b",
        between=r"\s+(?:of\s+)?|-",
        before_year=r",?\s+|-",
        opening=(
            r"(?:\s+(?:morning|afternoon|evening|night))?"
            r"(?:,?\s+(?:the\s+)?|\s*\(\s*|['’]s(?:\s+[a-z]{3,12})?\s*\((?=[^()\d]*\d{1,2}[^()\d]*\)))"
        ),
        later=_ENGLISH_LATER,
        to="to|and|until|through|or",
        month_first=True,
        flags=re.NOFLAG,
    ),
    "de": _continental(
        "de",
        to="bis zum|bis|und|oder",
        ordinal=r"\.",
        article="den|dem|der",
        short=("Jan", "Feb", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Okt", "Nov", "Dez", "Jänner"),
        between=r"\s?",
        ending="s|abend|morgen|nachmittag|vormittag|nacht",
    ),
    "fr": _continental(
        "fr",
        to="au|et|ou|à",
        ordinal="er|ᵉʳ",
        article="le",
        short=("janv", "févr", "avr", "juil", "sept", "oct", "nov", "déc"),
    ),
    "es": _continental(
        "es", to="al|y|o|a", ordinal=r"\.?(?:º|°|o|ro)", article="el|día", short=("setiembre",), between=r"\sde\s"
    ),
    "it": _continental("it", to="al|e|o", ordinal=r"\.?(?:º|°|o)", article="il|l'|l’"),
    "pt": _continental("pt", to="ao|a|e|ou", ordinal=r"\.?(?:º|°|o)", article="dia|o dia", between=r"\sde\s"),
}  # fmt: skip
