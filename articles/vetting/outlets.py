"""Outlets in English text: where one is named as the source of what is said.

Read are "Reuters reports", "according to Reuters", "told Reuters", "Reuters’s count" and the like,
also with several outlets in a row. An outlet as the subject of news ("Reuters moved its office")
is no attribution. Text is read without invisible characters, so that they hide nothing.
"""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Self

from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.plain import Plain

# Alone they are words, or names of many papers: these need the full alias.
_AMBIGUOUS = frozenset(
    [
        "agency",
        "argus",
        "bulletin",
        "business",
        "chronicle",
        "citizen",
        "courier",
        "daily",
        "dispatch",
        "echo",
        "economist",
        "examiner",
        "express",
        "gazette",
        "globe",
        "guardian",
        "herald",
        "independent",
        "insider",
        "journal",
        "ledger",
        "mail",
        "metro",
        "mirror",
        "monitor",
        "nation",
        "nature",
        "news",
        "observer",
        "people",
        "politico",
        "post",
        "press",
        "record",
        "register",
        "report",
        "reporter",
        "review",
        "science",
        "scotsman",
        "standard",
        "star",
        "state",
        "statesman",
        "sun",
        "telegraph",
        "time",
        "times",
        "today",
        "tribune",
        "wire",
        "wired",
        "week",
        "world",
    ]
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PLATFORM = r"(?:X|Twitter|Telegram|Bluesky|Mastodon|Facebook)"
# What may stand between an outlet and its verb; the text has single spaces.
_FILLER = (
    r"(?:,? (?:has|have|had|also|later|first|now|earlier|then|since|separately|initially|already"
    r"|both|all|each|itself|themselves|still|previously|meanwhile|however|news agency|the agency"
    rf"|(?:on|in|via|at) (?:its \w+(?: channel)?|{_PLATFORM}|Persian|Arabic|French|Spanish|German"
    rf"|Russian|Turkish|Hebrew|English|an? \w+)|(?:on )?{_DAY})\b|, [^,;.]{{1,80}},| \([^()]{{1,40}}\))"
)
_REPORTS = (
    r"reports?|reported|writes?|wrote|quot(?:ed|es?)|cit(?:ed|es?)|count(?:s|ed)?|tweeted|posted"
    r"|publish(?:es|ed)|estimate[sd]?|describe[sd]?|carries|carried|learn(?:s|ed|t)|notes|noted"
    r"|puts? (?:it|the|that|this|them|its|his|her|their|losses|damage|about|around|\d)"
    r"|date[sd]? (?:it|the|this|that)"
)
# With these an outlet may speak of itself.
_STATES = r"(?:says?|said|claim(?:s|ed)?|confirm(?:s|ed)?|announced|add(?:s|ed))"
_ITSELF = (
    rf"(?: on {_DAY})?,?(?: that)? (?:it|its|the (?:company|network|broadcaster|paper|agency))\b"
)
_OWN_WORK = (
    r"(?:own )?(?:\w+ )?"
    r"(?:report|reporting|count|tally|figures?|arithmetic|estimates?|calculations?)\b"
)
_SPEAKS = re.compile(
    rf"{_FILLER}{{0,5}},? (?:(?:{_REPORTS})\b|{_STATES}\b(?!{_ITSELF}))|'s? {_OWN_WORK}"
)
_HEADS = re.compile(rf"(?: on {_PLATFORM})?: ")
_INTO = re.compile(
    r"\b(?:according to|(?:quoted|cited|reported|published|seen|reviewed|obtained|interviewed"
    r"|counted|tallied|compiled|carried|verified)(?: \w+ly)? by|reported in|tells?|told|telling"
    r"|spoke to|speaking to|(?:an interview|remarks|comments) (?:with|to)|citing|quoting|cites"
    r"|quotes|per|via|(?:reports?|figures|data|counts?|tall(?:y|ies)) (?:by|from))(?: the)? \Z",
    re.IGNORECASE,
)
# "A reporter of Reuters said", "the man on Al Jazeera said": somebody else speaks.
_OF = re.compile(
    r"\b(?:of|for|from|at|against|with|on|in|to|by|about|inside|near)(?: the)? \Z", re.IGNORECASE
)
# Another name ("Reuters Institute"), or an order ("told Al Jazeera to close").
_GOES_ON = re.compile(
    rf" (?:not )?to\b| (?!(?:{_DAY}|{_PLATFORM}|I|In|At|On)\b)[A-Z][a-z]|' ?s? (?:office|staff|lawyers)"
)
_AND = re.compile(r"(?:, (?:and |or )?| (?:and|or|&) )(?:the )?")
_START = re.compile(r"(?:\A|[.!?:;] )[\"'(]*\Z")
_BEFORE = 48
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Attribution:
    """An outlet named in a text; start and end enclose the name, outlets are whose name it is."""

    start: int
    end: int
    name: str
    outlets: frozenset[str]


@dataclass(frozen=True)
class Outlets:
    """The outlets that may be named, by name: those of the archive and of the piece's sources."""

    names: Mapping[str, frozenset[str]]

    @classmethod
    def known(cls, piece: Piece, context: Context) -> Self:
        names: dict[str, set[str]] = {}
        given = [(outlet.name, outlet.aliases) for outlet in context.gazetteer]
        given += [(source.outlet, source.aliases) for source in piece.sources]
        for outlet, aliases in given:
            for name in (outlet, *aliases):
                if folded := _folded(name):
                    names.setdefault(folded, set()).add(_folded(outlet))
        return cls({name: frozenset(outlets) for name, outlets in names.items()})

    def of(self, source: SourceRef) -> frozenset[str]:
        """Return the outlet of a source, under each name that the archive has for it."""
        own = _folded(source.outlet)
        return self.names.get(own, frozenset()) | {own}

    def attributed(self, text: str) -> list[Attribution]:
        """Return each outlet that a text names as a source of what it says, in order."""
        plain = Plain.of(text)
        mentions = self._mentions(plain)
        joined = [
            _AND.fullmatch(plain.text, one.end(), other.start()) is not None
            for one, other in itertools.pairwise(mentions)
        ]
        speaks = [_speaks(plain.text, mention) for mention in mentions]
        led_to = [_is_led_to(plain.text, mention) for mention in mentions]
        for n in reversed(range(len(joined))):
            speaks[n] = speaks[n] or (joined[n] and speaks[n + 1])
        for n in range(len(joined)):
            led_to[n + 1] = led_to[n + 1] or (joined[n] and led_to[n])
        return [
            self._attribution(text, plain, mention)
            for n, mention in enumerate(mentions)
            if speaks[n] or led_to[n]
        ]

    def mentioned(self, text: str) -> list[Attribution]:
        """Return each outlet that a text names at all, in order."""
        plain = Plain.of(text)
        return [self._attribution(text, plain, mention) for mention in self._mentions(plain)]

    def _mentions(self, plain: Plain) -> list[re.Match[str]]:
        mentions: list[re.Match[str]] = []
        end = 0
        for word in _WORD.finditer(plain.text):
            names = self._names_by_word.get(word.group().casefold())
            if names is None or word.start() < end:
                continue
            if found := _pattern(names).match(plain.text, word.start()):
                mentions.append(found)
                end = found.end()
        return mentions

    def _attribution(self, text: str, plain: Plain, named: re.Match[str]) -> Attribution:
        start, end = plain.locate(*named.span())
        return Attribution(start, end, text[start:end], self._readable[named.group().casefold()])

    @cached_property
    def _readable(self) -> Mapping[str, frozenset[str]]:
        """The names as a text may have them, without those that mean too much."""
        readable: dict[str, frozenset[str]] = {}
        for name, outlets in self.names.items():
            for form in {name, name.removeprefix("the ")} - _AMBIGUOUS:
                readable[form] = readable.get(form, frozenset()) | outlets
        return readable

    @cached_property
    def _names_by_word(self) -> Mapping[str, tuple[str, ...]]:
        """The names, longest first, by their first word: a thousand outlets cost no more than ten."""
        by_word: dict[str, list[str]] = {}
        for name in sorted(self._readable, key=lambda name: (-len(name), name)):
            if word := _WORD.match(name):
                by_word.setdefault(word.group(), []).append(name)
        return {word: tuple(names) for word, names in by_word.items()}


@lru_cache(maxsize=4096)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    # A name has a capital in its first word, whatever the archive writes.
    return re.compile(
        rf"(?<![\w@#/.-])(?=[Tt]he [^\W_a-z]|(?![Tt]he )(?:[^\W_a-z]|[a-z]{{1,9}}[A-Z]))"
        rf"(?i:{'|'.join(map(re.escape, names))})(?![\w@/]|-\w|\.\w)"
    )


def _folded(name: str) -> str:
    return Plain.of(name).text.strip().casefold()


def _speaks(text: str, mention: re.Match[str]) -> bool:
    before = text[max(0, mention.start() - _BEFORE) : mention.start()]
    if _HEADS.match(text, mention.end()) and _START.search(before):
        return True
    found = _SPEAKS.match(text, mention.end())
    if found is None:
        return False
    # Before a possessive a preposition changes nothing.
    return found.group().startswith("'") or not _OF.search(before)


def _is_led_to(text: str, mention: re.Match[str]) -> bool:
    before = text[max(0, mention.start() - _BEFORE) : mention.start()]
    return _INTO.search(before) is not None and not _GOES_ON.match(text, mention.end())
