"""A live article under those who sign it and under its topics, as lists of both read it."""

from articles.models import Article, ArticleVersion, Listing, SourceUse
from articles.publishing.inputs import Labels


def list_article(
    article: Article, before: ArticleVersion | None, version: ArticleVersion, labels: Labels
) -> None:
    """List an article that has just gone live in `version`, by the labels that it froze.

    One query; none where it has no labels or an update left them alone, two where one changed them.
    """
    if before is not None:
        if (before.bylines, before.topics) == (version.bylines, version.topics):
            return
        Listing.objects.filter(article=article).delete()
    rows = [
        *({"author": author, "position": n} for n, author in enumerate(labels.authors)),
        *({"topic": topic, "position": n} for n, topic in enumerate(labels.topics)),
    ]
    at = article.first_published_at
    if rows and at is not None:
        Listing.objects.bulk_create(
            Listing(article=article, first_published_at=at, **row) for row in rows
        )


def unlist_article(article: Article) -> None:
    """Take an article off every list, and out of what is counted. Two queries."""
    Listing.objects.filter(article=article).delete()
    SourceUse.objects.filter(article=article).delete()
