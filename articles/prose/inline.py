"""The inline content of one block as HTML: claims outside, emphasis inside, always nested.

Each visible character has a list of elements it belongs in; before it is written, open elements
that are not wanted are closed and missing ones opened. So emphasis or a link that crosses a
sentence is closed at its end and reopened in the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from markdown_it.token import Token

from articles.prose.claims import Note, Reading, Sentence
from articles.prose.leftovers import EXTERNAL, INTERNAL
from articles.prose.passages import BlockPiece, PieceKind, VisibleBlock
from articles.prose.prose import Source

VOICE_LABELS = {"own": "The desk:", "background": "Background:"}


@dataclass(frozen=True, slots=True)
class _Element:
    """An element that is open or wanted; equal if the identities are equal."""

    identity: int
    tag: str
    opening: str


class InlineWriter:
    """Writes one passage; html and pictures are available after construction."""

    def __init__(
        self, passage: VisibleBlock, reading: Reading, sources: Mapping[str, Source]
    ) -> None:
        self.pictures: list[Token] = []
        self._reading = reading
        self._sources = sources
        self._parts: list[str] = []
        self._open: list[_Element] = []
        self._around: list[_Element] = []
        self._voices: list[tuple[int, str]] = []
        # Whose words were written last: 0 for plain ones.
        self._speaking = 0
        self._closed: set[int] = set()
        self._next = 0
        for number, piece in enumerate(passage.pieces):
            self._write(number, piece)
        self._stand_in([])
        self.html = "".join(self._parts).strip()

    def _write(self, number: int, piece: BlockPiece) -> None:
        match piece.kind:
            case PieceKind.TEXT | PieceKind.CODE | PieceKind.BREAK:
                self._write_words(piece)
            case PieceKind.MARK:
                self._write_mark(number)
            case PieceKind.OPEN:
                self._begin(piece.token)
            case PieceKind.CLOSE:
                self._finish(piece.token)
            case PieceKind.PICTURE:
                self.pictures.append(piece.token)

    def _begin(self, token: Token) -> None:
        if token.type == "voice_open":
            self._voices.append((id(token), token.meta["voice"]))
        else:
            self._around.append(_element(token))

    def _finish(self, token: Token) -> None:
        if token.type == "voice_close":
            self._voices.pop()
        else:
            self._around.pop()

    def _write_words(self, piece: BlockPiece) -> None:
        """Write visible text, split where sentences begin and end."""
        at, end = piece.at, piece.at + len(piece.text)
        while at < end:
            sentence = self._sentence_from(at)
            if sentence is None or at < sentence.at:
                stop = end if sentence is None else min(end, sentence.at)
                inside = None
            else:
                stop, inside = min(end, sentence.end), sentence
            self._write_stretch(piece, piece.text[at - piece.at : stop - piece.at], inside)
            at = stop

    def _sentence_from(self, at: int) -> Sentence | None:
        """Return the sentence at this offset, or the next one."""
        sentences = self._reading.sentences
        while self._next < len(sentences) and sentences[self._next].end <= at:
            self._next += 1
        return sentences[self._next] if self._next < len(sentences) else None

    def _write_stretch(self, piece: BlockPiece, text: str, sentence: Sentence | None) -> None:
        if sentence or text.strip() or not self._reading.sentences:
            self._stand_in(self._wanted(sentence))
        elif self._is_between():
            self._stand_in([])
        if text.strip():
            self._speaking = self._voices[-1][0] if self._voices else 0
        if piece.kind is PieceKind.CODE:
            self._parts.append(f"<code>{escape(text)}</code>")
        elif piece.kind is PieceKind.BREAK:
            self._parts.append("<br>\n" if piece.token.type == "hardbreak" else "\n")
        else:
            self._parts.append(escape(text, quote=False))

    def _is_between(self) -> bool:
        """Return whether no open sentence continues here, as one opened by a mark would."""
        sentences = self._reading.sentences
        if not self._open or self._next >= len(sentences):
            return True
        return self._open[0].identity != -sentences[self._next].claim.number

    def _write_mark(self, number: int) -> None:
        owner = self._reading.owners.get(number)
        sentence = None if owner is None else self._reading.sentences[owner]
        self._stand_in(self._wanted(sentence) if sentence else [])
        notes = self._reading.notes[number]
        links = "".join(self._link(note) for note in notes if note.element_id)
        if links:
            self._parts.append(f'<sup class="cite">{links}</sup>')
        unknown = "; ".join(f"@{note.key}" for note in notes if not note.element_id)
        if unknown:
            self._parts.append(escape(f" [{unknown}]", quote=False))

    def _link(self, note: Note) -> str:
        label = self._sources[note.key].label
        spoken = f"Source {note.number}, {label}" if label else f"Source {note.number}"
        return (
            f'<a class="cite__link" role="doc-noteref" id="{escape(note.element_id)}"'
            f' href="#source-{escape(note.key)}" aria-label="{escape(spoken)}">{note.number}</a>'
        )

    def _wanted(self, sentence: Sentence | None) -> list[_Element]:
        """Return the elements around the next character, outermost first."""
        if sentence is None or sentence.claim.number in self._closed:
            return [*self._voice_elements(), *self._around]
        identity, voice = -sentence.claim.number, sentence.claim.voice
        if self._open and self._open[0].identity == identity:
            claim = self._open[0]
        else:
            claim = _Element(identity, "span", self._claim_opening(sentence))
        if voice in VOICE_LABELS:
            return [claim, *self._around]
        return [claim, *self._voice_elements(), *self._around]

    def _claim_opening(self, sentence: Sentence) -> str:
        claim = sentence.claim
        if claim.voice not in VOICE_LABELS:
            return f'<span class="claim" id="{claim.element_id}">'
        opening = f'<span class="claim voice--{claim.voice}" id="{claim.element_id}">'
        return opening + self._label(claim.voice, sentence.voice_span)

    def _voice_elements(self) -> list[_Element]:
        """Return the voice element of the next character, unless one voice covers the whole claim."""
        if not self._voices:
            return []
        identity, voice = self._voices[-1]
        for element in self._open:
            if element.identity == identity:
                return [element]
        opening = f'<span class="voice--{voice}">' + self._label(voice, identity)
        return [_Element(identity, "span", opening)]

    def _label(self, voice: str, span: int) -> str:
        """Return the label of a voice where it begins, and where it begins again after another."""
        if span == self._speaking:
            return ""
        self._speaking = span
        return f'<span class="voice__label">{VOICE_LABELS[voice]}</span> '

    def _stand_in(self, wanted: list[_Element]) -> None:
        shared = 0
        for is_open, is_wanted in zip(self._open, wanted, strict=False):
            if is_open.identity != is_wanted.identity:
                break
            shared += 1
        while len(self._open) > shared:
            element = self._open.pop()
            self._closed.add(-element.identity)
            self._parts.append(f"</{element.tag}>")
        for element in wanted[shared:]:
            self._parts.append(element.opening)
            self._open.append(element)


def _element(token: Token) -> _Element:
    """Return emphasis or a link; a link to a forbidden address becomes plain text."""
    href = escape(str(token.attrGet("href") or ""))
    if token.tag != "a":
        return _Element(id(token), token.tag, f"<{token.tag}>")
    if EXTERNAL.match(href):
        return _Element(id(token), "a", f'<a href="{href}" rel="nofollow noopener">')
    if INTERNAL.match(href):
        return _Element(id(token), "a", f'<a href="{href}">')
    return _Element(id(token), "span", "<span>")
