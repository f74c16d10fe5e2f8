"""Atom feeds: the newest articles whole, with the bare addresses of what they rest on."""

import logging
import re
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator, UnserializableContentError

from articles.models import Article, ArticleQuerySet, ArticleVersion, Section
from articles.templatetags.articles import byline
from web.addresses import absolute
from web.characters import drop_controls, drop_controls_within
from web.conditional import public_page
from wires import generations

logger = logging.getLogger(__name__)

ITEMS = 20
# Only what our own renderer writes: it quotes every attribute.
_RELATIVE = re.compile(r'(?<= href=")#|(?<= href=")/|(?<= src=")/')


class PaperFeed(Atom1Feed):
    """Atom with the whole text of each entry, in its own language."""

    def add_entry(self, **fields: Any) -> None:
        """Add an entry; one that XML cannot carry is left out, and the log says so.

        Else one article would take the feed from all its readers.
        """
        self.add_item(**fields)
        if not self._can_be_written(self.items[-1]):
            left_out = self.items.pop()["unique_id"]
            logger.error("An entry that XML cannot carry is left out of the feed: %a", left_out)

    def _can_be_written(self, item: dict[str, Any]) -> bool:
        trial = StringIO()
        try:
            self.add_item_elements(SimplerXMLGenerator(trial, "utf-8"), item)
        except UnserializableContentError:
            return False
        # Django looks at part of what XML refuses, and not at attributes.
        return drop_controls(trial.getvalue()) == trial.getvalue()

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement(
            "content", item["content"], {"type": "html", "xml:lang": item["language"]}
        )


@public_page(generations.reader("pages"))
def feed(request: HttpRequest) -> HttpResponse:
    """The newest articles of the paper."""
    return answer(
        Article.objects.live(), title=settings.SITE_NAME, page="/", address=reverse("articles:feed")
    )


@public_page(generations.reader("pages"))
def section_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest articles of a section."""
    section = get_object_or_404(Section, slug=slug)
    return answer(
        Article.objects.live().in_section(section),
        title=f"{settings.SITE_NAME} – {section.name}",
        page=section.get_absolute_url(),
        address=reverse("articles:section_feed", args=[section.slug]),
    )


def answer(articles: ArticleQuerySet, *, title: str, page: str, address: str) -> HttpResponse:
    """Write a feed. Two queries."""
    feed = PaperFeed(
        title=drop_controls(title),
        link=absolute(page),
        description="Editorial syntheses, reported from the wire.",
        language=settings.LANGUAGE_CODE,
        author_name=settings.PUBLISHER_NAME,
        feed_url=absolute(address),
    )
    for article in with_sources(articles).newest_first()[:ITEMS]:
        if article.live_version is not None:
            feed.add_entry(**drop_controls_within(entry(article, article.live_version)))
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def with_sources(articles: ArticleQuerySet) -> ArticleQuerySet:
    return (
        articles.select_related("live_version__image", "live_section")
        .defer("body", "live_version__body", "live_version__findings")
        .prefetch_related("live_version__sources__post_version__post__channel__outlet")
    )


def entry(article: Article, version: ArticleVersion) -> dict[str, Any]:
    """Return an entry of a live article. Its id stays when its address changes."""
    link = absolute(article.get_absolute_url())
    day = f"{article.first_published_at:%Y-%m-%d}"
    return {
        "title": version.headline,
        "link": link,
        "description": version.standfirst,
        "unique_id": f"tag:{urlsplit(settings.SITE_URL).hostname},{day}:article-{article.pk}",
        "author_name": byline(version),
        "pubdate": article.first_published_at,
        "updateddate": version.at,
        "categories": [article.live_section.name] if article.live_section else [],
        "language": version.language,
        "content": content(version, link),
    }


def content(version: ArticleVersion, link: str) -> str:
    """Return an article's whole text, its links made absolute for a reader far from the page."""
    sources = sorted(version.sources.all(), key=lambda source: source.number)
    html = render_to_string(
        "articles/_feed_entry.html",
        {"version": version, "sources": sources, "SITE_NAME": settings.SITE_NAME},
    )
    home = absolute("/")
    return _RELATIVE.sub(lambda match: f"{link}#" if match[0] == "#" else home, html)
