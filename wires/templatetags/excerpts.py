"""What readers are shown of another publisher's words: an excerpt, and what an edit changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# Long enough for any post that people edit; a comparison takes quadratic time.
LONGEST_COMPARED = 6_000
# Unchanged words shown before and after a change.
AROUND = 60
# Fewer unchanged words between two changes read as one change.
WORDS_APART = 3
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_LAST_SPACE = re.compile(r"\s+\S*\Z")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a comparison."""

    kind: Literal["same", "gone", "new"]
    text: str


def cut(text: str, length: int) -> str:
    """Return at most so many characters, ending between words with an ellipsis."""
    text = text.strip()
    if len(text) <= length:
        return text
    if length < 1:
        return ""
    head = text[: length - 1]
    if not text[length - 1].isspace():
        # A script without spaces is cut where it stands.
        between = _LAST_SPACE.sub("", head)
        head = between if len(between) > length // 2 else head
    return head.rstrip(" \t\n\u200d.,;:–—-") + "…"


def compare(before: str, after: str, *, length: int) -> list[Change]:
    """Return what became of a text, around the places that changed, in at most `length` characters."""
    old = _WORD.findall(before[:LONGEST_COMPARED])
    new = _WORD.findall(after[:LONGEST_COMPARED])
    changes = list(_changes(old, new))
    if all(change.kind == "same" for change in changes):
        return []
    left, kept = length, []
    for place, change in enumerate(changes):
        text = change.text
        if change.kind == "same":
            text = _around(text, is_first=place == 0, is_last=place == len(changes) - 1)
        # What went must leave room for what came.
        limit = min(left, length // 2) if change.kind == "gone" else left
        text = cut(text, limit) if len(text) > limit else text
        if not text:
            break
        kept.append(Change(change.kind, text))
        left -= len(text)
    return kept


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    """Yield the whole comparison, a change that holds only a few unchanged words as one."""
    gone, came = "", ""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        is_between = bool(gone or came) and d < len(new)
        if kind != "equal" or (is_between and len(after.split()) < WORDS_APART):
            gone, came = gone + before, came + after
            continue
        yield from _changed(gone, came)
        gone, came = "", ""
        yield Change("same", after)
    yield from _changed(gone, came)


def _changed(gone: str, came: str) -> Iterator[Change]:
    if gone == came:
        if gone:
            yield Change("same", gone)
        return
    if gone:
        yield Change("gone", gone)
    if came:
        yield Change("new", came)


def _around(text: str, *, is_first: bool, is_last: bool) -> str:
    """Shorten unchanged words to what stands next to a change."""
    if len(text) <= 2 * AROUND:
        return text
    before = "" if is_first else cut(text, AROUND)
    after = "" if is_last else text[-AROUND:].partition(" ")[2]
    return f"{before} …{after}" if not before else f"{before} {after}"
