"""Whether a number follows from two of a text by one step: a difference, a sum, a share."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from articles.vetting.facts.quantity import Kind, Quantity
from articles.vetting.lexicon import units
from articles.vetting.lexicon.lexicon import Bound

# A text with more numbers of one thing gives nearly any number by some step.
_MOST_OPERANDS = 8
# What people add up: things and these, but neither distances nor interest rates.
_ADDED_UP = frozenset({"", "money", "time", "mass"})
_FEWEST_ADDED_UP = 3
# More is hardly told as a multiple.
_MOST_TIMES = 1_000
_BEYOND = 1.2
_SHORT_OF = 0.95
# "More than two days" is said of two and a half: up to the next whole number.
_SMALL = 13
# In code points, from a number to the next that counts the same without saying so.
_SAME_SENTENCE = 60


@dataclass(frozen=True, slots=True)
class _Step:
    """A result in the unit of what is said, and the sum as people write it."""

    value: float
    shown: str


def worked_out(said: Quantity, given: Sequence[Quantity]) -> str:
    """Return the sum that a number follows from, as in "14 − 11 = 3"; empty where there is none."""
    for step in _steps(said, given):
        if _gives(step.value, said):
            return f"{step.shown} = {said.text}"
    return ""


def _steps(said: Quantity, given: Sequence[Quantity]) -> Iterator[_Step]:
    if said.kind is Kind.SCORE or said.is_named:
        return
    yield from _of_like(said, given)
    yield from _counted_on(said, given)
    yield from _totals(said, given)
    if said.unit == units.POINTS or said.thing == "point":
        yield from _differences(given, lambda one: one.unit == units.PERCENT)
    if said.unit == units.YEAR and said.thing != "age":
        yield from _differences(given, lambda one: one.kind is Kind.YEAR)
    if said.unit == units.PERCENT:
        yield from _shares(given)
    if said.unit == units.TIMES:
        yield from _multiples(given)


def _of_like(said: Quantity, given: Sequence[Quantity]) -> Iterator[_Step]:
    """Yield the sums and differences of two quantities like the one that is said."""
    factor = _factor(said)
    for larger, smaller in _pairs([one for one in given if _is_like(said, one)]):
        high, low = (
            larger.value * _factor(larger) / factor,
            smaller.value * _factor(smaller) / factor,
        )
        if said.dimension in _ADDED_UP:
            yield _Step(high + low, f"{larger.text} + {smaller.text}")
        # Two per cents differ by points.
        if said.unit != units.PERCENT:
            yield _Step(high - low, f"{larger.text} − {smaller.text}")


def _shares(given: Sequence[Quantity]) -> Iterator[_Step]:
    counted = [one for one in given if one.kind is Kind.COUNT]
    for larger, smaller in _pairs(counted):
        if larger.value and (larger.thing == smaller.thing or _is_of_it(larger, smaller)):
            yield _Step(100 * smaller.value / larger.value, f"{smaller.figure} of {larger.figure}")


def _multiples(given: Sequence[Quantity]) -> Iterator[_Step]:
    """Yield how many times as much one of two alike is: "90,000 packs", "30,000 a year ago"."""
    for larger, smaller in _pairs([one for one in given if not one.is_named]):
        low, high = smaller.value * _factor(smaller), larger.value * _factor(larger)
        if low and (larger.unit == smaller.unit) and _MOST_TIMES * low >= high:
            yield _Step(high / low, f"{larger.text} ÷ {smaller.text}")


def _is_of_it(larger: Quantity, smaller: Quantity) -> bool:
    """Return whether the one follows the other and counts the same: "640 operations, 352 of them"."""
    return (
        bool(larger.thing)
        and not smaller.thing
        and 0 <= smaller.start - larger.end <= _SAME_SENTENCE
    )


def _totals(said: Quantity, given: Sequence[Quantity]) -> Iterator[_Step]:
    """Yield the nine votes of "5-3-1", and the sum of three or more quantities like the one said."""
    for n in range(len(given) - 2):
        run = given[n : n + 3]
        if all(one.kind is Kind.SCORE and not one.unit for one in run) and all(
            other.start - one.end == 1 for one, other in pairwise(run)
        ):
            yield _Step(sum(one.value for one in run), " + ".join(one.text for one in run))
    like = [one for one in given if _is_like(said, one)]
    if said.dimension in _ADDED_UP and _FEWEST_ADDED_UP <= len(like) <= _MOST_OPERANDS:
        total = sum(one.value * _factor(one) for one in like) / _factor(said)
        yield _Step(total, " + ".join(one.text for one in like))


def _counted_on(said: Quantity, given: Sequence[Quantity]) -> Iterator[_Step]:
    """Yield the nine members of "seven members voted for it and two against".

    And the difference of "71 seats (57 last time)".
    """
    for one, other in pairwise(given):
        is_bare = not (other.unit or other.thing or other.toll or other.is_named)
        is_on = is_bare and other.kind is Kind.COUNT and other.start - one.end <= _SAME_SENTENCE
        if is_on and one.thing and _is_like(said, one):
            yield _Step(one.value + other.value, f"{one.text} + {other.text}")
            yield _Step(one.value - other.value, f"{one.text} − {other.text}")


def _differences(
    given: Sequence[Quantity], is_operand: Callable[[Quantity], bool]
) -> Iterator[_Step]:
    for larger, smaller in _pairs([one for one in given if is_operand(one)]):
        yield _Step(larger.value - smaller.value, f"{larger.text} − {smaller.text}")


def _pairs(given: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield each two of some quantities that differ, the larger first; none of too many."""
    if len(given) > _MOST_OPERANDS:
        return
    for one, other in combinations(given, 2):
        if one.value * _factor(one) != other.value * _factor(other):
            is_larger = one.value * _factor(one) > other.value * _factor(other)
            yield (one, other) if is_larger else (other, one)


def _factor(quantity: Quantity) -> float:
    return (quantity.unit.factor if quantity.unit else 0.0) or 1.0


def _is_like(said: Quantity, given: Quantity) -> bool:
    """Return whether a number may be an operand: of the same unit, or of the same thing."""
    if given.is_named or given.kind in (Kind.UNSURE, Kind.SCORE) or given.thing == "age":
        return False
    if said.unit and given.unit:
        is_one_of = given.unit in said.unit.may_be
        both_convert = bool(said.unit.factor and given.unit.factor)
        return (
            said.unit == given.unit
            or is_one_of
            or (both_convert and said.dimension == given.dimension)
        )
    if said.unit or given.unit:
        return False
    if said.toll or given.toll:
        return said.toll == given.toll
    return bool(said.thing) and said.thing == given.thing


def _gives(value: float, said: Quantity) -> bool:
    """Return whether a result is what is said, rounded as it is said."""
    if value <= 0 or not math.isfinite(value):
        return False
    if said.bound is Bound.ABOVE:
        is_next = said.value < _SMALL and math.floor(value) == said.value
        return said.value <= value <= said.value * _BEYOND or is_next
    if said.bound is Bound.BELOW:
        return said.value * _SHORT_OF <= value <= said.value
    digits = max(said.significant, len(f"{said.value:.0f}")) - 1
    return f"{value:.{digits}e}" == f"{said.value:.{digits}e}"
