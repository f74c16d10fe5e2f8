"""Who somebody is: the work, the office or the kin that a text gives to a name. English alone.

Read are "the nurse Nadia Ferrant", "the prefect, Carla Moretti,", "Nadia Ferrant, 34, a nurse who",
"his brother, Emil Radic", "Emil Radic, brother of Viktor Radic". A former nurse is none.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from articles.vetting.facts.names import NameMention, Word, names_among, text_words
from articles.vetting.lexicon.callings import CALLINGS, KIN_FORMS, KIN_PLURALS
from articles.vetting.lexicon.english import LEXICON
from articles.vetting.lexicon.titles import BEFORE_TITLES

_FORMS: Mapping[str, str] = {**CALLINGS, **KIN_FORMS}
_LONGEST = max(len(form.split()) for form in _FORMS)
_STARTS = frozenset(form.split()[0] for form in _FORMS)
# The last word of each form, but that of a brother in law, who is seen as a brother.
_SEEN = frozenset(form.split()[-1] for form in _FORMS) - {"law"}
_INSIDE = frozenset({" ", "-"})
_AFTER_NAME = frozenset({", ", " (", "), ", " - ", " – ", " — "})
_OWNERS = frozenset({"his", "her", "their", "my", "our", "whose"})
_DETERMINERS = _OWNERS | {"a", "an", "the", "its"}
# Between "a" and "nurse" stand no more than these many words.
_MOST_BETWEEN = 3
_FULL_NAME = 2
# Gov. Ines Laporte.
_LONGEST_SHORT_FORM = 4
# What has been, what is learnt, and what is only like it.
_NOT_HELD = BEFORE_TITLES | {
    "retired", "trainee", "student", "apprentice", "aspiring", "part", "amateur", "self", "one",
    "fellow", "aide", "film", "tv", "television", "fictional", "honorary", "hobby", "failed",
}  # fmt: skip
# A word after the role that makes another one of it: "nurse practitioner"; these do not.
_GOES_ON = LEXICON.function_words | {
    "who", "from", "with", "at", "of", "in", "for", "on", "and", "whose", "to", "by", "said", "told",
    "says", "near", "based", "living", "working", "aged", "whom", "that", "was", "is", "were", "has",
}  # fmt: skip
_NUMBERS = LEXICON.number_words.keys()


@dataclass(frozen=True, slots=True)
class Role:
    """What a text calls a name, at text[start:end]; name is the one it is said of.

    code is an entry of CALLINGS or, of kin, of KIN_FORMS; of is the last word of the name whose
    kin it is, "" where that is a pronoun or is not said.
    """

    start: int
    end: int
    code: str
    name: NameMention
    is_kin: bool
    of: str = ""


@dataclass(frozen=True, slots=True)
class KinCount:
    """So many sons or daughters, at text[start:end]; number is a folded word or digits."""

    start: int
    end: int
    number: str
    code: str


def may_have_roles(words: frozenset[str]) -> bool:
    """Return whether folded words may say who somebody is, seen quickly."""
    return not words.isdisjoint(_SEEN) or may_count_kin(words)


def may_count_kin(words: frozenset[str]) -> bool:
    """Return whether folded words may count sons or daughters."""
    return not words.isdisjoint(KIN_PLURALS)


def read_roles(text: str) -> tuple[Role, ...]:
    """Return what a text calls the people it names."""
    words = list(text_words(text))
    forms = tuple(_Text(text, words, ()).held_forms())
    # Most texts have none that somebody holds; names take longer to read.
    if not forms:
        return ()
    reader = _Text(text, words, names_among(text, words).mentions)
    return tuple(role for form in forms for role in reader.of_a_name(*form))


def read_codes(text: str) -> frozenset[str]:
    """Return what a text calls anybody, named or not, one or several."""
    words = list(text_words(text))
    reader = _Text(text, words, ())
    found = {code for at in range(len(words)) for _, code in [reader.form_at(at)] if code}
    for word in words:
        found |= {KIN_PLURALS[word.key]} if word.key in KIN_PLURALS else set()
        single = word.key.removesuffix("s")
        found |= {_FORMS[single]} if single != word.key and single in _FORMS else set()
    return frozenset(found)


def read_kin_counts(text: str) -> Iterator[KinCount]:
    """Yield the sons, daughters and other kin that a text counts: "two sons"."""
    words = list(text_words(text))
    for n, word in enumerate(words):
        if word.key not in KIN_PLURALS:
            continue
        for at in (n - 1, n - 2):
            if at < 0 or words[at + 1].joint != " ":
                break
            if words[at].key.isdigit() or words[at].key in _NUMBERS:
                start = words[at].start
                yield KinCount(start, word.end, _number(words[at].key), KIN_PLURALS[word.key])
                break


def _number(key: str) -> str:
    return key if key.isdigit() else f"{LEXICON.number_words[key]:g}"


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    words: Sequence[Word]
    mentions: Sequence[NameMention]

    def held_forms(self) -> Iterator[tuple[int, int, str]]:
        """Yield the roles that somebody holds today: first word, the one after, and code."""
        at = 0
        while at < len(self.words):
            after, code = self.form_at(at)
            if code and self._is_held(at, after):
                yield at, after, code
            at = max(after, at + 1)

    def form_at(self, at: int) -> tuple[int, str]:
        """Return the word after the longest role that begins here, and its code."""
        if self.words[at].key not in _STARTS:
            return at, ""
        for after in range(min(at + _LONGEST, len(self.words)), at, -1):
            part = self.words[at:after]
            form = " ".join(word.key for word in part)
            if form in _FORMS and all(word.joint in _INSIDE for word in part[1:]):
                return after, _FORMS[form]
        return at, ""

    def _joint(self, at: int) -> str:
        return self.words[at].joint if at < len(self.words) else ""

    def _is_held(self, at: int, after: int) -> bool:
        """Return whether the role is somebody's today, and no part of another word."""
        if "-" in (self.words[at].joint, self._joint(after)) or self.words[after - 1].is_possessive:
            return False
        return not any(word.key in _NOT_HELD for word in self.words[max(0, at - 2) : at])

    def of_a_name(self, at: int, after: int, code: str) -> Iterator[Role]:
        """Yield the role with the name after it or, where there is none, before it."""
        name = self._name_around(at, after)
        name = name or self._name_after(at, after) or self._name_before(at, after)
        if name is not None:
            is_kin = code in KIN_FORMS.values()
            start, end = self.words[at].start, self.words[after - 1].end
            yield Role(start, end, code, name, is_kin, self._owner(at, after) if is_kin else "")

    def _name_around(self, at: int, after: int) -> NameMention | None:
        """Return the name of "Farmer Ron Teel", whose first word is no part of it."""
        name = self._mention_from(self.words[at].start)
        size = after - at
        if name is None or len(name.words) - size < _FULL_NAME or self._joint(after) != " ":
            return None
        return replace(name, start=self.words[after].start, words=name.words[size:])

    def _name_after(self, at: int, after: int) -> NameMention | None:
        joint = self._joint(after)
        if joint == ". " and len(self.words[after - 1].key) <= _LONGEST_SHORT_FORM:
            joint = " "
        if joint not in (" ", ", "):
            return None
        name = self._mention_from(self.words[after].start)
        if name is None or joint == " ":
            return name
        # "The prefect, Carla Moretti," and no list; what opens the phrase is "the" or "his".
        closing = self.text[name.end : name.end + 1]
        opens = self._determiner(at) is not None
        return name if opens and closing in ("", ",", ".", ";", ":", ")") else None

    def _determiner(self, at: int) -> int | None:
        """Return which word before is "a", "the", "his" or "Radic’s", over a few adjectives."""
        for n in range(at - 1, max(at - 2 - _MOST_BETWEEN, -1), -1):
            word = self.words[n]
            if self.words[n + 1].joint not in _INSIDE:
                return None
            if word.key in _DETERMINERS or word.is_possessive:
                return n
            if word.key in LEXICON.function_words:
                return None
        return None

    def _name_before(self, at: int, after: int) -> NameMention | None:
        """Return the name of "Nadia Ferrant, 34, a nurse who": nothing stands between but these."""
        follows = self._joint(after) == " " and self.words[after].key not in _GOES_ON
        if follows:
            return None
        opens = self._determiner(at)
        first = at if opens is None else opens
        if opens is not None and self.words[opens].is_possessive:
            first = self._start_of_run(opens)
        if self.words[first].joint not in _AFTER_NAME or first == 0:
            return None
        before = first - 1
        if self.words[before].key.isdigit() and before > 0:
            if self.words[before].joint not in _AFTER_NAME:
                return None
            before -= 1
        return self._mention_to(self.words[before].end)

    def _start_of_run(self, at: int) -> int:
        while at > 0 and self.words[at].joint == " " and self.words[at - 1].is_capital:
            at -= 1
        return at

    def _owner(self, at: int, after: int) -> str:
        """Return whose kin it is: of "Radic’s brother" and "brother of Emil Radic" Radic."""
        opens = self._determiner(at)
        if opens is not None and self.words[opens].is_possessive:
            return self.words[opens].key
        if self._joint(after) == " " and self.words[after].key == "of":
            # "Of the founder, Karl Brandt".
            following = self.words[after + 1 : after + 1 + _MOST_BETWEEN]
            names = (self._mention_from(word.start) for word in following)
            return next((name.last for name in names if name), "")
        return ""

    def _mention_from(self, start: int) -> NameMention | None:
        n = bisect_left(self.mentions, start, key=_start)
        found = self.mentions[n] if n < len(self.mentions) else None
        return found if found and found.start == start else None

    def _mention_to(self, end: int) -> NameMention | None:
        n = bisect_left(self.mentions, end, key=_end)
        found = self.mentions[n] if n < len(self.mentions) else None
        return found if found and found.end == end else None


def _start(mention: NameMention) -> int:
    return mention.start


def _end(mention: NameMention) -> int:
    return mention.end
