"""Numbers that only tell things apart: years, article 9, Boeing 737, Kvern 2, berths 3 to 7."""

import re

from articles.vetting.figures.around import word_before, words_after
from articles.vetting.figures.words import HEDGES, LABELS, MEASURES, SIDES, STREETS

_STREET = re.compile(rf"(?: [A-Z][\w.’'-]*){{1,3}}? (?i:{'|'.join(STREETS)})\b")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w.’'&-]*)[\s\u00a0(]*\Z")
_SMALL_PAIR = re.compile(r"\s*(?:-|–|to|and|or)\s*[$€£]?\d")


def is_name(text: str, match: re.Match[str]) -> bool:
    if match["sign"] or match["percent"] or match["scale"] or match["eastern"] or match["vulgar"]:
        return False
    is_address = _STREET.match(text, match.end()) is not None
    return is_address or _is_year(text, match) or _is_labelled(text, match)


def _is_year(text: str, match: re.Match[str]) -> bool:
    number = match["number"]
    if len(number) != 4 or not number.isdigit() or not 1000 <= int(number) <= 2100:
        return False
    before = word_before(text, match.start())
    if before in HEDGES or before in SIDES:
        return False
    follows = words_after(text, match.end())[:1]
    counted = follows and (follows[0] in _PEOPLE or follows[0] in MEASURES - _PREPOSITIONS)
    return not counted or before in _BEFORE_YEARS


def _is_labelled(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number only tells things apart: article 9, Boeing 737, Kvern 2, berths 3 to 7."""
    number = match["number"]
    if not number.isdigit() or len(number) > 4:
        return False
    start = match.start()
    paired = re.search(r"\d+\s*(?:-|–|to|and|or|,)\s*\Z", text[max(0, start - 12) : start])
    if paired:
        start = max(0, start - 12) + paired.start()
    found = _WORD_BEFORE.search(text, max(0, start - 40), start)
    if found is None or "(" in text[found.end(1) : start]:
        return False
    word = found.group(1).rstrip(".")
    if word.casefold() in LABELS:
        return True
    if not word[0].isupper() or word.casefold() in HEDGES | SIDES.keys() | _OPENERS:
        return False
    if _SMALL_PAIR.match(text, match.end()) or paired:
        return False
    rest = words_after(text, match.end())
    follows = text[match.end() : match.end() + 2].strip()
    return not (rest and follows[:1].isalpha() and follows[:1].islower()) or rest[0] in _NO_NOUN


_PEOPLE = frozenset({
    "people", "men", "women", "children", "troops", "soldiers", "workers", "jobs", "homes",
    "civilians", "migrants", "refugees", "households", "students", "police", "protesters",
    "cases", "deaths", "ships", "vessels", "accounts", "seats", "votes", "passengers", "families",
})  # fmt: skip
# Short for inch, hour and the like only where they are glued to the number.
_PREPOSITIONS = frozenset({"in", "a", "s", "c", "f", "v", "t", "h", "l", "m", "g", "min", "points"})
_BEFORE_YEARS = frozenset({"in", "since", "by", "of", "the", "from", "until"})
_OPENERS = frozenset({
    "the", "a", "an", "in", "on", "at", "of", "to", "by", "for", "with", "from", "and", "or",
    "but", "its", "their", "his", "her", "these", "those", "all", "as", "when", "after",
    "since", "then", "both", "between", "another", "other", "only", "not", "no", "where", "while",
    "there", "it", "he", "she", "they", "we", "i", "killed", "against", "per", "than",
    "that", "this", "if", "so", "is", "are", "was", "were", "until", "within", "counting", "score",
})  # fmt: skip
_NO_NOUN = frozenset({
    "is", "was", "are", "were", "has", "had", "have", "will", "would", "in", "on", "at", "to",
    "of", "for", "from", "by", "with", "and", "or", "but", "after", "before", "when", "as", "that",
    "which", "who", "said", "says", "can", "may", "could", "should", "than", "it", "the", "a",
})  # fmt: skip
