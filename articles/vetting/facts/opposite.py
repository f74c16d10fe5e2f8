"""What a sentence says that has an opposite: prices rose, the bill was rejected, north of Calvera.

Each is read with the thing that it tells of, so that two sentences are compared only where they
tell of the same thing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.vetting.facts.words import PREPOSITIONS, Word, numbers
from articles.vetting.lexicon.english import LEXICON
from articles.vetting.lexicon.lexicon import words
from articles.vetting.lexicon.negations import NEGATORS, REFUSALS
from articles.vetting.lexicon.opposites import (
    NO_DIRECTION_OF,
    NO_DIRECTION_TO,
    OPPOSITES,
    Entry,
    Frame,
)
from articles.vetting.lexicon.verbs import DECIDED, MODAL

_DETERMINERS = words(
    "a, an, the, this, that, its, their, his, her, our, of, any, no, another, further, sharp, big,"
    " steep, slight, small, record, biggest, sharpest, largest, steepest, first, 's"
)
_BEING = words("is, are, was, were, be, been, being, get, gets, got")
_POSSIBLE = MODAL | {"could", "can"}
_BEFORE_A_FIGURE = words(
    "by, more, than, about, nearly, over, some, another, a, around, roughly, almost, only, just,"
    " further, $, least, at, under, as, much, up, to"
)
_REACH = 6


@dataclass(frozen=True, slots=True)
class Thing:
    """What a word tells of, as roots; head is the noun, names the rest of its phrase."""

    head: str = ""
    others: frozenset[str] = frozenset()

    @property
    def roots(self) -> frozenset[str]:
        return self.others | {self.head} if self.head else self.others

    def is_same_as(self, other: "Thing", *, is_loose: bool = False) -> bool:
        """Return whether one is the other, perhaps named more fully.

        Loosely, "Orrin" is "Orrin shares" too.
        """
        if not self.head or not other.head:
            return False
        is_part = self.head in other.roots or other.head in self.roots
        if self.head != other.head and not (is_loose and is_part):
            return False
        if is_loose:
            return True
        mine, theirs = (each.others - {self.head, other.head} for each in (self, other))
        return not mine or not theirs or bool(mine & theirs)


_NOTHING = Thing()


@dataclass(frozen=True, slots=True)
class Opposite:
    """A word of a sentence that has an opposite. start and end enclose it.

    agent is who does it, where the sentence says so. figures are those of its clause. is_modal
    tells that it may happen or has to.
    """

    entry: Entry
    start: int
    end: int
    thing: Thing
    agent: Thing = _NOTHING
    figures: frozenset[str] = frozenset()
    is_modal: bool = False
    is_denied: bool = False

    def contradicts(self, other: "Opposite") -> bool:
        """Return whether the two words are of opposed sides of one group."""
        mine, theirs = self.entry, other.entry
        return mine.group == theirs.group and not set(mine.side) & set(theirs.side)


def read_opposites(said: Sequence[Word]) -> Iterator[Opposite]:
    """Yield the words of an English sentence that have an opposite, with what they tell of."""
    after = 0
    for n, word in enumerate(said):
        if n >= after and word.key in OPPOSITES:
            found = tuple(_at(said, n))
            yield from (opposite for opposite, _ in found)
            after = max((end for _, end in found), default=after)


def _at(said: Sequence[Word], n: int) -> Iterator[tuple[Opposite, int]]:
    """Yield what the longest phrase at a word tells, once for each group, and where it ends."""
    groups: set[str] = set()
    longest = 0
    for phrase, entry in OPPOSITES[said[n].key]:
        after = n + len(phrase)
        if len(phrase) < longest or entry.group in groups:
            continue
        if tuple(each.key for each in said[n:after]) == phrase:
            found = _Place(said, n, after).read(entry)
            if found:
                groups.add(entry.group)
                longest = len(phrase)
                yield found, after


@dataclass(frozen=True, slots=True)
class _Place:
    """A phrase from first to after, in the words of its sentence."""

    said: Sequence[Word]
    first: int
    after: int

    def read(self, entry: Entry) -> Opposite | None:
        thing, agent = self._tells_of(entry.frame)
        if not thing.head and entry.frame is not Frame.WORD:
            return None
        clause = self._clause()
        return Opposite(
            entry=entry,
            start=self.said[self.first].start,
            end=self.said[self.after - 1].end,
            thing=thing,
            agent=agent,
            figures=numbers(clause),
            is_modal=self._is_modal(),
            is_denied=_denies(clause),
        )

    def _tells_of(self, frame: Frame) -> tuple[Thing, Thing]:
        """Return what the phrase tells of, and who does it; nothing where it is another word."""
        match frame:
            case Frame.BESIDE:
                return self._beside(), _NOTHING
            case Frame.AROUND:
                return self._around()
            case Frame.PAID:
                return self._paid()
            case Frame.WORD:
                return _NOTHING, _NOTHING
            case Frame.NOUN:
                return self._noun() if self._is_noun() else _NOTHING, _NOTHING
        return (_NOTHING, _NOTHING) if self._is_noun() else self._done(frame)

    def _paid(self) -> tuple[Thing, Thing]:
        """Return what was paid for, and who paid; nothing of "paid for"."""
        following = self._following()
        at = next((n for n, word in enumerate(following[:_REACH]) if word.key == "for"), 0)
        if not any(word.is_number for word in following[:at]) or self._is_passive():
            return _NOTHING, _NOTHING
        return _thing(_until_preposition(following[at + 1 :])), self._subject()

    def _done(self, frame: Frame) -> tuple[Thing, Thing]:
        """Return what a verb tells of, and who does it."""
        subject, object_ = self._subject(), self._object()
        is_active = bool(object_.head) and not self._is_passive()
        match frame:
            case Frame.MOVES:
                is_other = object_.head or subject.head in NO_DIRECTION_OF or self._is_idiom()
                return _NOTHING if is_other else subject, _NOTHING
            case Frame.MEASURED:
                return subject if self._has_figure() else _NOTHING, _NOTHING
            case Frame.ACTED:
                return (object_, subject) if is_active else (_NOTHING, _NOTHING)
        return (object_, subject) if is_active else (subject, _NOTHING)

    def _clause(self) -> Sequence[Word]:
        clause = self.said[self.first].clause
        return [word for word in self.said if word.clause == clause]

    def _clause_before(self) -> Sequence[Word]:
        clause = self.said[self.first].clause
        return [word for word in self.said[: self.first] if word.clause == clause]

    def _following(self) -> Sequence[Word]:
        """Return the words after the phrase up to the end of its clause."""
        clause = self.said[self.after - 1].clause
        return [word for word in self.said[self.after :] if word.clause == clause and word.key]

    def _is_noun(self) -> bool:
        """Return whether an article stands before the phrase, with no noun between."""
        for word in reversed(self._clause_before()[-3:]):
            if word.key in _DETERMINERS or word.key.endswith("'s"):
                return True
            is_unit = word.key in LEXICON.units or word.key.endswith("ly")
            if word.root or not (word.is_number or is_unit):
                return False
        return False

    def _is_passive(self) -> bool:
        return any(word.key in _BEING for word in self._clause_before()[-2:])

    def _is_modal(self) -> bool:
        keys = {word.key for word in self._clause_before()}
        return not keys.isdisjoint(_POSSIBLE) and keys.isdisjoint(DECIDED)

    def _has_figure(self) -> bool:
        for n, word in enumerate(self._following()[:5]):
            if word.is_number:
                return True
            # "Up to 40" is no rise.
            if word.key not in _BEFORE_A_FIGURE or (n == 0 and word.key == "to"):
                return False
        return False

    def _is_idiom(self) -> bool:
        following = [word.key for word in self._following()[:3]]
        return following[:1] == ["to"] and not NO_DIRECTION_TO.isdisjoint(following)

    def _subject(self) -> Thing:
        """Return the noun phrase before the phrase, of an earlier clause where this one has none."""
        found: list[Word] = []
        clause = self.said[self.first].clause
        for word in reversed(self.said[: self.first]):
            if word.clause != clause and any(each.root for each in found):
                break
            clause = word.clause
            found.append(word)
        return _subject_of(found[::-1])

    def _object(self) -> Thing:
        """Return the noun phrase after the phrase; nothing where a measure or a preposition is."""
        found: list[Word] = []
        for n, word in enumerate(self._following()):
            if word.key in PREPOSITIONS or word.time or not word.key[:1].isalnum():
                break
            if word.is_number and (found or not self._counts(n)):
                break
            found.append(word)
        return _thing([word for word in found if word.root])

    def _counts(self, n: int) -> bool:
        """Return whether the number among what follows counts things, and is no measure."""
        rest = self._following()[n + 1 : n + 2]
        return bool(rest and rest[0].root)

    def _noun(self) -> Thing:
        """Return what "a rise of 4% in prices" is in."""
        following = list(self._following()[: _REACH + 3])
        for n, word in enumerate(following[:_REACH]):
            if word.key == "in":
                return _thing(_until_preposition(following[n + 1 :]))
            if word.root:
                return _NOTHING
        return _NOTHING

    def _beside(self) -> Thing:
        following = self.said[self.after : self.after + 3]
        keys = [word.key for word in following]
        skipped = ("of", "the") if keys[:1] == ["of"] else ()
        for word in following:
            if word.key in skipped:
                continue
            return Thing(word.root) if word.root else _NOTHING
        return _NOTHING

    def _around(self) -> tuple[Thing, Thing]:
        before = next((word for word in reversed(self.said[: self.first]) if word.root), None)
        is_near = before is not None and self.said[self.first].clause - before.clause == 1
        after = _thing(_until_preposition(self._following()))
        return (after, Thing(before.root)) if before and is_near else (_NOTHING, _NOTHING)


def _until_preposition(said: Sequence[Word]) -> list[Word]:
    found: list[Word] = []
    for word in said:
        if word.key in PREPOSITIONS and found:
            break
        if word.root:
            found.append(word)
    return found


def _subject_of(said: Sequence[Word]) -> Thing:
    """Return the noun phrase of "in Calvera shares of Orrin": its head is shares."""
    before = [word for word in said if word.root]
    if not before:
        return _NOTHING
    head = before[-1]
    for word, after in pairwise(said):
        if after.key in PREPOSITIONS and word.root:
            head = word
            break
    opens = next((word for word in said if word.root or word.key in PREPOSITIONS), None)
    if opens and opens.key in PREPOSITIONS:
        head = before[-1]
    return Thing(head.root, frozenset(word.root for word in before) - {head.root})


def _thing(said: Sequence[Word]) -> Thing:
    if not said:
        return _NOTHING
    return Thing(said[-1].root, frozenset(word.root for word in said[:-1]))


def _denies(clause: Sequence[Word]) -> bool:
    keys = [word.key for word in clause]
    if not NEGATORS.isdisjoint(keys):
        return True
    return any(f"{one} {two}" in REFUSALS for one, two in pairwise(keys))
