"""Public pages: an article, a section."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import BigIntegerField, DateTimeField, SlugField
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles.amended import amendments
from articles.counterparts import Counterpart, alternates, in_order
from articles.models import (
    Article,
    ArticleQuerySet,
    ArticleVersion,
    Correction,
    Listing,
    ListingQuerySet,
    Redirect,
    Section,
    find_by_slug,
)
from articles.models.frozen import ONLY_IN_FORM, Reader, unread_by
from articles.news_article import news_article
from articles.page_parts import CORRECTIONS, Parts, read_parts, with_boxes, with_parts, with_signs
from articles.pictures import find_pictures, with_pictures
from articles.preview_links import find_link
from articles.related import related_articles
from articles.sharing import share_picture_of, share_picture_of_section
from web.conditional import public_page
from web.days import bounds_of
from web.fragments import shared
from web.interface import for_readers
from web.keyset import CURSORS, window
from web.prepared import Given, Prepared
from wires import generations
from wires.live_wire import live_entries

_pages = generations.reader("pages")

MORE, RELATED, SPARE = 4, 4, 4
SECTION_PAGE = 20
LEAD, BESIDE = 1, 3
ON_THE_SIDE = 6


def cards() -> ArticleQuerySet:
    """Return live articles for cards: one query, without columns only an article page shows."""
    return Article.objects.live().for_cards()


# An article


def at_address() -> ArticleQuerySet:
    moments = (Given("begins", DateTimeField()), Given("ends", DateTimeField()))
    articles = Article.objects.filter(
        first_published_at__range=moments, live_slug=Given("slug", SlugField())
    )
    return (
        with_parts(articles)
        .select_related(
            "live_version__section", "live_version__image", "live_version__card", "live_section"
        )
        .defer(*ONLY_IN_FORM, *unread_by(Reader.PAGE, "live_version"))
        .order_by("pk")[:1]
    )


def listings_of() -> ListingQuerySet:
    listings = Listing.objects.filter(article=Given("article", BigIntegerField()))
    return listings.select_related("author", "topic").order_by("position", "pk")


ARTICLE_AT, LISTINGS_OF = Prepared(at_address), Prepared(listings_of)


@public_page(generations.reader("pages"))
def article(request: HttpRequest, year: str, month: str, day: str, slug: str) -> HttpResponse:
    """Show a live article, redirect to its present address, or say that it was withdrawn."""
    bounds = bounds_in(year, month, day)
    found = bounds and ARTICLE_AT.first(begins=bounds[0], ends=bounds[1], slug=slug)
    if not found:
        return redirect_moved(request.path)
    if found.live_version is None:
        return withdrawn_page(request, found)
    context = reading(found, found.live_version, at=timezone.now())
    return render(request, "articles/article.html", context)


def bounds_in(year: str, month: str, day: str) -> tuple[datetime, datetime] | None:
    """Return the bounds of the day that an address names in UTC, None where there is no such day."""
    try:
        return bounds_of(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def published_on(year: str, month: str, day: str) -> ArticleQuerySet:
    """Return the articles first published on that UTC day, none where there is no such day."""
    bounds = bounds_in(year, month, day)
    articles = Article.objects.all()
    return articles.filter(first_published_at__range=bounds) if bounds else articles.none()


def reading(article: Article, version: ArticleVersion, *, at: datetime) -> dict[str, object]:
    """Return the template context of a live article.

    Two queries: what is true of its posts, and its topics and authors as they are called now. Where
    they are not kept, one for the newest of its section, and one or two for what is related. One or
    two more where its text shows pictures.
    """
    parts = read_parts(article, version, at=at)
    listings = LISTINGS_OF.rows(article=article.pk)
    beside = companions_of(article, version, listings, at=at)
    shown = {*beside.related, *(each.pk for each in beside.same)}
    more = [html for pk, html in more_like(article, at=at) if pk not in shown]
    return page_context(
        article,
        version,
        parts=parts,
        listings=listings,
        related=list(beside.related.values()),
        more=more[:MORE],
        counterparts=beside.same,
    )


def page_context(
    article: Article,
    version: ArticleVersion,
    *,
    parts: Parts,
    listings: Sequence[Listing] = (),
    related: Sequence[SafeString] = (),
    more: Sequence[SafeString] = (),
    counterparts: Sequence[Counterpart] = (),
    is_preview: bool = False,
) -> dict[str, object]:
    """Return what the template of an article page takes, of a stored article or not.

    No query, unless its text shows pictures.
    """
    html = with_boxes(with_pictures(version.html, find_pictures([version.html])))
    signed = signatures(version, listings)
    return {
        "article": article,
        "version": version,
        "html": with_signs(
            html,
            flags=parts.flags,
            fates=parts.fates,
            amended=parts.amended_sentences,
            language=version.language,
        ),
        "parts": parts,
        "signatures": signed,
        "topics": [listing.topic for listing in listings if listing.topic] or version.topics,
        "related": related,
        "more": more,
        "counterparts": counterparts,
        "updated_at": parts.changed_at,
        "is_demo": article.is_demo,
        "is_preview": is_preview,
        **(
            {}
            if is_preview
            else for_machines(article, version, parts, signed, counterparts=counterparts)
        ),
    }


def for_machines(
    article: Article,
    version: ArticleVersion,
    parts: Parts,
    signed: Sequence[tuple[str, str]],
    *,
    counterparts: Sequence[Counterpart],
) -> dict[str, object]:
    """Return what the head of a live article says to programs. No query."""
    picture = share_picture_of(version)
    return {
        "share_picture": picture,
        "alternates": alternates([Counterpart.of(article, version), *counterparts]),
        "news_article": news_article(
            article, version, parts, picture=picture, signed=signed, counterparts=counterparts
        ),
    }


def signatures(version: ArticleVersion, listings: Sequence[Listing]) -> list[tuple[str, str]]:
    """Return the names that a version was signed with, each with the address of its page, or ""."""
    pages = {
        listing.position: listing.author.get_absolute_url()
        for listing in listings
        if listing.author and listing.author.has_page
    }
    names = [byline["name"] for byline in version.bylines] or [settings.DEFAULT_BYLINE]
    return [(name, pages.get(n, "")) for n, name in enumerate(names)]


@dataclass(frozen=True, slots=True)
class KeptCards:
    """Small cards of articles in their order, by the article's key."""

    html: Mapping[int, SafeString]

    def __len__(self) -> int:
        """Return how many characters it keeps."""
        return sum(map(len, self.html.values()))


def more_like(article: Article, *, at: datetime) -> list[tuple[int, SafeString]]:
    """Return cards of the newest other articles of the same section, by key, and a few to spare.

    One query, none while kept.
    """
    section = article.live_section_id

    def make() -> KeptCards:
        # One of them may be the article itself, and others it in other languages, or related.
        newest = cards().filter(live_section_id=section).newest_first()[: MORE + RELATED + SPARE]
        return KeptCards({each.pk: small_card(each) for each in newest})

    kept = shared("more", section, at=at, numbers=_pages(), make=make)
    return [(pk, html) for pk, html in kept.html.items() if pk != article.pk]


@dataclass(frozen=True, slots=True)
class KeptCompanions:
    """Cards of related articles in their order, by key, and the article in other languages."""

    related: Mapping[int, SafeString]
    same: tuple[Counterpart, ...]

    def __len__(self) -> int:
        """Return how many characters it keeps."""
        return sum(map(len, self.related.values())) + sum(len(each.headline) for each in self.same)


def companions_of(
    article: Article, version: ArticleVersion, listings: Sequence[Listing], *, at: datetime
) -> KeptCompanions:
    """Return what belongs beside an article. Two queries at most, none while kept.

    What is published or withdrawn anywhere moves the number of pages, so that none stays.
    """
    topics = [listing.topic_id for listing in listings if listing.topic_id]

    def make() -> KeptCompanions:
        found = related_articles(article, version, topics=topics, most=RELATED)
        same = (Counterpart.of(each, each.live_version) for each in found.same if each.live_version)
        return KeptCompanions({each.pk: small_card(each) for each in found.related}, in_order(same))

    return shared("companions", article.pk, at=at, numbers=_pages(), make=make)


def small_card(article: Article) -> SafeString:
    context = {"article": article, "size": "small", "level": 3}
    return render_to_string("articles/_article_card.html", context)


def redirect_moved(path: str) -> HttpResponse:
    """Redirect to the present address of an article that moved. One query; raises Http404.

    Addresses of another program came with its articles, and may be written without the last slash.
    """
    paths = {path, f"{path.rstrip('/')}/"}
    redirect = (
        Redirect.objects.select_related("article").filter(path__in=paths).order_by("pk").first()
    )
    if redirect is None or not redirect.article.was_ever_public:
        message = "No such article."
        raise Http404(message)
    return HttpResponsePermanentRedirect(redirect.article.get_absolute_url())


def withdrawn_page(request: HttpRequest, article: Article) -> HttpResponse:
    """Show the notice of a withdrawn article with the reason. One query."""
    withdrawal = (
        article.corrections.filter(kind=Correction.Kind.WITHDRAW)
        .select_related("version_before")
        .only("kind", "note", "at", "version_before__headline", "version_before__language")
        .order_by("-at", "-pk")
        .first()
    )
    context = {"article": article, "withdrawal": withdrawal, "is_demo": article.is_demo}
    return render(request, "410.html", context, status=410)


def latest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)


# Its corrections


@public_page(generations.reader("pages"), query=CURSORS)
def corrections(request: HttpRequest, year: str, month: str, day: str, slug: str) -> HttpResponse:
    """Show every correction and update of a live article, newest first. Two queries of its own."""
    articles = Article.objects.live().for_cards() & published_on(year, month, day)
    article = get_object_or_404(articles, live_slug=slug)
    page = window(article.corrections.all(), request.GET, field="at", size=CORRECTIONS)
    context = {
        "article": article,
        "version": article.live_version,
        "section": article.live_section,
        "page": page,
        "updated_at": latest(*(row.at for row in page.rows)),
        "is_demo": article.is_demo,
    }
    return render(request, "articles/corrections.html", context)


@public_page(generations.reader("pages"))
def correction(
    request: HttpRequest, year: str, month: str, day: str, slug: str, pk: int
) -> HttpResponse:
    """Show one note of a live article with both texts compared. Two queries of its own."""
    articles = Article.objects.live().for_cards() & published_on(year, month, day)
    article = get_object_or_404(articles, live_slug=slug)
    notes = article.corrections.select_related("version_before", "version_after")
    note = get_object_or_404(notes, pk=pk)
    before, after = note.version_before, note.version_after
    is_erased = any(version is not None and version.is_erased for version in (before, after))
    context = {
        "article": article,
        "version": article.live_version,
        "section": article.live_section,
        "note": note,
        "is_erased": is_erased,
        "amendments": amendments(before, after) if before and after and not is_erased else [],
        "updated_at": note.at,
        "is_demo": article.is_demo,
    }
    return render(request, "articles/correction.html", context)


# A section


@public_page(generations.reader("pages"), query=CURSORS)
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the articles of a section, newest first. Two queries of its own."""
    section = find_by_slug(Section.objects.select_related("card"), slug)
    if section.slug != slug:
        return HttpResponsePermanentRedirect(section.get_absolute_url())
    page = window(
        cards().in_section(section), request.GET, field="first_published_at", size=SECTION_PAGE
    )
    ahead = 0 if page.newer else LEAD + BESIDE
    context = {
        "section": section,
        "share_picture": share_picture_of_section(section),
        "page": page,
        "is_first": not page.newer,
        "beside": page.rows[LEAD:ahead],
        "earlier": page.rows[ahead:],
        "entries": live_entries(timezone.now())[ON_THE_SIDE : 2 * ON_THE_SIDE],
        "updated_at": latest(*(row.live_version.at for row in page.rows if row.live_version)),
        "is_demo": any(row.is_demo for row in page.rows),
    }
    return render(request, "articles/section.html", context)


# A draft, for somebody outside


@require_safe
@for_readers
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a preview link shows, or that it shows nothing any more. One query.

    Nobody learns whether there ever was such a link, nor who made it.
    """
    link = find_link(token, at=timezone.now())
    if link is None:
        return _unlisted(render(request, "articles/preview_over.html", status=404))
    return _unlisted(render(request, "articles/shared_preview.html", {"link": link}))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Keep a page out of caches, search engines and the logs of the sites that it links to."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
