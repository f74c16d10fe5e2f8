"""Why a number may count nothing: each reason is looked for right beside it.

A reason is sure, or makes the number UNSURE. What is counted, has a unit or a comparator is a
quantity whatever stands before it.
"""

from collections.abc import Callable

from articles.vetting.facts.places import Place
from articles.vetting.facts.quantity import Kind, Reason
from articles.vetting.facts.tokens import TokenKind
from articles.vetting.facts.verdict import Verdict, label, unsure
from articles.vetting.facts.years import (
    RECENT_YEARS,
    YEARS,
    may_be_year,
    year,
    year_alone,
    year_beside_month,
)
from articles.vetting.lexicon import units

_DAYS = frozenset(range(1, 32))
_BEFORE_MONTHS = frozenset({".", "of", "de", "d", "st", "nd", "rd", "th", "er", "º", "°"})
_OF_DATES = frozenset({"on", "by", "from", "until", "since", "after", "before", "dated"})
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
_OPENERS = frozenset(
    {"only", "these", "those", "all", "both", "another", "counting", "killed", "score"}
)
_OF_PLACES = frozenset({
    "in", "at", "near", "outside", "around", "across", "from", "off", "north", "south", "east", "west",
    "inside", "throughout",
})  # fmt: skip
_WHOSE = frozenset({"her", "his", "their", "my", "your", "our", "late", "early", "mid", "the"})
_SHORT_LABELS = frozenset({"no", "nos", "nr", "vol", "art", "sec", "p", "pp", "fig"})
# "(1)" begins an item of a list.
_ITEMS = frozenset(range(1, 10))
_NEAR = 8
_LONGEST_CURRENCY = 3
_SHORT_SIDES = frozenset({9, 10})
_ROUNDS = frozenset({8, 16, 32, 64})


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


def _pronoun(place: Place) -> Verdict | None:
    """Find the "one" of "no one", "one of them"; a thing counted makes it a number."""
    if place.value in _SHORT_SIDES and place.before.key in ("with", "to") and _are_players(place):
        # A side that lost a player has ten men, which nobody has to report.
        return label(Reason.FIXED)
    if place.value != 1 or place.thing.toll or place.numeral.scale > 1:
        return None
    return label(Reason.PRONOUN)


def _are_players(place: Place) -> bool:
    return place.following.key in ("men", "women", "players")


def _calibre(place: Place) -> Verdict | None:
    if place.unit is None:
        return None
    if place.value in _PICTURE_LINES:
        return label(Reason.CALIBRE)
    for n in range(place.after, place.after + 3):
        if place.token(n).key in _CALIBRES:
            return label(Reason.CALIBRE)
    return None


def _unreadable(place: Place) -> Verdict | None:
    return label(Reason.NO_NUMBER) if place.value == float("inf") else None


def _date(place: Place) -> Verdict | None:
    """Find the day of "24 June", "24. Juni", "24 de junio", and of "June 24"."""
    if not place.is_whole() or place.value not in _DAYS:
        return None
    n = place.after
    while n < place.after + 3 and place.token(n).key in _BEFORE_MONTHS:
        n += 1
    if place.is_month(n):
        return label(Reason.DATE)
    before = place.first - 2 if place.before.key == "." else place.first - 1
    if not place.is_month(before):
        return None
    is_dated = place.token(before - 1).key in _OF_DATES
    if is_dated or not place.thing.is_counted() or _ordinal(place):
        return label(Reason.DATE)
    return unsure(Reason.DATE)


def _ordinal(place: Place) -> Verdict | None:
    token = place.following
    if token.is_glued and token.key in _ORDINALS and place.is_whole():
        return label(Reason.ORDINAL)
    return None


def _decade(place: Place) -> Verdict | None:
    """Find "the 1990s", "in her 30s", "a '90s band"."""
    token = place.following
    if token.key != "s" or not token.is_glued or place.value % 10:
        return None
    if place.value in YEARS:
        return Verdict(Kind.YEAR, Reason.DECADE)
    is_told = place.before.key in _WHOSE or place.before.key in ("'", "’", "-", "‘")
    return label(Reason.DECADE) if is_told else None


def _model(place: Place) -> Verdict | None:
    """Find numbers that letters are part of: A320, Covid-19, 737s, 5G, 1080p, 10-K, 737 MAX."""
    if is_part_of_word_before(place):
        return label(Reason.MODEL)
    token = place.following
    if token.kind is not TokenKind.WORD:
        return _model_with_dash(place)
    is_latin = token.key[0] < "\u0250"
    if token.is_glued and is_latin and place.token(place.after - 1).kind is TokenKind.NUMBER:
        return label(Reason.MODEL)
    return _model_in_capitals(place)


def may_be_currency_before(place: Place) -> bool:
    """Return whether a few letters before a scaled number are those of some currency: "Qm4.7bn"."""
    scale = place.token(place.numeral.after - 1).key
    return (
        len(scale) > 1 and len(place.before.key) <= _LONGEST_CURRENCY and not place.before.is_glued
    )


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
    return label(Reason.MODEL) if is_code and not place.is_upper() else None


def _model_in_capitals(place: Place) -> Verdict | None:
    """Find "737 MAX": capitals follow that are no people of a country."""
    if may_be_year(place) and place.value in RECENT_YEARS:
        return None
    token = place.following
    letters = place.view.text[token.start : token.end]
    if len(letters) < 3 or not letters.isupper() or place.value < 100 or not place.is_whole():
        return None
    return unsure(Reason.MODEL) if not place.thing.is_counted() and not place.is_upper() else None


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
            return label(Reason.STREET)
    return None


def _marked(place: Place) -> Verdict | None:
    """Find article 9, phase 3, berths 3 to 7, Boeing 737; doubt it where a clause goes on."""
    is_short = place.before.key == "." and place.token(place.first - 2).key in _SHORT_LABELS
    if not is_short and place.before.key not in place.lexicon.labels:
        return _round(place)
    if place.thing.is_counted():
        return None
    # "No. 4 colliery" has no clause in which four is a number.
    is_label = place.ends_after() or (is_short and place.before.key == ".")
    return label(Reason.MARKED) if is_label else unsure(Reason.MARKED)


def _item(place: Place) -> Verdict | None:
    is_item = place.value in _ITEMS and place.before.key == "(" and place.following.key == ")"
    return label(Reason.ORDINAL) if is_item and place.is_whole() else None


def _round(place: Place) -> Verdict | None:
    """Find the last 16 of a cup, and the number that is dialled."""
    if place.thing.is_counted() or not place.is_whole():
        return None
    is_round = place.value in _ROUNDS and place.before.key == "last" and place.ends_after()
    is_dialled = place.following.key in _DIALLED and len(place.number.key) == 3
    return label(Reason.MARKED) if is_round or is_dialled else None


def _screen(place: Place) -> Verdict | None:
    """Find "4K film"."""
    is_format = place.numeral.scale == 1_000 and len(place.number.key) == 1
    return label(Reason.CALIBRE) if is_format and place.following.key in _SCREENS else None


def _is_in_place(place: Place) -> bool:
    """Return whether a clause begins with a place and goes on after the number: "In Port Adra 40 fled"."""
    if place.ends_after() or place.following.is_capital:
        return False
    at = place.first - 1
    while place.token(at).is_capital and place.token(at).kind is TokenKind.WORD:
        if place.token(at).key in _OF_PLACES:
            return True
        at -= 1
    return place.token(at).key in _OF_PLACES


def _is_named_again(place: Place) -> bool:
    """Return whether a name has a number for the second time: "Kvern 1 and Kvern 2 were shut"."""
    name = place.before.key
    near = range(max(place.first - _NEAR, 0), place.first - 1)
    return any(
        place.token(n).key == name and place.token(n + 1).kind is TokenKind.NUMBER for n in near
    )


def _proper(place: Place) -> Verdict | None:
    """Doubt a number after a name, as in Kvern 2, unless it is a place: "In Gaza 250 fled"."""
    if place.before.is_capital and place.is_whole() and _is_named_again(place):
        return unsure(Reason.PROPER)
    if place.thing.is_counted() or not place.is_whole() or len(place.number.key) > 4:
        return None
    name = place.before
    if name.kind is not TokenKind.WORD or not name.is_capital or name.key in _OPENERS:
        return None
    if name.key in place.lexicon.function_words or name.key in place.lexicon.weekdays:
        return None
    return None if _is_in_place(place) else unsure(Reason.PROPER)


_FINDERS: tuple[_Finder, ...] = (
    _screen, _date, _ordinal, _decade, year_beside_month, _model, year_alone, year, _street, _item, _marked, _proper,
)  # fmt: skip
