"""What several checks read of a piece, read once: its sentences, outlets and stated times."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.vetting import postings
from articles.vetting.citations import Citations
from articles.vetting.languages import is_read
from articles.vetting.outlets import Attribution, Outlets
from articles.vetting.piece import Context, Piece
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

    def _read(self, sentence: Sentence) -> Read:
        plain = Plain.of(sentence.text)
        timed = is_read("stated-time", self._piece.language)
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
