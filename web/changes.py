"""What an edit changed in a post: compared once, when a version is stored, and cut for readers.

A source can send any text, so the work is bounded by the size of the problem, never by a clock:
beyond the limits the answer is that the text was rewritten.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, NamedTuple

# Characters kept of one comparison: no outlet's excerpt may be longer.
LONGEST_KEPT = 300
# Words of either text between what both begin and end with.
MOST_WORDS = 10_000
# Words that stand for others: of more, readers could be shown only the first few.
MOST_REPLACED = 150
# Unchanged characters shown before and after a change.
AROUND = 60
# Fewer unchanged words between two changes read as one change.
WORDS_APART = 3

# Marks, joiners and skin tones belong to the character before them.
_MARKS = "[\u0300-\u036f\u3099\u309a\u200c\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]"
# In the scripts that put no space between words, each character is a word.
_IDEOGRAPH = (
    "[\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# A word goes on over whatever is no space, ideograph or punctuation: \w knows no combining marks.
_INSIDE = (
    r"[^\s!-/:-@\[-`{-~\u00a1-\u00bf\u060c\u061b\u061f\u06d4\u0964\u0965\u2010-\u2bff\u3000-\u303f"
    r"\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff65"
    r"\U0001f000-\U0001ffff\U00020000-\U0003ffff]"
)
_WORD = re.compile(
    rf"{_IDEOGRAPH}{_MARKS}*|\d+(?:[.,:]\d+)+|\w{_INSIDE}*|[^\w\s](?:\u200d[^\w\s]|{_MARKS})*"
)
_SPACE = re.compile(r"\s")
_LOOSE = " \t\n\u200d.,;:–—-"


class Change(NamedTuple):
    """A part of a comparison; `rewritten` comes alone and without text."""

    kind: Literal["same", "gone", "new", "rewritten"]
    text: str


class _Word(NamedTuple):
    text: str
    start: int
    end: int


@dataclass(slots=True)
class _Side:
    """One of the two texts, and the words of the part that is compared, up to `end`."""

    text: str
    words: list[_Word] = field(default_factory=list)
    end: int = 0

    def split(self, start: int, end: int) -> None:
        """Find the words between what both texts begin and end with, at most one too many."""
        self.end = len(self.text) - end
        found = islice(_WORD.finditer(self.text, start, self.end), MOST_WORDS + 1)
        self.words = [_Word(word[0], *word.span()) for word in found]

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Return the place of these words alone."""
        return self.words[first].start, self.words[last - 1].end

    def place_with_space(self, first: int, last: int) -> tuple[int, int]:
        """Return the place of words, or of none, with the space after them.

        At the end of the text, where none follows, it is the space before them.
        """
        if last < len(self.words):
            return self.words[first].start, self.words[last].start
        if self.end < len(self.text):
            return self.words[first].start if first < last else self.end, self.end
        if first == last:
            return self.end, self.end
        return self.words[first - 1].end if first else self.words[0].start, self.end


class _Run(NamedTuple):
    """Words that are the same in both texts."""

    old: int
    new: int
    size: int


REWRITTEN = Change("rewritten", "")


def compare(before: str, after: str) -> list[Change]:
    """Return what became of a text, around the places that changed, in at most 300 characters.

    Spaces come from the later text, and a change of spaces alone is none: then the list is
    empty. Texts that differ too much, or are too long to be compared, are [REWRITTEN].
    """
    changes = compare_whole(before, after)
    if changes == [REWRITTEN]:
        return changes
    if all(change.kind == "same" for change in changes):
        return []
    return fit(_around(changes), LONGEST_KEPT)


def compare_whole(before: str, after: str) -> list[Change]:
    """Return both texts whole, word by word: without what is new they are the earlier one.

    Spaces come from the later text. [REWRITTEN] is as of `compare`.
    """
    one, other = _Side(before.strip()), _Side(after.strip())
    start, end = _ends_shared(one.text, other.text)
    one.split(start, end)
    other.split(start, end)
    if max(len(one.words), len(other.words)) > MOST_WORDS:
        return [REWRITTEN]
    runs = _runs([word.text for word in one.words], [word.text for word in other.words])
    if runs is None:
        return [REWRITTEN]
    return list(_changes(one, other, list(_far_apart(runs, one.words, other.words))))


def fit(changes: Iterable[Change], length: int) -> list[Change]:
    """Return the changes in at most so many characters; none where only unchanged words have room."""
    left, kept = length, []
    for change in changes:
        # What went must leave room for what came.
        limit = min(left, length // 2) if change.kind == "gone" else left
        text = _head(change.text, limit)
        if not text and change.kind != "rewritten":
            break
        kept.append(change._replace(text=text))
        left -= len(text)
    return kept if any(change.kind != "same" for change in kept) else []


def apart(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield changes with a space between words that went and those that came for them."""
    before = Change("same", " ")
    for change in changes:
        is_instead = (before.kind, change.kind) == ("gone", "new")
        if is_instead and not _SPACE.search(before.text[-1:] + change.text[:1]):
            yield Change("same", " ")
        yield change
        before = change


# Splitting


def _ends_shared(before: str, after: str) -> tuple[int, int]:
    """Return how many characters both texts begin and end with, as far as whole words go."""
    start = _shared(before, after)
    if start < max(len(before), len(after)):
        start = _last_space(before[:start]) + 1
    end = _shared(before[start:][::-1], after[start:][::-1])
    if start + end < max(len(before), len(after)):
        # The space itself stays with what is compared.
        end = _last_space(before[len(before) - end :][::-1]) if end else 0
    return start, max(end, 0)


def _shared[T: Sequence[str]](one: T, other: T) -> int:
    """Return how much both begin with, by halves: 300,000 characters take 19 comparisons."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _last_space(text: str) -> int:
    return max(text.rfind(" "), text.rfind("\n"))


# Comparing


def _runs(old: Sequence[str], new: Sequence[str]) -> list[_Run] | None:
    """Return the longest runs of words that both have, in order; None where too little is left.

    The words are compared bit by bit in a table of at most MOST_WORDS squared bits: 12 MB.
    """
    # Loads its three compiled modules, which web processes do without until texts differ.
    from rapidfuzz.distance import LCSseq

    runs = [
        _Run(block.a, block.b, block.size)
        for block in LCSseq.opcodes(old, new).as_matching_blocks()
        if block.size
    ]
    shared = sum(run.size for run in runs)
    return None if min(len(old), len(new)) - shared > MOST_REPLACED else runs


def _far_apart(runs: Iterable[_Run], old: Sequence[_Word], new: Sequence[_Word]) -> Iterator[_Run]:
    """Yield the runs that part two changes, and those that the texts begin and end with."""
    for run in runs:
        is_first = run.old == run.new == 0
        is_last = run.old + run.size == len(old) and run.new + run.size == len(new)
        words = new[run.new : run.new + run.size]
        if is_first or is_last or sum(word.text[0].isalnum() for word in words) >= WORDS_APART:
            yield run


# Showing


def _changes(before: _Side, after: _Side, runs: Sequence[_Run]) -> Iterator[Change]:
    """Yield the whole comparison. Joined without what is gone, it is the later text."""
    at = a = c = 0
    for run in (*runs, _Run(len(before.words), len(after.words), 0)):
        if run.old > a or run.new > c:
            is_instead = run.old > a and run.new > c
            # Where one stands for the other, the space around them is nobody's change.
            place = _Side.place if is_instead else _Side.place_with_space
            gone, came = place(before, a, run.old), place(after, c, run.new)
            same = after.text[at : came[0]]
            yield from _parts(same, before.text[slice(*gone)], after.text[slice(*came)])
            at = came[1]
        a, c = run.old + run.size, run.new + run.size
    yield from _parts(after.text[at:])


def _parts(same: str, gone: str = "", came: str = "") -> Iterator[Change]:
    parts = Change("same", same), Change("gone", gone), Change("new", came)
    return (part for part in parts if part.text)


def _around(changes: Sequence[Change]) -> Iterator[Change]:
    """Shorten unchanged words to those next to a change."""
    for place, change in enumerate(changes):
        text = change.text
        if change.kind == "same" and len(text) > 2 * AROUND:
            before = "" if place == 0 else _head(text, AROUND)
            after = "" if place == len(changes) - 1 else _tail(text, AROUND)
            text = f"{before} {after}" if before and after else before or f"…{after}"
        yield change._replace(text=text)


def _head(text: str, length: int) -> str:
    """Return at most so many characters, the space before them kept, ending between words."""
    if len(text) <= length:
        return text
    if length < 1:
        return ""
    head = text[: length - 1]
    space = _last_space(head)
    if not text[length - 1].isspace() and space > length // 2:
        head = head[:space]
    return head.rstrip(_LOOSE) + "…"


def _tail(text: str, length: int) -> str:
    """Return at most so many characters from the end, beginning between words."""
    tail = text[-length:]
    space = _SPACE.search(tail, 0, length // 2)
    return tail[space.end() :] if space else tail
