"""Whether what an article says of a quantity is what a post gives."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from articles.vetting.facts.given import Given
from articles.vetting.facts.quantity import Kind, Quantity, Reason
from articles.vetting.lexicon import units
from articles.vetting.lexicon.lexicon import Bound, Unit
from articles.vetting.text import View

# A measure in other units, or a share in words, is the same within this.
_CONVERTED = 0.055
_HEDGED = 0.05
# "More than 100" is said of 116, "nearly 100" of 96.
_BEYOND = 0.2
_SHORT_OF = 0.05
_COMPARED_BY_MORE = frozenset({Kind.SHARE, Reason.CLOCK, Reason.WORDED})
_ROUNDED = 0.025
# Nothing is said of what is further from it.
_FAR = max(_HEDGED, _BEYOND, _SHORT_OF, _ROUNDED) + 0.001
# Units of a million are told by a number of these.
_MILLION = 1e6
_BASES = {"barrels": units.BARREL, "mass": units.TONNE}
# "Yields on 30s": bonds are called by their years.
_MATURITIES = frozenset({2, 3, 5, 7, 10, 20, 30})
# Letters that are read as scales.
_DISTANCES = {"k": (units.KILOMETRE, 1e3), "mi": (units.MILE, 1e6)}
# What an m after a number may be besides a million.
_OF_M = frozenset({"length", "time"})
# In seconds.
_SAME_TIME = 0.5
# Of the dead, the hurt and the like there are people; they are no other thing.
_PEOPLE = "people"


class Match(StrEnum):
    """How two quantities compare. OTHER_UNIT and OTHER_THING: the number is the same."""

    SAME = "same"
    OTHER_UNIT = "other unit"
    OTHER_THING = "other thing"
    DIFFERENT = "different"


_ORDER = (Match.SAME, Match.OTHER_THING, Match.OTHER_UNIT, Match.DIFFERENT)


def match(said: Quantity, given: Quantity) -> Match:
    """Return whether a post's quantity is what an article says, and if not, what is another.

    Of the units that an abbreviation stands for, the one that fits best is meant.
    """
    if _is_far(said, given):
        return Match.DIFFERENT
    found = _match(said, given)
    if found is Match.SAME:
        return found
    if not (_has_units(said) or _has_units(given)):
        return found
    ours, others = _in_each_unit(said), _in_each_unit(given)
    return min((_match(mine, theirs) for mine in ours for theirs in others), key=_ORDER.index)


def _is_far(said: Quantity, given: Quantity) -> bool:
    """Return whether the bare values already tell that two quantities differ: most pairs do.

    Scales, shares, times of day and numbers in a word can be equal to what looks different, and so
    can two units.
    """
    if (said.unit and given.unit) or said.is_scaled or given.is_scaled:
        return False
    if not _COMPARED_BY_MORE.isdisjoint((said.kind, given.kind, said.reason, given.reason)):
        return False
    if not (said.alternatives or given.alternatives):
        return abs(said.value - given.value) > _FAR * abs(given.value)
    return all(
        abs(mine - theirs) > _FAR * abs(theirs) for mine in said.values for theirs in given.values
    )


def is_sure_of_units(said: Quantity, given: Quantity) -> bool:
    """Return whether neither quantity has an abbreviated unit that stands for several.

    No letter stands for the dead or the hurt, whatever else it may.
    """
    return bool(said.toll) or not (_may_be(said) or _may_be(given))


def _may_be(quantity: Quantity) -> tuple[Unit, ...]:
    return quantity.unit.may_be if quantity.unit else ()


def _has_units(quantity: Quantity) -> bool:
    """Return whether a quantity may have several units: the m of "1500m" is no sure million."""
    return bool(_may_be(quantity)) or _may_be_of_metres(quantity)


def _may_be_of_metres(quantity: Quantity) -> bool:
    return quantity.unit is None and quantity.is_scaled and quantity.text.endswith(("m", "M"))


def _in_each_unit(quantity: Quantity) -> tuple[Quantity, ...]:
    """Return the quantity in each unit that it may have."""
    if _may_be_of_metres(quantity):
        bare = replace(quantity, value=quantity.value / _MILLION, alternatives=())
        return (quantity, *(replace(bare, unit=unit) for unit in (units.METRE, units.MINUTE)))
    return (quantity, *(replace(quantity, unit=unit) for unit in _may_be(quantity)))


def _match(said: Quantity, given: Quantity) -> Match:
    if _is_one_in(said, given) or _is_one_in(given, said) or _is_clock_of(given, said):
        return Match.SAME
    if _is_same_scale_unread(said, given):
        return Match.SAME
    if _is_distance(given, said) or _is_distance(said, given):
        return Match.SAME
    said = _with_unit_of(given, said)
    if given.reason is Reason.WORDED:
        return _match_worded(said, given)
    if _converts(said, given):
        return _same_thing(said, given)
    if not _near_any(said, given):
        return Match.DIFFERENT
    if not _same_unit(said, given):
        return Match.OTHER_UNIT
    return _same_thing(said, given)


def _is_clock_of(clock: Quantity, length: Quantity) -> bool:
    """Return whether "3:41" may be the hours and minutes, or minutes and seconds, of a length of time."""
    if clock.reason is not Reason.CLOCK or length.dimension != "time" or not length.unit:
        return False
    hours, _, minutes = View.of(clock.text).text.partition(":")
    if not (hours.isdigit() and minutes.isdigit()):
        return False
    said = length.value * length.unit.factor
    told = 60 * int(hours) + int(minutes)
    return any(abs(said - told * factor) < _SAME_TIME for factor in (1, 60))


def _is_distance(short: Quantity, full: Quantity) -> bool:
    """Return whether the "22k to go" of a race are 22 kilometres; "70mi" are millions in Portuguese."""
    if short.unit or not short.is_scaled or not full.unit:
        return False
    unit, scale = _DISTANCES.get(View.of(short.text).folded.lstrip("0123456789., "), (None, 1.0))
    return full.unit == unit and short.value == scale * full.value


def _with_unit_of(given: Quantity, said: Quantity) -> Quantity:
    """Return what is said, "2.1 million" with the barrels that the "2.1mb/d" of a post counts."""
    if (
        said.unit
        or not said.is_scaled
        or said.thing
        or not given.unit
        or given.unit.factor < _MILLION
    ):
        return said
    base = _BASES.get(given.unit.dimension)
    return replace(said, unit=base, kind=Kind.MEASURE) if base else said


def _is_same_scale_unread(said: Quantity, given: Quantity) -> bool:
    """Return whether both have the same digits and scale, which the article's language has not."""
    if said.is_scaled or not given.is_scaled or not said.after:
        return False
    return f"{said.figure} {said.after[0]}" == given.text.lower()


def _match_worded(said: Quantity, given: Quantity) -> Match:
    """Return whether a post says a number by another word: "five golds" is said of a fifth gold."""
    if given.unit is not None and given.unit == said.unit:
        return Match.SAME if _near_any(said, given) else Match.DIFFERENT
    is_same = bool(said.thing) and said.thing == given.thing and said.value == given.value
    return Match.SAME if is_same else Match.DIFFERENT


def _is_one_in(share: Quantity, bare: Quantity) -> bool:
    """Return whether a bare number is the five of "one in five", as in "one grower in five"."""
    is_one_in = share.kind is Kind.SHARE and share.partner is not None
    return is_one_in and bare.unit is None and share.partner == bare.value


def best_match(said: Quantity, given: Given | Sequence[Quantity]) -> tuple[Match, Quantity | None]:
    """Return the best match among the quantities of a post, and with which.

    Houses may be buildings there: another noun is another thing where the post counts both.
    """
    best: tuple[Match, Quantity | None] = (Match.DIFFERENT, None)
    given = Given.of(given)
    counts_both = said.thing in given.things
    for one in given.near(said):
        found = match(said, one)
        is_open = not counts_both or _shares_word(said, one)
        if found is Match.OTHER_THING and is_open and _differs_by_noun(said, one):
            found = Match.SAME
        if _ORDER.index(found) < _ORDER.index(best[0]):
            best = (found, one)
        if found is Match.SAME:
            break
    return best


def _differs_by_noun(said: Quantity, given: Quantity) -> bool:
    is_score = Kind.SCORE in (said.kind, given.kind)
    return not (said.toll or given.toll or is_score)


def _shares_word(said: Quantity, given: Quantity) -> bool:
    """Return whether both are described alike: "55 national teams", "55 national associations"."""
    return not {*said.phrase.split()}.isdisjoint(given.phrase.split())


def _same_thing(said: Quantity, given: Quantity) -> Match:
    """Return SAME unless the two are scores of other games, or tolls of another kind."""
    if said.kind is Kind.SCORE and given.kind is not Kind.SCORE:
        is_same = {said.value, said.partner} == {given.value, given.partner}
        return Match.SAME if is_same else Match.OTHER_THING
    # "Seven members voted" is said of "voted 7-2", "19 dead" of no score.
    if given.kind is Kind.SCORE and said.kind is not Kind.SCORE:
        return Match.OTHER_THING if said.toll else Match.SAME
    if said.partner is not None and given.partner is not None:
        is_same = {said.value, said.partner} == {given.value, given.partner}
        return Match.SAME if is_same else Match.DIFFERENT
    return Match.OTHER_THING if _counts_a_year(said, given) else _same_noun(said, given)


def _counts_a_year(said: Quantity, given: Quantity) -> bool:
    """Return whether things are counted by a year of the post: "2016 savers", "from 2016 to 2021"."""
    is_count = said.kind is Kind.COUNT and bool(said.thing or said.toll)
    return is_count and given.kind is Kind.YEAR


def _same_noun(said: Quantity, given: Quantity) -> Match:
    if said.toll and given.toll:
        return Match.SAME if said.toll == given.toll else Match.OTHER_THING
    if said.thing and said.thing == given.thing:
        return Match.SAME
    if said.thing and given.thing and said.thing != given.thing:
        return Match.OTHER_THING
    if said.toll or given.toll:
        other = given if said.toll else said
        return Match.SAME if other.thing in ("", _PEOPLE) or other.is_named else Match.OTHER_THING
    return Match.SAME


def _same_unit(said: Quantity, given: Quantity) -> bool:
    if said.unit == given.unit:
        return True
    if said.unit and given.unit:
        return False
    # "140 seconds" of "T+140s", where aircraft may be meant.
    if _is_abbreviated(said, given) or _is_abbreviated(given, said):
        return True
    # "Twelve days" of "12 school days".
    if (said.unit and said.unit.code == given.thing) or (
        given.unit and given.unit.code == said.thing
    ):
        return True
    bare, full = (given, said) if said.unit else (said, given)
    return _is_open(bare, full)


def _is_abbreviated(bare: Quantity, full: Quantity) -> bool:
    """Return whether an s after a number may be its unit: 30s are seconds, and bonds of 30 years."""
    if bare.unit or not bare.in_digits or full.unit is None:
        return False
    if bare.after[:1] == ("s",):
        is_bond = full.unit == units.YEAR and bare.value in _MATURITIES
        return is_bond or full.unit == units.SECOND
    return False


def _is_open(bare: Quantity, full: Quantity) -> bool:
    """Return whether a bare number may have a unit said elsewhere, as in "from 0.1 to 4%"."""
    if bare.thing == "point":
        return full.dimension == "points"
    if _may_be_of_metres(bare) and full.dimension in _OF_M:
        # The m of "2900m" is no foot and no hour.
        return full.unit in (units.METRE, units.MINUTE)
    return not (bare.thing or bare.toll or bare.is_named)


def _converts(said: Quantity, given: Quantity) -> bool:
    """Return whether two measures are one in two units: 20 miles are 32 km."""
    mine, theirs = said.unit, given.unit
    if not mine or not theirs or mine.dimension != theirs.dimension or mine == theirs:
        return False
    if not mine.factor or not theirs.factor:
        return False
    ours, other = said.value * mine.factor, given.value * theirs.factor
    return abs(ours - other) <= _CONVERTED * abs(other)


def _near_any(said: Quantity, given: Quantity) -> bool:
    if said.bound * given.bound < 0 and said.value == given.value:
        return False
    return any(_near(said, mine, given, theirs) for mine in said.values for theirs in given.values)


def _near(said: Quantity, mine: float, given: Quantity, theirs: float) -> bool:
    if abs(mine - theirs) <= 1e-9 * max(abs(mine), abs(theirs)):
        return True
    if not theirs:
        return False
    off = (mine - theirs) / theirs
    if _is_in_words(said, given):
        return abs(off) <= _CONVERTED
    # Rounding says fewer digits, never others.
    if said.significant > given.significant:
        return False
    if said.bound is Bound.ABOVE:
        return -_BEYOND <= off < 0
    if said.bound is Bound.BELOW:
        return 0 < off <= _SHORT_OF
    if said.is_hedged:
        return abs(off) <= _HEDGED
    return _is_rounded(said, mine, given, theirs) and abs(off) <= _ROUNDED


def _is_in_words(said: Quantity, given: Quantity) -> bool:
    """Return whether one of two shares is a fraction in words: "one in five" for 19 %."""
    is_share = said.dimension == given.dimension == "share"
    return is_share and said.in_digits != given.in_digits and (said.is_hedged or given.is_hedged)


def _is_rounded(said: Quantity, mine: float, given: Quantity, theirs: float) -> bool:
    """Return whether "1.2bn" is said flatly of 1,230,000,000; "9 million" is not of 8.6 million."""
    may_be = said.is_scaled or said.kind is Kind.SHARE
    if not may_be or said.significant >= given.significant:
        return False
    digits = max(said.significant, 1) - 1
    return f"{theirs:.{digits}e}" == f"{mine:.{digits}e}"
