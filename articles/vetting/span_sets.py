"""Many spans of one text, of which each place is asked whether it is in any."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class SpanSet:
    """`place in spans`, in logarithmic time: a hostile text has thousands of both."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def __contains__(self, place: int) -> bool:
        before = bisect_right(self._starts, place)
        return before > 0 and place < self._reach[before - 1]
