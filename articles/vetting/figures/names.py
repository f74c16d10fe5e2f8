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
    """Return whether a number is that of "in her 30s" or "a '90s band"."""
    if not _DECADE.match(text, start):
        return False
    return text[start - 1 : start] in ("'", "’", "-") or word_before(text, start) in _WHOSE


def _is_model(text: str, match: re.Match[str]) -> bool:
    """Return whether capitals follow that are no unit, as in "737 MAX"."""
    number = match["number"]
    found = _CAPITALS.match(text, match.end()) if number.isdigit() and len(number) > 2 else None
    if found is None or is_countable(found[1].casefold()):
        return False
    # In a headline of capitals they say nothing.
    if text[max(0, match.start() - _NEAR) : found.end()].isupper():
        return False
    return found[1].casefold() not in MEASURES | CURRENCIES.keys() | _OF_COUNTRIES


def _is_beside_its_kind(text: str, match: re.Match[str]) -> bool:
    """Return whether a number is dialled, worn, or the name of a round of a cup."""
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
    if before in HEDGES or before in SIDES or before in _TAKE_A_COUNT:
        return False
    if before in _BEFORE_YEARS or before.endswith(("'s", "’s", "s'", "s’")):
        return True
    follows = words_after(text, match.end())[:2]
    if follows and follows[0] in _OF_A_YEAR:
        return True
    # Nobody writes of a year before 1900 without a word or a sign that says so.
    return not _counts(follows) and (
        int(number) >= 1900 or text[match.start() - 1 : match.start()] in ("(", "-", "–", "/")
    )


def _counts(follows: tuple[str, ...]) -> bool:
    """Return whether the words after a number are what it counts: "drones", "ballistic missiles"."""
    if not follows:
        return False
    first = follows[0]
    if (
        first in _PLURAL_VERBS
        or is_countable(first)
        or first in CURRENCIES
        or first in MEASURES - _PREPOSITIONS
    ):
        return True
    return first not in _NO_NOUN and len(follows) > 1 and is_countable(follows[1])


def _is_labelled(text: str, match: re.Match[str]) -> bool:
    """Return whether a number only tells things apart: article 9, Boeing 737, Kvern 2, berths 3 to 7."""
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
    if word.casefold() in _TAKE_A_COUNT | _DAYS:
        return False
    if paired or not _is_proper(word) or not number.isdigit() or len(number) > 4:
        return False
    if _SMALL_PAIR.match(text, match.end()):
        return False
    return _is_of_the_name(text, match, found)


def _is_of_the_name(text: str, match: re.Match[str], name: re.Match[str]) -> bool:
    """Tell by what follows whether a number belongs to the name before it, as in Boeing 737."""
    number, word = match["number"], name.group(1).rstrip(".")
    rest = words_after(text, match.end())
    follows = text[match.end() : match.end() + 2].strip()
    if not (rest and follows[:1].isalpha()):
        return True
    if _begins_a_clause(text, name, rest[0]):
        return False
    if not follows[:1].islower():
        # "Quake Kills 250 People", but "Apollo 11 Moon Landing".
        return not is_countable(rest[0])
    if rest[0] in _NO_NOUN:
        return True
    # "An RTX 5090 card" is one card.
    is_type = word.isupper() or len(number) > 2
    return is_type and len(word) > 1 and not any(is_countable(each) for each in rest[:2])


def _begins_a_clause(text: str, name: re.Match[str], following: str) -> bool:
    """Return whether a number after a name is no part of it: "In Gaza 40 were killed".

    A plural verb follows, and the name is no second one, as in "Kvern 1 and Kvern 2 were shut";
    or the name is a place, and a verb follows that says what happened there.
    """
    before = text[max(0, name.start(1) - _NEAR) : name.start(1)]
    if following in _PLURAL_VERBS:
        return not re.search(rf"\b{re.escape(name.group(1))} \d", before)
    return _IN_A_PLACE.search(before) is not None and following not in _NO_NOUN


def _is_proper(word: str) -> bool:
    """Return whether a word is a name: Kvern, RTX or iPhone, but not the first of a sentence."""
    is_name = any(letter.isupper() for letter in word)
    return is_name and word.casefold() not in HEDGES | SIDES.keys() | _OPENERS


# Short for inch, hour and the like only where they are glued to the number.
_PREPOSITIONS = frozenset({"in", "a", "s", "c", "f", "v", "t", "h", "l", "m", "g", "min", "points"})
_BEFORE_YEARS = frozenset({
    "in", "since", "by", "of", "the", "from", "until", "till", "between", "before", "after",
    "during", "through", "circa", "c", "late", "early", "mid", "year", "spring", "summer", "autumn",
    "winter", "fall", "fiscal", "its", "his", "her", "their", "our", "my", "your", "this", "that",
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "en", "de", "del", "depuis", "desde", "dal", "seit", "im", "jahr",
})  # fmt: skip
# What a year stands before although it is a plural, or looks like one.
_OF_A_YEAR = frozenset({
    "elections", "games", "olympics", "paralympics", "results", "earnings", "finals", "accords",
    "championships", "awards", "midterms", "was", "is", "has", "does",
})  # fmt: skip
# What comes before a number is done to so many, or comes to so much.
_TAKE_A_COUNT = frozenset({
    "kill", "kills", "killed", "killing", "injure", "injures", "injured", "injuring", "wound",
    "wounds", "wounded", "wounding", "fire", "fires", "fired", "firing", "launch", "launches",
    "launched", "launching", "cost", "costs", "costing", "arrest", "arrests", "arrested", "detain",
    "detains", "detained", "displace", "displaces", "displaced", "evacuate", "evacuates",
    "evacuated", "leave", "leaves", "left", "claim", "claims", "claimed", "reach", "reaches",
    "reached", "hit", "hits", "lose", "loses", "lost", "cut", "cuts", "shed", "sheds", "axe", "axes",
    "add", "adds", "added", "free", "frees", "freed", "rescue", "rescues", "rescued", "strand",
    "strands", "stranded", "seize", "seizes", "seized", "destroy", "destroys", "destroyed", "send",
    "sends", "sent", "buy", "buys", "bought", "sell", "sells", "sold", "hire", "hires", "hired",
    "pay", "pays", "paid", "totals", "totalled", "totaled", "numbers", "numbered", "numbering",
    "employ", "employs", "employed", "took", "takes", "take", "shot", "downed", "intercepted",
    "further", "another", "additional",
})  # fmt: skip
_DAYS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday",
    "today", "tonight",
})  # fmt: skip
_PLURAL_VERBS = frozenset({"were", "are", "have"})
_IN_A_PLACE = re.compile(
    r"(?:\b[Ii]n|\b[Aa]t|\b[Nn]ear|\b[Aa]cross|\b[Oo]utside|\b[Aa]round)(?: (?:the )?[A-Z][\w-]*)? \Z"
)
# Troops, dollars and ministers of these are counted; a model is none of them.
_OF_COUNTRIES = frozenset({"us", "uk", "un", "eu", "uae", "nato", "idf", "usaf", "nhs", "rsf"})
_NEAR = 40
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
