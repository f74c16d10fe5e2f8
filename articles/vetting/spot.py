"""A finding in the paragraph where it stands, taken as a piece of its own.

What fixes a finding is looked for there and tried there, so that it costs the same in a long
article as in a short one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from articles.prose import Source, render
from articles.vetting.finding import Finding
from articles.vetting.fix import Edit, applied
from articles.vetting.piece import Context, Piece

# Code points of a paragraph that is tried with its fixes; each fix costs two readings of it.
LONGEST = 5_000
# The fields of a piece that are text; their names are those of findings.
TEXTS = ("headline", "standfirst", "body", "framing_note", "social_text")


@dataclass(frozen=True, slots=True)
class Spot:
    """A finding and its surroundings; its places, and those of edits, count from the paragraph.

    whole is the piece that the paragraph was taken from, at its offset.
    """

    finding: Finding
    piece: Piece
    context: Context
    whole: Piece
    offset: int

    @property
    def text(self) -> str:
        """The field in which the finding stands, as far as it is here."""
        return str(getattr(self.piece, self.finding.field, ""))

    @property
    def span(self) -> str:
        return self.text[self.finding.start : self.finding.end]

    def edit(self, start: int, end: int, text: str) -> Edit:
        return Edit(field=self.finding.field, start=start, end=end, text=text)

    def in_whole(self, edit: Edit) -> Edit:
        """Return an edit of this paragraph as one of the whole field."""
        moved = self.offset if edit.field == self.finding.field else 0
        return replace(edit, start=edit.start + moved, end=edit.end + moved)

    def fixed(self, edits: Iterable[Edit]) -> Piece:
        """Return the paragraph with the edits that are its own."""
        return alone(self.whole, self.finding.field, applied(self.text, self.finding.field, edits))


def spot(finding: Finding, piece: Piece, context: Context) -> Spot | None:
    """Return the place of a finding; of one that stands in no text it is an empty piece.

    None where the paragraph is too long to be tried again and again.
    """
    name = finding.field
    if name not in TEXTS:
        return Spot(finding, alone(piece, "body", ""), context.for_another_piece(), piece, 0)
    text = str(getattr(piece, name))
    first, last = (0, len(text)) if name != "body" else _paragraph(text, finding)
    if last - first > LONGEST:
        return None
    here = replace(finding, start=finding.start - first, end=finding.end - first)
    return Spot(
        here, alone(piece, name, text[first:last]), context.for_another_piece(), piece, first
    )


def alone(piece: Piece, name: str, text: str) -> Piece:
    """Return a piece that has nothing but this text in this field, and the same sources."""
    body = text if name == "body" else ""
    prose = render(body, sources=[Source(key=source.key) for source in piece.sources])
    empty = dict.fromkeys(TEXTS, "")
    return replace(piece, prose=prose, images=(), **(empty | {name: text}))  # type: ignore[arg-type]  # all are text


def _paragraph(text: str, finding: Finding) -> tuple[int, int]:
    end = text.find("\n\n", finding.end)
    return text.rfind("\n\n", 0, finding.start) + 2 if "\n\n" in text[: finding.start] else 0, (
        len(text) if end < 0 else end
    )
