"""Quotations: where they stand in a text, and whether a post carries exactly these words.

A quotation has three words or more; shorter ones are scare quotes. Of nested quotations the
outer one counts. Compared is what normal.N leaves: … and […] part it, a bracketed insertion is
dropped, and so is the comma or full stop that typesetters put inside the marks.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from articles.vetting.normal import Normal, normal

_PAIRS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«»",
    "\u2039": "\u203a",
    "\u203a": "\u2039",
    "「": "」",
    "『": "』",
    "”": "”",
    '"': '"',
    "\uff02": "\uff02",
    "‘": "’",
    "\u201a": "‘’",
    "'": "'",
}
_ORNAMENTS = str.maketrans("❝❞❛❜〝〞〟", "“”‘’“””")
_ORNAMENTED = re.compile("[❝❞❛❜〝〞〟]")
_OPENING = re.compile("[" + "".join(_PAIRS) + "]")
_ANY_OF = {
    marks: re.compile(f"[{re.escape(marks)}]")
    for opens, closes in _PAIRS.items()
    for marks in (closes, opens + closes)
}
_SINGLES = "‘\u201a'"
# Unclosed, these open a quotation all the same; the straight ones may be inches.
_SURE = "“„«「『"
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_CUT = re.compile(r"\s*(?:\[[^\[\]]*\]|\(\s*(?:\.{3}|…)\s*\)|\.{3,}|…)\s*")
# "[N]obody": the desk, or the post, began a sentence with what was no beginning.
_RECASED = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])")
_CAPITAL = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_LOWER_IN_TITLES = frozenset({
    "a", "an", "the", "of", "and", "in", "on", "to", "for", "at", "by", "from", "or", "with", "as",
    "de", "del", "la", "el", "le", "les", "des", "du", "et", "y", "und", "der", "die", "das", "von",
})  # fmt: skip
_FEWEST_WORDS = 3
# More apostrophes than this do not stand inside one quotation.
_MOST_APOSTROPHES = 60
# Marks further apart are no pair.
_LONGEST = 5_000


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation. start and end enclose its words without the marks; parts are N() of them."""

    start: int
    end: int
    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the parts of a quotation stand in N() of a post, each from start to end."""

    parts: tuple[tuple[int, int], ...]


def read_quotes(text: str) -> tuple[Quote, ...]:
    """Return the quotations of a paragraph, in order."""
    return among(text, spans(text))


def among(text: str, quoted: Iterable[tuple[int, int]]) -> tuple[Quote, ...]:
    """Return those of the spans in quotation marks that are quotations: no scare quotes, no titles."""
    return tuple(
        quote
        for start, end in quoted
        if (quote := _quote(text, start, end)) and not _is_title(quote.text)
    )


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return all that stands in quotation marks, short or long, without the marks."""
    text = _in_common_marks(text)
    found: list[tuple[int, int]] = []
    position = 0
    while opened := _OPENING.search(text, position):
        start = opened.end()
        position = start
        mark = opened.group()
        if not _opens(text, opened.start(), mark):
            continue
        end = _closing(text, start, mark)
        if end is None and mark in _SURE:
            end = len(text)
        if end is not None:
            found.append((start, end))
            position = end + 1
    return tuple(found)


def _in_common_marks(text: str) -> str:
    """Return a text of the same length with ornamental and typewriter marks as “ and ”."""
    if "``" in text:
        text = text.replace("``", "\u2060“").replace("''", "”\u2060")
    # To translate a long text takes longer than to see that it has none.
    return text.translate(_ORNAMENTS) if _ORNAMENTED.search(text) else text


def passages(quote: Quote, post: Normal, *, most: int = 1) -> list[Passage]:
    """Return the first places of a post where the words stand, whole words in their order."""
    found: list[Passage] = []
    position = 0
    while len(found) < most and (passage := _next(quote.parts, post.text, position)):
        found.append(passage)
        position = passage.parts[-1][1]
    return found


def in_post(passage: Passage, post: Normal) -> tuple[tuple[int, int], ...]:
    """Return where the parts of a passage stand in the post as it was written, in code points."""
    return tuple(post.origin(start, end) for start, end in passage.parts)


def words(text: str) -> list[str]:
    """Return the words of N(text), apostrophes and hyphens inside them kept."""
    return words_of(Normal(text))


def words_of(text: Normal) -> list[str]:
    return _WORD.findall(text.text)


def _next(parts: tuple[str, ...], text: str, position: int) -> Passage | None:
    found: list[tuple[int, int]] = []
    for part in parts:
        start, length = _find(part, text, position), len(part)
        if start < 0 and part[0].isalpha() and "[" in text:
            start, length = _find(f"[{part[0]}]{part[1:]}", text, position), len(part) + 2
        if start < 0:
            return None
        position = start + length
        found.append((start, position))
    return Passage(tuple(found))


def _find(part: str, text: str, position: int) -> int:
    while (at := text.find(part, position)) >= 0:
        after = at + len(part)
        if not (at and _joined(text[at - 1], part[0])) and not (
            after < len(text) and _joined(part[-1], text[after])
        ):
            return at
        position = at + 1
    return -1


def _joined(before: str, after: str) -> bool:
    return before.isalnum() and after.isalnum()


def _quote(text: str, start: int, end: int) -> Quote | None:
    inside = text[start:end]
    said = normal(inside)
    # An address or a name in code is one word: "int_is_true".
    has_few_words = len(said.split()) < 2 or len(_WORD.findall(said)) < _FEWEST_WORDS
    if has_few_words and not _is_long_without_blanks(said):
        return None
    pieces = _CUT.split(_RECASED.sub(r"\1", inside))
    parts = tuple(part for piece in pieces if (part := _trimmed(piece)))
    return Quote(start, end, inside, parts) if parts else None


def _is_long_without_blanks(text: str) -> bool:
    """Return whether a text in a script without blanks holds some words."""
    return len(text) >= 6 and all("\u3040" <= c <= "\u9fff" for c in text if c.isalnum())


def _trimmed(piece: str) -> str:
    return normal(piece).strip(" ,.;:'") if any(c.isalnum() for c in piece) else ""


def _is_title(text: str) -> bool:
    if text.rstrip()[-1:] in {".", ",", "!", "?"}:
        return False
    named = [word for word in _CAPITAL.findall(text) if word.casefold() not in _LOWER_IN_TITLES]
    return len(named) >= 2 and all(word[0].isupper() or word[0].isdigit() for word in named)


def _opens(text: str, at: int, mark: str) -> bool:
    before = text[at - 1 : at] if at else ""
    after = text[at + 1 : at + 2]
    # French puts a blank inside its guillemets.
    if not after or (after.isspace() and mark != "«"):
        return False
    # The ’70s open no quotation.
    if mark in "'‘’" and after.isdigit():
        return False
    if mark in _SINGLES or mark in "”'\"":
        return not before or not (before.isalnum() or before in ".,;:!?")
    return True


def _closing(text: str, start: int, mark: str) -> int | None:
    if mark in _SINGLES:
        return _closing_single(text, start, _PAIRS[mark])
    depth = 0
    closes = _PAIRS[mark]
    for match in _ANY_OF[mark + closes].finditer(text, start, start + _LONGEST):
        if match.group() in closes:
            if depth == 0:
                return match.start()
            depth -= 1
        else:
            depth += 1
    return None


def _closing_single(text: str, start: int, closes: str) -> int | None:
    """Return where a single quotation ends: no apostrophe, and rather not a plural's."""
    last = None
    marks = _ANY_OF[closes].finditer(text, start, start + _LONGEST)
    for match in islice(marks, _MOST_APOSTROPHES):
        at = match.start()
        if at == start or text[at + 1 : at + 2].isalnum() or text[at - 1].isspace():
            continue
        if last is not None and "\u2018" in text[last:at]:
            break
        if text[at - 1] != "s":
            return at
        last = at
    return last
