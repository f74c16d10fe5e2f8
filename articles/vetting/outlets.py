"""Outlets in a text: where one is named as the source of what is said.

Read are "Reuters reports", "according to Reuters", "told Reuters", "Reuters’s count" and the like,
also with several outlets in a row or parted by a slash. An outlet as the subject of news
("Reuters moved its office") is no attribution. Text is read without invisible characters, so
that they hide nothing. Outlets that no archive has come from the bundled directory.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from articles.vetting.attribution import Wording
from articles.vetting.attributions import WORDINGS, wording_of
from articles.vetting.named_organisations import (
    ARTICLES,
    ENDS,
    STARTS,
    read_numbered,
    read_organisations,
)
from articles.vetting.news_organisations import find_by_site, find_in_name
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.plain import Plain

# Alone they are words, or names of many papers: these need the full alias, or "a Guardian report".
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
        "week",
        "world",
    ]
)
_WORD = re.compile(r"\w+")
_ONE = re.compile(r"\b[Aa]n? \Z")
_SMALL = re.compile(r"[a-z]{2,6}")
# Articles that are part of a name; before a small letter they are not ("the sun", "el país").
_ARTICLE = f"(?:{ARTICLES}) "
# Between names it joins them; elsewhere it belongs to an address.
_SLASH = re.compile(" ?/ ?")


@dataclass(frozen=True, slots=True)
class Attribution:
    """An outlet named in a text; start and end enclose the name, outlets are whose name it is."""

    start: int
    end: int
    name: str
    outlets: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name in a text as it looks, and whose it is."""

    start: int
    end: int
    outlets: frozenset[str]


@dataclass(frozen=True)
class Outlets:
    """The outlets that may be named.

    names are those of the archive and of the piece's sources, and whose they are. Other names are
    those of the bundled directory: a news organisation goes by its name as it is written there,
    an outlet of the archive by its folded one. known_as has the outlets of the archive that are an
    organisation, by its name, or belong to it.
    """

    names: Mapping[str, frozenset[str]]
    known_as: Mapping[str, frozenset[str]]
    language: str = "en"
    # Those that are written without a capital: dpa, taz.
    small: frozenset[str] = frozenset()

    @classmethod
    def known(cls, piece: Piece, context: Context) -> "Outlets":
        given = [(outlet.name, outlet.aliases) for outlet in context.outlet_directory]
        given += [(source.outlet, source.aliases) for source in piece.sources]
        return _known(tuple(dict.fromkeys(given)), piece.language)

    def of(self, source: SourceRef) -> frozenset[str]:
        """Return the outlet of a source, under each name that archive and directory have for it."""
        own = _folded(source.outlet)
        organisation = find_by_site(source.url)
        named = {organisation.name} if organisation else set()
        return self.names.get(own, frozenset()) | {own} | named

    def is_news_organisation(self, source: SourceRef) -> bool:
        """Return whether the directory knows the outlet of a post, by its name or its site."""
        return bool(find_in_name(source.outlet) or find_by_site(source.url))

    def numbered(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a text has a name that holds a number, such as France 24."""
        yield from ((named.start, named.end) for named in read_numbered(text))
        if self._numbered_by_word.keys().isdisjoint(map(str.casefold, _WORD.findall(text))):
            return
        for word in _WORD.finditer(text):
            names = self._numbered_by_word.get(word.group().casefold())
            if names and (found := _as_it_is(names).match(text, word.start())):
                yield found.span()

    def attributed(self, text: Plain | str, *, language: str = "") -> list[Attribution]:
        """Return each outlet that a text names as a source of what it says, in order.

        The language is that of the piece where none is given. In one whose wording is not known
        nothing is read.
        """
        wording = wording_of(language or self.language)
        if wording is None:
            return []
        plain = _plain(text)
        return list(self._attributed(plain, self._mentions(plain), wording))

    def given_as_source(self, text: Plain | str) -> Iterator[Attribution]:
        """Yield each outlet that a post gives as its source, in any language whose wording is known."""
        plain = _plain(text)
        mentions = self._mentions(plain)
        for wording in WORDINGS.values() if mentions else ():
            yield from self._attributed(plain, mentions, wording)

    def _attributed(
        self, plain: Plain, mentions: list[_Mention], wording: Wording
    ) -> Iterator[Attribution]:
        slashed = [_is_slash(plain.text, *pair) for pair in itertools.pairwise(mentions)]
        joined = [
            has_slash or wording.joins.fullmatch(plain.text, one.end, other.start) is not None
            for has_slash, (one, other) in zip(slashed, itertools.pairwise(mentions), strict=True)
        ]
        speaks = [wording.is_subject(plain.text, each.start, each.end) for each in mentions]
        led_to = [wording.is_led_to(plain.text, each.start, each.end) for each in mentions]
        for n in reversed(range(len(joined))):
            speaks[n] = speaks[n] or (joined[n] and speaks[n + 1])
            # In "(Reuters/AFP)" the words before stand far from the last name.
            led_to[n] = led_to[n] or (slashed[n] and led_to[n + 1])
        for n in range(len(joined)):
            led_to[n + 1] = led_to[n + 1] or (joined[n] and led_to[n])
        for n, mention in enumerate(mentions):
            if speaks[n] or led_to[n]:
                yield _attribution(plain, mention)

    def mentioned(self, text: Plain | str) -> list[Attribution]:
        """Return each outlet that a text names at all, in order."""
        plain = _plain(text)
        return [_attribution(plain, mention) for mention in self._mentions(plain)]

    def _mentions(self, plain: Plain) -> list[_Mention]:
        """Return the names in a text, the first and then the longest of those that overlap."""
        words = frozenset(_WORD.findall(plain.text))
        found = [*self._given(plain, words), *self._beyond(plain, words)]
        found.sort(key=lambda mention: (mention.start, -mention.end))
        mentions: list[_Mention] = []
        for mention in found:
            if not mentions or mention.start >= mentions[-1].end:
                mentions.append(mention)
        return list(_outside_addresses(plain.text, mentions))

    def _beyond(self, plain: Plain, words: frozenset[str]) -> Iterator[_Mention]:
        """Yield what only the directory knows."""
        for named in read_organisations(plain.text, words):
            own = named.organisation.name
            outlets = self.known_as.get(own, frozenset()) | {own}
            yield _Mention(named.start, named.end, outlets)

    def _given(self, plain: Plain, words: frozenset[str]) -> Iterator[_Mention]:
        """Yield what the archive and the piece's sources know."""
        begin = self._beginnings(words)
        # Most sentences name none.
        if not begin:
            return
        end = 0
        for word in _WORD.finditer(plain.text):
            first = begin.get(word.group())
            if first is None or word.start() < end:
                continue
            if found := self._pattern(first).match(plain.text, word.start()):
                if found.group().casefold() in _AMBIGUOUS and not _ONE.search(
                    plain.text, max(0, found.start() - 4), found.start()
                ):
                    continue
                end = found.end()
                yield _Mention(*found.span(), self._readable[found.group().casefold()])

    def _beginnings(self, words: frozenset[str]) -> Mapping[str, str]:
        """Return those of the words that names begin with whose second word is there too, folded.

        Nearly every text has the "the" of some name.
        """
        folded = frozenset(map(str.casefold, words))
        seconds = self._second_words
        return {
            word: first
            for word in words
            if (first := word.casefold()) in seconds
            and ("" in seconds[first] or not seconds[first].isdisjoint(folded))
        }

    @cached_property
    def _second_words(self) -> Mapping[str, frozenset[str]]:
        """The second words of the names by their first one; "" is that of a name of one word."""
        return {
            first: frozenset([*_WORD.findall(name), ""][1] for name in names)
            for first, names in self._names_by_word.items()
        }

    def _pattern(self, first: str) -> re.Pattern[str]:
        """Return what finds the names that begin with this word."""
        if first not in self._patterns:
            names = self._names_by_word[first]
            self._patterns[first] = _pattern(names, self.small & frozenset(names))
        return self._patterns[first]

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {}

    @cached_property
    def _readable(self) -> Mapping[str, frozenset[str]]:
        """The names as a text may have them."""
        readable: dict[str, frozenset[str]] = {}
        for name, outlets in self.names.items():
            for form in {name, name.removeprefix("the ")}:
                readable[form] = readable.get(form, frozenset()) | outlets
        return readable

    @cached_property
    def _names_by_word(self) -> Mapping[str, tuple[str, ...]]:
        return _by_word(self._readable)

    @cached_property
    def _numbered_by_word(self) -> Mapping[str, tuple[str, ...]]:
        return _by_word(name for name in self.names if any(map(str.isdigit, name)))


def _plain(text: Plain | str) -> Plain:
    return Plain.of(text) if isinstance(text, str) else text


def _attribution(plain: Plain, named: _Mention) -> Attribution:
    start, end = plain.locate(named.start, named.end)
    return Attribution(start, end, plain.source[start:end], named.outlets)


def _is_slash(text: str, one: _Mention, other: _Mention) -> bool:
    return _SLASH.fullmatch(text, one.end, other.start) is not None


def _outside_addresses(text: str, mentions: list[_Mention]) -> Iterator[_Mention]:
    """Yield the names that touch a slash only where it joins them: not that of x.com/reuters."""
    run: list[_Mention] = []
    for mention, after in itertools.zip_longest(mentions, mentions[1:]):
        run.append(mention)
        if after is None or text[mention.end : after.start] != "/":
            before = text[max(0, run[0].start - 1) : run[0].start]
            if "/" not in (before, text[mention.end : mention.end + 1]):
                yield from run
            run = []


def _by_word(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return names, longest first, by their first word: a thousand cost no more than ten."""
    by_word: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if word := _WORD.match(name):
            by_word.setdefault(word.group(), []).append(name)
    return {word: tuple(names) for word, names in by_word.items()}


@lru_cache(maxsize=4096)
def _pattern(names: tuple[str, ...], small: frozenset[str]) -> re.Pattern[str]:
    # A name has a capital in its first word, unless the archive writes it without.
    capital = rf"(?=(?i:{_ARTICLE})[^\W_a-z]|(?!(?i:{_ARTICLE}))(?:[^\W_a-z]|[a-z]{{1,9}}[A-Z]))"
    shapes = [f"{capital}(?i:{'|'.join(map(re.escape, names))})", *map(re.escape, sorted(small))]
    return re.compile(rf"{STARTS}(?:{'|'.join(shapes)}){ENDS}")


@lru_cache(maxsize=1024)
def _as_it_is(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?i:{'|'.join(map(re.escape, names))})(?!\w)")


# Most pieces name outlets that the archive has: it is read once, not for each of them.
@lru_cache(maxsize=8)
def _known(given: tuple[tuple[str, tuple[str, ...]], ...], language: str) -> Outlets:
    names: dict[str, set[str]] = {}
    known_as: dict[str, set[str]] = {}
    small: set[str] = set()
    for outlet, aliases in given:
        own = _folded(outlet)
        if organisation := find_in_name(outlet):
            known_as.setdefault(organisation.name, set()).add(own)
        for name in (outlet, *aliases):
            if folded := _folded(name):
                names.setdefault(folded, set()).add(own)
                if _SMALL.fullmatch(_as_read(name)):
                    small.add(folded)
    return Outlets(_frozen(names), _frozen(known_as), language, frozenset(small))


def _frozen(outlets: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {name: frozenset(each) for name, each in outlets.items()}


def _folded(name: str) -> str:
    return _as_read(name).casefold()


# The same few names come with every piece.
@lru_cache(maxsize=4096)
def _as_read(name: str) -> str:
    return Plain.of(name).text.strip()
