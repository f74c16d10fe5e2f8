"""Live articles as input for the checks: the public version with the current posts."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Prefetch

from articles.models import Article, ArticleQuerySet, Image, LiveVetting, VersionSource
from articles.models.frozen import ONLY_IN_FORM, Reader, unread_by
from articles.publishing.live import Live

# Columns that no check reads.
UNREAD_OF_POSTS = ("html", "media", "author", "content_hash")


def live_articles() -> ArticleQuerySet:
    """Return live articles with everything the checks read. Two queries, however many articles."""
    sources = (
        VersionSource.objects.select_related(
            "post_version__post__channel__outlet",
            "post_version__post__latest_version",
            "post_version__confirmation",
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


def never_vetted() -> ArticleQuerySet:
    """Return the live articles that the archive's checks have never seen, such as imported ones."""
    return live_articles().exclude(Exists(LiveVetting.objects.filter(article=OuterRef("pk"))))


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
