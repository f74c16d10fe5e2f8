"""What readers are shown of another publisher's words: an excerpt."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Marks text that is left out.
GAP = " … "
_SPACE = re.compile(r"\s+")
_LAST_SPACE = re.compile(r"\s+\S*\Z")


def cut(text: str, length: int) -> str:
    """Return at most so many characters, ending between words with an ellipsis."""
    text = text.strip()
    if len(text) <= length:
        return text
    if length < 1:
        return ""
    head = text[: length - 1]
    if not text[length - 1].isspace():
        # A script without spaces is cut mid-text.
        between = _LAST_SPACE.sub("", head)
        head = between if len(between) > length // 2 else head
    return head.rstrip(" \t\n\u200d.,;:–—-") + "…"


@dataclass(frozen=True, slots=True)
class ExcerptPart:
    """A part of an excerpt; marked are the words that an article cites."""

    text: str
    is_marked: bool


def marked(text: str, spans: Iterable[tuple[int, int]], *, length: int) -> list[ExcerptPart]:
    """Return at most so many characters of a text, those around the spans, with the spans marked.

    Of spans that together are longer than that, the last ones are cut or left out.
    """
    cited = _fitting(_merged(spans, len(text)), length)
    if not cited:
        return [ExcerptPart(shown, is_marked=False)] if (shown := cut(text, length)) else []
    if len(text) <= length:
        return list(_striped(text, [(0, len(text))], cited))
    most = bisect_right(range(length), length, key=lambda r: _size(_windows(text, cited, r), text))
    return list(_striped(text, _windows(text, cited, max(0, most - 1)), cited))


def _merged(spans: Iterable[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """Return the spans in order, those that touch as one, none empty."""
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], min(stop, end)))
        elif start < min(stop, end):
            merged.append((start, min(stop, end)))
    return merged


def _fitting(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Return as many of the spans as have room, each with what says that something is left out."""
    fitting: list[tuple[int, int]] = []
    left = length - 2 * len(GAP)
    for start, stop in spans:
        if left < 1:
            break
        fitting.append((start, min(stop, start + left)))
        left -= stop - start + len(GAP)
    return fitting


def _windows(text: str, spans: list[tuple[int, int]], reach: int) -> list[tuple[int, int]]:
    """Return what is shown: each span with so many characters on both sides, whole words."""
    return _merged(
        [(_word_start(text, start, reach), _word_end(text, stop, reach)) for start, stop in spans],
        len(text),
    )


def _word_start(text: str, start: int, reach: int) -> int:
    if start <= reach:
        return 0
    low = start - reach
    found = _SPACE.search(text, low - 1, start)
    return found.end() if found else start


def _word_end(text: str, stop: int, reach: int) -> int:
    if stop + reach >= len(text):
        return len(text)
    found = text[stop : stop + reach + 1]
    kept = _LAST_SPACE.sub("", found)
    return stop + len(kept) if len(kept) < len(found) else stop


def _size(windows: list[tuple[int, int]], text: str) -> int:
    gaps = len(windows) + 1
    gaps -= (windows[0][0] == 0) + (windows[-1][1] == len(text))
    return sum(stop - start for start, stop in windows) + gaps * len(GAP)


def _striped(
    text: str, windows: list[tuple[int, int]], spans: list[tuple[int, int]]
) -> Iterator[ExcerptPart]:
    """Yield the windows in parts, what is left out between them as an ellipsis."""
    at = 0
    for start, stop in windows:
        if start > at:
            yield ExcerptPart(GAP if at else GAP.lstrip(), is_marked=False)
        at = start
        for first, last in spans:
            if start <= first < stop:
                if first > at:
                    yield ExcerptPart(text[at:first], is_marked=False)
                yield ExcerptPart(text[first:last], is_marked=True)
                at = last
        if at < stop:
            yield ExcerptPart(text[at:stop], is_marked=False)
        at = stop
    if at < len(text):
        yield ExcerptPart(GAP.rstrip(), is_marked=False)
