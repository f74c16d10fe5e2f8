"""What a piece tells with the posts cited for it: each sentence beside the sentences of its posts.

Read in English alone. A post is read once, and only those of its sentences that somebody asks for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.vetting import quotes
from articles.vetting.citations import Citations
from articles.vetting.facts.clocks import Clock, may_be_clocks, names_a_zone, read_clocks
from articles.vetting.facts.compared import COMPARED_KEYS, read_compared
from articles.vetting.facts.impossible import (
    Impossible,
    may_be_impossible,
    read_impossible,
)
from articles.vetting.facts.lone_figures import read_lone_figures
from articles.vetting.facts.negation import Act, read_denials
from articles.vetting.facts.opposite import Opposite, read_opposites
from articles.vetting.facts.sides import (
    Change,
    SidedWord,
    may_be_growth,
    read_changes,
    read_growth,
    read_sides,
)
from articles.vetting.facts.words import SIGN, Word, read_numbers, read_words, roots, times
from articles.vetting.kept import kept
from articles.vetting.lexicon.negations import DENYING
from articles.vetting.lexicon.opposites import SIDES
from articles.vetting.lexicon.sides import GROWTH_KEYS, LEVEL, SIDED
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.sentences import Sentence, sentences
from articles.vetting.text import View
from articles.vetting.texts_read import read_text

_KEY = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_SIGNED = re.compile(SIGN)
_SIGNS = frozenset({"plus", "minus"})
_BEGINNING = 4
# Of fewer words a sentence does not say what it is about.
_FEW = 2
PRONOUNS = frozenset({"he", "she", "it", "they"})
# A hostile text has as many sentences as its posts; no article sets so many beside each other.
_MOST_PAIRS = 100_000
# Longer sentences are no sentences.
_LONGEST = 1_000


@dataclass(frozen=True)
class Saying:
    """A sentence of the piece or of a post, read as far as it is asked. before is the one before."""

    text: str
    before: "Saying | None" = None

    @cached_property
    def keys(self) -> frozenset[str]:
        """The words as they are, quickly: enough to see that there is nothing to read."""
        found = frozenset(_KEY.findall(self.text.casefold().replace("’", "'")))
        return found | _SIGNS if _SIGNED.search(self.text) else found

    @cached_property
    def gist(self) -> frozenset[str]:
        """The beginnings of its longer words: sentences that share none say different things."""
        return frozenset(key[:_BEGINNING] for key in self.keys if len(key) >= _BEGINNING)

    @cached_property
    def sides(self) -> frozenset[tuple[str, str]]:
        """The sides of which its words may tell, seen as quickly."""
        return frozenset().union(*(SIDES[key] for key in self.keys & SIDES.keys()))

    @cached_property
    def may_deny(self) -> bool:
        """Whether it may deny anything, seen as quickly."""
        return not self.keys.isdisjoint(DENYING)

    @cached_property
    def view(self) -> View:
        return View.of(self.text[:_LONGEST])

    @cached_property
    def words(self) -> Sequence[Word]:
        return read_words(self.view)

    @cached_property
    def roots(self) -> frozenset[str]:
        return roots(self.words)

    @cached_property
    def about(self) -> frozenset[str]:
        """The roots, with those of the sentence before where this one goes on: "Not charged."."""
        opens = bool(self.words) and self.words[0].key in PRONOUNS
        goes_on = opens or len(self.roots) <= _FEW
        return self.roots | self.before.roots if goes_on and self.before else self.roots

    @cached_property
    def times(self) -> frozenset[str]:
        return times(self.words)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return read_numbers(self.view)

    @cached_property
    def lone_figures(self) -> Sequence[tuple[int, Word]]:
        """The figures outside quotation marks that stand in it once, with their places."""
        return [one for one in read_lone_figures(self.words) if not self.is_quoted(one[1].start)]

    @cached_property
    def opposites(self) -> Sequence[Opposite]:
        return tuple(read_opposites(self.words))

    @cached_property
    def sided(self) -> Sequence[SidedWord]:
        found: tuple[SidedWord, ...] = ()
        if not (self.keys.isdisjoint(SIDED) and self.keys.isdisjoint(GROWTH_KEYS)):
            found = tuple(read_sides(self.words))
            if may_be_growth(self.keys):
                found = (*found, *read_growth(self.words))
        if self.keys.isdisjoint(COMPARED_KEYS) or any(one.group == LEVEL for one in found):
            return found
        return (*found, *read_compared(self.words))

    @cached_property
    def changes(self) -> Sequence[Change]:
        return tuple(read_changes(self.words)) if "from" in self.keys else ()

    @cached_property
    def impossible(self) -> Sequence[Impossible]:
        """The figures that cannot be what they are to each other: of two of them alone."""
        return tuple(read_impossible(self.words)) if may_be_impossible(self.text) else ()

    @cached_property
    def denials(self) -> Sequence[Act]:
        return tuple(read_denials(self.words))

    @cached_property
    def names_a_zone(self) -> bool:
        return names_a_zone(self.text)

    @cached_property
    def may_be_clocks(self) -> frozenset[int]:
        """The minutes of a day that any of its figures may mean."""
        return may_be_clocks(self.text)

    @cached_property
    def clocks(self) -> Sequence[Clock]:
        return tuple(read_clocks(self.view.text))

    @cached_property
    def quoted(self) -> Sequence[tuple[int, int]]:
        return quotes.spans(self.view.text)

    def is_quoted(self, start: int) -> bool:
        """Return whether a place of the view is in quotation marks."""
        return any(low <= start < high for low, high in self.quoted)

    @property
    def is_question(self) -> bool:
        return self.text.rstrip(" \"'”’»").endswith("?")


@dataclass(frozen=True)
class Told:
    """A sentence of the piece with its posts, in the order of its marks."""

    sentence: Sentence
    saying: Saying
    posts: Sequence[tuple[SourceRef, Sequence[Saying]]]

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the sentence's view stands in the field."""
        return self.sentence.locate(*self.saying.view.locate(start, end))


@kept
def told(piece: Piece, context: Context) -> Iterator[Told]:
    """Yield the sentences whose posts are all archived and in English.

    For headline, standfirst and social text these are all the posts that the body cites.
    """
    citations = Citations(piece)
    posts = {source.key: _sayings(source, context) for source in piece.sources}
    pairs = 0
    everything = [source for source in piece.sources if source.role == "basis"]
    for sentence in sentences(piece, context):
        claim = citations.claim(sentence)
        if claim is not None and (claim.voice != "cited" or claim.voice_spans):
            continue
        if sentence.field not in ("body", "headline", "standfirst", "social_text"):
            continue
        cited = citations.of(claim) if sentence.field == "body" else everything
        read = [(source, posts[source.key]) for source in cited]
        pairs += sum(len(sayings) for _, sayings in read)
        if pairs > _MOST_PAIRS:
            return
        if read and all(sayings for _, sayings in read):
            yield Told(sentence, Saying(sentence.text), read)


def _sayings(source: SourceRef, context: Context) -> Sequence[Saying]:
    """Return the sentences of a post; none where it is not archived, or in another language."""
    text = read_text(source.text or "", context)
    if not text.text or not text.is_english:
        return []
    found: list[Saying] = []
    for each in text.sentences:
        found.append(Saying(each, found[-1] if found else None))
    return found
