"""What readers are shown of a post that an article cites: whole sentences, the cited words marked."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from articles.prose import split
from articles.vetting import quotes
from web.excerpts import cut

# What stands for words that are left out.
GAP = "[…]"
# A sentence or a quotation beyond it is shown around the cited words alone.
LONGEST = 3_000
_REACH = 200
# Who begins so speaks of somebody whom the sentence before names.
_GOES_ON = re.compile(
    r"\W*(?:he|she|it|they|his|her|its|their|this|that|these|those|er|sie|es|ils?|elles?"
    r"|él|ellos|ellas?)\b",
    re.IGNORECASE,
)
# What no empty line parts: posts break lines within sentences.
_BLOCK = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*\n))*")

type Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSpan[T]:
    """Words of a post in code points, and what cites them."""

    start: int
    end: int
    cited_by: tuple[T, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPart[T]:
    """A part of an excerpt, marked where something cites it."""

    text: str
    cited_by: tuple[T, ...] = ()

    @property
    def is_marked(self) -> bool:
        return bool(self.cited_by)


def excerpt[T](
    text: str, spans: Iterable[CitedSpan[T]], *, title: int = 0, limit: int | None = None
) -> list[CitedPart[T]]:
    """Return the title, which is the first so many characters, and each sentence with cited words.

    None is cut, and no quotation: sentences that one goes over stand together. A sentence that
    begins with a pronoun keeps the one before it. Of more than `limit` characters the later
    sentences are left out, never the first. Without spans it is the beginning, within the limit.
    """
    cited = _merged(spans, len(text))
    if not cited:
        return _beginning(text, title, limit)
    shown: list[Place] = []
    length = 0
    for start, end in _by_worth(_units(text, title), cited, text, title):
        length += end - start
        if not shown or limit is None or length <= limit:
            shown.append((start, end))
    narrowed = [place for unit in sorted(shown) for place in _narrowed(text, unit, cited)]
    return list(_assembled(text, narrowed, cited))


def _merged[T](spans: Iterable[CitedSpan[T]], end: int) -> list[CitedSpan[T]]:
    """Return the spans in order, those that overlap as one, none empty."""
    merged: list[CitedSpan[T]] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        stop = min(span.end, end)
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            by = tuple(dict.fromkeys((*last.cited_by, *span.cited_by)))
            merged[-1] = replace(last, end=max(last.end, stop), cited_by=by)
        elif span.start < stop:
            merged.append(replace(span, end=stop))
    return merged


def _units(text: str, title: int) -> list[Place]:
    """Return the title, and the sentences of each block, as one where a quotation goes over them."""
    units: list[Place] = [(0, title)] if title else []
    for block in _BLOCK.finditer(text, title):
        at = block.start()
        quoted = [place for place in quotes.spans(block[0]) if place[1] - place[0] <= LONGEST]
        joined: list[Place] = []
        for start, end in split(block[0]) or [(0, len(block[0]))]:
            # Quotations do not overlap: the last one that begins before the sentence, if any.
            n = bisect_left(quoted, (start, 0)) - 1
            if joined and n >= 0 and start < quoted[n][1]:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        units += [(at + start, at + end) for start, end in joined]
    return units


def _by_worth[T](
    units: Sequence[Place], cited: Sequence[CitedSpan[T]], text: str, title: int
) -> list[Place]:
    """Return what is shown, what matters most first: the first cited sentence, the title, the rest."""
    # The spans do not overlap any more: the last one that begins before the sentence ends.
    begins = [span.start for span in cited]
    with_words = [
        (start, end)
        for start, end in units
        if (n := bisect_left(begins, end)) and cited[n - 1].end > start
    ]
    before = {unit: earlier for earlier, unit in pairwise(units)}
    subjects = [
        before[unit]
        for unit in with_words
        if unit in before and before[unit][1] > title and _GOES_ON.match(text, *unit)
    ]
    first = with_words[:1]
    of_first = [before[unit] for unit in first if before.get(unit) in subjects]
    return list(
        dict.fromkeys([*first, *of_first, *(units[:1] if title else ()), *with_words, *subjects])
    )


def _narrowed[T](text: str, unit: Place, cited: Sequence[CitedSpan[T]]) -> list[Place]:
    """Return a sentence whole, or of one that is too long the cited words with some around them."""
    start, end = unit
    if end - start <= LONGEST:
        return [unit]
    places: list[Place] = []
    for span in cited:
        if span.start < end and start < span.end:
            first = _word_start(text, max(start, span.start - _REACH), max(start, span.start))
            last = _word_end(text, min(end, span.end), min(end, span.end + _REACH))
            if places and first <= places[-1][1]:
                places[-1] = (places[-1][0], max(last, places[-1][1]))
            else:
                places.append((first, last))
    return places or [(start, _word_end(text, start, start + _REACH))]


def _word_start(text: str, low: int, high: int) -> int:
    space = text.find(" ", low, high)
    return low if space < 0 or low == 0 else space + 1


def _word_end(text: str, low: int, high: int) -> int:
    space = text.rfind(" ", low, high + 1)
    return high if space < 0 or high == len(text) else space


def _beginning[T](text: str, title: int, limit: int | None) -> list[CitedPart[T]]:
    """Return whole sentences from the beginning; of one that is too long the first words."""
    room = len(text) if limit is None else limit
    if not text or room < 1:
        return []
    if len(text) <= room:
        return [CitedPart(text=text)]
    end = 0
    for start, stop in _units(text[: room + 1], title if title <= room else 0):
        # The last one may go on beyond what was looked at.
        if stop <= room and start < stop < len(text):
            end = stop if _ends_a_unit(text, stop, title) else end
    if not end:
        return [CitedPart(text=cut(text, room))]
    return [CitedPart(text=text[:end]), CitedPart(text=_gap(text, end, len(text)))]


def _ends_a_unit(text: str, stop: int, title: int) -> bool:
    """Return whether a sentence ends here, and not merely what was looked at of it."""
    return stop == title or not text[stop - 1].isalnum() or text[stop : stop + 1] == "\n"


def _gap(text: str, start: int, end: int) -> str:
    """Return what is shown instead of these words."""
    space = "\n" if "\n" in text[start:end].strip(" ")[:2] and start else " "
    return f"{space if start else ''}{GAP}{' ' if end < len(text) else ''}"


def _assembled[T](
    text: str, places: Sequence[Place], cited: Sequence[CitedSpan[T]]
) -> Iterator[CitedPart[T]]:
    at = 0
    for start, end in places:
        between = text[at:start]
        if between.strip():
            yield CitedPart(text=_gap(text, at, start))
        elif at:
            yield CitedPart(text=between)
        yield from _striped(text, start, end, cited)
        at = end
    if text[at:].strip():
        yield CitedPart(text=_gap(text, at, len(text)))


def _striped[T](
    text: str, start: int, end: int, cited: Sequence[CitedSpan[T]]
) -> Iterator[CitedPart[T]]:
    """Yield a place in parts, the cited words apart from the others."""
    at = start
    for span in cited:
        first, last = max(span.start, start), min(span.end, end)
        if first < last:
            if first > at:
                yield CitedPart(text=text[at:first])
            yield CitedPart(text=text[first:last], cited_by=span.cited_by)
            at = last
    if at < end:
        yield CitedPart(text=text[at:end])
