"""The names of a text, each with the title that stands before or after it. English alone.

A name is a run of words with capitals. Whether it is that of a person, a place or a firm is left
open, and so is whether a single word that begins a sentence is a name at all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, takewhile
from typing import NamedTuple

from articles.vetting.lexicon import bare
from articles.vetting.lexicon.english import LEXICON
from articles.vetting.lexicon.speakers import SAYING
from articles.vetting.lexicon.titles import (
    AFTER_TITLES,
    BEFORE_TITLES,
    BODIES,
    HELD,
    PARTICLES,
    POST_NOMINALS,
    RIVALS,
    TITLES,
)

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_NOT_SMALL = re.compile(r"\b[^\W\d_a-z]\w*(?:['’]\w+)*")
_TAG = re.compile(r"[@#](\w+)")
# Bounded, so that a text of one endless word is read in linear time.
_TAG_OR_ADDRESS = re.compile(r"[@#]\w+|\w{1,20}://\S+|www\.\S+")
_TAG_PART = re.compile(r"[A-Z][a-z]+|[a-z]+|[A-Z]+(?![a-z])")
_SENTENCE_ENDS = re.compile(r"[.!?:;\n“\"•|]|[-–—] ")
# Between two words of one name; the full stop after an initial or an abbreviated title.
_JOINTS = frozenset({" ", "-", " “", "” ", ' "', '" '})
_AFTER_STOP = frozenset({". ", "."})
_CLOSING = re.compile(r"\s*(?:[,.;:)—–]|\Z|\s(?:of|who|for)\s)")
_TITLE_WORDS = max(len(form.split()) for form in TITLES)
_TITLE_STARTS = frozenset(form.split()[0] for form in TITLES)
# These are adjectives and nouns as often, where they are written small.
_CAPITAL_ONLY = frozenset({
    "major", "general", "private", "forward", "head", "star", "principal", "justice", "father",
    "chair", "officer", "chief", "keeper", "rep", "secretary", "lord", "lady", "miss", "author",
})  # fmt: skip
_LONGEST_SMALL = 3
_POSSESSIVE = ("'s", "’s")
_GLUE = ("@", "#", "/", "_")
_RIVAL_STARTS = frozenset(
    form.split()[0]
    for form, title in TITLES.items()
    if title in HELD or any(title in rivals for rivals in RIVALS)
)
_NOT_OF_A_PERSON = BEFORE_TITLES | BODIES
_BETWEEN = frozenset({"the", "a", "an", "its", "his", "her", "their"})
_REACH = 5
# What stands after these is spoken to.
_TO_WHOM = frozenset({"told", "tells", "asked", "asks", "called", "described"})


class Word(NamedTuple):
    """A word at text[start:end]; joint is what stands between it and the word before."""

    start: int
    end: int
    text: str
    key: str
    is_capital: bool
    joint: str

    @property
    def is_upper(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()

    @property
    def is_mixed(self) -> bool:
        return len(self.text) > 1 and not self.is_upper and not self.text[1:].islower()

    @property
    def is_possessive(self) -> bool:
        return self.text.endswith(_POSSESSIVE)

    @property
    def is_initial(self) -> bool:
        return len(self.key) == 1 and self.is_capital

    @property
    def begins_sentence(self) -> bool:
        return not self.joint or bool(_SENTENCE_ENDS.search(self.joint))


# Made of all fields at once, in half the time.
_word = partial(tuple.__new__, Word)


@dataclass(frozen=True, slots=True)
class TitleMention:
    """A title, at text[start:end].

    is_held is false of a former president, of one to be, and of the president of a club.
    """

    start: int
    end: int
    title: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name at text[start:end]; words are its words, folded, without particles and initials.

    title is the one that the person is given there, None where there is none.
    """

    start: int
    end: int
    words: tuple[str, ...]
    begins_sentence: bool
    is_upper: bool
    # It has a capital inside a word, as firms have: SpaceX.
    is_mixed: bool
    title: TitleMention | None = None
    has_age: bool = False
    # "Moira Tennant, who" is a person, and so may be who speaks.
    is_who: bool = False
    is_speaking: bool = False

    @property
    def last(self) -> str:
        return self.words[-1]


@dataclass(frozen=True, slots=True)
class Names:
    """What read_names found: names and titles, each in order."""

    mentions: tuple[NameMention, ...]
    titles: tuple[TitleMention, ...]


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, folded, with those that a hashtag or a handle is made of."""
    # All at once: bare() parts what a hyphen joins, as _WORD does.
    found = set(_WORD.findall(bare(text.casefold())))
    for word in [word for word in found if not word.isalpha()]:
        found.add(_key(word))
        found.update(word.replace("’", "'").split("'"))
    for tag in _TAG.findall(text):
        found.update(bare(part.casefold()) for part in _TAG_PART.findall(tag))
    return frozenset(found)


def tags_of(text: str) -> str:
    """Return the hashtags, handles and addresses of a text, folded: they run names together."""
    return " ".join(_TAG_OR_ADDRESS.findall(text)).casefold()


def capitals_of(text: str) -> list[str]:
    """Return the words of a text that have a capital, folded, in order."""
    return [_key(word) for word in _NOT_SMALL.findall(text) if word[0].isupper()]


def may_have_rivals(text: str) -> bool:
    """Return whether a text may have a title that a person hardly has with some other."""
    return not _RIVAL_STARTS.isdisjoint(_WORD.findall(text.casefold()))


def read_names(text: str) -> Names:
    """Return the names of a text with their titles."""
    return names_among(text, list(text_words(text)))


def names_among(text: str, words: Sequence[Word]) -> Names:
    """Return the names of a text, of which somebody has the words already."""
    titles = {first: (after, title) for first, after, title in _titles(words)}
    runs = list(_runs(words, titles))
    mentions = tuple(_mention(text, words, titles, first, after) for first, after in runs)
    return Names(mentions, tuple(title for _, title in titles.values()))


def _key(word: str) -> str:
    if word.isascii() and word.isalpha():
        return word.lower()
    folded = bare(word.casefold()).replace("’", "'")
    return folded.removesuffix("'s").removesuffix("'")


def text_words(text: str) -> Iterator[Word]:
    """Yield the words of a text with what stands before each."""
    done = 0
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        joint, done = text[done:start], match.end()
        # A handle, a tag, an address or a figure is no name, and none goes on after it.
        is_capital = word[0].isupper() and joint[-1:] not in _GLUE and _is_plain(word)
        yield _word((start, done, word, _key(word), is_capital, joint))


def _is_plain(word: str) -> bool:
    return word.isalpha() or word.replace("’", "").replace("'", "").isalpha()


def _titles(words: Sequence[Word]) -> Iterator[tuple[int, int, TitleMention]]:
    """Yield the titles with their first word and the one after them."""
    at = 0
    while at < len(words):
        after, title = _title_at(words, at)
        if after == at or _is_joined(words, after):
            at += 1
            continue
        is_held = not (
            (at > 0 and words[at - 1].key in _NOT_OF_A_PERSON) or _is_of_body(words, after)
        )
        if after < len(words) and words[after].key in AFTER_TITLES and words[after].joint in " -":
            after, is_held = after + 1, False
        yield at, after, TitleMention(words[at].start, words[after - 1].end, title, is_held)
        at = after


def _is_joined(words: Sequence[Word], after: int) -> bool:
    """Return whether a title is the beginning of a name: Saint-Aubin."""
    if after >= len(words) or words[after].joint != "-":
        return False
    return words[after].is_capital and words[after].key not in AFTER_TITLES


def _is_of_body(words: Sequence[Word], after: int) -> bool:
    """Return whether a title goes on like "of the central bank"."""
    if after >= len(words) or words[after].key not in ("of", "at") or words[after].joint != " ":
        return False
    part = words[after + 1 : after + 1 + _REACH]
    glued = list(takewhile(lambda word: word.joint == " ", part))
    return any(word.key in BODIES for word in glued)


def _title_at(words: Sequence[Word], at: int) -> tuple[int, str]:
    """Return the word after the longest title that begins here, and its code."""
    first = words[at]
    if first.key not in _TITLE_STARTS:
        return at, ""
    for after in range(min(at + _TITLE_WORDS, len(words)), at, -1):
        part = words[at:after]
        form = " ".join(word.key for word in part)
        if form in TITLES and all(_joins(one, other) for one, other in pairwise(part)):
            is_small = len(form) <= _LONGEST_SMALL or form in _CAPITAL_ONLY
            if (is_small and not first.is_capital) or _is_surname(words, at, after):
                return at, ""
            return after, TITLES[form]
    return at, ""


def _is_surname(words: Sequence[Word], at: int, after: int) -> bool:
    """Return whether a title is the last word of a name: Ana King, who was no queen."""
    word = words[at]
    if after - at > 1 or not word.is_capital or at == 0:
        return False
    is_named = words[at - 1].is_capital and word.joint == " " and not word.is_upper
    is_last = after == len(words) or not words[after].is_capital or words[after].joint != " "
    return is_named and is_last and words[at - 1].key not in _TITLE_STARTS


def _joins(one: Word, other: Word) -> bool:
    if one.is_possessive:
        return False
    if other.joint in _AFTER_STOP:
        return one.is_initial or one.key in TITLES
    return other.joint in _JOINTS


def _runs(
    words: Sequence[Word], titles: dict[int, tuple[int, TitleMention]]
) -> Iterator[tuple[int, int]]:
    """Yield the first word of each name and the one after it."""
    at = 0
    while at < len(words):
        if at in titles:
            at = titles[at][0]
        elif not _is_name_word(words[at]):
            at += 1
        else:
            after = at + 1
            while (end := _goes_on(words, after, titles)) > after:
                after = end
            yield at, after
            at = after


def _goes_on(words: Sequence[Word], at: int, titles: dict[int, tuple[int, TitleMention]]) -> int:
    """Return the word up to which a name goes on, over the particles inside it."""
    end = at
    while end < len(words) and end not in titles and _joins(words[end - 1], words[end]):
        if _is_name_word(words[end]):
            return end + 1
        if words[end].key not in PARTICLES or end - at > 1:
            break
        end += 1
    return at


def _is_name_word(word: Word) -> bool:
    return word.is_capital and word.key not in _NO_NAMES


def _mention(
    text: str,
    words: Sequence[Word],
    titles: dict[int, tuple[int, TitleMention]],
    first: int,
    after: int,
) -> NameMention:
    run = words[first:after]
    named = [word for word in run if not word.is_initial and word.key not in PARTICLES] or run
    following = words[after] if after < len(words) else None
    title = _title_before(text, words, titles, first, after)
    return NameMention(
        start=run[0].start,
        # "Velen’s" is the word, Velen the name.
        end=run[-1].end - 2 if run[-1].is_possessive else run[-1].end,
        words=tuple(word.key for word in named),
        begins_sentence=run[0].begins_sentence,
        is_upper=all(word.is_upper for word in named),
        is_mixed=any(word.is_mixed for word in named),
        title=title or _title_after(text, words, titles, after),
        has_age=following is not None and _is_age(following),
        is_who=following is not None and following.key == "who" and following.joint == ", ",
        is_speaking=_says(following) or (first > 0 and _is_said_by(words[first - 1], run[0])),
    )


def _is_age(word: Word) -> bool:
    # "Castle Town (7 wins" is no age.
    is_full = len(word.key) > 1 and word.joint == " ("
    return word.key.isdigit() and (is_full or word.joint == ", ")


def _says(following: Word | None) -> bool:
    return following is not None and following.key in SAYING and following.joint in (" ", ", ")


def _is_said_by(before: Word, name: Word) -> bool:
    return before.key in SAYING and before.key not in _TO_WHOM and name.joint == " "


def _title_before(
    text: str,
    words: Sequence[Word],
    titles: dict[int, tuple[int, TitleMention]],
    first: int,
    after: int,
) -> TitleMention | None:
    """Return the title before a name: "Governor Maron", "the governor of Quarrow, Lise Maron,"."""
    joint = words[first].joint
    is_closed = bool(_CLOSING.match(text, words[after - 1].end))
    for begin in range(first - 1, max(first - _REACH, -1), -1):
        if begin not in titles:
            continue
        end, title = titles[begin]
        if end == first:
            is_joined = joint in (" ", ". ") or (joint == ", " and is_closed)
            return title if is_joined else None
        is_of = words[end].key in ("of", "for") and words[end].joint == " "
        between = all(word.is_capital or word.key == "the" for word in words[end + 1 : first])
        return title if is_of and between and joint == ", " and is_closed else None
    return None


def _title_after(
    text: str,
    words: Sequence[Word],
    titles: dict[int, tuple[int, TitleMention]],
    after: int,
) -> TitleMention | None:
    """Return the title after a name: "Lise Maron, the governor of Quarrow,"."""
    if after >= len(words) or words[after].joint != ", " or words[after - 1].is_possessive:
        return None
    for begin in range(after, min(after + _REACH, len(words))):
        if begin in titles:
            _, title = titles[begin]
            return title if _CLOSING.match(text, title.end) else None
        word = words[begin]
        if not (word.key in _BETWEEN or word.is_capital) or (begin > after and word.joint != " "):
            return None
    return None


# "Jan" and "Mar" are names of people too.
_CALENDAR = frozenset(
    name for name in (*LEXICON.months, *LEXICON.weekdays) if len(name) > _LONGEST_SMALL
)
# What has a capital and is no name: days, months, and words that begin a sentence.
_NO_NAMES = (
    LEXICON.function_words
    | frozenset(LEXICON.number_words)
    | _CALENDAR
    | POST_NOMINALS
    | {"god", "gmt", "utc"}
)
