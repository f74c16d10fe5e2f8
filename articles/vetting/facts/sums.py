"""Whether a number follows from two of a text by one step: a difference, a sum, a share."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from articles.vetting.facts.given import MOST_OPERANDS, SAME_SENTENCE, Given
from articles.vetting.facts.quantity import Kind, Quantity
from articles.vetting.lexicon import units
from articles.vetting.lexicon.lexicon import Bound

# What people add up: things and these, but neither distances nor interest rates.
_ADDED_UP = frozenset({"", "money", "time", "mass"})
_FEWEST_ADDED_UP = 3
# More is hardly told as a multiple.
_MOST_TIMES = 1_000
_BEYOND = 1.2
_SHORT_OF = 0.95
# "More than two days" is said of two and a half: up to the next whole number.
_SMALL = 13


@dataclass(frozen=True, slots=True)
class _Step:
    """A result in the unit of what is said, and the sum as people write it."""

    value: float
    shown: str


def worked_out(said: Quantity, given: Given | Sequence[Quantity]) -> str:
    """Return the sum that a number follows from, as in "14 − 11 = 3"; empty where there is none."""
    for step in _steps(said, Given.of(given)):
        if _gives(step.value, said):
            return f"{step.shown} = {said.text}"
    return ""


def _steps(said: Quantity, given: Given) -> Iterator[_Step]:
    if said.kind is Kind.SCORE or said.is_named:
        return
    yield from _of_like(said, given)
    yield from _counted_on(said, given)
    yield from _totals(said, given)
    if said.unit == units.POINTS or said.thing == "point":
        yield from _differences(given.percents)
    if said.unit == units.YEAR and said.thing != "age":
        yield from _differences(given.years)
    if said.unit == units.PERCENT:
        yield from _shares(given.counts)
    if said.unit == units.TIMES:
        yield from _multiples(given.unnamed)


def _of_like(said: Quantity, given: Given) -> Iterator[_Step]:
    """Yield the sums and differences of two quantities like the one that is said."""
    factor = _factor(said)
    for larger, smaller in _pairs(given.like(said)):
        high, low = (
            larger.value * _factor(larger) / factor,
            smaller.value * _factor(smaller) / factor,
        )
        if said.dimension in _ADDED_UP:
            yield _Step(high + low, f"{larger.text} + {smaller.text}")
        # Two per cents differ by points.
        if said.unit != units.PERCENT:
            yield _Step(high - low, f"{larger.text} − {smaller.text}")


def _shares(counts: Sequence[Quantity]) -> Iterator[_Step]:
    for larger, smaller in _pairs(counts):
        if larger.value and (larger.thing == smaller.thing or _is_of_it(larger, smaller)):
            yield _Step(100 * smaller.value / larger.value, f"{smaller.figure} of {larger.figure}")


def _multiples(given: Sequence[Quantity]) -> Iterator[_Step]:
    """Yield how many times as much one of two alike is: "90,000 packs", "30,000 a year ago"."""
    for larger, smaller in _pairs(given):
        low, high = smaller.value * _factor(smaller), larger.value * _factor(larger)
        if low and (larger.unit == smaller.unit) and _MOST_TIMES * low >= high:
            yield _Step(high / low, f"{larger.text} ÷ {smaller.text}")


def _is_of_it(larger: Quantity, smaller: Quantity) -> bool:
    """Return whether the one follows the other and counts the same: "640 operations, 352 of them"."""
    return (
        bool(larger.thing)
        and not smaller.thing
        and 0 <= smaller.start - larger.end <= SAME_SENTENCE
    )


def _totals(said: Quantity, given: Given) -> Iterator[_Step]:
    """Yield the nine votes of "5-3-1", and the sum of three or more quantities like the one said."""
    for run in given.score_runs:
        yield _Step(sum(one.value for one in run), " + ".join(one.text for one in run))
    like = given.like(said)
    if said.dimension in _ADDED_UP and _FEWEST_ADDED_UP <= len(like) <= MOST_OPERANDS:
        total = sum(one.value * _factor(one) for one in like) / _factor(said)
        yield _Step(total, " + ".join(one.text for one in like))


def _counted_on(said: Quantity, given: Given) -> Iterator[_Step]:
    """Yield the nine members of "seven members voted for it and two against".

    And the difference of "71 seats (57 last time)".
    """
    for one, other in given.counted_on(said):
        yield _Step(one.value + other.value, f"{one.text} + {other.text}")
        yield _Step(one.value - other.value, f"{one.text} − {other.text}")


def _differences(given: Sequence[Quantity]) -> Iterator[_Step]:
    for larger, smaller in _pairs(given):
        yield _Step(larger.value - smaller.value, f"{larger.text} − {smaller.text}")


def _pairs(given: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield each two of some quantities that differ, the larger first; none of too many."""
    if len(given) > MOST_OPERANDS:
        return
    for one, other in combinations(given, 2):
        if one.value * _factor(one) != other.value * _factor(other):
            is_larger = one.value * _factor(one) > other.value * _factor(other)
            yield (one, other) if is_larger else (other, one)


def _factor(quantity: Quantity) -> float:
    return (quantity.unit.factor if quantity.unit else 0.0) or 1.0


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
