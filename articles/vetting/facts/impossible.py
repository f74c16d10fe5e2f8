"""What two figures of one sentence cannot be to each other, whatever any post says.

"355 of 310 servers", "60,000 years, give or take 400,000", "64 prisoners, 118 of them soldiers",
"between 2021 and 2016".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.vetting.facts.words import Word
from articles.vetting.lexicon.english import LEXICON

# Between a number and the whole that it is part of: "9 of its 7 members".
_OF = ("of", "out of")
_DETERMINERS = frozenset(
    {"the", "its", "their", "his", "her", "our", "all", "those", "these", "some"}
)
_MARGINS = ("give or take", "plus or minus")
_THOSE = frozenset({"them", "whom"})
_PEOPLE = frozenset({"people", "men", "women", "children", "police", "staff"})
# From a number to the comma of "64 prisoners on Thursday, 118 of them".
_FAR = 6
# So far a margin stands from its figure.
_NEAR = 5
_NUMBER = rf"(?:\d|(?:{'|'.join(sorted(LEXICON.number_words))})\b)"
_MAY_BE = re.compile(
    rf"\bof (?:(?:{'|'.join(sorted(_DETERMINERS))}) )?{_NUMBER}|\bof (?:them|whom)\b|\bgive or take\b"
    r"|\bplus or minus\b|\bbetween [12]\d{3}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Impossible:
    """Two figures, which start and end enclose; is_order of years that run back."""

    start: int
    end: int
    is_order: bool = False


def may_be_impossible(text: str) -> bool:
    """Return whether a text may have such figures, seen quickly."""
    return _MAY_BE.search(text) is not None


def read_impossible(said: Sequence[Word]) -> Iterator[Impossible]:
    """Yield the parts larger than their wholes, and the spans that end before they begin."""
    for n, word in enumerate(said):
        if not word.is_number:
            continue
        after = (
            _larger_than_whole(said, n) or _larger_than_figure(said, n) or _more_of_them(said, n)
        )
        if after:
            yield Impossible(word.start, said[after].end)
        elif _runs_back(said, n):
            yield Impossible(said[n - 1].start, said[n + 2].end, is_order=True)


def _larger_than_whole(said: Sequence[Word], n: int) -> int:
    """Return where the whole stands of which more than all are told: "355 of 310"; 0 if nowhere."""
    after = _after_scale(said, n)
    if _is_of_a_name(said, n) and after < len(said) and said[after].key == "of":
        return 0
    at = _after(said, after, _OF)
    while at and at < len(said) and said[at].key in _DETERMINERS:
        at += 1
    if not at or at >= len(said) or not said[at].is_number or said[at].time or said[n].time:
        return 0
    # "Three of 2 May": a date is no whole, nor is a share.
    is_date = at + 1 < len(said) and bool(said[at + 1].time)
    is_share = any(word.key in ("%", "percent", "per") for word in said[at + 1 : at + 3])
    return at if not is_date and not is_share and _value(said, n) > _value(said, at) else 0


def _is_of_a_name(said: Sequence[Word], n: int) -> bool:
    """Return whether a number has letters, or decimals: "the 265K of 16.4", "the 120.5 of 11"."""
    is_glued = n + 1 < len(said) and said[n + 1].start == said[n].end and said[n + 1].key.isalpha()
    # Of "265K" the letter is read with the number.
    is_short = said[n].end - said[n].start < len(said[n].key)
    return is_glued or is_short or "." in said[n].key


def _larger_than_figure(said: Sequence[Word], n: int) -> int:
    """Return where a margin stands that is more than its figure: "60, give or take 400"."""
    for at in range(n + 1, min(n + _NEAR, len(said))):
        margin = _after(said, at, _MARGINS)
        if margin and margin < len(said) and said[margin].is_number:
            return margin if _value(said, margin) > _value(said, n) else 0
    return 0


def _more_of_them(said: Sequence[Word], n: int) -> int:
    """Return where more "of them" are told than there are: "64 prisoners, 118 of them"."""
    for at in range(n + 2, min(n + _FAR, len(said) - 2)):
        if said[at].is_number and not said[at].time:
            is_part = said[at - 1].key in (",", "(") and said[at + 1].key == "of"
            is_more = is_part and said[at + 2].key in _THOSE and not said[n].time
            if _are_others([word for word in said[n + 1 : at] if word.root]):
                return 0
            return at if is_more and _value(said, at) > _value(said, n) else 0
        if said[at].key in ("and", "with", "of", "carrying", "by"):
            # "Two buses with children, 40 of them": others are meant.
            return 0
    return 0


def _are_others(nouns: Sequence[Word]) -> bool:
    """Return whether others than those counted are told of last: "two buses carried pilgrims"."""
    return len(nouns) > 1 and (nouns[-1].key in _PEOPLE or nouns[-1].key.endswith("s"))


def _runs_back(said: Sequence[Word], n: int) -> bool:
    """Return whether years are told from the later to the earlier: "between 2021 and 2016"."""
    if n + 2 >= len(said) or not n or (said[n - 1].key, said[n + 1].key) != ("between", "and"):
        return False
    first, last = said[n], said[n + 2]
    are_years = bool(first.time and last.time) and last.is_number
    return are_years and float(first.key) > float(last.key)


def _after(said: Sequence[Word], at: int, phrases: Sequence[str]) -> int:
    """Return the word after one of some phrases, if it begins here; 0 otherwise."""
    for phrase in phrases:
        parts = phrase.split()
        if [word.key for word in said[at : at + len(parts)]] == parts:
            return at + len(parts)
    return 0


def _after_scale(said: Sequence[Word], n: int) -> int:
    has_scale = n + 1 < len(said) and said[n + 1].key in LEXICON.scales
    return n + 2 if has_scale else n + 1


def _value(said: Sequence[Word], n: int) -> float:
    scale = LEXICON.scales.get(said[n + 1].key, 1.0) if n + 1 < len(said) else 1.0
    return float(said[n].key) * scale
