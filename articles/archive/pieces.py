"""Live articles as input for the checks: the public version with the current posts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Prefetch

from articles import vetting
from articles.models import (
    Article,
    ArticleQuerySet,
    ArticleVersion,
    Image,
    VersionSource,
    WireSource,
)
from articles.models.frozen import (
    FROZEN_OF_SOURCE,
    ONLY_IN_FORM,
    Reader,
    copy_frozen,
    unread_by,
)
from articles.prose import Picture
from articles.publishing.pieces import read_piece

# Columns that no check reads.
UNREAD_OF_POSTS = ("html", "media", "flags", "author", "content_hash")


@dataclass(frozen=True, slots=True)
class Live:
    """A live article with the sources of its public version and its pictures."""

    article: Article
    version: ArticleVersion
    sources: tuple[VersionSource, ...]
    pictures: dict[int, Picture]

    def piece(self) -> vetting.Piece:
        """Return the public version as a piece. Parses the body; no queries."""
        return read_piece(
            self.version,
            article=self.article,
            sources=[as_cited(self.version, source) for source in self.sources],
            lead=_lead(self.version),
            pictures=self.pictures,
        )


def live_articles() -> ArticleQuerySet:
    """Return live articles with everything the checks read. Two queries, however many articles."""
    sources = (
        VersionSource.objects.select_related(
            "post_version__post__channel__outlet", "post_version__post__latest_version"
        )
        .defer(
            *(f"post_version__{name}" for name in UNREAD_OF_POSTS),
            *(f"post_version__post__latest_version__{name}" for name in UNREAD_OF_POSTS),
        )
        .order_by("number")
    )
    return (
        Article.objects.live()
        # Nothing is left to check once its text was erased on legal request.
        .filter(live_version__erased_at__isnull=True)
        .select_related("live_version__image")
        .defer(*ONLY_IN_FORM, *unread_by(Reader.CHECKS, "live_version"))
        .prefetch_related(Prefetch("live_version__sources", sources))
    )


def with_pictures(articles: Iterable[Article]) -> list[Live]:
    """Return articles fetched by `live_articles` with their pictures. At most one query."""
    versions = [(article, article.live_version) for article in articles]
    bodies = [version.body for _, version in versions if version is not None]
    pictures = Image.objects.pictures_in(*bodies)
    return [
        Live(article, version, tuple(version.sources.all()), pictures)
        for article, version in versions
        if version is not None
    ]


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


def as_cited(version: ArticleVersion, source: VersionSource) -> WireSource:
    return WireSource(
        **copy_frozen(source, FROZEN_OF_SOURCE),
        post=source.post_version.post,
        version=source.post_version,
        # Where an editor said that a quotation stands: the passages kept of it.
        passages=[span for span in source.spans if span.get("kind") == "quote"],
        cited_at=version.at,
    )
