"""What a number counts: the noun after it, and what befell it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from articles.vetting.content import stem
from articles.vetting.facts.tokens import Token, TokenKind
from articles.vetting.lexicon import Lexicon

_REACH = 6
_BACK = 5
_NO_TOKEN = -1
_PLURAL_VERBS = frozenset({"were", "are", "have"})
_IRREGULAR = frozenset({
    "people", "men", "women", "children", "police", "troops", "cattle", "sheep", "aircraft",
    "personnel", "staff", "crew", "headcount", "ppl", "pax",
})  # fmt: skip
# They end like plurals and are none.
_NO_PLURAL = re.compile(r"(?:ss|us|is|ous|as|'s)\Z")
# What goes between a number and its noun without being it.
_PASSED_OVER = frozenset(
    {
        "of",
        "the",
        "its",
        "their",
        "his",
        "her",
        "our",
        "these",
        "those",
        "more",
        "other",
        "others",
        "further",
    }
)
_CONJUNCTIONS = frozenset(
    {"that", "which", "and", "or", "but", "after", "while", "when", "as", "before", "because"}
)
# People by any name are one thing.
PEOPLE = "people"
_PEOPLE = frozenset({
    "people", "ppl", "pax", "person", "persons", "men", "women", "man", "woman", "children", "child", "civilians",
    "residents", "passengers", "victims", "villagers", "soldiers", "troops", "workers", "migrants",
    "refugees", "protesters", "patients", "students", "pupils", "employees", "staff", "staffers",
    "jobs", "members", "deaths", "casualties", "others", "crew", "sailors", "inhabitants",
    "citizens", "mourners", "supporters", "fans", "spectators", "marchers", "demonstrators",
})  # fmt: skip


class Thing(NamedTuple):
    """What a number counts: a tuple, because every number of a text has one.

    noun is the stem of what is counted; phrase has its words; verb: "were" and its like follow;
    toll_at is the token that says the toll, -1 without one.
    """

    noun: str = ""
    toll: str = ""
    toll_at: int = -1
    phrase: str = ""
    has_plural_verb: bool = False
    is_part: bool = False

    def is_counted(self) -> bool:
        """Return whether the text right after the number says what it counts.

        "14 of the ships" does not: so may "article 14 of the statutes" go on.
        """
        is_noun = bool(self.noun) and not self.is_part
        return is_noun or bool(self.toll) or self.has_plural_verb

    def is_of_people(self) -> bool:
        """Return whether people are counted, or something befell them: "2000 fled", "were killed"."""
        return bool(self.toll) or self.noun == PEOPLE or self.has_plural_verb


NO_THING = Thing()


def thing_at(tokens: Sequence[Token], first: int, after: int, lexicon: Lexicon) -> Thing:
    """Return what the number from token first to token after counts."""
    words = list(_following(tokens, after, lexicon))
    noun = _compound(tokens, after, lexicon) or _noun(words, lexicon)
    toll_at = _toll_right_before(tokens, first, lexicon)
    if toll_at < 0:
        toll_at = _toll_after(tokens, after, lexicon)
    if toll_at < 0 and not noun:
        toll_at = _toll_reached(tokens, first, lexicon)
    following = tokens[after].key if after < len(tokens) else ""
    return Thing(
        noun=PEOPLE if noun in _PEOPLE else stem(noun),
        toll=lexicon.tolls.get(tokens[toll_at].key, "") if toll_at >= 0 else "",
        toll_at=toll_at,
        phrase=" ".join(words[:3]),
        has_plural_verb=following in _PLURAL_VERBS,
        is_part=following == "of",
    )


def is_countable(word: str) -> bool:
    """Return whether a word looks like what is counted: a plural, or people."""
    if word in _IRREGULAR or word.endswith(("men", "people")):
        return True
    return len(word) > 3 and word.endswith("s") and not _NO_PLURAL.search(word)


def _following(tokens: Sequence[Token], after: int, lexicon: Lexicon) -> Iterator[str]:
    """Yield the words after a number up to the end of its noun phrase."""
    for n in range(after, min(after + _REACH, len(tokens))):
        token = tokens[n]
        if token.kind is TokenKind.MARK and token.key == "-" and token.is_glued:
            continue
        # "Two of 12 blocks", "two of its 12 blocks".
        if token.kind is TokenKind.NUMBER and n > after and tokens[n - 1].key in _PASSED_OVER:
            continue
        if token.kind is not TokenKind.WORD or token.begins_line:
            return
        if token.key in _PASSED_OVER:
            continue
        if token.key in lexicon.function_words:
            return
        yield token.key


def _noun(words: Sequence[str], lexicon: Lexicon) -> str:
    return next(
        (word for word in words[:4] if is_countable(word) and word not in lexicon.tolls), ""
    )


def _compound(tokens: Sequence[Token], after: int, lexicon: Lexicon) -> str:
    """Return the noun of "240-seat"."""
    if after + 1 >= len(tokens) or tokens[after].key != "-" or not tokens[after].is_glued:
        return ""
    noun = tokens[after + 1]
    is_word = noun.kind is TokenKind.WORD and noun.is_glued and len(noun.key) > 2
    return noun.key if is_word and noun.key not in lexicon.function_words else ""


def _toll_right_before(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> int:
    """Return the token that says the toll of "killing at least 12", -1 for none."""
    for n in range(first - 1, max(first - _BACK, 0) - 1, -1):
        word = tokens[n].key
        if word in lexicon.tolls:
            return n if word.endswith(("s", "ing", "ed", "e")) else _NO_TOKEN
        # "Killing at least 12", but "died at 88".
        is_at = word == "at" and tokens[n + 1].key not in ("least", "most")
        if word not in _BETWEEN or is_at:
            return _NO_TOKEN
    return _NO_TOKEN


_BETWEEN = frozenset({
    "at", "least", "more", "than", "some", "about", "around", "nearly", "almost", "up", "to", "as",
    "many", "an", "estimated", "over", "another", "the", "fewer", "under", "a", "further", "all",
})  # fmt: skip


def _toll_after(tokens: Sequence[Token], after: int, lexicon: Lexicon) -> int:
    """Return the token that says the toll of "250 people were killed", -1 for none."""
    for n in range(after, min(after + _REACH, len(tokens))):
        token = tokens[n]
        if token.kind is not TokenKind.WORD or token.begins_line or token.key in _CONJUNCTIONS:
            return _NO_TOKEN
        if token.key in lexicon.number_starts:
            return _NO_TOKEN
        if token.key in lexicon.tolls:
            return n
    return _NO_TOKEN


def _toll_reached(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> int:
    """Return the token that says the toll of "the death toll rose to 12", -1 for none."""
    for n in range(first - 1, max(first - _REACH - 1, 0) - 1, -1):
        token = tokens[n]
        if token.kind is TokenKind.NUMBER or token.key in ".;,\n":
            return _NO_TOKEN
        if token.key in ("toll", "deaths", "fatalities"):
            return n
    return _NO_TOKEN
