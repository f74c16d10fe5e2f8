"""Whether a number is a year: beside a month, after a preposition, alone in brackets, in a span."""

from articles.vetting.facts.places import Place
from articles.vetting.facts.quantity import Kind, Reason
from articles.vetting.facts.tokens import Token, TokenKind
from articles.vetting.facts.verdict import Verdict, unsure

# Sets, because the value of a number is a float: in a range it is looked for one by one.
YEARS = frozenset(range(1000, 2101))
RECENT_YEARS = frozenset(range(1950, 2041))
# Of these nobody counts so many by chance: "in 1900 homes" may be a year.
_LATE_YEARS = frozenset(range(1900, 2101))
# A year follows these and nothing else does.
_OF_YEARS = frozenset({
    "in", "since", "until", "till", "before", "after", "during", "circa", "year", "late", "early", "mid",
    "spring", "summer", "autumn", "winter", "fiscal", "fy", "en", "depuis", "desde", "seit", "im",
    "jahr", "nel", "dal", "em", "annee", "ano", "anno",
})  # fmt: skip
_IN_DATES = frozenset({",", ".", "de", "del", "th", "st", "nd", "rd"})
_ROUND = 50
# What a year has.
_OF_TIME = frozenset({
    "point", "end", "start", "beginning", "half", "quarter", "part", "months", "weeks", "days", "most",
    "rest", "summer", "spring", "autumn", "winter", "elections", "election", "crisis", "war",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "season", "period", "level", "levels", "outbreak", "pandemic",
    "middle", "close", "much", "all", "first", "out", "census", "budget", "accord", "treaty", "class",
})  # fmt: skip
# A year may follow these, and a number too.
_MAYBE_OF_YEARS = frozenset({"on", "for", "than", "over"})
_EVENTS = frozenset({
    "election", "elections", "games", "olympics", "paralympics", "finals", "accords", "budget",
    "championships", "awards", "midterms", "census", "season", "world", "referendum", "edition",
})  # fmt: skip


def year_beside_month(place: Place) -> Verdict | None:
    """Find the year of "June 2026" and "24 June 2026"."""
    if not may_be_year(place):
        return None
    at, days = place.first - 1, 0
    while at > place.first - 6 and (place.token(at).key in _IN_DATES or _is_day(place, at)):
        days += _is_day(place, at)
        at -= 1
    if days > 1 or not place.is_month(at):
        return None
    # "Since March, 1500 ships": a comma parts only a year of our time from its month.
    if not days and place.before.key == "," and place.value not in RECENT_YEARS:
        return None
    return _year_unless_counted(place, Reason.MONTH, has_day=days > 0)


def _is_day(place: Place, at: int) -> bool:
    token = place.token(at)
    return token.kind is TokenKind.NUMBER and len(token.key) <= 2 and token.key.isdigit()


def may_be_year(place: Place) -> bool:
    return place.is_whole() and len(place.number.key) == 4 and place.value in YEARS


def _year_unless_counted(place: Place, reason: Reason, *, has_day: bool = False) -> Verdict | None:
    """Return YEAR where nothing is counted; where something is, doubt for the years of our time.

    "In March 1500 fled" counts without a noun: a word that goes on makes it doubtful. With its day
    it is compared as a date.
    """
    if place.following.key in _EVENTS or (has_day and place.value in _LATE_YEARS):
        return Verdict(Kind.YEAR, reason)
    if not place.thing.is_counted():
        return Verdict(Kind.YEAR, reason) if place.ends_after() else unsure(reason)
    # "In 2024 prices rose": so many people may be meant, but hardly so many prices.
    if place.value in RECENT_YEARS and not place.thing.is_of_people():
        return Verdict(Kind.YEAR, reason)
    return unsure(reason) if place.value in _LATE_YEARS else None


def year(place: Place) -> Verdict | None:
    if not may_be_year(place):
        return None
    before = place.before
    if before.key == "-" and before.is_glued:
        before = place.token(place.first - 2)
    if before.key in _OF_YEARS and before.key in place.lexicon.before_years:
        return _year_unless_counted(place, Reason.PREPOSITION)
    if place.following.key in _EVENTS:
        return Verdict(Kind.YEAR, Reason.PREPOSITION)
    if place.value not in _LATE_YEARS:
        return None
    if before.key == "of" and _is_of_no_crowd(place):
        return Verdict(Kind.YEAR, Reason.PREPOSITION)
    # "A 1987 quake": one thing, and no number of them.
    if _is_of_span(place) or before.key in place.lexicon.articles or _is_of_the_year(place):
        return Verdict(Kind.YEAR, Reason.PREPOSITION)
    return unsure(Reason.PREPOSITION) if _may_be_of_years(place, before) else None


def _is_of_no_crowd(place: Place) -> bool:
    """Return whether "of 2023" is a year: "a crowd of 2000" and "a fleet of 1994" are numbers."""
    is_exact = place.value in RECENT_YEARS and place.value % _ROUND != 0
    return is_exact and place.ends_after() and place.token(place.first - 2).key in _OF_TIME


def _is_of_the_year(place: Place) -> bool:
    """Return whether one thing of a year is named: "the 2017 film", "the 2018 Adra Film Festival"."""
    is_told = place.before.key == "the" and place.value in RECENT_YEARS
    return is_told and not place.ends_after() and not place.thing.is_counted()


def year_alone(place: Place) -> Verdict | None:
    """Find "(1987)" and "(1638-1679)"."""
    is_alone = place.before.key in ("(", "[") and place.following.key in (")", "]", "-", ",", ";")
    return Verdict(Kind.YEAR, Reason.ALONE) if is_alone and may_be_year(place) else None


def _is_of_span(place: Place) -> bool:
    """Return whether a year is one of "from 2019 to 2021", "between 1979 and 1984"."""
    for first in (place.first, place.first - 2):
        low, joint, high = (place.token(n) for n in range(first, first + 3))
        is_opened = place.token(first - 1).key in ("from", "between")
        if is_opened and joint.key in ("to", "and", "until") and _is_late(low) and _is_late(high):
            after = place.token(first + 3)
            return after.kind is not TokenKind.WORD or after.key in place.lexicon.function_words
    return False


def _is_late(token: Token) -> bool:
    is_year = token.kind is TokenKind.NUMBER and len(token.key) == 4 and token.key.isdigit()
    return is_year and int(token.key) in _LATE_YEARS


def _may_be_of_years(place: Place, before: Token) -> bool:
    """Return whether a number of our time stands where years do: the 2019 profits, on 2022."""
    if before.key in place.lexicon.before_years or before.key.endswith("'s"):
        return True
    opens = place.first == 0 or before.kind is TokenKind.MARK
    is_loose = opens or before.key in _MAYBE_OF_YEARS or place.lexicon.code != "en"
    return is_loose and not place.thing.is_counted()
