"""The input of the checks: an article and its sources, detached from any database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from articles.prose import Picture, Prose, Source, render
from articles.vetting.limits import is_readable


@dataclass(frozen=True, slots=True, kw_only=True)
class PostText:
    """The text of a post from a time on; the time is an aware datetime."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The place in a post that an editor chose among several; start counts code points."""

    exact: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """A wire source as input for the checks.

    text is the cited version's, None where the post is not archived. versions are the later
    texts, oldest first; edits are the moments at which the post is known to have been edited,
    before it was cited too. All datetimes are aware.
    """

    key: str
    outlet: str
    platform: str
    url: str
    aliases: tuple[str, ...] = ()
    account: str = ""
    native_id: str = ""
    posted_at: datetime | None = None
    text: str | None = None
    versions: tuple[PostText, ...] = ()
    edits: tuple[datetime, ...] = ()
    deleted_at: datetime | None = None
    cited_at: datetime | None = None
    role: str = "basis"
    number: int | None = None
    # The BCP 47 code of its text, "" where that is unknown; and the text in the language of the
    # piece, where a second person made or confirmed that.
    language: str = ""
    translation: str = ""
    # Whether its words were entered by hand and never fetched, and whether nobody confirmed them.
    is_copied: bool = False
    is_unconfirmed: bool = False
    chosen: tuple[Chosen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletName:
    """An outlet known to the archive, whether this piece links it or not."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a check may know besides the piece. now is an aware datetime.

    A context serves one piece: its checks share what they have computed of it, in memory, and of
    texts, whichever piece they stand in.
    """

    now: datetime
    outlet_directory: Sequence[OutletName] = ()
    memory: dict[object, object] = field(default_factory=dict, compare=False, repr=False)
    texts: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    def for_another_piece(self) -> Self:
        """Return a context for a piece with the same posts: what was read of texts stays."""
        return replace(self, memory={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Everything in an article that readers would see.

    prose is the body rendered with these very sources and pictures. published_at is aware, or
    None before the first publication.
    """

    headline: str
    body: str
    prose: Prose
    standfirst: str = ""
    framing_note: str = ""
    social_text: str = ""
    language: str = "en"
    sources: tuple[SourceRef, ...] = ()
    images: tuple[Picture, ...] = ()
    published_at: datetime | None = None

    @classmethod
    def written(
        cls,
        *,
        headline: str = "",
        standfirst: str = "",
        body: str = "",
        framing_note: str = "",
        social_text: str = "",
        language: str = "en",
        sources: Sequence[SourceRef] = (),
        images: Sequence[Picture] = (),
        pictures: Mapping[int, Picture] | None = None,
        published_at: datetime | None = None,
    ) -> Self:
        """Make a piece from its texts, rendering the body once unless it is too large."""
        marks = [Source(key=source.key, number=source.number) for source in sources]
        return cls(
            headline=headline,
            standfirst=standfirst,
            body=body,
            framing_note=framing_note,
            social_text=social_text,
            language=language,
            prose=render(body if is_readable(body) else "", sources=marks, pictures=pictures or {}),
            sources=tuple(sources),
            images=tuple(images),
            published_at=published_at,
        )
