"""Who says a quotation, where its sentence names somebody. English alone.

Read are "…," said X; "…," X said; "…," X told Y; according to X, "…"; X said: "…"; X: "…". A pronoun
or a role names nobody.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from articles.vetting.facts.spellings import is_short_form
from articles.vetting.lexicon.english import LEXICON
from articles.vetting.lexicon.speakers import BODIES, PARTICLES, SAYING, TITLES

_VERB = rf"(?:{'|'.join(sorted(SAYING))})"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][^\W_]*(?:[-'’][^\W\d_]+)*\.?"
_NAME = re.compile(
    rf"{_CAPITAL}(?: (?:(?:{'|'.join(sorted(PARTICLES))}|of|for|and) ){{0,2}}{_CAPITAL})*"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# So far from the quotation an attribution is looked for.
_REACH = 160
_MARKS = "\"'“”„‟«»‘’"
_STOP = re.compile(
    rf"(?<![A-Z])(?<!\bMr|\bMs|\bDr)(?<!\bMrs|\bGen|\bCol|\bSgt|\bSen|\bRep|\bGov)[.!?](?=\s|\Z)|[{_MARKS}\n](?!s\b|\w)|(?<=\s)[“\"«]"
)
_SAID_BY = re.compile(rf"[\s,]*\b{_VERB}\b(?: (?:\w+ly|on|at|late|early|in) ?)?(?P<who>.*)", re.S)
_WHO_SAID = re.compile(
    rf"[\s,]*(?P<who>[^:;]{{2,100}}?),? (?:\w+ly |has |had |also |later |then )?{_VERB}\b", re.S
)
_ACCORDING = re.compile(r"[\s,]*according to (?P<who>.+)", re.I | re.S)
_ACCORDING_BEFORE = re.compile(r"\baccording to (?P<who>.+?),?\s*\Z", re.I | re.S)
_SAID_BEFORE = re.compile(
    rf"\A(?P<who>.{{2,120}}?),? (?:\w+ly |has |had |also |later |then )?{_VERB}\b(?P<rest>.*)\Z",
    re.S,
)
_COLON = re.compile(r"\A(?P<who>[^:]{2,150}):\s*\Z", re.S)
_SAYS = re.compile(rf"\b{_VERB}\b")
_PREPOSITION = re.compile(
    r" (?:in|on|at|of|for|from|by|with|after|before|when|while|as|who|whose|during|near|via|to|told|about)\b"
)
_OTHERS_WORDS = re.compile(r"\b(?:quot(?:ing|ed)|cit(?:ing|ed)|recounting|paraphras\w+)\b")
_LAST_NAME = re.compile(rf"{_CAPITAL}\Z")
_LONGEST_NAME = 30
_JOINS = re.compile(r" (?:of|for|and) ")
_ALIKE = 0.75


@dataclass(frozen=True)
class Speaker:
    """A name to which a text gives a quotation; start and end enclose it there."""

    name: str
    start: int
    end: int

    @cached_property
    def words(self) -> Sequence[str]:
        """The words of the name without titles, folded."""
        found = [
            word.casefold().removesuffix("'s").removesuffix("’s")
            for word in _WORD.findall(self.name)
        ]
        return [word for word in found if word not in TITLES and word not in PARTICLES]

    @property
    def is_body(self) -> bool:
        return any(word in BODIES for word in self.words)

    @property
    def is_full(self) -> bool:
        """Whether it is a first and a last name, or a body's."""
        return len(self.words) >= 2

    def is_other_than(self, other: "Speaker") -> bool:
        """Return whether these are two people, or two bodies, for sure."""
        if not (self.is_full and other.is_full) or self.is_body != other.is_body:
            return False
        mine, theirs = self.words, other.words
        if mine[-1] == theirs[-1] and not self.is_body:
            # Femke de Wit is not Luca de Wit; PM Wit may be either.
            if any(word.isupper() for word in _WORD.findall(f"{self.name} {other.name}")):
                return False
            return not any(
                is_short_form(one, another) for one in mine[:-1] for another in theirs[:-1]
            )
        return set(mine).isdisjoint(theirs) and not _is_alike(mine[-1], theirs[-1])


def _is_alike(one: str, other: str) -> bool:
    """Return whether two surnames may be one, spelt in two ways."""
    return SequenceMatcher(a=one, b=other).ratio() >= _ALIKE


def read_speaker(text: str, start: int, end: int) -> Speaker | None:
    """Return whom a text names as the speaker of text[start:end], a quotation without its marks."""
    after = text[end : end + _REACH].lstrip(_MARKS + ",.!?")
    at = end + len(text[end : end + _REACH]) - len(after)
    stops = text[end - 1 : end + 2].rstrip(_MARKS)[-1:] in (".", "!", "?")
    before_start, before = _sentence_before(text, start)
    if _OTHERS_WORDS.search(before) or _OTHERS_WORDS.search(_cut(after)):
        return None
    if before.rstrip(_MARKS + " ").endswith(":"):
        return _before(before, before_start)
    is_over = stops and after[:1].isspace() and _opens_a_sentence(after)
    said_after = None if is_over else _attribution_after(_cut(after))
    if said_after is not None:
        who, offset, is_last = said_after
        return _named(who, at + offset, is_last=is_last)
    return _before(before, before_start)


def read_person_before(text: str, start: int) -> Speaker | None:
    """Return who is told of right before a quotation that nobody is said to speak.

    "Leo Maas, 29, drives a bus. “We will not sign.”"
    """
    before = text[max(0, start - _REACH) : start].rstrip(_MARKS).rstrip()
    if not before.endswith("."):
        return None
    at, sentence = _sentence_before(before, len(before) - 1)
    match = _NAME.match(sentence)
    name = Speaker(match.group(), at, at + match.end()) if match else None
    is_told = match is not None and sentence[match.end() : match.end() + 1] in (",", " ")
    return name if name and is_told and name.is_full and not name.is_body else None


def complete(speaker: Speaker, texts: Sequence[str]) -> Speaker:
    """Return a speaker with the first name that texts give to the last one."""
    if speaker.is_full or not speaker.words:
        return speaker
    last = _WORD.findall(speaker.name)[-1].removesuffix("'s").removesuffix("’s")
    for text in texts:
        at = text.find(f" {last}")
        while at >= 0:
            # "Carla Moretti" is not the first name of More.
            is_whole = not text[at + len(last) + 1 : at + len(last) + 2].isalpha()
            first = _LAST_NAME.search(text, max(0, at - _LONGEST_NAME), at) if is_whole else None
            full = Speaker(f"{first.group()} {last}" if first else last, speaker.start, speaker.end)
            if full.is_full and not full.is_body:
                return full
            at = text.find(f" {last}", at + 1)
    return speaker


def _attribution_after(after: str) -> tuple[str, int, bool] | None:
    """Return the phrase after a quotation that says who speaks, and whether a verb ends it."""
    for pattern, is_last in ((_ACCORDING, False), (_SAID_BY, False), (_WHO_SAID, True)):
        if match := pattern.match(after):
            return match["who"], match.start("who"), is_last
    return None


def _before(before: str, at: int) -> Speaker | None:
    if match := _ACCORDING_BEFORE.search(before):
        return _named(match["who"], at + match.start("who"), is_last=False)
    if len(_SAYS.findall(before)) == 1 and (match := _SAID_BEFORE.match(before)):
        return _named(match["who"], at + match.start("who"), is_last=True)
    if not _SAYS.search(before) and (match := _COLON.match(before)):
        return _named(match["who"], at + match.start("who"), is_last=False)
    return None


def _named(who: str, at: int, *, is_last: bool) -> Speaker | None:
    """Return the name in a phrase: of "Orrin's lawyer Ines Parl, 41, of Calvera" the second.

    is_last tells that the verb follows, so that the part next to it is the subject.
    """
    for part, offset in _parts(who, is_last=is_last):
        head = _PREPOSITION.split(_keep_bodies(part), maxsplit=1)[0]
        names = [match for match in _NAME.finditer(part) if match.start() < len(head)]
        if names:
            start = at + offset + names[-1].start()
            name = _without_affiliation(names[-1].group())
            found = Speaker(name, start, start + len(name))
            # In capitals throughout anything looks like a name. "Stowe's fire chief" is of Stowe.
            is_name = not set(found.words) <= LEXICON.function_words
            is_name = is_name and not name.isupper() and not name.endswith(("'s", "’s"))
            return found if is_name else None
    return None


def _without_affiliation(name: str) -> str:
    """Return "Ines Parl" for "Ines Parl of Orrin", but "Ministry of Health" whole."""
    first = _JOINS.split(name, maxsplit=1)[0]
    return name if Speaker(first, 0, 0).is_body or not Speaker(first, 0, 0).is_full else first


def _keep_bodies(part: str) -> str:
    """Return a phrase as long as before, in which "Ministry of Health" is one word."""
    return _NAME.sub(lambda match: match.group().replace(" ", "_"), part)


def _parts(who: str, *, is_last: bool) -> Iterator[tuple[str, int]]:
    """Yield the parts between commas that may hold the name, each with its offset."""
    parts: list[tuple[str, int]] = []
    offset = 0
    for part in who.split(","):
        if part.strip():
            parts.append((part, offset))
        offset += len(part) + 1
    if not parts:
        return
    if is_last and (len(parts) == 1 or _opens_with_preposition(parts[0][0])):
        yield parts[-1]
        return
    # "Velin, the minister of ports, said": the apposition follows.
    while len(parts) > 1 and _opens_with_preposition(parts[0][0]):
        parts.pop(0)
    yield from parts[:2]


def _opens_with_preposition(part: str) -> bool:
    return bool(_PREPOSITION.match(f" {part.strip().casefold()}"))


def _opens_a_sentence(after: str) -> bool:
    return after.lstrip()[:1].isupper() and not _WHO_SAID.match(_cut(after))


def _cut(after: str) -> str:
    """Return what follows up to the end of its sentence or the next quotation."""
    stop = _STOP.search(after)
    return after[: stop.start()] if stop else after


def _sentence_before(text: str, start: int) -> tuple[int, str]:
    """Return the beginning of the sentence in which a quotation stands, and where it is."""
    low = max(0, start - _REACH)
    before = text[low:start].rstrip(_MARKS)
    at = 0
    for stop in re.finditer(r"(?<![A-Z])(?<!\bMr|\bMs|\bDr)[.!?][\"”’'»]*\s|\n|[”»]\s", before):
        at = stop.end()
    return low + at, before[at:]
