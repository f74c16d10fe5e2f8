"""The addresses of a piece's sources, each read once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from articles.vetting.kept import kept
from articles.vetting.piece import Context, Piece, SourceRef
from wires.platforms.permalinks import Permalink, recognise

# A time is stated to the minute, and a server may take a moment between its clocks.
CLOCKS_AGREE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Link:
    """A source whose address is a post on a platform that we know."""

    source: SourceRef
    to: Permalink

    @property
    def account(self) -> str:
        """Whose post the address says it is; "" where neither it nor the channel tells."""
        return self.to.account or self.source.account.removeprefix("@").casefold()


def recognised(piece: Piece, context: Context) -> Mapping[str, Permalink | None]:
    """Return what the address of each source names, by the address."""
    return _recognised(piece, context)[0]


@kept
def _recognised(piece: Piece, context: Context) -> Iterator[Mapping[str, Permalink | None]]:
    yield {url: recognise(url) for url in {source.url for source in piece.sources}}


@kept
def links(piece: Piece, context: Context) -> Iterator[Link]:
    """Yield the sources that are posts on a platform that we know."""
    for source in piece.sources:
        to = recognised(piece, context)[source.url]
        if to is not None and to.kind == "post":
            yield Link(source, to)
