"""What stands close to a place of a text, among many things that were read there in order."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Protocol


class Stretch(Protocol):
    """Words from start to end; of several none overlaps another."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def after[S: Stretch](stretches: Sequence[S], place: int, *, within: int) -> Sequence[S]:
    """Return those that begin here or at most so many characters later."""
    first = bisect_left(stretches, place, key=_start)
    return stretches[first : bisect_right(stretches, place + within, lo=first, key=_start)]


def before[S: Stretch](stretches: Sequence[S], place: int, *, within: int) -> Sequence[S]:
    """Return those that end here or at most so many characters earlier."""
    first = bisect_left(stretches, place - within, key=_end)
    return stretches[first : bisect_right(stretches, place, lo=first, key=_end)]


def _start(stretch: Stretch) -> int:
    return stretch.start


def _end(stretch: Stretch) -> int:
    return stretch.end
