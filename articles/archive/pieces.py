"""Live articles as input for the checks: the public version with the current posts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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
from articles.prose import Picture, Source, render
from articles.publishing.snapshot import IMAGE_REFERENCE, picture_of, source_ref

# Columns that no check reads.
UNREAD_OF_ARTICLES = ("body", "framing_note", "standfirst")
UNREAD_OF_VERSIONS = ("html", "framing_html", "claims", "overrides", "bylines")
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
        version = self.version
        cited = [as_cited(version, source) for source in self.sources]
        prose = render(
            version.body,
            sources=[Source(key=source.key) for source in cited],
            pictures=self.pictures,
        )
        body = tuple(self.pictures[pk] for pk in prose.pictures if pk in self.pictures)
        return vetting.Piece(
            headline=version.headline,
            standfirst=version.standfirst,
            body=version.body,
            prose=prose,
            framing_note=version.framing_note,
            social_text=version.social_text,
            language=version.language,
            sources=tuple(source_ref(source, prose) for source in cited),
            images=(*_lead(version), *body),
            published_at=self.article.first_published_at,
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
        .defer(*UNREAD_OF_ARTICLES, *(f"live_version__{name}" for name in UNREAD_OF_VERSIONS))
        .prefetch_related(Prefetch("live_version__sources", sources))
    )


def with_pictures(articles: Iterable[Article]) -> list[Live]:
    """Return articles fetched by `live_articles` with their pictures. At most one query."""
    versions = [(article, article.live_version) for article in articles]
    bodies = [version.body for _, version in versions if version is not None]
    wanted = {int(pk) for body in bodies for pk in IMAGE_REFERENCE.findall(body)}
    images = Image.objects.in_bulk(wanted) if wanted else {}
    pictures = {pk: picture_of(image) for pk, image in images.items()}
    return [
        Live(article, version, tuple(version.sources.all()), pictures)
        for article, version in versions
        if version is not None
    ]


def _lead(version: ArticleVersion) -> Iterator[Picture]:
    """Yield the lead picture as it was frozen, even if the library has changed since."""
    if version.image is None:
        return
    now = picture_of(version.image)
    yield Picture(
        id=now.id,
        url=now.url,
        alt=version.image_alt,
        credit=version.image_credit,
        width=now.width,
        height=now.height,
        caption=version.image_caption,
        is_decorative=now.is_decorative,
    )


def as_cited(version: ArticleVersion, source: VersionSource) -> WireSource:
    return WireSource(
        key=source.key,
        post=source.post_version.post,
        version=source.post_version,
        role=source.role,
        note=source.note,
        passages=_meant(source.spans),
        cited_at=version.at,
    )


def _meant(spans: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the stored passages where an editor said a quotation is found."""
    return [
        {"exact": span["exact"], "start": span["start"]}
        for span in spans
        if span.get("kind") == "quote"
    ]
