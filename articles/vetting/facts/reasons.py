"""Why a number may count nothing: each reason is looked for right beside it.

A reason is sure, or makes the number UNSURE. What is counted, has a unit or a comparator is a
quantity whatever stands before it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from articles.vetting.facts.places import Place
from articles.vetting.facts.quantity import Kind, Reason
from articles.vetting.facts.tokens import Token, TokenKind
from articles.vetting.lexicon import units

_YEARS = range(1000, 2101)
# Of these nobody counts so many by chance: "in 1900 homes" may be a year.
_LATE_YEARS = range(1900, 2101)
_DAYS = range(1, 32)
_ORDINALS = frozenset({"st", "nd", "rd", "th", "er", "e", "re", "eme", "º", "ª", "o"})
_STREETS = frozenset({
    "street", "st", "road", "rd", "avenue", "ave", "lane", "square", "place", "drive", "boulevard",
    "terrace", "way", "court", "crescent", "row", "gardens", "quay", "parade", "close",
})  # fmt: skip
_CALIBRES = frozenset({
    "shell", "shells", "round", "rounds", "gun", "guns", "howitzer", "howitzers", "pistol", "pistols",
    "rifle", "rifles", "cannon", "cannons", "ammunition", "artillery", "mortar", "mortars", "bullet",
    "bullets", "ammo", "projectile", "projectiles", "calibre", "caliber", "lens", "lenses", "film",
})  # fmt: skip
_SCREENS = frozenset({
    "film", "video", "tv", "television", "screen", "footage", "resolution", "camera", "display",
    "stream", "movie", "restoration", "picture", "broadcast",
})  # fmt: skip
_PICTURE_LINES = frozenset({480, 720, 1080, 1440, 2160})
_DIALLED = frozenset({"number", "hotline", "helpline", "line", "emergency"})
# A year follows these and nothing else does.
_OF_YEARS = frozenset({
    "in", "since", "until", "till", "before", "after", "during", "circa", "year", "late", "early", "mid",
    "spring", "summer", "autumn", "winter", "fiscal", "fy", "en", "depuis", "desde", "seit", "im",
    "jahr", "nel", "dal", "em", "annee", "ano", "anno",
})  # fmt: skip
_IN_DATES = frozenset({",", ".", "de", "del", "th", "st", "nd", "rd"})
# A year may follow these, and a number too.
_MAYBE_OF_YEARS = frozenset({"on", "for", "than", "over"})
_EVENTS = frozenset({
    "election", "elections", "games", "olympics", "paralympics", "finals", "accords", "budget",
    "championships", "awards", "midterms", "census", "season", "world", "referendum", "edition",
})  # fmt: skip
_OPENERS = frozenset(
    {"only", "these", "those", "all", "both", "another", "counting", "killed", "score"}
)
_WHOSE = frozenset({"her", "his", "their", "my", "your", "our", "late", "early", "mid", "the"})
_SHORT_LABELS = frozenset({"no", "nos", "nr", "vol", "art", "sec", "p", "pp", "fig"})
# "(1)" begins an item of a list.
_ITEMS = range(1, 10)
_ROUNDS = frozenset({8, 16, 32, 64})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind that a reason makes of a number."""

    kind: Kind
    reason: Reason


type _Finder = Callable[[Place], Verdict | None]


def named_by(place: Place) -> Verdict | None:
    """Return the first reason why a number counts nothing, or may; None where it is a quantity."""
    if place.unit is not None and not _is_of_a_unit(place):
        return None
    if not place.numeral.in_digits:
        return _pronoun(place)
    if place.unit is not None:
        return _calibre(place)
    return next((found for finder in _FINDERS if (found := finder(place))), None)


def _is_of_a_unit(place: Place) -> bool:
    """Return whether a number with a unit may be a name all the same: 155mm shells, 1080p."""
    return place.unit is not None and place.unit.code in ("mm", "pence")


def _label(reason: Reason) -> Verdict:
    return Verdict(Kind.LABEL, reason)


def _unsure(reason: Reason) -> Verdict:
    return Verdict(Kind.UNSURE, reason)


def _pronoun(place: Place) -> Verdict | None:
    """Find the "one" of "no one", "one of them"; a thing counted makes it a number."""
    if place.value != 1 or place.thing.toll or place.numeral.scale > 1:
        return None
    return _label(Reason.PRONOUN)


def _calibre(place: Place) -> Verdict | None:
    if place.unit is None:
        return None
    if place.value in _PICTURE_LINES:
        return _label(Reason.CALIBRE)
    for n in range(place.after, place.after + 3):
        if place.token(n).key in _CALIBRES:
            return _label(Reason.CALIBRE)
    return None


def _unreadable(place: Place) -> Verdict | None:
    return _label(Reason.NO_NUMBER) if place.value == float("inf") else None


def _date(place: Place) -> Verdict | None:
    """Find the day of "24 June", "24. Juni", "24 de junio", and of "June 24"."""
    if not place.is_whole() or place.value not in _DAYS:
        return None
    n = place.after
    while n < place.after + 3 and place.token(n).key in (
        ".",
        "of",
        "de",
        "d",
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "º",
        "°",
    ):
        n += 1
    if place.is_month(n):
        return _label(Reason.DATE)
    before = place.first - 2 if place.before.key == "." else place.first - 1
    if not place.is_month(before):
        return None
    is_dated = place.token(before - 1).key in (
        "on",
        "by",
        "from",
        "until",
        "since",
        "after",
        "before",
        "dated",
    )
    if is_dated or not place.thing.is_counted() or _ordinal(place):
        return _label(Reason.DATE)
    return _unsure(Reason.DATE)


def _ordinal(place: Place) -> Verdict | None:
    token = place.following
    if token.is_glued and token.key in _ORDINALS and place.is_whole():
        return _label(Reason.ORDINAL)
    return None


def _decade(place: Place) -> Verdict | None:
    """Find "the 1990s", "in her 30s", "a '90s band"."""
    token = place.following
    if token.key != "s" or not token.is_glued or place.value % 10:
        return None
    if place.value in _YEARS:
        return Verdict(Kind.YEAR, Reason.DECADE)
    is_told = place.before.key in _WHOSE or place.before.key in ("'", "’", "-", "‘")
    return _label(Reason.DECADE) if is_told else None


def _model(place: Place) -> Verdict | None:
    """Find numbers that letters are part of: A320, Covid-19, 737s, 5G, 1080p, 10-K, 737 MAX."""
    if is_part_of_word_before(place):
        return _label(Reason.MODEL)
    token = place.following
    if token.kind is not TokenKind.WORD:
        return _model_with_dash(place)
    is_latin = token.key[0] < "\u0250"
    if token.is_glued and is_latin and place.token(place.after - 1).kind is TokenKind.NUMBER:
        return _label(Reason.MODEL)
    return _model_in_capitals(place)


def is_part_of_word_before(place: Place) -> bool:
    """Return whether letters cling to the front: those of Arabic prepositions do not count."""
    before, number = place.before, place.number
    if not number.is_glued or place.first != place.numeral.first:
        return False
    if before.kind is TokenKind.WORD:
        return not "\u0600" <= before.key[0] <= "\u06ff" and before.key not in ("x", "×")
    letter = place.token(place.first - 2)
    is_joined = before.key in ("-", ".") and before.is_glued and letter.kind is TokenKind.WORD
    return is_joined and (letter.is_capital or before.key == ".")


def _model_with_dash(place: Place) -> Verdict | None:
    """Find the number of "Form 10-K": a capital letter follows that begins no word."""
    dash, letter = place.following, place.token(place.after + 1)
    if dash.key != "-" or not dash.is_glued or not letter.is_glued or not letter.is_capital:
        return None
    is_code = len(letter.key) <= 2 or place.view.text[letter.start : letter.end].isupper()
    return _label(Reason.MODEL) if is_code and not place.is_upper() else None


def _model_in_capitals(place: Place) -> Verdict | None:
    """Find "737 MAX": capitals follow that are no people of a country."""
    token = place.following
    letters = place.view.text[token.start : token.end]
    if len(letters) < 3 or not letters.isupper() or place.value < 100 or not place.is_whole():
        return None
    return _unsure(Reason.MODEL) if not place.thing.is_counted() and not place.is_upper() else None


def _year_beside_month(place: Place) -> Verdict | None:
    """Find the year of "June 2026" and "24 June 2026"."""
    if not _may_be_year(place):
        return None
    at, days = place.first - 1, 0
    while at > place.first - 6 and (place.token(at).key in _IN_DATES or _is_day(place, at)):
        days += _is_day(place, at)
        at -= 1
    if days > 1 or not place.is_month(at):
        return None
    return _year_unless_counted(place, Reason.MONTH, has_day=days > 0)


def _is_day(place: Place, at: int) -> bool:
    token = place.token(at)
    return token.kind is TokenKind.NUMBER and len(token.key) <= 2 and token.key.isdigit()


def _may_be_year(place: Place) -> bool:
    return place.is_whole() and len(place.number.key) == 4 and place.value in _YEARS


def _year_unless_counted(place: Place, reason: Reason, *, has_day: bool = False) -> Verdict | None:
    """Return YEAR where nothing is counted; where something is, doubt for the years of our time.

    "In March 1500 fled" counts without a noun: a word that goes on makes it doubtful.
    """
    if place.following.key in _EVENTS:
        return Verdict(Kind.YEAR, reason)
    if not place.thing.is_counted():
        is_sure = place.ends_after() or (has_day and place.value in _LATE_YEARS)
        return Verdict(Kind.YEAR, reason) if is_sure else _unsure(reason)
    return _unsure(reason) if place.value in _LATE_YEARS else None


def _year(place: Place) -> Verdict | None:
    if not _may_be_year(place):
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
    # "A 1987 quake": one thing, and no number of them.
    if _is_of_span(place) or before.key in place.lexicon.articles:
        return Verdict(Kind.YEAR, Reason.PREPOSITION)
    return _unsure(Reason.PREPOSITION) if _may_be_of_years(place, before) else None


def _year_alone(place: Place) -> Verdict | None:
    """Find "(1987)" and "(1638-1679)"."""
    is_alone = place.before.key in ("(", "[") and place.following.key in (")", "]", "-", ",", ";")
    return Verdict(Kind.YEAR, Reason.ALONE) if is_alone and _may_be_year(place) else None


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


def is_clock(place: Place) -> bool:
    """Return whether "14h30" is a time of day, which it is outside English but for "en 2h38"."""
    if (
        place.lexicon.code in ("", "en")
        or place.unit != units.MINUTE
        or place.number.kind is not TokenKind.NUMBER
    ):
        return False
    is_bare = place.token(place.after - 1).kind is TokenKind.NUMBER
    return is_bare and place.before.key not in ("en", "em", "in", "de")


def _street(place: Place) -> Verdict | None:
    """Find the number of "10 Downing Street"."""
    if not place.is_whole() or not place.following.is_capital or place.is_upper():
        return None
    for n in range(place.after, place.after + 4):
        token = place.token(n)
        if token.kind is not TokenKind.WORD or not token.is_capital:
            return None
        if n > place.after and token.key in _STREETS:
            return _label(Reason.STREET)
    return None


def _marked(place: Place) -> Verdict | None:
    """Find article 9, phase 3, berths 3 to 7, Boeing 737; doubt it where a clause goes on."""
    is_short = place.before.key == "." and place.token(place.first - 2).key in _SHORT_LABELS
    if not is_short and place.before.key not in place.lexicon.labels:
        return _round(place)
    if place.thing.is_counted():
        return None
    return _label(Reason.MARKED) if place.ends_after() else _unsure(Reason.MARKED)


def _item(place: Place) -> Verdict | None:
    is_item = place.value in _ITEMS and place.before.key == "(" and place.following.key == ")"
    return _label(Reason.ORDINAL) if is_item and place.is_whole() else None


def _round(place: Place) -> Verdict | None:
    """Find the last 16 of a cup, and the number that is dialled."""
    if place.thing.is_counted() or not place.is_whole():
        return None
    is_round = place.value in _ROUNDS and place.before.key == "last" and place.ends_after()
    is_dialled = place.following.key in _DIALLED and len(place.number.key) == 3
    return _label(Reason.MARKED) if is_round or is_dialled else None


def _proper(place: Place) -> Verdict | None:
    """Doubt a number after a name: Kvern 2, or "In Gaza 250 fled"."""
    if place.thing.is_counted() or not place.is_whole() or len(place.number.key) > 4:
        return None
    name = place.before
    if name.kind is not TokenKind.WORD or not name.is_capital or name.key in _OPENERS:
        return None
    if name.key in place.lexicon.function_words or name.key in place.lexicon.weekdays:
        return None
    return _unsure(Reason.PROPER)


_FINDERS: tuple[_Finder, ...] = (
    _date, _ordinal, _decade, _year_beside_month, _model, _year_alone, _year, _street, _item, _marked, _proper,
)  # fmt: skip
