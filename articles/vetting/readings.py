"""What several checks read of a piece, read once: its sentences, outlets and stated times."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from functools import cached_property

from articles.vetting import postings
from articles.vetting.citations import Citations
from articles.vetting.content import content
from articles.vetting.languages import is_english_code
from articles.vetting.outlets import Attribution, Outlets
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.plain import Plain
from articles.vetting.sentences import Sentence, sentences
from articles.vetting.texts_read import ReadText, read_text

_KEY = "reading"
# Words that a sentence shares with what a post says of the same thing.
_SAME_THING = 2


@dataclass(frozen=True)
class Read:
    """A sentence with the outlets it names as sources, and the times at which it says they posted.

    The places of attributed are in the sentence; those of postings in plain, the sentence as it
    looks; they are read in English alone.
    """

    sentence: Sentence
    plain: Plain
    attributed: Sequence[Attribution]
    postings: Sequence[postings.Posting]

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a span of plain stands in the field; None where that is code."""
        return self.sentence.locate(*self.plain.locate(start, end))


@dataclass(frozen=True, slots=True)
class StatedPosting:
    """A time at which a sentence says that posts were made; place is its span of the field."""

    sentence: Sentence
    place: tuple[int, int]
    posting: postings.Posting
    posts: Sequence[SourceRef]


class Reading:
    """A piece as read, in the languages that are."""

    def __init__(self, piece: Piece, context: Context) -> None:
        self._piece, self._context = piece, context
        self.outlets = Outlets.known(piece, context)
        self.citations = Citations(piece)
        self._outlets_of: dict[tuple[str, str], frozenset[str]] = {}
        self._mentions: dict[str, Sequence[Attribution]] = {}

    @cached_property
    def linked(self) -> frozenset[str]:
        """The outlets that have a post among the sources."""
        return frozenset[str]().union(*map(self.outlets_of, self._piece.sources))

    def outlets_of(self, source: SourceRef) -> frozenset[str]:
        """Return the outlet of a source, under each of its names. Its address is read once."""
        post = source.outlet, source.url
        if post not in self._outlets_of:
            self._outlets_of[post] = self.outlets.of(source)
        return self._outlets_of[post]

    @cached_property
    def sentences(self) -> Sequence[Read]:
        return [self._read(sentence) for sentence in sentences(self._piece, self._context)]

    @cached_property
    def days_near(self) -> tuple[date, ...]:
        """The days that dates without a year are close to: of publication, today, and of the posts.

        In UTC.
        """
        posted = (source.posted_at for source in self._piece.sources)
        moments = (self._piece.published_at, self._context.now, *posted)
        return tuple(dict.fromkeys(at.astimezone(UTC).date() for at in moments if at))

    def is_passed_on(self, named: Attribution, read: Read, cited: Sequence[SourceRef]) -> bool:
        """Return whether a cited post passes on the words of this outlet.

        Where the sentence names the post's outlet too ("Dawn, citing AFP"), it is enough that the
        post names this one; else the post has to give it as its source for the same thing.
        """
        if self.relayed_by(named, read, cited):
            return True
        both = (source for source in cited if self._names(source, read))
        return any(
            other.outlets & named.outlets for source in both for other in self._mentioned(source)
        )

    def relayed_by(
        self, named: Attribution, read: Read, cited: Sequence[SourceRef]
    ) -> Sequence[SourceRef]:
        """Return the cited posts that give the outlet as their source, unnamed themselves.

        Empty where a post of the outlet itself is cited.
        """
        if any(self.outlets_of(source) & named.outlets for source in cited):
            return []
        about = self._text(read.sentence.text).content - self._text(named.name).content
        return [
            source
            for source in cited
            if not self._names(source, read) and self._gives(source, named, about)
        ]

    def _text(self, text: str) -> ReadText:
        return read_text(text, self._context)

    def _names(self, source: SourceRef, read: Read) -> bool:
        """Return whether a sentence gives the outlet of a post as its source."""
        own = self.outlets_of(source)
        return any(other.outlets & own for other in read.attributed)

    def _mentioned(self, source: SourceRef) -> Sequence[Attribution]:
        """Return the outlets that a post names, read once however often it is cited."""
        text = source.text or ""
        found = self._mentions.get(text)
        if found is None:
            plain = self._text(text).plain
            found = self._mentions[text] = self.outlets.mentioned(plain)
        return found

    def _gives(self, source: SourceRef, named: Attribution, about: frozenset[str]) -> bool:
        """Return whether a post gives an outlet as its source for what a sentence is about."""
        if not any(other.outlets & named.outlets for other in self._mentioned(source)):
            return False
        said = self._text(source.text or "").sentences
        return any(
            len(about & content(" ".join(said[max(0, n - 1) : n + 2]))) >= _SAME_THING
            for n, sentence in enumerate(said)
            for other in self.outlets.given_as_source(self._text(sentence).plain)
            if other.outlets & named.outlets
        )

    def stated_postings(self) -> Iterator[StatedPosting]:
        """Yield each time at which the text says that an outlet posted."""
        for read in self.sentences:
            claim = self.citations.claim(read.sentence)
            for posting in read.postings:
                place = read.locate(posting.time.start, posting.time.end)
                if place is None:
                    continue
                near = [self.citations.at(claim, place[0]), self.citations.of(claim)]
                yield StatedPosting(read.sentence, place, posting, self._meant(posting, near))

    def _meant(
        self, posting: postings.Posting, near: Sequence[Sequence[SourceRef]]
    ) -> Sequence[SourceRef]:
        """Return the posts of the outlet that are cited there, else in the sentence, else anywhere."""
        if posting.outlets is None:
            return near[0]
        for sources in (*near, self._piece.sources):
            if meant := [s for s in sources if self.outlets_of(s) & posting.outlets]:
                return meant
        return []

    def _read(self, sentence: Sentence) -> Read:
        plain = self._text(sentence.text).plain
        timed = is_english_code(self._piece.language)
        return Read(
            sentence,
            plain,
            self.outlets.attributed(plain),
            list(postings.read_postings(self._text(plain.text), self.outlets)) if timed else [],
        )


def reading(piece: Piece, context: Context) -> Reading:
    """Return the reading of a piece, made once a context."""
    found = context.memory.get(_KEY)
    if not isinstance(found, Reading):
        found = context.memory[_KEY] = Reading(piece, context)
    return found
