"""Dates in the languages whose calendars are read, and dates in digits.

German "Mittwoch, 24. Juni 2026", French "mercredi 24 juin", "1er mai", Spanish "miércoles 24 de
junio de 2026", Italian "mercoledì 24 giugno", Portuguese "quarta-feira, 24 de junho". English has a
reader of its own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from articles.vetting import dates
from articles.vetting.dates import StatedDate
from articles.vetting.languages import primary
from articles.vetting.plain import Plain, hides


@dataclass(frozen=True)
class Calendar:
    """The names of days and months of a language, Monday and January first.

    short has what a month may be cut to; between is a pattern of what stands between day and
    month, month and year, and before the day.
    """

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    short: tuple[str, ...] = ()
    ordinal: str = ""
    of: str = " "
    before: str = ""
    ending: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        name = "|".join(re.escape(day) for day in self.weekdays)
        weekday = rf"(?:{name})(?:{self.ending})?"
        months = "|".join(
            map(re.escape, sorted((*self.months, *self.short), key=len, reverse=True))
        )
        return re.compile(
            rf"(?:(?P<weekday>(?<![\w-]){weekday})(?:\s\w{{3,10}})?(?:,?\s(?:(?:{self.before})\s?)?|\s?\())?"
            rf"(?<![\w.,:/$€£-])(?P<day>[0-3]?\d)(?:{self.ordinal})?(?:{self.of})(?P<month>{months})(?!\w)"
            rf"\.?(?:(?:{self.of}|\sdel\s)(?P<year>(?:19|20)\d\d)(?![\d.,]\d|\s?%))?"
            rf"(?:\s?\((?P<later>{weekday})\))?",
            re.IGNORECASE,
        )

    @cached_property
    def row(self) -> re.Pattern[str]:
        """Another weekday before: "Montag und Dienstag, 8. und 9. Juni"."""
        name = "|".join(re.escape(day) for day in self.weekdays)
        return re.compile(
            rf"(?:{name})(?:{self.ending})?(?:\s*(?:,|/|-|–|und|oder|bis|et|ou|au|à|y|o|a|e|ao|al)\s*)+\Z",
            re.IGNORECASE,
        )

    def month(self, name: str) -> int:
        folded = name.casefold()
        full = [month.casefold() for month in self.months]
        if folded in full:
            return full.index(folded) + 1
        # What is cut begins like its month, but for letters that are written another way.
        return next((n for n, month in enumerate(full, 1) if month.startswith(folded[:3])), 0)

    def weekday(self, name: str) -> int:
        return next(
            n for n, day in enumerate(self.weekdays) if name.casefold().startswith(day.casefold())
        )


CALENDARS: Mapping[str, Calendar] = {
    "de": Calendar(
        weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        months=(
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
            "Oktober", "November", "Dezember",
        ),
        short=("Jan", "Feb", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Okt", "Nov", "Dez"),
        ordinal=r"\.",
        of=r"\s?",
        before="den|dem|der",
        ending="s|abend|morgen|nachmittag|vormittag|nacht",
    ),
    "fr": Calendar(
        weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        months=(
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
            "octobre", "novembre", "décembre",
        ),
        short=("janv", "févr", "sept", "oct", "nov", "déc", "aout", "fevrier", "decembre"),
        ordinal="er|ᵉʳ",
        of=r"\s",
        before="le",
    ),
    "es": Calendar(
        weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        months=(
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
            "octubre", "noviembre", "diciembre",
        ),
        short=("setiembre",),
        ordinal="º|°|ro",
        of=r"\sde\s",
        before="el|día",
    ),
    "it": Calendar(
        weekdays=("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
        months=(
            "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
            "settembre", "ottobre", "novembre", "dicembre",
        ),
        ordinal="º|°",
        of=r"\s",
        before="il|l'|l’",
    ),
    "pt": Calendar(
        weekdays=("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"),
        months=(
            "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto",
            "setembro", "outubro", "novembro", "dezembro",
        ),
        ordinal="º|°",
        of=r"\sde\s",
        before="dia|o dia",
    ),
}  # fmt: skip
_DIGITS = re.compile(
    r"(?:(?P<weekday>(?<![\w-])[^\W\d_]{3,12}(?:-feira)?)\.?(?:,?\s(?:den\s|the\s|le\s|el\s|il\s)?|\s?\())?"
    r"(?<![\w./:-])(?:(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)"
    r"|(?P<year2>(?:19|20)\d\d)(?P<mark2>[./])(?P<two2>\d{1,2})(?P=mark2)(?P<one2>\d{1,2}))(?![\w/-]|[.:]\w)"
)
_ADDRESS = re.compile(r"\w{1,20}://\S+|www\.\S+")
_WORD_NEXT = re.compile(r"\s[^\W\d_]")
_DIGIT = re.compile(r"\d")


def weekdays(language: str) -> tuple[str, ...]:
    """Return the names of the weekdays, Monday first; in English where a language is not read."""
    calendar = CALENDARS.get(primary(language))
    return calendar.weekdays if calendar else dates.WEEKDAYS


def read_all_dates(text: str, language: str) -> Iterator[StatedDate]:
    """Yield the dates of a text in a language, and those in digits. Addresses are cleared over."""
    if hides(text):
        plain = Plain.of(text)
        yield from (dates.moved(stated, plain) for stated in _read(plain.text, language))
    else:
        yield from _read(text, language)


def _read(text: str, language: str) -> Iterator[StatedDate]:
    if not _DIGIT.search(text):
        return
    calendar = CALENDARS.get(primary(language))
    blotted = _ADDRESS.sub(lambda match: " " * len(match.group()), text)
    if calendar is None:
        yield from dates.read_dates(text)
    else:
        yield from _named(blotted, calendar)
    yield from _in_digits(blotted, weekdays(language))


def _named(text: str, calendar: Calendar) -> Iterator[StatedDate]:
    for match in calendar.pattern.finditer(text):
        month, day = calendar.month(match["month"]), int(match["day"])
        if not (month and 1 <= day <= 31):
            continue
        group = "weekday" if match["weekday"] else "later"
        weekday = calendar.weekday(match[group]) if match[group] else None
        if match["weekday"] and calendar.row.search(
            text, max(0, match.start() - 24), match.start()
        ):
            weekday = None
        start = match.start("day") if weekday is None or group == "later" else match.start()
        yield StatedDate(
            start=start,
            end=match.end(),
            text=text[start : match.end()],
            day=day,
            month=month,
            year=int(match["year"]) if match["year"] else None,
            weekday=weekday,
            weekday_start=match.start(group),
            weekday_end=match.end(group),
            is_certain=True,
            # "Le 19 mai 2000 personnes": it may be a count.
            year_is_certain=_WORD_NEXT.match(text, match.end()) is None,
        )


def _in_digits(text: str, names: tuple[str, ...]) -> Iterator[StatedDate]:
    for match in _DIGITS.finditer(text):
        shape = "" if match["year"] else "2"
        one, two, mark = int(match[f"one{shape}"]), int(match[f"two{shape}"]), match[f"mark{shape}"]
        if two > 12 >= one and not shape and mark == "/":
            one, two = two, one
        # Of 4/8/2026 nobody knows which is the month.
        if not (1 <= two <= 12 and 1 <= one <= 31) or (one <= 12 and mark == "/" and not shape):
            continue
        weekday = _weekday(match["weekday"], names)
        start = match.start(f"one{shape}") if not shape else match.start("year2")
        if weekday is not None:
            start = match.start()
        yield StatedDate(
            start=start,
            end=match.end(),
            text=text[start : match.end()],
            day=one,
            month=two,
            year=int(match[f"year{shape}"]),
            weekday=weekday,
            weekday_start=match.start("weekday"),
            weekday_end=match.end("weekday"),
            is_certain=True,
            year_is_certain=True,
        )


def _weekday(name: str | None, names: tuple[str, ...]) -> int | None:
    if name is None:
        return None
    folded = name.casefold()
    return next((n for n, day in enumerate(names) if day.casefold() == folded), None)
