"""Every kind of feed, each declared once: its page, what is in it; its three addresses follow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import URLPattern, path
from django.utils import timezone

from articles.feeds.entry import Feed, FeedMoved
from articles.feeds.formats import FORMATS, Format
from articles.feeds.of_articles import ITEMS, feed_of_all_articles, feed_of_articles, withdrawn_from
from articles.feeds.of_notes import feed_of_notes
from articles.feeds.of_posts import feed_of_posts
from articles.feeds.topics import find_topic
from articles.models import (
    Article,
    ArticleQuerySet,
    Author,
    Listing,
    ListingQuerySet,
    Section,
    Topic,
    find_by_slug,
)
from web.conditional import public_page
from wires import generations


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedKind:
    """A kind of feed.

    name     of its address in Atom; those of the others end in _rss and _json
    route    of the page that it belongs to, as URL patterns have it
    find     the feed at a moment, from the parts of its address; raises Http404 or FeedMoved
    numbers  which counters of wires.generations say that it changed
    """

    name: str
    route: str
    find: Callable[..., Feed]
    numbers: tuple[str, ...] = ("pages",)


def paper(at: datetime) -> Feed:
    return feed_of_all_articles(title=settings.SITE_NAME, page="/", at=at)


def of_section(at: datetime, slug: str) -> Feed:
    section = find_by_slug(Section.objects.all(), slug)
    return _feed_of(section, slug, Article.objects.in_section(section), at=at)


def of_topic(at: datetime, slug: str) -> Feed:
    topic = find_topic(slug, at=at)
    listed = Listing.objects.filter(topic=topic)
    return _feed_of_listed(topic, slug, listed, withdrawn_from(topic, "topics", at=at), at=at)


def of_author(at: datetime, slug: str) -> Feed:
    author = find_by_slug(Author.objects.with_page(), slug)
    listed = Listing.objects.filter(author=author)
    return _feed_of_listed(author, slug, listed, withdrawn_from(author, "bylines", at=at), at=at)


def _feed_of_listed(
    row: Topic | Author,
    slug: str,
    listed: ListingQuerySet,
    withdrawn: Sequence[int],
    *,
    at: datetime,
) -> Feed:
    """Return the feed of what is listed. A withdrawn article is no more, but is told as it was."""
    newest = Article.objects.filter(pk__in=listed.newest_first().values("article")[:ITEMS])
    ever = Article.objects.filter(Q(pk__in=listed.values("article")) | Q(pk__in=withdrawn))
    return _feed_of(row, slug, newest, ever=ever, at=at)


def _feed_of(
    row: Section | Topic | Author,
    slug: str,
    articles: ArticleQuerySet,
    *,
    ever: ArticleQuerySet | None = None,
    at: datetime,
) -> Feed:
    """Return the feed of a row. Raises FeedMoved where its slug was another."""
    page = row.get_absolute_url()
    if row.slug != slug:
        raise FeedMoved(page)
    title = f"{settings.SITE_NAME} – {row.name}"
    return feed_of_articles(articles, ever=ever, title=title, page=page, at=at)


KINDS = (
    FeedKind(name="feed", route="", find=paper),
    FeedKind(name="section_feed", route="sections/<slug:slug>/", find=of_section),
    FeedKind(name="topic_feed", route="topics/<slug:slug>/", find=of_topic),
    FeedKind(name="author_feed", route="authors/<slug:slug>/", find=of_author),
    FeedKind(name="corrections_feed", route="corrections/", find=feed_of_notes),
    FeedKind(name="wire_feed", route="wire/", find=feed_of_posts, numbers=("wire",)),
)


def feed_paths() -> list[URLPattern]:
    """Return the addresses of every kind of feed in every format."""
    return [
        path(form.address(kind.route), view_of(kind, form), name=f"{kind.name}{form.name}")
        for kind in KINDS
        for form in FORMATS
    ]


def view_of(kind: FeedKind, form: Format) -> Callable[..., HttpResponse]:
    """Return the view of a kind of feed in one format."""

    @public_page(generations.reader(*kind.numbers), shows_clocks=False)
    def feed(request: HttpRequest, **place: Any) -> HttpResponse:
        try:
            found = kind.find(timezone.now(), **place)
        except FeedMoved as moved:
            return HttpResponsePermanentRedirect(form.address(moved.page))
        return HttpResponse(form.whole(found), content_type=f"{form.media_type}; charset=utf-8")

    return feed
