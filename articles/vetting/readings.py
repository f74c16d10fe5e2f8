"""What several checks read of a piece, read once: its sentences, outlets and stated times."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from functools import cached_property

from articles.vetting import postings
from articles.vetting.citations import Citations
from articles.vetting.languages import is_english_code
from articles.vetting.outlets import Attribution, Outlets
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.plain import Plain
from articles.vetting.sentences import Sentence, sentences

_KEY = "reading"


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

    @cached_property
    def linked(self) -> frozenset[str]:
        """The outlets that have a post among the sources."""
        return frozenset[str]().union(*map(self.outlets.of, self._piece.sources))

    @cached_property
    def sentences(self) -> Sequence[Read]:
        return [self._read(sentence) for sentence in sentences(self._piece, self._context)]

    @cached_property
    def days_near(self) -> tuple[date, ...]:
        """The days that dates without a year are close to: of publication, and today. In UTC."""
        moments = (self._piece.published_at or self._context.now, self._context.now)
        return tuple(dict.fromkeys(moment.astimezone(UTC).date() for moment in moments))

    def is_passed_on(self, named: Attribution, read: Read, cited: Sequence[SourceRef]) -> bool:
        """Return whether a sentence says that a cited outlet names this one, as its post does."""
        for source in cited:
            own = self.outlets.of(source)
            if not any(other.outlets & own for other in read.attributed):
                continue
            passed_on = self.outlets.mentioned(source.text or "")
            if any(other.outlets & named.outlets for other in passed_on):
                return True
        return False

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
            if meant := [s for s in sources if self.outlets.of(s) & posting.outlets]:
                return meant
        return []

    def _read(self, sentence: Sentence) -> Read:
        plain = Plain.of(sentence.text)
        timed = is_english_code(self._piece.language)
        return Read(
            sentence,
            plain,
            self.outlets.attributed(sentence.text),
            list(postings.read_postings(plain.text, self.outlets)) if timed else [],
        )


def reading(piece: Piece, context: Context) -> Reading:
    """Return the reading of a piece, made once a context."""
    found = context.memory.get(_KEY)
    if not isinstance(found, Reading):
        found = context.memory[_KEY] = Reading(piece, context)
    return found
