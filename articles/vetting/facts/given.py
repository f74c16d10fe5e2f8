"""The quantities of some posts together, and which of them another quantity may be.

An article with thousands of figures cites posts with thousands: each is compared with those that
its value may be equal to in some unit, and with no other.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice, pairwise

from articles.vetting.facts.quantity import Kind, Quantity, Reason
from articles.vetting.lexicon import units
from articles.vetting.lexicon.lexicon import Bound, Unit
from articles.vetting.text import View

# Fewer are compared one by one in less time than it takes to sort them.
_FEW = 16
# By how much a match may be off, at most: `matching` says what is.
_BEYOND, _LOOSELY, _ROUNDED, _EXACTLY = 0.21, 0.06, 0.03, 1e-6
# A letter after a number may be a scale or a unit: 22k are 22 kilometres, 2900m are metres.
_SCALES = (1e3, 1e6)
_MINUTES = 60
# A text with more numbers of one thing gives nearly any number by some step.
MOST_OPERANDS = 8
# No text goes on so often from one number to the next.
_MOST_STEPS = 60
# In code points, from a number to the next that counts the same without saying so.
SAME_SENTENCE = 60
_RUN = 3


# What quantities have in common that are like the same others: the unit, else toll or thing.
type _Likeness = tuple[Unit | str, tuple[Unit, ...] | str]


class Given:
    """Quantities in the order of their posts, looked up by value, by unit and by what they count."""

    def __init__(self, quantities: Iterable[Quantity]) -> None:
        self.quantities = tuple(quantities)
        self._of_units: dict[_Likeness, Sequence[Quantity]] = {}
        self._counted_on: dict[_Likeness, Sequence[tuple[Quantity, Quantity]]] = {}

    @classmethod
    def of(cls, given: "Given | Iterable[Quantity]") -> "Given":
        return given if isinstance(given, cls) else cls(given)  # type: ignore[arg-type]

    @cached_property
    def things(self) -> frozenset[str]:
        return frozenset(one.thing for one in self.quantities)

    def near(self, said: Quantity) -> Sequence[Quantity]:
        """Return all that may be what is said, in order; among them what is not."""
        if len(self.quantities) <= _FEW:
            return self.quantities
        values, places = self._by_value
        found = (
            set(self._by_text.get(f"{said.figure} {said.after[0]}", ())) if said.after else set()
        )
        off = _most_off(said)
        for value in _values(said):
            low, high = sorted((value / (1 + off), value / (1 - off)))
            found.update(places[bisect_left(values, low) : bisect_right(values, high)])
        return [self.quantities[n] for n in sorted(found)]

    def like(self, said: Quantity) -> Sequence[Quantity]:
        """Return those that a sum with what is said may be of: of the same unit, or the same thing."""
        if said.unit is None:
            return self._by_thing.get(_counted_as(said), ())
        key = _likeness(said)
        if key not in self._of_units:
            self._of_units[key] = [
                one for one in self._operands if one.unit and _converts(said.unit, one.unit)
            ]
        return self._of_units[key]

    def counted_on(self, said: Quantity) -> Sequence[tuple[Quantity, Quantity]]:
        """Return the likes of what is said that name their thing, each with a bare number after it.

        Of all figures that have the same likes they are looked for once.
        """
        key = _likeness(said)
        if key not in self._counted_on:
            pairs = (self._after.get(id(one)) for one in islice(self.like(said), _MOST_OF_ONE))
            self._counted_on[key] = [pair for pair in pairs if pair][:_MOST_STEPS]
        return self._counted_on[key]

    @cached_property
    def score_runs(self) -> Sequence[Sequence[Quantity]]:
        """Three scores right after one another: "5-3-1"."""
        runs = (self.quantities[n : n + _RUN] for n in range(len(self.quantities) - _RUN + 1))
        found = (
            run
            for run in runs
            if all(one.kind is Kind.SCORE and not one.unit for one in run)
            and all(other.start - one.end == 1 for one, other in pairwise(run))
        )
        return list(islice(found, _MOST_STEPS))

    @cached_property
    def percents(self) -> Sequence[Quantity]:
        return self._few(lambda one: one.unit == units.PERCENT)

    @cached_property
    def years(self) -> Sequence[Quantity]:
        return self._few(lambda one: one.kind is Kind.YEAR)

    @cached_property
    def counts(self) -> Sequence[Quantity]:
        return self._few(lambda one: one.kind is Kind.COUNT)

    @cached_property
    def unnamed(self) -> Sequence[Quantity]:
        return self._few(lambda one: not one.is_named)

    def _few(self, is_wanted: Callable[[Quantity], bool]) -> Sequence[Quantity]:
        """Return those that are wanted; none of too many."""
        found = [one for one in self.quantities if is_wanted(one)]
        return found if len(found) <= MOST_OPERANDS else ()

    @cached_property
    def _by_value(self) -> tuple[list[float], list[int]]:
        """Every value that a quantity may have, in order, and which quantity that is."""
        found = sorted(
            {(value, n) for n, one in enumerate(self.quantities) for value in _values(one)}
        )
        return [value for value, _ in found], [n for _, n in found]

    @cached_property
    def _by_text(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for n, one in enumerate(self.quantities):
            if one.is_scaled:
                found.setdefault(one.text.lower(), []).append(n)
        return found

    @cached_property
    def _operands(self) -> Sequence[Quantity]:
        return [
            one
            for one in self.quantities
            if not (one.is_named or one.kind in (Kind.UNSURE, Kind.SCORE) or one.thing == "age")
        ]

    @cached_property
    def _by_thing(self) -> dict[tuple[str, str], list[Quantity]]:
        """Those without a unit by their toll, or else by their thing."""
        found: dict[tuple[str, str], list[Quantity]] = {}
        for one in self._operands:
            if one.unit is None and (one.toll or one.thing):
                found.setdefault(_counted_as(one), []).append(one)
        return found

    @cached_property
    def _after(self) -> dict[int, tuple[Quantity, Quantity]]:
        """What a thing is counted by and the bare number right after it, by the id of the first."""
        found: dict[int, tuple[Quantity, Quantity]] = {}
        for one, other in pairwise(self.quantities):
            is_bare = not (other.unit or other.thing or other.toll or other.is_named)
            is_on = is_bare and other.kind is Kind.COUNT and other.start - one.end <= SAME_SENTENCE
            if is_on and one.thing:
                found[id(one)] = (one, other)
        return found


# Of so many alike it is looked whether a number goes on after them.
_MOST_OF_ONE = 200


def _likeness(said: Quantity) -> _Likeness:
    return _counted_as(said) if said.unit is None else (said.unit, said.unit.may_be)


def _counted_as(one: Quantity) -> tuple[str, str]:
    return one.toll, "" if one.toll else one.thing


def _converts(said: Unit, given: Unit) -> bool:
    if said == given or given in said.may_be:
        return True
    return bool(said.factor and given.factor) and said.dimension == given.dimension


def _most_off(said: Quantity) -> float:
    """Return by which part of it the value of another may differ from what is said."""
    if said.bound is Bound.ABOVE:
        return _BEYOND
    of_units = () if said.unit is None else (said.unit, *said.unit.may_be)
    is_open = said.unit is None and said.is_scaled
    if said.bound or said.is_hedged or is_open or any(unit.factor for unit in of_units):
        return _LOOSELY
    if said.dimension == "share" or said.kind is Kind.SHARE:
        return _LOOSELY
    return _ROUNDED if said.is_scaled else _EXACTLY


def _values(one: Quantity) -> set[float]:
    """Return every value by which a quantity may be equal to another, in whichever unit."""
    found = set(one.values)
    if one.partner is not None:
        found.add(one.partner)
    if one.reason is Reason.CLOCK:
        found.update(_of_clock(one))
    if one.unit is None:
        if one.is_scaled:
            found.update(value / scale for value in one.values for scale in _SCALES)
            found.update(value * base.factor for value in one.values for base in _BASES)
            found.update(value / 1e6 * base.factor for value in one.values for base in _OF_M)
        return found
    for unit in (one.unit, *one.unit.may_be):
        if unit.factor:
            found.update([value * unit.factor for value in one.values])
    return found


_BASES = (units.BARREL, units.TONNE)
_OF_M = (units.METRE, units.MINUTE)


def _of_clock(one: Quantity) -> Iterator[float]:
    """Yield the seconds of a clock, read as hours and minutes, and as minutes and seconds."""
    hours, _, minutes = View.of(one.text).text.partition(":")
    if hours.isdigit() and minutes.isdigit():
        told = _MINUTES * int(hours) + int(minutes)
        yield from (float(told), float(told * _MINUTES))
