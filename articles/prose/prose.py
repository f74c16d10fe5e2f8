"""The input and output types of the renderer.

All offsets are code points into the body as the editor wrote it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from articles.prose.shapes import Kind

type Voice = Literal["cited", "own", "background", "bare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A wire source that the body may name in a mark.

    A source with number None is numbered after the others, in the order of first marks. The label
    is read by screen readers: "Reuters on X, 25 June 2026 02:40 UTC".
    """

    key: str
    number: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A row of the image library, with the rendition shown in the text."""

    id: int
    url: str
    alt: str
    credit: str
    width: int
    height: int
    caption: str = ""
    is_decorative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One key of one citation mark. [@r1; @t1] is two of them, with one scope.

    start and end enclose "@key"; scope_start and scope_end the text that the mark covers. The element
    id is empty if the key is unknown.
    """

    key: str
    start: int
    end: int
    scope_start: int
    scope_end: int
    element_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceSpan:
    """A span of a claim that is the desk's own or background; offsets enclose its words."""

    voice: Literal["own", "background"]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence of the body.

    start and end enclose its first and last visible character or mark, so markup that opens
    before it or closes after it stays outside. The text is what a reader sees, without marks.
    A sentence wholly in one voice has that voice, even if it also has a mark; keys includes those of
    a mark that covers the whole paragraph.
    """

    number: int
    start: int
    end: int
    text: str
    keys: tuple[str, ...]
    voice: Voice
    marks: tuple[Mark, ...] = ()
    voice_spans: tuple[VoiceSpan, ...] = ()

    @property
    def element_id(self) -> str:
        return f"s{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A subhead, column heading or caption without a citation: checked, but not a claim."""

    start: int
    end: int
    text: str
    is_column: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownPicture:
    """An image in the body that is not in the library; offsets enclose all of its markup."""

    src: str
    alt: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """Lines between ``` or ~~~; offsets include the fence itself."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """Text that looks like markup but is not, an unclosed comment, or a cell without a column."""

    kind: Kind
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A rendered body.

    cited holds known keys in the order of their first marks; marks maps each to the element ids
    of its marks, for the links back; numbers to the number shown. text is the words alone, a
    blank line between blocks, without marks and labels.
    """

    html: str
    claims: tuple[Claim, ...]
    headings: tuple[Heading, ...]
    cited: tuple[str, ...]
    marks: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    unknown: tuple[Mark, ...]
    unknown_pictures: tuple[UnknownPicture, ...]
    fences: tuple[Fence, ...]
    leftovers: tuple[Leftover, ...]
    pictures: tuple[int, ...]
    text: str
    words: int
