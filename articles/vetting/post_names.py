"""The names of the posts of a piece: which words no post has, and which name there is nearest."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from articles.vetting.content import content
from articles.vetting.facts.names import (
    NameMention,
    Names,
    TitleMention,
    read_names,
    tags_of,
    words_of,
)
from articles.vetting.facts.spellings import (
    BEGINNING,
    is_near,
    is_same_name,
    is_short_form,
    related_forms,
    spelling,
)
from articles.vetting.kept import kept
from articles.vetting.languages import looks_english
from articles.vetting.lexicon.titles import are_of_other_walks, are_two_offices
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.texts_read import read_text

# Shorter words are found in some tag or other.
_SHORTEST_IN_TAG = 4
# A hostile text has no end of either.
_LONGEST_TAGS = 20_000
_MOST_COMPARED = 2_000
_MOST_UNKNOWN = 200
# What a post says of a person stands around the name, in code points.
_AROUND = 160
_FEWEST_SHARED, _SHARED, _LOOSELY_SHARED = 2, 0.4, 0.25
# The same words in a row, as in a quotation.
_RUN = 5
# A score is one of them: 3-1.
_FIGURE = re.compile(r"(?<!\d)\d{1,2}[–-]\d{1,2}(?!\d)|\d+(?:[.,:]\d+)*")
_DASH = re.compile(r"[–-]")
_PLAIN_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True)
class PostNames:
    """A post and its names, read when somebody asks for them."""

    key: str
    text: str

    @cached_property
    def words(self) -> frozenset[str]:
        return words_of(self.text)

    @cached_property
    def is_read(self) -> bool:
        """Whether names can be compared: other languages inflect them, or write other letters."""
        return bool(self.text) and looks_english(self.text)

    @cached_property
    def _names(self) -> Names:
        return read_names(self.text)

    @cached_property
    def _mentions(self) -> Sequence[NameMention]:
        """The names of the post, one mention of those that differ in their places alone."""
        return list(
            {_sort(mention): mention for mention in reversed(self._names.mentions)}.values()
        )

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[tuple[NameMention, int]]]:
        found: dict[str, list[tuple[NameMention, int]]] = {}
        for mention in self._mentions:
            for n, word in enumerate(mention.words):
                found.setdefault(word, []).append((mention, n))
        return found

    @cached_property
    def _by_length(self) -> Mapping[int, Sequence[str]]:
        found: dict[int, list[str]] = {}
        for word in islice(self._by_word, _MOST_COMPARED):
            found.setdefault(len(word), []).append(word)
        return found

    @cached_property
    def _by_last(self) -> Mapping[str, Sequence[NameMention]]:
        found: dict[str, list[NameMention]] = {}
        for mention in self._mentions:
            found.setdefault(spelling(mention.last), []).append(mention)
        return found

    @cached_property
    def _by_first(self) -> Mapping[str, Sequence[NameMention]]:
        found: dict[str, list[NameMention]] = {}
        for mention in self._mentions:
            # "Passenger Jutta Menn" begins with what she is.
            for word in mention.words[:-1]:
                found.setdefault(spelling(word), []).append(mention)
        return found

    @cached_property
    def _by_title(self) -> Mapping[str, Mapping[str, NameMention]]:
        found: dict[str, dict[str, NameMention]] = {}
        for mention in self._mentions:
            if mention.title and mention.title.is_held:
                held = found.setdefault(mention.title.title, {})
                known = held.setdefault(mention.last, mention)
                if len(known.words) < len(mention.words):
                    held[mention.last] = mention
        return found

    @cached_property
    def loose_titles(self) -> Mapping[str, TitleMention]:
        """The titles that stand at no name, the first of each."""
        bound = {mention.title for mention in self._names.mentions}
        return {one.title: one for one in reversed(self._names.titles) if one not in bound}

    def near(self, word: str) -> Iterator[tuple[NameMention, int]]:
        """Yield the names that have a word of which this one may be a slip, and which word it is."""
        for length in range(len(word) - 2, len(word) + 3):
            for given in self._by_length.get(length, ()):
                has_an_end = given[0] == word[0] or given[-1] == word[-1]
                if has_an_end and is_near(word, given, alone=False):
                    yield from self._by_word[given]

    def with_word(self, word: str) -> Sequence[tuple[NameMention, int]]:
        """Return the names of the post that have a word, and which of theirs it is."""
        return self._by_word.get(word, ())

    def named(self, last: str) -> Sequence[NameMention]:
        """Return the names of the post that end in a word."""
        return self._by_last.get(spelling(last), ())

    def called(self, first: str) -> Sequence[NameMention]:
        """Return the names of the post that have a word before their last one."""
        return self._by_first.get(spelling(first), ())

    def holders(self, title: str) -> Mapping[str, NameMention]:
        """Return the persons of a title, by the last word of their names."""
        return self._by_title.get(title, {})

    def has_title(self, title: str) -> bool:
        """Return whether the post gives a title to anybody."""
        return any(one.title == title for one in self._names.titles)

    def may_give(self, title: str, name: NameMention) -> bool:
        """Return whether the post has a title that may be that of a person, no other's for sure."""
        if title in self.loose_titles:
            return True
        return any(one.title and one.title.title == title for one in self.named(name.last))

    def lasts_in(self, sentence: str) -> frozenset[str]:
        """Return the last words of the names of the post that stand in one of its sentences."""
        return frozenset(one.last for one in self._mentions) & words_of(sentence)

    def said(self, mention: NameMention | TitleMention) -> str:
        return self.text[mention.start : mention.end]

    def says_of(self, given: NameMention, name: NameMention, text: str) -> bool:
        """Return whether a sentence says of a name what the post says of the one given."""
        return self._share(given, name, text) >= _SHARED

    def may_say_of(self, given: NameMention, name: NameMention, text: str) -> bool:
        """Return whether it may, where half of the name is the same: in the short form of wires."""
        if self._share(given, name, text) >= _LOOSELY_SHARED:
            return True
        return not _runs_of(text).isdisjoint(_runs_of(self._around(given)))

    def says_of_its(self, title: TitleMention, text: str) -> bool:
        """Return whether a text says what the post does around a title."""
        shared = content(text) & content(self._around(title))
        return len(shared) > _FEWEST_SHARED and len(shared) >= _SHARED * len(content(text))

    def has_figure_near(self, given: NameMention, text: str) -> bool:
        """Return whether a figure of a text stands near a name of the post."""
        return not figures_of(text).isdisjoint(figures_of(self._around(given)))

    def _around(self, given: NameMention | TitleMention) -> str:
        return self.text[max(0, given.start - _AROUND) : given.end + _AROUND]

    def _share(self, given: NameMention, name: NameMention, text: str) -> float:
        """Return the part of what a sentence says of a name that stands around the one given."""
        around = self._around(given)
        titles = {one.title.title for one in (name, given) if one.title}
        mine = content(text) - content(" ".join((*name.words, *titles)))
        figures = figures_of(text)
        shared = len(mine & content(around)) + len(figures & figures_of(around))
        return shared / (len(mine) + len(figures)) if shared >= _FEWEST_SHARED else 0.0


def figures_of(text: str) -> frozenset[str]:
    """Return the numbers of a text that are longer than a digit.

    "10-12 feet" may be "10 to 12 feet": what a dash joins is given in its parts as well.
    """
    found = set(_FIGURE.findall(text))
    found.update(part for number in tuple(found) for part in _DASH.split(number))
    return frozenset(number for number in found if len(number) > 1)


def _runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """Return each run of so many words that it is hardly written twice by chance."""
    said = _PLAIN_WORD.findall(text.casefold().replace("’", "'"))
    return frozenset(tuple(said[n : n + _RUN]) for n in range(len(said) - _RUN + 1))


@dataclass(frozen=True, slots=True)
class GivenName:
    """A name in a post that another one may be meant for; words is how the post writes it."""

    key: str
    words: str


class Archive:
    """The names of all posts of a piece."""

    def __init__(self, sources: Iterable[SourceRef], context: Context) -> None:
        self._posts: dict[str, PostNames] = {}
        self._own: set[str] = set()
        self._known: dict[str, bool] = {}
        self._compared: set[str] = set()
        for source in sources:
            text = read_text(source.text or "", context).view.text
            self._posts[source.key] = PostNames(source.key, text)
            # The name of an outlet is no claim of a post.
            self._own |= words_of(" ".join((source.outlet, *source.aliases, f"@{source.account}")))

    def post(self, key: str) -> PostNames:
        return self._posts[key]

    def posts(self, cited: Iterable[SourceRef]) -> list[PostNames]:
        return [self._posts[source.key] for source in cited]

    @cached_property
    def readable(self) -> Sequence[PostNames]:
        return [post for post in self._posts.values() if post.is_read]

    def has_no_office_of(self, title: str, given: str, name: NameMention) -> bool:
        """Return whether a title is another office, or walk of life, than one given, and in no post.

        A post in another language may have it in its own words, where it has the name.
        """
        if not (are_of_other_walks(title, given) or are_two_offices(title, given)):
            return False
        return not any(
            post.has_title(title) if post.is_read else name.last in post.words
            for post in self._posts.values()
        )

    def compares(self, word: str) -> bool:
        """Return whether a word that no post has is among the first that are compared."""
        if len(self._compared) < _MOST_UNKNOWN:
            self._compared.add(word)
        return word in self._compared

    def has(self, word: str) -> bool:
        """Return whether any post has a word, in capitals or not, in this form or another."""
        if word not in self._known:
            self._known[word] = self._has(word)
        return self._known[word]

    def _has(self, word: str) -> bool:
        if self.writes(word):
            return True
        # A word has three hundred forms, and most begin like no word of the posts.
        if len(word) > BEGINNING and word[:BEGINNING] not in self._beginnings:
            return False
        return not self._words.isdisjoint(related_forms(word))

    def writes(self, word: str) -> bool:
        """Return whether any post has a word as it is, or spelt as another house does."""
        if word in self._words or spelling(word) in self._spellings:
            return True
        return len(word) >= _SHORTEST_IN_TAG and word in self._tags

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._own).union(*(post.words for post in self._posts.values()))

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(word[:BEGINNING] for word in self._words)

    @cached_property
    def _spellings(self) -> frozenset[str]:
        return frozenset(map(spelling, self._words))

    @cached_property
    def _tags(self) -> str:
        return " ".join(tags_of(post.text) for post in self._posts.values())[:_LONGEST_TAGS]


def archive_of(piece: Piece, context: Context) -> Archive:
    """Return the names of the posts of a piece, read once."""
    return _archives(piece, context)[0]


@kept
def _archives(piece: Piece, context: Context) -> Iterator[Archive]:
    yield Archive(piece.sources, context)


def _sort(name: NameMention) -> tuple[object, ...]:
    """Return all of a name but its places."""
    title = (name.title.title, name.title.is_held) if name.title else None
    return name.words, title, name.begins_sentence, name.is_upper, name.is_mixed, name.has_age


def is_another(name: NameMention, given: NameMention) -> bool:
    """Return whether two names with one surname are of two persons."""
    return len(name.words) > 1 and len(given.words) > 1 and not share_first(name, given)


def share_first(name: NameMention, given: NameMention) -> bool:
    """Return whether a first name is the same in both, or a short form."""
    return any(
        is_same_name(mine, theirs) or is_short_form(mine, theirs)
        for mine in name.words[:-1]
        for theirs in given.words[:-1]
    )
