"""Where a sentence says that something is: "a consultancy in Lisen", "the Lisen consultancy"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.vetting.facts.words import PREPOSITIONS, Word
from articles.vetting.lexicon import bare
from articles.vetting.lexicon.geography import CITIES, FACILITIES, NO_PLACES, SLUGS, level_of
from articles.vetting.lexicon.given_names import GIVEN_NAMES
from articles.vetting.lexicon.lexicon import words
from articles.vetting.lexicon.named_things import GEOGRAPHY, ORGANISATIONS
from articles.vetting.lexicon.verbs import IRREGULAR

# Prepositions that say the same of a place.
_KINDS = {
    **dict.fromkeys(("in", "at", "across", "inside", "within"), "in"),
    **dict.fromkeys(("near", "nr", "outside", "around"), "near"),
    "off": "off", "above": "above", "from": "from",
}  # fmt: skip
PLACING = frozenset(_KINDS)
_SKIPPED = words("the, city, town, village, port, of, capital, nearby")
# Of a noun and the two before it: "a dentist's waiting room in Hull".
_HEADS = 2
_ADJECTIVES = ("ian", "ish", "ese", "ean", "ic", "an", "i")
_LONGEST_RUN = 3
_SHORTEST_SLUG = 4
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Location:
    """A place, at start to end of its view. names are its words, folded.

    kind is what its preposition says, "" of "the Lisen consultancy". heads are the roots of what
    is there, the nearest first. is_seat is true where that has a name: the Academy in Lisen.
    """

    start: int
    end: int
    names: tuple[str, ...]
    kind: str
    heads: tuple[str, ...]
    is_seat: bool = False
    is_route: bool = False

    @property
    def level(self) -> str:
        return level_of(" ".join(self.names))

    def is_of_the_same_thing(self, other: "Location") -> bool:
        """Return whether what is in the one place is what is in the other."""
        if not self.heads or not other.heads:
            return False
        return self.heads[0] in other.heads or other.heads[0] in self.heads


def cities_in(text: str) -> Iterator[str]:
    """Yield the large cities that a text names."""
    said = f" {' '.join(_LETTERS.findall(bare(text.casefold())))} "
    yield from (city for city in CITIES if f" {city} " in said)


def read_locations(said: Sequence[Word], text: str) -> Iterator[Location]:
    """Yield the places of an English sentence; text is that of the view of its words."""
    slug = _slug(said, text)
    if slug is not None:
        yield slug
    n = 1 if slug else 0
    while n < len(said):
        if not _is_name(said[n], text):
            n += 1
            continue
        after = _end_of_run(said, n, text)
        found = _at_preposition(said, n, after) or _before_noun(said, n, after, text)
        if found is not None:
            yield found
        n = after


def _slug(said: Sequence[Word], text: str) -> Location | None:
    """Return the town that a wire begins with in capitals: "VALDORA 47.2C", "TORVIK CLOSE: …"."""
    if len(said) <= _HEADS or said[0].key in SLUGS or not said[0].root:
        return None
    first = said[0]
    is_town = text[first.start : first.end].isupper() and len(first.key) >= _SHORTEST_SLUG
    is_slug = said[1].is_number or said[1].key == ":" or said[2].key == ":"
    if not (is_town and is_slug):
        return None
    return Location(first.start, first.end, (bare(first.key),), "in", ())


def _is_name(word: Word, text: str) -> bool:
    # "Off" has a capital where it begins a sentence, "New" may begin a name.
    says_something = bool(word.root) or word.key == "new"
    is_word = word.is_capital and says_something and word.end - word.start > 1
    return is_word and not text[word.start : word.end].isupper()


def _end_of_run(said: Sequence[Word], first: int, text: str) -> int:
    after = first + 1
    while after < len(said) and _is_name(said[after], text):
        if text[said[after - 1].end : said[after].start] not in (" ", "-"):
            break
        after += 1
    return after


def _is_a_town(names: tuple[str, ...]) -> bool:
    """Return whether a name may be that of a town: a body, a person and a street are none."""
    if len(names) > _LONGEST_RUN or names[-1] in GEOGRAPHY:
        return False
    if not ORGANISATIONS.isdisjoint(names) or not NO_PLACES.isdisjoint(names):
        return False
    return not (len(names) > 1 and names[0] in GIVEN_NAMES)


def _names(said: Sequence[Word], first: int, after: int) -> tuple[str, ...]:
    return tuple(bare(word.key) for word in said[first:after])


def _at_preposition(said: Sequence[Word], first: int, after: int) -> Location | None:
    at = first - 1
    while at >= 0 and said[at].key in _SKIPPED and at > first - 4:
        at -= 1
    names = _names(said, first, after)
    # "In the Book of Psalms": what has an article of its own is hardly a town.
    has_article = said[first - 1].key == "the"
    if at < 0 or has_article or said[at].key not in _KINDS or not _is_a_town(names):
        return None
    if _is_owner(names) or _goes_on(said, after):
        return None
    heads = tuple(_roots_before(said, at))
    is_seat = at > 1 and said[at - 1].is_capital
    kind = _KINDS[said[at].key]
    is_route = kind == "from" and any(word.key == "to" for word in said[after : after + 1])
    return Location(said[first].start, said[after - 1].end, names, kind, heads, is_seat, is_route)


def _is_owner(names: tuple[str, ...]) -> bool:
    return names[-1].endswith(("'s", "'"))


def _goes_on(said: Sequence[Word], after: int) -> bool:
    """Return whether a noun follows that the name only stands before: "in Lisen harbour".

    Of two words that may be an adjective and its noun the second may still be a verb: "in Milan fell".
    """
    if after >= len(said):
        return False
    word = said[after]
    is_verb = word.key in IRREGULAR or word.key.endswith("ed")
    is_adjective = said[after - 1].key.endswith(_ADJECTIVES) and bool(word.root) and not is_verb
    return word.is_number or word.key in GEOGRAPHY or is_adjective


def _roots_before(said: Sequence[Word], at: int) -> Iterator[str]:
    """Yield the roots before a preposition, the nearest first, up to another preposition."""
    found = 0
    for word in reversed(said[:at]):
        if found and (word.key in PREPOSITIONS or not word.key[:1].isalnum()):
            return
        if word.root:
            yield word.root
            found += 1
        if found == _HEADS:
            return


def _before_noun(said: Sequence[Word], first: int, after: int, text: str) -> Location | None:
    """Return the place of "a Lisen consultancy"."""
    names = _names(said, first, after)
    if not _is_a_town(names) or _is_owner(names):
        return None
    if first == 0:
        # What begins a sentence may be any word.
        is_facility = after < len(said) and said[after].key in FACILITIES
        return _at_facility(said, after, names, text) if is_facility else None
    opens = not said[first - 1].key[:1].isalnum() and said[first - 1].key != ","
    if opens or len(names) > 1 or names[-1].endswith(_ADJECTIVES):
        return None
    heads = tuple(_roots_after(said, after, text))
    if not heads:
        return None
    return Location(said[first].start, said[after - 1].end, names, "", heads)


def _at_facility(
    said: Sequence[Word], after: int, names: tuple[str, ...], text: str
) -> Location | None:
    heads = tuple(_roots_after(said, after, text))
    if len(names) > 1 or names[0].endswith(_ADJECTIVES) or not heads:
        return None
    return Location(said[0].start, said[after - 1].end, names, "", heads)


def _roots_after(said: Sequence[Word], after: int, text: str) -> Iterator[str]:
    """Yield the roots of the noun phrase after a name, the last first: "Hull dentist's room"."""
    found: list[str] = []
    for n in range(after, min(after + _HEADS + 1, len(said))):
        word = said[n]
        if not word.root or word.is_capital or text[said[n - 1].end : word.start] not in (" ", "-"):
            break
        found.append(word.root)
    yield from reversed(found)
