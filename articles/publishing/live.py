"""The public version of an article as the checks read it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from articles import vetting
from articles.models import Article, ArticleVersion, VersionSource, WireSource
from articles.models.frozen import FROZEN_OF_SOURCE, copy_frozen
from articles.prose import Picture
from articles.publishing.pieces import read_piece


@dataclass(frozen=True, slots=True)
class Live:
    """A live article with the sources of its public version and its pictures."""

    article: Article
    version: ArticleVersion
    sources: tuple[VersionSource, ...]
    pictures: Mapping[int, Picture]

    def piece(self) -> vetting.Piece:
        """Return the public version as a piece, with its posts as they are now.

        Parses the body; no queries.
        """
        return read_piece(
            self.version,
            article=self.article,
            sources=[as_cited(self.version, source) for source in self.sources],
            lead=_lead(self.version),
            pictures=self.pictures,
        )


def as_cited(version: ArticleVersion, source: VersionSource) -> WireSource:
    return WireSource(
        **copy_frozen(source, FROZEN_OF_SOURCE),
        post=source.post_version.post,
        version=source.post_version,
        # Where an editor said that a quotation stands: the passages kept of it.
        passages=[span for span in source.spans if span.get("kind") == "quote"],
        cited_at=version.at,
    )


def _lead(version: ArticleVersion) -> Picture | None:
    """Return the picture at the head as it was frozen, whatever the library says by now."""
    if version.image is None:
        return None
    return replace(
        version.image.picture,
        alt=version.image_alt,
        credit=version.image_credit,
        caption=version.image_caption,
    )
