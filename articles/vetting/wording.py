"""The words that a finding stands in, as their reader sees them: its sentence, or its field."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from hashlib import sha256

from articles.vetting.finding import Finding
from articles.vetting.piece import Context, Piece
from articles.vetting.sentences import Sentence, sentences
from articles.vetting.texts_read import read_text

# Fields that are taken as one: a headline of two sentences is still one headline.
_WHOLE = frozenset({"headline", "standfirst", "social_text"})
_BY_SENTENCE = frozenset({"body", "framing_note"})


class Wordings:
    """The words of a piece, as digests.

    Marks, markup, blanks, case, kinds of quotation marks and dashes, and what cannot be seen
    make no difference; any other character does. Each sentence is read once, and only where
    somebody asks for it.
    """

    def __init__(self, piece: Piece, context: Context) -> None:
        self._piece, self._context = piece, context
        self._digests: dict[tuple[str, int], str] = {}
        self._lines: dict[tuple[str, tuple[int, int]], str] = {}

    def at(self, field: str, start: int, end: int, excerpt: str) -> str:
        """Return the sha256 of the words around a span of a field; "" where there are none.

        Findings on sources or on a missing text have no span. For a picture the excerpt is its
        alternative text or its caption.
        """
        if end <= start:
            return ""
        if field in _WHOLE:
            return self._digest(field, 0, str(getattr(self._piece, field)))
        if field in _BY_SENTENCE:
            return self._around(field, start, end)
        return self._digest_of(excerpt) if field == "image" else ""

    def tied(self, finding: Finding) -> Finding:
        """Return a finding of the piece, tied to the words that it stands in."""
        place = finding.field, finding.start, finding.end, finding.excerpt
        return finding.within(self.at(*place))

    def _around(self, field: str, start: int, end: int) -> str:
        """Return the digest of the sentences that a span touches; without any, of its lines."""
        here = self._sentences[field]
        first = max(bisect_right(here, start, key=_start) - 1, 0)
        last = bisect_right(here, end - 1, key=_start)
        touched = [one for one in here[first:last] if start < one.start + len(one.source)]
        if not touched:
            return self._between(field, start, end)
        digests = [self._digest(field, one.start, one.text) for one in touched]
        return digests[0] if len(digests) == 1 else self._digest_of(" ".join(digests))

    def _between(self, field: str, start: int, end: int) -> str:
        """Return the digest of the lines of a span; a line may hold thousands that are asked for."""
        text = str(getattr(self._piece, field))
        first, until = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        lines = first, until if until >= 0 else len(text)
        if (field, lines) not in self._lines:
            self._lines[field, lines] = self._digest_of(text[slice(*lines)])
        return self._lines[field, lines]

    def _digest(self, field: str, start: int, text: str) -> str:
        if (field, start) not in self._digests:
            self._digests[field, start] = self._digest_of(text)
        return self._digests[field, start]

    @cached_property
    def _sentences(self) -> Mapping[str, Sequence[Sentence]]:
        """The sentences of each field that is read by sentence, in order."""
        found: dict[str, list[Sentence]] = {field: [] for field in _BY_SENTENCE}
        for sentence in sentences(self._piece, self._context):
            if sentence.field in found:
                found[sentence.field].append(sentence)
        return found

    def _digest_of(self, text: str) -> str:
        # Most sentences with a finding were read already.
        words = " ".join(read_text(text, self._context).view.folded.split())
        return sha256(words.encode("utf-8", "surrogatepass")).hexdigest() if words else ""


def _start(sentence: Sentence) -> int:
    return sentence.start
