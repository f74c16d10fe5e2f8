"""Sitemaps of articles and sections."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from articles.models import Article, ArticleQuerySet, Section


class PaperSitemap(Sitemap):
    """A sitemap whose addresses come from SITE_URL."""

    # One file may hold 50,000 addresses: the newest articles and all sections.
    limit = 49_000

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class ArticleSitemap(PaperSitemap):
    def items(self) -> ArticleQuerySet:
        return (
            Article.objects.live()
            .newest_first()
            .select_related("live_version")
            .only("first_published_at", "live_slug", "live_version__at")
        )

    def lastmod(self, article: Article) -> datetime | None:
        return article.live_version.at if article.live_version else None


class SectionSitemap(PaperSitemap):
    def items(self) -> list[Section]:
        return list(Section.objects.order_by("position", "name"))


SITEMAPS = {"articles": ArticleSitemap, "sections": SectionSitemap}
