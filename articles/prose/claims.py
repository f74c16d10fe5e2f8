"""Match sentences to marks: the claims, scopes and voices of one passage."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from articles.prose.passages import BlockPiece, PieceKind, VisibleBlock
from articles.prose.prose import Claim, Mark, Source, Voice, VoiceSpan
from articles.prose.sentences import split

_DOUBLE_QUOTE = re.compile('["“”„«»]')
_CLOSED_BY = {'"': '"', "“": "”", "„": "“”", "«": "»"}
_OPENING_QUOTES = "\"“‘„«'"
# A comma next to the closing quotation mark: the quotation goes on.
_BROKEN_OFF = re.compile(r"""[,!?]["”’»“]|["”’»“],""")
_BETWEEN_CLAUSES = " \t\n\u00a0,;:.!?—–-"


@dataclass(frozen=True, slots=True)
class Note:
    """One key of a mark as shown; number and element id are empty without a source."""

    key: str
    number: int | None
    element_id: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A claim, its place in the visible text, and the token that opened its voice."""

    at: int
    end: int
    claim: Claim
    voice_span: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading a passage. The maps are keyed by the number of the piece."""

    sentences: tuple[Sentence, ...]
    notes: Mapping[int, tuple[Note, ...]]
    owners: Mapping[int, int]


@dataclass(slots=True)
class Ledger:
    """The counters kept over a whole body."""

    sources: Mapping[str, Source]
    claims: list[Claim] = field(default_factory=list)
    marks: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    unknown: list[Mark] = field(default_factory=list)
    last: int = 0

    def __post_init__(self) -> None:
        self.numbers.update(
            {
                key: source.number
                for key, source in self.sources.items()
                if source.number is not None
            }
        )
        self.last = max(self.numbers.values(), default=0)

    def note(self, key: str) -> Note:
        """Count one key of a mark."""
        if key not in self.sources:
            return Note(key, None, "")
        if key not in self.numbers:
            self.last += 1
            self.numbers[key] = self.last
        ids = self.marks.setdefault(key, [])
        ids.append(f"cite-{key}-{len(ids) + 1}")
        return Note(key, self.numbers[key], ids[-1])


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Visible text in a voice; span is the identity of the token that opened the voice."""

    start: int
    end: int
    voice: Literal["own", "background"]
    span: int


@dataclass(slots=True)
class _Scope:
    start: int
    end: int
    sentence: int


def read_claims(passage: VisibleBlock, ledger: Ledger, *, claims: bool) -> Reading:
    """Number the marks of a passage and, if claims is true, its sentences."""
    numbered = [
        (n, piece) for n, piece in enumerate(passage.pieces) if piece.kind is PieceKind.MARK
    ]
    inner = [(n, piece) for n, piece in numbered if n < passage.closing_marks]
    spans = split(passage.splittable(), ends=[piece.at for _, piece in inner]) if claims else ()
    owners = {n: _owner(piece.at, spans) for n, piece in inner} if spans else {}
    notes, marks = _marks(passage, numbered, spans, owners, ledger)
    closing = [mark for n, _ in numbered if n not in owners for mark in marks[n]] if spans else []
    by_sentence: dict[int, list[int]] = {}
    for n, owner in owners.items():
        by_sentence.setdefault(owner, []).append(n)
    voices = _voices(passage.pieces)
    quoting = _ends_inside_quotation(passage.text, spans)
    sentences = []
    for number, (at, end) in enumerate(spans):
        mine = by_sentence.get(number, ())
        owned = _marks_of(number, spans, by_sentence, passage.text, quoting)
        own = [mark for n in owned for mark in marks[n]]
        brackets = [passage.pieces[n] for n in mine]
        spoken = _overlapping(voices, at, end)
        claim = _claim(passage, at, end, own, brackets, closing, spoken, len(ledger.claims) + 1)
        ledger.claims.append(claim)
        sentences.append(Sentence(at, end, claim, spoken[0].span if spoken else 0))
    return Reading(tuple(sentences), notes, owners)


def _marks_of(
    number: int,
    spans: Sequence[tuple[int, int]],
    by_sentence: Mapping[int, Sequence[int]],
    text: str,
    quoting: Collection[int],
) -> Sequence[int]:
    """Return the marks of a sentence, or of the next one if that continues its quotation.

    In "“We wait,” she said. “We wait for the tide. It is low” [@r1]." the mark covers all of it.
    """
    mine = by_sentence.get(number, ())
    while not mine and number + 1 < len(spans):
        if number not in quoting and not _goes_on(text, spans[number], spans[number + 1]):
            break
        number += 1
        mine = by_sentence.get(number, ())
    return mine


def _ends_inside_quotation(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return the numbers of the sentences at whose end a quotation is still open."""
    found: set[int] = set()
    closing, at = "", 0
    for number, (_, end) in enumerate(spans):
        for match in _DOUBLE_QUOTE.finditer(text, at, end):
            mark = match.group()
            if closing:
                closing = "" if mark in closing else closing
            elif mark in _CLOSED_BY and not text[max(0, match.start() - 1)].isalnum():
                closing = _CLOSED_BY[mark]
        at = end
        if closing:
            found.add(number)
    return frozenset(found)


def _goes_on(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether the next sentence continues a quotation interrupted by an attribution."""
    said = text[one[0] : one[1]].rstrip(".,;:!? ")
    is_quoting = said[:1] in _OPENING_QUOTES or _BROKEN_OFF.search(said) is not None
    return is_quoting and said[-1:].isalnum() and text[other[0]] in _OPENING_QUOTES


def _owner(at: int, spans: Sequence[tuple[int, int]]) -> int:
    """Return the sentence that a mark at this offset is in or directly follows."""
    return min(bisect_left(spans, at, key=lambda span: span[1]), len(spans) - 1)


def _marks(
    passage: VisibleBlock,
    numbered: Iterable[tuple[int, BlockPiece]],
    spans: Sequence[tuple[int, int]],
    owners: Mapping[int, int],
    ledger: Ledger,
) -> tuple[dict[int, tuple[Note, ...]], dict[int, list[Mark]]]:
    notes: dict[int, tuple[Note, ...]] = {}
    marks: dict[int, list[Mark]] = {}
    before: _Scope | None = None
    for n, piece in numbered:
        if n in owners:
            before = _scope(passage.text, piece.at, spans, owners[n], before)
            scope = before
        elif spans:
            scope = _Scope(spans[0][0], spans[-1][1], 0)
        else:
            scope = _Scope(piece.at, piece.at, 0)
        keys = piece.token.meta["keys"]
        notes[n] = tuple(ledger.note(key) for key, _, _ in keys)
        marks[n] = [
            _mark(passage, piece, scope, note, start, end)
            for note, (_, start, end) in zip(notes[n], keys, strict=True)
        ]
        ledger.unknown.extend(mark for mark in marks[n] if not mark.element_id)
    return notes, marks


def _scope(
    text: str, at: int, spans: Sequence[tuple[int, int]], owner: int, before: _Scope | None
) -> _Scope:
    """Return the text from the previous mark, or the sentence's start, up to this mark.

    Two marks with no words between them share the scope, as in `[@r1] [@t1]`.
    """
    start = spans[owner][0]
    if before and before.sentence == owner:
        if not _has_words(text, before.end, at):
            return _Scope(before.start, at, owner)
        start = before.end
    while start < at and text[start] in _BETWEEN_CLAUSES:
        start += 1
    return _Scope(min(start, at), at, owner)


def _mark(
    passage: VisibleBlock, piece: BlockPiece, scope: _Scope, note: Note, start: int, end: int
) -> Mark:
    in_body = passage.in_body
    scope_start = scope_end = in_body(piece.start)
    if scope.end > scope.start:
        scope_start = passage.start_in_body(scope.start)
        scope_end = passage.end_in_body(scope.end)
    return Mark(
        key=note.key,
        start=in_body(start),
        end=in_body(end - 1) + 1,
        scope_start=scope_start,
        scope_end=scope_end,
        element_id=note.element_id,
    )


def _claim(
    passage: VisibleBlock,
    at: int,
    end: int,
    marks: Sequence[Mark],
    brackets: Sequence[BlockPiece],
    closing: Sequence[Mark],
    inside: Sequence[_Spoken],
    number: int,
) -> Claim:
    voice = _whole_voice(passage.text, at, end, inside)
    # A mark for the whole paragraph does not cover the desk's own words.
    resting = [*marks, *(closing if voice is None else ())]
    keys = tuple(dict.fromkeys(mark.key for mark in resting if mark.element_id))
    return Claim(
        number=number,
        start=min([passage.start_in_body(at), *(passage.in_body(b.start) for b in brackets)]),
        end=max([passage.end_in_body(end), *(passage.in_body(b.end - 1) + 1 for b in brackets)]),
        text=passage.text[at:end].replace("\n", " "),
        keys=keys,
        voice=voice or ("cited" if keys else "bare"),
        marks=tuple(resting),
        voice_spans=tuple(
            VoiceSpan(
                voice=spoken.voice,
                start=passage.start_in_body(spoken.start),
                end=passage.end_in_body(spoken.end),
            )
            for spoken in inside
        ),
    )


def _voices(pieces: Sequence[BlockPiece]) -> list[_Spoken]:
    """Return the spans of visible text in a voice; the inner one of nested voices counts."""
    stack: list[BlockPiece] = []
    voices: list[_Spoken] = []
    for piece in pieces:
        if piece.token.type == "voice_open":
            stack.append(piece)
        elif piece.token.type == "voice_close":
            stack.pop()
        elif stack and piece.text.strip():
            token, end = stack[-1].token, piece.at + len(piece.text)
            if voices and voices[-1].span == id(token):
                voices[-1] = replace(voices[-1], end=end)
            else:
                voices.append(_Spoken(piece.at, end, token.meta["voice"], id(token)))
    return voices


def _overlapping(voices: Sequence[_Spoken], at: int, end: int) -> list[_Spoken]:
    """Return the parts of the (consecutive) voices that overlap a sentence."""
    inside = []
    for n in range(bisect_right(voices, at, key=lambda spoken: spoken.end), len(voices)):
        if voices[n].start >= end:
            break
        start, stop = max(at, voices[n].start), min(end, voices[n].end)
        inside.append(replace(voices[n], start=start, end=stop))
    return inside


def _whole_voice(text: str, at: int, end: int, voices: Sequence[_Spoken]) -> Voice | None:
    """Return the voice that covers every word of a sentence, if there is one."""
    if not voices or len({spoken.voice for spoken in voices}) > 1:
        return None
    position = at
    for spoken in voices:
        if _has_words(text, position, spoken.start):
            return None
        position = spoken.end
    return None if _has_words(text, position, end) else voices[0].voice


def _has_words(text: str, start: int, end: int) -> bool:
    return any(character.isalnum() for character in text[start:end])
