"""Numbers that only tell things apart: years, article 9, Boeing 737, Kvern 2, berths 3 to 7.

Each rule looks at what stands right beside the number. In doubt a number is a figure where a
plural follows, and a name where it does not.
"""

import re

from articles.vetting.figures.around import word_before, words_after
from articles.vetting.figures.words import (
    CURRENCIES,
    HEDGES,
    LABELS,
    MEASURES,
    SIDES,
    STREETS,
    is_countable,
)

_STREET = re.compile(rf"(?: [A-Z][\w.’'-]*){{1,3}}? (?i:{'|'.join(STREETS)})\b")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w.’'&-]*)[\s\u00a0(]*\Z")
_SMALL_PAIR = re.compile(r"\s*(?:-|–|to|and|or)\s*[$€£]?\d")

_CALIBRE = re.compile(
    r"mm(?:[ -][\w-]+)?[ -](?:shells?|rounds?|guns?|howitzers?|pistols?|rifles?|cannons?|ammunition"
    r"|artillery|mortars?|bullets?|ammo|projectiles?|calib(?:re|er)|lens(?:es)?|film)\b"
)
_NETWORK = re.compile(r"(?<![\d.,])[2-6]G\b(?!B)")
_LINES_OF_A_PICTURE = re.compile(r"(?:480|720|1080|1440|2160)p\b")
_SCREEN = re.compile(
    r"[48]K[ -](?:film|video|tv|television|screen|footage|resolution|camera|display|stream|movie"
    r"|restoration|picture|broadcast)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"[ -]?([A-Z]{2,})\b")
_DECADE = re.compile(r"[1-9]0s\b")
_LINES = frozenset({"number", "hotline", "helpline", "line", "emergency"})
_DIALS = frozenset({"dial", "dialled", "dialed", "call", "called", "calling", "ring", "rang"})
_WEARS = frozenset({"wear", "wears", "wearing", "wore"})
_WHOSE = frozenset({"her", "his", "their", "my", "your", "our", "the", "late", "early", "mid"})
_ROUNDS = re.compile(r"\bthe last\s*\Z", re.IGNORECASE)


def is_name(text: str, match: re.Match[str]) -> bool:
    if match["sign"] or match["percent"] or match["eastern"] or match["vulgar"]:
        return False
    start, end = match.start("number"), match.end("number")
    if match["scale"]:
        # "Form 10-K", "a 4K film".
        is_letter = len(match["scale"]) == 1 and text[match.start("scale") - 1] == "-"
        return is_letter or _SCREEN.match(text, start) is not None
    return (
        any(one.match(text, end) for one in (_STREET, _CALIBRE))
        or any(one.match(text, start) for one in (_NETWORK, _LINES_OF_A_PICTURE))
        or _is_decade(text, start)
        or _is_model(text, match)
        or _is_beside_its_kind(text, match)
        or _is_year(text, match)
        or _is_labelled(text, match)
    )


def _is_decade(text: str, start: int) -> bool:
    """Tell whether a number is that of "in her 30s" or "a '90s band"."""
    if not _DECADE.match(text, start):
        return False
    return text[start - 1 : start] in ("'", "’", "-") or word_before(text, start) in _WHOSE


def _is_model(text: str, match: re.Match[str]) -> bool:
    """Tell whether capitals follow that are no unit, as in "737 MAX"."""
    number = match["number"]
    found = _CAPITALS.match(text, match.end()) if number.isdigit() and len(number) > 2 else None
    return found is not None and found[1].casefold() not in MEASURES | CURRENCIES.keys()


def _is_beside_its_kind(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number is dialled, worn, or the name of a round of a cup."""
    number = match["number"]
    if not number.isdigit() or len(number) > 4:
        return False
    before, after = word_before(text, match.start()), words_after(text, match.end())
    if after and is_countable(after[0]):
        return False
    if len(number) > 2:
        return before in _DIALS or bool(after and after[0] in _LINES)
    return before in _WEARS or (
        number in ("8", "16", "32", "64") and _ROUNDS.search(text, 0, match.start()) is not None
    )


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
    if not number.replace(".", "").isdigit():
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
    if paired or not _is_proper(word) or not number.isdigit() or len(number) > 4:
        return False
    if _SMALL_PAIR.match(text, match.end()):
        return False
    rest = words_after(text, match.end())
    follows = text[match.end() : match.end() + 2].strip()
    if not (rest and follows[:1].isalpha() and follows[:1].islower()) or rest[0] in _NO_NOUN:
        return True
    # "An RTX 5090 card" is one card.
    is_type = word.isupper() or len(number) > 2
    return is_type and len(word) > 1 and not any(is_countable(each) for each in rest[:2])


def _is_proper(word: str) -> bool:
    """Tell whether a word is a name: Kvern, RTX or iPhone, but not the first of a sentence."""
    is_name = any(letter.isupper() for letter in word)
    return is_name and word.casefold() not in HEDGES | SIDES.keys() | _OPENERS


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
