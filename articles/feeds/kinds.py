"""Every kind of feed, each declared once: its page, what is in it; its three addresses follow."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone

from articles.feeds.entry import Feed, FeedMoved
from articles.feeds.formats import FORMATS, Format
from articles.feeds.of_articles import feed_of_articles
from articles.feeds.of_notes import feed_of_notes
from articles.feeds.of_posts import feed_of_posts
from articles.models import Article, Section
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
    return feed_of_articles(Article.objects.all(), title=settings.SITE_NAME, page="/", at=at)


def of_section(at: datetime, slug: str) -> Feed:
    section = get_object_or_404(Section, slug=slug)
    return feed_of_articles(
        Article.objects.in_section(section),
        title=f"{settings.SITE_NAME} – {section.name}",
        page=section.get_absolute_url(),
        at=at,
    )


KINDS = (
    FeedKind(name="feed", route="", find=paper),
    FeedKind(name="section_feed", route="sections/<slug:slug>/", find=of_section),
    FeedKind(name="corrections_feed", route="corrections/", find=feed_of_notes),
    FeedKind(name="wire_feed", route="wire/", find=feed_of_posts, numbers=("wire",)),
)


def feed_paths() -> list[URLPattern]:
    """Return the addresses of every kind of feed in every format."""
    return [*_paths()]


def _paths() -> Iterator[URLPattern]:
    for kind in KINDS:
        for form in FORMATS:
            yield path(
                form.address(kind.route), view_of(kind, form), name=f"{kind.name}{form.name}"
            )


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
