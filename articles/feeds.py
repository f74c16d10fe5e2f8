"""Atom feeds: the full text of the newest articles, with the plain addresses of their sources."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.xmlutils import SimplerXMLGenerator, UnserializableContentError

from articles.models import (
    Article,
    ArticleQuerySet,
    ArticleVersion,
    Author,
    Correction,
    Image,
    Listing,
    ListingQuerySet,
    Section,
    Topic,
    find_by_slug,
)
from articles.models.frozen import ONLY_IN_FORM, Reader, unread_by
from articles.page_parts import FeedSources, for_feed, read_feed_sources, with_signs
from articles.pictures import feed_picture, find_pictures, with_pictures
from articles.templatetags.articles import byline
from web.addresses import absolute
from web.characters import drop_controls, drop_controls_within
from web.conditional import public_page
from web.fragments import shared
from wires import generations

logger = logging.getLogger(__name__)

_pages = generations.reader("pages")

ITEMS = 20
# Characters of HTML: a long read has fewer. Beyond it an entry has its standfirst and its address.
LONGEST_TEXT = 100_000
# Of all entries together, the newest first: what no longer fits has its standfirst and its address.
MOST_TEXT = 400_000


class PaperFeed(Atom1Feed):
    """Atom with the full text of each entry, in the entry's own language."""

    def add_entry(self, **fields: Any) -> None:
        """Add an entry, unless XML cannot carry it."""
        item = self.written_item(**fields)
        if item is not None:
            self.items.append(item)

    def written_item(self, **fields: Any) -> dict[str, Any] | None:
        """Return an entry with its XML, for this feed or another.

        None, and logged, where a text has what XML forbids: it would break the feed for every
        reader.
        """
        self.add_item(**fields)
        item: dict[str, Any] = self.items.pop()
        item["xml"] = self._written(item)
        if item["xml"] is not None:
            return item
        logger.error(
            "An entry that XML cannot carry is left out of the feed: %a", item["unique_id"]
        )
        return None

    def _written(self, item: dict[str, Any]) -> str | None:
        """Return the XML inside an entry; None where XML cannot carry it."""
        entry = StringIO()
        try:
            self._write_elements(SimplerXMLGenerator(entry, "utf-8"), item)
        except UnserializableContentError:
            return None
        # Django checks only some of the characters XML forbids, and not in attributes.
        xml = entry.getvalue()
        return xml if drop_controls(xml) == xml else None

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        # What was written once is put in as it stands.
        handler.ignorableWhitespace(item["xml"])

    def _write_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement(
            "content", item["content"], {"type": "html", "xml:lang": item["language"]}
        )


@public_page(generations.reader("pages"), shows_clocks=False)
def feed(request: HttpRequest) -> HttpResponse:
    """Return the feed of the newest articles."""
    return answer(
        Article.objects.live(), title=settings.SITE_NAME, page="/", address=reverse("articles:feed")
    )


@public_page(generations.reader("pages"), shows_clocks=False)
def section_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the feed of the newest articles of a section."""
    section = find_by_slug(Section.objects.all(), slug)
    return _feed_of(section, slug, Article.objects.live().in_section(section))


@public_page(generations.reader("pages"), shows_clocks=False)
def topic_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the feed of the newest articles of a topic."""
    topic = find_by_slug(Topic.objects.all(), slug)
    return _feed_of(topic, slug, _newest_of(Listing.objects.filter(topic=topic)))


@public_page(generations.reader("pages"), shows_clocks=False)
def author_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the feed of the newest articles that an author signed."""
    author = find_by_slug(Author.objects.with_page(), slug)
    return _feed_of(author, slug, _newest_of(Listing.objects.filter(author=author)))


def _newest_of(listings: ListingQuerySet) -> ArticleQuerySet:
    """Return the articles of the newest listings: by their index, however many there are."""
    newest = listings.newest_first().values("article")[:ITEMS]
    return Article.objects.live().filter(pk__in=newest)


def _feed_of(row: Section | Topic | Author, slug: str, articles: ArticleQuerySet) -> HttpResponse:
    """Return the feed of a row, or where its slug was another, a redirect to its present address."""
    page = row.get_absolute_url()
    if row.slug != slug:
        return HttpResponsePermanentRedirect(f"{page}feed/")
    title = f"{settings.SITE_NAME} – {row.name}"
    return answer(articles, title=title, page=page, address=f"{page}feed/")


@public_page(generations.reader("pages"), shows_clocks=False)
def corrections_feed(request: HttpRequest) -> HttpResponse:
    """Return the feed of the newest notes on what was changed in articles or withdrawn. One query."""
    address = reverse("articles:corrections_feed")
    feed = PaperFeed(
        title=drop_controls(f"{settings.SITE_NAME} – corrections"),
        link=absolute("/"),
        description="What was corrected, updated or withdrawn.",
        language=settings.LANGUAGE_CODE,
        author_name=settings.PUBLISHER_NAME,
        feed_url=absolute(address),
    )
    for note in newest_notes():
        feed.add_entry(**drop_controls_within(correction_entry(note)))
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


def newest_notes() -> QuerySet[Correction]:
    """Return the newest notes with their articles and headlines. One query."""
    return (
        Correction.objects.select_related("article__live_version", "version_before")
        .only(
            "kind", "note", "at", "version_after",
            "article__status", "article__live_slug", "article__first_published_at",
            "article__live_version__headline", "article__live_version__language",
            "version_before__headline", "version_before__language",
        )
        .order_by("-at", "-pk")[:ITEMS]
    )  # fmt: skip


def correction_entry(note: Correction) -> dict[str, Any]:
    """Return the entry of a note; it leads to both texts compared, where the article has both."""
    article, before = note.article, note.version_before
    version = article.live_version or before
    address = article.get_absolute_url()
    is_compared = article.live_version and before and note.version_after_id
    headline = version.headline if version else ""
    return {
        "title": f"{note.get_kind_display()}: {headline}",
        "link": absolute(f"{address}corrections/{note.pk}/" if is_compared else address),
        "description": note.note,
        "content": format_html("<p>{}</p>", note.note),
        "unique_id": f"tag:{urlsplit(settings.SITE_URL).hostname},{note.at:%Y-%m-%d}:correction-{note.pk}",
        "pubdate": note.at,
        "updateddate": note.at,
        "language": version.language if version else settings.LANGUAGE_CODE,
    }


def answer(articles: ArticleQuerySet, *, title: str, page: str, address: str) -> HttpResponse:
    """Render a feed as a response. One query; where an entry is not kept, two to five more."""
    feed = PaperFeed(
        title=drop_controls(title),
        link=absolute(page),
        description="Editorial syntheses, reported from the wire.",
        language=settings.LANGUAGE_CODE,
        author_name=settings.PUBLISHER_NAME,
        feed_url=absolute(address),
    )
    left = MOST_TEXT
    newest = Newest(articles, at=timezone.now())
    for pk in newest.pks:
        needs = newest.needs(pk)
        kept = newest.entry(pk, most=MOST_TEXT if needs <= left else 0)
        if kept.item is not None:
            left -= len(kept.item["content"])
            feed.items.append(kept.item)
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry of a feed with its XML; None stands for what XML cannot carry."""

    item: dict[str, Any] | None

    def __len__(self) -> int:
        """Return how many characters it keeps: the text, and again in the XML."""
        return 2 * len(self.item["xml"]) if self.item else 0


class Newest:
    """The newest articles, and their entries as each process keeps them for every feed.

    One query; where entries are not kept, two to five more for all of them together.
    """

    def __init__(self, articles: ArticleQuerySet, *, at: datetime) -> None:
        self.pks = list(articles.newest_first().values_list("pk", flat=True)[:ITEMS])
        self._at = at

    def needs(self, pk: int) -> int:
        """Return how many characters the text and the framing of an article have."""
        make = partial(self._lengths, pk)
        return sum(shared("feed entry needs", pk, at=self._at, numbers=_pages(), make=make))

    def entry(self, pk: int, *, most: int) -> KeptEntry:
        """Return the entry of an article; where its text is longer than `most`, without it."""
        make = partial(self._write, pk, most)
        return shared("feed entry", pk, most, at=self._at, numbers=_pages(), make=make)

    def _lengths(self, pk: int) -> tuple[int, ...]:
        article = self._rows.get(pk)
        if article is None or article.live_version is None:
            return ()
        return len(article.html), len(article.live_version.framing_html)  # type: ignore[attr-defined]

    def _write(self, pk: int, most: int) -> KeptEntry:
        article = self._rows.get(pk)
        # One that was withdrawn since the list was read is in no feed.
        if article is None or article.live_version is None:
            return KeptEntry(None)
        version = article.live_version
        sources = self._sources[version.pk]
        fields = entry(article, version, sources, pictures=self._pictures, most=most)
        feed = PaperFeed(title="", link="", description="")
        return KeptEntry(feed.written_item(**drop_controls_within(fields)))

    @cached_property
    def _rows(self) -> dict[int, Article]:
        rows = with_text(Article.objects.live().filter(pk__in=self.pks))
        return {article.pk: article for article in rows}

    @cached_property
    def _sources(self) -> dict[int, FeedSources]:
        versions = [row.live_version for row in self._rows.values() if row.live_version]
        return read_feed_sources(versions, at=self._at)

    @cached_property
    def _pictures(self) -> dict[str, Image]:
        return find_pictures(row.html for row in self._rows.values())  # type: ignore[attr-defined]  # annotated


def with_text(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Fetch what entries show in one query, and no text that is too long."""
    is_short = When(html_length__lte=LONGEST_TEXT, then=F("live_version__html"))
    whole = Case(is_short, default=Value(""), output_field=TextField())
    return (
        for_feed(articles)
        .select_related("live_version__image", "live_section")
        .defer(*ONLY_IN_FORM, *unread_by(Reader.FEED, "live_version"))
        .annotate(html_length=Length("live_version__html"))
        .annotate(html=whole)
    )


def entry(
    article: Article,
    version: ArticleVersion,
    sources: FeedSources,
    *,
    pictures: Mapping[str, Image],
    most: int = MOST_TEXT,
) -> dict[str, Any]:
    """Return the feed entry of a live article. Its id stays the same when its address changes.

    Where text and framing are longer than `most` it has neither, nor sources.
    """
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
        "content": content(article, version, link, sources, pictures=pictures, most=most),
    }


def content(
    article: Article,
    version: ArticleVersion,
    link: str,
    sources: FeedSources,
    *,
    pictures: Mapping[str, Image],
    most: int,
) -> str:
    """Return the text of an article from `with_text`, with absolute links for feed readers."""
    text, framing = article.html, version.framing_html  # type: ignore[attr-defined]  # annotated
    is_whole = len(text) + len(framing) <= most
    text = with_signs(with_pictures(text, pictures, in_feed=True), flags=sources.flags)
    context = {
        "version": version,
        "picture": feed_picture(version.image, version.image_alt) if version.image else "",
        "flags": sources.flags,
        "text": text if is_whole else "",
        "framing": framing if is_whole else "",
        "sources": sources.html if is_whole else "",
        "more": is_whole and version.posts_cited > sources.count,
        "link": link,
        "SITE_NAME": settings.SITE_NAME,
    }
    html: str = render_to_string("articles/_feed_entry.html", context)
    home = absolute("/")
    # Only for HTML from our own renderer, which quotes every attribute.
    html = html.replace(' href="#', f' href="{link}#')
    return html.replace(' href="/', f' href="{home}').replace(' src="/', f' src="{home}')
