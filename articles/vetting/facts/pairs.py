"""Numbers that belong together: ranges share a unit, days a month, and scores are two numbers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.vetting.facts.quantity import Kind, Quantity, Reason
from articles.vetting.text import View

_JOINT = re.compile(r"\s?(?:->?|–|—|→|/|,|&|to|of|and|or|bis|à|a|y|e|et|und)\s?", re.IGNORECASE)
_RANGE = re.compile(r"\s?(?:->?|–|—|→|to|and|or|bis|à|a)\s?", re.IGNORECASE)
_LIST = re.compile(r"\s?(?:and|or|a|y|e|et|und)\s?", re.IGNORECASE)
_DASH = re.compile(r"[-–—]")
_OF_ALL = "of"
_HIGHEST_SCORE = 200
# What parts the results of two teams; and the games of a set, won and lost.
_TEAM = re.compile(r"[,;]?(?: [^\W\d_a-z][\w.']*){1,3} ")
_LONGEST_TEAM = 50
_SET = re.compile(r"6[0-4]|[1-4]6|7[56]|[56]7")
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_PLACES_OF_DAYS = range(1, 32)


def paired(found: Sequence[Quantity], view: View) -> tuple[Quantity, ...]:
    """Return the quantities, those that belong together made so. Last to first: a unit goes back."""
    made = list(found)
    for n in range(len(made) - 2, -1, -1):
        between = view.source[made[n].end : made[n + 1].start]
        if between == ":" and made[n].kind is Kind.UNSURE:
            # The verse of a chapter.
            made[n + 1] = replace(made[n + 1], kind=Kind.UNSURE, reason=made[n].reason)
        if len(between) > 5 or not _JOINT.fullmatch(between):
            continue
        made[n], made[n + 1] = _joined(made[n], made[n + 1], between)
    made = _scores_of_wire(made, view)
    # "June 24-26": and once the other way.
    for n in range(len(made) - 1):
        between = view.source[made[n].end : made[n + 1].start]
        if made[n].reason is Reason.DATE and len(between) <= 5 and _JOINT.fullmatch(between):
            made[n + 1] = _as_day(made[n + 1])
    return tuple(made)


def _scores_of_wire(found: list[Quantity], view: View) -> list[Quantity]:
    """Return the quantities, "Pikes 4, Generals 3" and "d. Sol 61 62" made scores."""
    made = list(found)
    for n in range(len(made) - 1):
        low, high = found[n], found[n + 1]
        if not (_may_score(low) and _may_score(high)):
            continue
        if high.start - low.end > _LONGEST_TEAM:
            continue
        is_of_team, are_sets = low.reason is Reason.PROPER, _is_set(low) and _is_set(high)
        # Most figures are neither, and need no closer look at what is between.
        if not (is_of_team or are_sets):
            continue
        between = View.of(view.source[low.end : high.start]).text
        if is_of_team and _TEAM.fullmatch(between):
            made[n] = replace(low, partner=high.value)
            made[n + 1] = replace(high, partner=low.value)
        elif are_sets and between == " ":
            made[n], made[n + 1] = _set_score(low), _set_score(high)
    return made


def _may_score(quantity: Quantity) -> bool:
    is_bare = quantity.in_digits and not (quantity.unit or quantity.is_scaled)
    return is_bare and quantity.value <= _HIGHEST_SCORE and quantity.partner is None


def _is_set(games: Quantity) -> bool:
    return _SET.fullmatch(f"{games.value:g}") is not None


def _set_score(games: Quantity) -> Quantity:
    """Return the 61 of "61 62" as six games to one."""
    won, lost = (float(digit) for digit in f"{games.value:g}")
    return replace(
        games,
        kind=Kind.SCORE,
        reason=Reason.NONE,
        value=won,
        partner=lost,
        alternatives=(lost, games.value),
    )


def _joined(low: Quantity, high: Quantity, between: str) -> tuple[Quantity, Quantity]:
    if high.reason is Reason.DATE:
        return _as_day(low), high
    if _is_label(low) and low.value < high.value and not (high.unit or high.thing):
        return low, replace(high, kind=Kind.LABEL, reason=Reason.MARKED)
    if between.strip().casefold() == _OF_ALL:
        return low, _as_whole(low, high)
    if not _RANGE.fullmatch(between):
        return low, high
    if _is_score(low, high, between):
        return _score(low, high)
    return _range(low, high, is_list=_LIST.fullmatch(between) is not None)


def _as_whole(part: Quantity, whole: Quantity) -> Quantity:
    """Return the 14 of "10 days of 14" as so many days."""
    is_bare = not (whole.unit or whole.thing or whole.toll or whole.is_named)
    if not (part.unit and is_bare) or part.value > whole.value:
        return whole
    return replace(whole, unit=part.unit, kind=part.kind, reason=Reason.NONE)


def _as_day(day: Quantity) -> Quantity:
    is_day = day.in_digits and not day.unit and not day.thing and day.value in _PLACES_OF_DAYS
    return replace(day, kind=Kind.LABEL, reason=Reason.DATE) if is_day else day


def _is_score(low: Quantity, high: Quantity, between: str) -> bool:
    """Return whether two numbers are a score: glued, bare, and no range of something counted."""
    # "Berths 3-7" rise, "the match 7½-6½" does not.
    is_named = (low.is_named and not _is_label(low)) or high.is_named
    if not _DASH.fullmatch(between) or low.unit or high.unit or is_named:
        return False
    if not low.in_digits or low.is_scaled or high.is_scaled:
        return False
    if max(low.value, high.value) > _HIGHEST_SCORE:
        return False
    return low.value >= high.value or not (high.thing or high.toll)


def _is_label(quantity: Quantity) -> bool:
    return quantity.kind is Kind.LABEL and quantity.reason is Reason.MARKED


def _score(low: Quantity, high: Quantity) -> tuple[Quantity, Quantity]:
    return (
        replace(low, kind=Kind.SCORE, reason=Reason.NONE, partner=high.value, thing="", toll=""),
        replace(high, kind=Kind.SCORE, reason=Reason.NONE, partner=low.value, thing="", toll=""),
    )


def _range(low: Quantity, high: Quantity, *, is_list: bool) -> tuple[Quantity, Quantity]:
    """Give "0.1 to 0.2 per cent" and "2 to 3 million" their unit and scale at both ends.

    "And" may join two things: "to their 12 and 54 per cent of possession".
    """
    if not is_list and _are_bare(low, high):
        low, high = replace(low, partner=high.value), replace(high, partner=low.value)
    if not is_list and high.unit and not low.unit and not low.thing and not low.is_named:
        low = replace(low, unit=high.unit, kind=high.kind, reason=Reason.NONE)
    elif (
        low.unit
        and (low.dimension == "money" or low.thing == "age")
        and not high.unit
        and not high.thing
    ):
        high = replace(high, unit=low.unit, kind=low.kind, reason=Reason.NONE, thing=low.thing)
    if not low.thing and not low.toll and not low.is_named:
        low = replace(low, thing=high.thing, toll=high.toll)
    if high.is_scaled and not low.is_scaled and low.in_digits:
        factor = _scale_of(high)
        low = replace(
            low, alternatives=(*low.alternatives, *(value * factor for value in low.values))
        )
    if low.kind is Kind.YEAR and _may_be_later_year(low, high):
        high = replace(high, kind=Kind.YEAR, reason=low.reason)
    elif high.kind is Kind.YEAR and _may_be_later_year(low, high):
        low = replace(low, kind=Kind.YEAR, reason=high.reason)
    return low, high


def _are_bare(low: Quantity, high: Quantity) -> bool:
    """Return whether both ends are digits alone: "14 to 5" is held against "14-3"."""
    return all(
        one.in_digits and not (one.unit or one.is_scaled or one.is_named) for one in (low, high)
    )


def _may_be_later_year(low: Quantity, high: Quantity) -> bool:
    is_bare = not (low.unit or high.unit or low.toll or high.toll)
    return (
        is_bare and low.value < high.value and high.value <= _LAST_YEAR and low.value >= _FIRST_YEAR
    )


def _scale_of(high: Quantity) -> float:
    return next(
        scale for scale in (1e12, 1e9, 1e6, 1e5, 1e4, 1e3, 1e2, 12.0, 1.0) if high.value >= scale
    )
