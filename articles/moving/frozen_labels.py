"""Lists of articles from exports of earlier releases, which had labels only as versions froze them."""

from articles.models import Article, ArticleVersion, Topic
from articles.publishing.inputs import Labels
from articles.publishing.listing import list_article


def list_as_frozen(article: Article, version: ArticleVersion) -> None:
    """List a live article under those who sign it and under its topics, which are made if need be."""
    authors = {author.slug: author for author in article.authors.all()}
    signed = [authors[name["slug"]] for name in version.bylines if name["slug"] in authors]
    topics = [_topic(each["name"], each["slug"]) for each in version.topics]
    article.topics.set(topics)
    list_article(article, None, version, Labels(authors=signed, topics=topics))


def _topic(name: str, slug: str) -> Topic:
    found = Topic.objects.filter(slug=slug).first() or Topic.objects.filter(name=name).first()
    if found is None:
        found = Topic(name=name, slug=slug)
        found.full_clean()
        found.save()
    return found
