"""Find where the sentences of a text begin and end.

A full stop ends a sentence unless there is a reason why not: a decimal, an abbreviation, an initial,
a lower-case word after it. In doubt the text stays one sentence, because a mark then covers too
much rather than nothing, and the editor sees it.
"""

import re
from collections.abc import Collection, Iterator

# Never the last word of a sentence: a name, a number or an example follows.
_TITLES = frozenset({
    "mr", "mrs", "ms", "messrs", "mx", "dr", "st", "ste", "gen", "lt", "col", "maj", "capt",
    "cmdr", "sgt", "cpl", "pvt", "adm", "brig", "rep", "reps", "sen", "sens", "gov", "prof",
    "rev", "hon", "msgr", "fr", "pres", "supt", "insp", "amb", "atty", "mt", "ft", "e.g", "i.e",
    "cf", "viz", "vs", "v", "ca", "approx", "abt", "bef", "aft", "sra", "srta", "mme", "mlle", "mgr", "z.b",
    "d.h", "u.a", "bzw", "hr", "mio", "mrd", "tsd",
})  # fmt: skip
# Abbreviations only where a figure follows: "No. 4", but "No. The ministry denied it."
_BEFORE_FIGURES = frozenset({
    "no", "nos", "nr", "art", "arts", "fig", "figs", "p", "pp", "par", "para", "sec", "vol",
    "ch", "op", "c", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
    "nov", "dec", "mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun",
})  # fmt: skip
# May or may not be the last word of a sentence: the next word decides.
_EITHER = frozenset({
    "u.s", "u.k", "u.n", "e.u", "u.a.e", "u.s.s.r", "d.c", "l.a", "n.y", "a.m", "p.m", "inc",
    "ltd", "co", "corp", "bros", "plc", "llc", "jr", "sr", "etc", "ph.d", "m.d", "b.a", "m.a",
    "ret", "esq", "dept", "est", "ave", "blvd", "rd", "al", "jan", "feb", "mar", "apr", "aug",
    "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri",
    "ee.uu",
})  # fmt: skip
# Words that open a sentence and are hardly ever part of a name.
_OPENERS = frozenset({
    "a", "an", "the", "this", "that", "these", "those", "it", "its", "he", "she", "his", "her",
    "they", "their", "we", "our", "you", "your", "i", "there", "here", "but", "and", "or", "so",
    "yet", "in", "on", "at", "by", "for", "from", "to", "of", "with", "as", "if", "when",
    "while", "after", "before", "since", "until", "because", "although", "though", "however",
    "meanwhile", "still", "then", "now", "also", "both", "neither", "either", "no", "not",
    "what", "who", "which", "where", "why", "how", "some", "many", "most", "all", "one", "two",
    "three", "according", "asked", "officials",
})  # fmt: skip
_GERMAN_MONTHS = frozenset({
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
    "oktober", "november", "dezember",
})  # fmt: skip

# Arabic question mark, Urdu full stop, danda, interrobang among them.
_STOPS = ".!?\u2026\u061f\u06d4\u0964\u203d"
_CJK_STOPS = "\u3002\uff01\uff1f\uff61"
_CLOSING = "\"'”’»\u203a)\\]}"
_CJK_CLOSING = "」』”’\uff09》】"
_OPENING = (
    "\"'“”‘’«»\u2039\u203a([{¿¡„\u201a\u2015—–- \t\n\u00a0\u202f\u2066\u2067\u2068\u200e\u200f"
)
# A space must follow, except in Chinese and Japanese.
_STOP = re.compile(rf"[{_STOPS}]+[{_CLOSING}]*(?=\s|\Z)|[{_CJK_STOPS}]+[{_CJK_CLOSING}]*")
_WORD_BEFORE = re.compile(r"[^\s\"'“”‘’«»()\[\]—–]+\Z")
_WORD_AFTER = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_GERMAN_DAY = re.compile(r"\d{1,2}\.\s+([^\W\d_]+)")
# Longer words are not abbreviations; the bound keeps hostile text linear.
_LOOK_BACK = 24
_LOOK_AHEAD = 48


def split(text: str, *, ends: Collection[int] = ()) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each sentence, without the white space between them.

    ends are the offsets of citation marks: a mark right after a full stop makes it more likely to
    end the sentence. A span without a letter or digit joins the sentence before it.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _cuts(text, frozenset(ends)):
        if not spans or _says_something(text, start, end):
            spans.append((start, end))
        else:
            spans[-1] = (spans[-1][0], end)
    if len(spans) > 1 and not _says_something(text, *spans[0]):
        spans[:2] = [(spans[0][0], spans[1][1])]
    return tuple(span for span in spans if _says_something(text, *span))


def begins_german_date(text: str) -> bool:
    """Return whether a text begins as "3. März" does."""
    found = _GERMAN_DAY.match(text)
    return found is not None and found[1].casefold() in _GERMAN_MONTHS


def _cuts(text: str, ends: frozenset[int]) -> Iterator[tuple[int, int]]:
    start = _skip_space(text, 0)
    for match in _STOP.finditer(text):
        if match.start() < start or not _is_end(text, start, match, ends):
            continue
        yield start, match.end()
        start = _skip_space(text, match.end())
    if start < len(text):
        yield start, len(text.rstrip())


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _says_something(text: str, start: int, end: int) -> bool:
    # Most begin with a letter.
    return text[start : start + 1].isalnum() or any(map(str.isalnum, text[start:end]))


def _is_end(text: str, start: int, match: re.Match[str], ends: frozenset[int]) -> bool:
    if match.group()[0] in _CJK_STOPS or match.end() >= len(text.rstrip()):
        return True
    following = text[match.end() : match.end() + _LOOK_AHEAD].lstrip(_OPENING)
    if following[:1].islower():
        return False
    if match.group().rstrip(_CLOSING) != ".":
        return True
    return _full_stop_ends(text, start, match, following, cited=match.end() in ends)


def _full_stop_ends(
    text: str, start: int, match: re.Match[str], following: str, *, cited: bool
) -> bool:
    """Return whether a full stop ends the sentence; neither lower case nor the end follows it."""
    before = _WORD_BEFORE.search(text, max(start, match.start() - _LOOK_BACK), match.start())
    if before is None:
        return True
    word = before.group().casefold()
    opens = _WORD_AFTER.match(following)
    after = opens.group().casefold() if opens else ""
    if word in _TITLES and not cited:
        return False
    if word in _BEFORE_FIGURES and following[:1].isdigit():
        return False
    if _is_enumeration(word, at_start=before.start() == start) or _is_german_date(word, after):
        return False
    if word in _EITHER or _is_initial(word):
        return cited or after in _OPENERS
    return True


def _is_enumeration(word: str, *, at_start: bool) -> bool:
    return at_start and len(word) <= 3 and word.isdigit()


def _is_german_date(word: str, after: str) -> bool:
    return word.isdigit() and len(word) <= 2 and after in _GERMAN_MONTHS


def _is_initial(word: str) -> bool:
    """Return whether a word is "J" or "J.K", in any script."""
    return all(len(part) == 1 and part.isalpha() for part in word.split("."))
