"""The page of a topic, and that of an author."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop

from articles.feeds import find_topic
from articles.models import Author, Listing, ListingQuerySet, Topic, find_by_slug
from web.conditional import public_page
from web.keyset import CURSORS, window
from wires import generations

PAGE = 20
# Of the lists of all topics and all authors.
MOST_NAMED = 2_000


@public_page(generations.reader("pages"), query=CURSORS)
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the articles of a topic, newest first. Two queries of its own."""
    topic = find_topic(slug, at=timezone.now())
    if topic.slug != slug:
        return HttpResponsePermanentRedirect(topic.get_absolute_url())
    return _listed(request, topic, topic.description, Listing.objects.filter(topic=topic))


@public_page(generations.reader("pages"), query=CURSORS)
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who an author is, and what they signed, newest first. Two queries of its own."""
    author = find_by_slug(Author.objects.with_page(), slug)
    if author.slug != slug:
        return HttpResponsePermanentRedirect(author.get_absolute_url())
    return _listed(request, author, author.bio, Listing.objects.filter(author=author))


@public_page(generations.reader("pages"))
def topics(request: HttpRequest) -> HttpResponse:
    """List the topics with public articles by name. One query of its own."""
    has_articles = Exists(Listing.objects.filter(topic=OuterRef("pk")))
    rows = Topic.objects.filter(has_articles).order_by("name", "pk")
    return render(
        request, "articles/labels.html", {"name": gettext_noop("Topics"), "rows": rows[:MOST_NAMED]}
    )


@public_page(generations.reader("pages"))
def authors(request: HttpRequest) -> HttpResponse:
    """List the authors that have a page, and have signed what is public, by name. One query."""
    has_articles = Exists(Listing.objects.filter(author=OuterRef("pk")))
    rows = Author.objects.with_page().filter(has_articles).order_by("name", "pk")
    return render(
        request,
        "articles/labels.html",
        {"name": gettext_noop("Authors"), "rows": rows[:MOST_NAMED]},
    )


def _listed(
    request: HttpRequest, row: Topic | Author, about: str, listings: ListingQuerySet
) -> HttpResponse:
    page = window(listings.for_cards(), request.GET, field="first_published_at", size=PAGE)
    articles = [listing.article for listing in page.rows]
    changes = [article.live_version.at for article in articles if article.live_version]
    context = {
        "row": row,
        "about": about,
        "kind": "author" if isinstance(row, Author) else "topic",
        "articles": articles,
        "page": page,
        "updated_at": max(changes, default=None),
        "is_demo": any(article.is_demo for article in articles),
    }
    return render(request, "articles/listed.html", context)
