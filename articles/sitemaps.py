"""The sitemap: an index, and files of a thousand articles each.

A file holds the articles of a range of primary keys: it stays the same when others are published,
and costs the same however many there are. A translation is in the file of its original, so that
what either says of the other changes with the file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable, ExpressionWrapper
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles.counterparts import Counterpart, alternates
from articles.models import (
    Article,
    ArticleQuerySet,
    ArticleVersion,
    Author,
    Correction,
    Listing,
    Section,
    SitePage,
    Topic,
)
from web.addresses import absolute
from web.characters import drop_controls
from web.conditional import public_page
from wires import generations

FILE = 1_000
# Search engines for news look no further back.
NEWS = timedelta(hours=48)
# A file may have 50,000 addresses.
MOST_OF_A_KIND = 15_000
# Pages that are there on every site.
OF_OURS = ("archive", "corrections_log", "sources", "methods", "topics", "authors")
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
# The key of an article, or of what it is a translation of.
_GROUP = Coalesce("live_original", "pk")
_IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"


@dataclass(frozen=True, slots=True)
class Listed:
    """An address, and when what is there last changed, where that is known."""

    path: str
    changed_at: datetime | None = None


# What changes an article for readers is its first publication or has a public note.


def newest_change(request: HttpRequest) -> datetime | None:
    """Return when an article was last published, updated or withdrawn. Two queries."""
    first = Article.objects.live().newest_first().values_list("first_published_at", flat=True)
    return _later(first.first(), _newest(Correction.objects.all()))


def newest_change_in(request: HttpRequest, number: str) -> datetime | None:
    """Return when an article of a file was last published, updated or withdrawn. Two queries."""
    published = articles_of(int(number)).aggregate(at=Max("first_published_at"))["at"]
    return _later(published, _newest_note_in(int(number)))


def _newest_note_in(number: int) -> datetime | None:
    """Return when an article of a file, or what was ever a translation of one, was last changed."""
    translations = ArticleVersion.objects.filter(original__pk__range=_keys(number))
    notes = (
        Correction.objects.filter(article__pk__range=_keys(number)),
        Correction.objects.filter(article__in=translations.values("article")),
    )
    first, second = (rows.order_by().values_list("at", flat=True) for rows in notes)
    found: datetime | None = first.union(second).order_by("-at").first()
    return found


def _newest(corrections: QuerySet[Correction]) -> datetime | None:
    at: datetime | None = corrections.aggregate(at=Max("at"))["at"]
    return at


@public_page(generations.reader("pages"), shows_clocks=False, changed_at=newest_change)
def index(request: HttpRequest) -> HttpResponse:
    """List the files of the sitemap. Two queries, which read indexes only."""
    noted: dict[int, datetime] = {}
    for file, at in _by_file(Correction.objects.all(), F("article_id"), "at").union(
        _by_file(_notes_on_translations(), F("article__live_original"), "at")
    ):
        noted[file] = max(at, noted.get(file, at))
    files = _by_file(Article.objects.live(), _GROUP, "first_published_at").order_by("file")
    listed = [
        Listed(reverse("articles:sitemap_articles", args=[file]), _later(at, noted.get(file)))
        for file, at in files
    ]
    others = [Listed(reverse(f"articles:sitemap_{name}")) for name in ("news", "sections", "pages")]
    return _answer("sitemapindex", "sitemap", [*others, *listed])


def _notes_on_translations() -> QuerySet[Correction]:
    return Correction.objects.filter(article__live_original__isnull=False)


@public_page(generations.reader("pages"), shows_clocks=False)
def sections(request: HttpRequest) -> HttpResponse:
    """List the sections. One query."""
    rows = Section.objects.only("slug").order_by("position", "name")
    return _answer("urlset", "url", [Listed(section.get_absolute_url()) for section in rows])


@public_page(generations.reader("pages"), shows_clocks=False)
def pages(request: HttpRequest) -> HttpResponse:
    """List the pages about the site, and topics and authors with public articles. Three queries."""
    has_listing = Exists(Listing.objects.filter(topic=OuterRef("pk")))
    has_signed = Exists(Listing.objects.filter(author=OuterRef("pk")))
    kinds: tuple[QuerySet[SitePage] | QuerySet[Topic] | QuerySet[Author], ...] = (
        SitePage.objects.public().in_order(),
        Topic.objects.filter(has_listing).order_by("slug"),
        Author.objects.with_page().filter(has_signed).order_by("slug"),
    )
    paths = [reverse(f"articles:{name}") for name in OF_OURS]
    paths += [row.get_absolute_url() for rows in kinds for row in rows[:MOST_OF_A_KIND]]
    return _answer("urlset", "url", [Listed(path) for path in paths])


@public_page(generations.reader("pages"), shows_clocks=False, changed_at=newest_change_in)
def articles(request: HttpRequest, number: str) -> HttpResponse:
    """List the live articles of a file. One query, and one where some are translations of others.

    Raises Http404 where there is none.
    """
    rows = articles_of(int(number)).order_by("pk").annotate(noted_at=_last_note())
    found = list(rows.only("first_published_at", "live_slug", "live_original", "live_version"))
    if not found:
        message = "The sitemap has no such file."
        raise Http404(message)
    told = _alternates_in(found)
    lines = [_line("url", _listed(row), told.get(row.live_group, "")) for row in found]
    return _written("urlset", lines, f' xmlns:xhtml="{_XHTML}"' if told else "")


def _listed(row: Article) -> Listed:
    noted_at: datetime | None = row.noted_at  # type: ignore[attr-defined]  # annotated
    return Listed(row.get_absolute_url(), _later(row.first_published_at, noted_at))


def _alternates_in(rows: Iterable[Article]) -> dict[int, str]:
    """Return what each of a group says of all of it, by the key of the group. One query, or none."""
    groups: dict[int, list[Article]] = {}
    for row in rows:
        groups.setdefault(row.live_group, []).append(row)
    groups = {key: group for key, group in groups.items() if len(group) > 1}
    versions = [row.live_version_id for group in groups.values() for row in group]
    texts = (
        ArticleVersion.objects.only("language", "headline").in_bulk(versions) if versions else {}
    )
    return {
        key: "".join(
            f'<xhtml:link rel="alternate" hreflang="{escape(language)}" href="{escape(at)}"/>'
            for language, at in alternates(
                [Counterpart.of(row, texts[row.live_version_id or 0]) for row in group]
            )
        )
        for key, group in groups.items()
    }


@public_page(generations.reader("pages"))
def news(request: HttpRequest) -> HttpResponse:
    """List the articles of the last 48 hours as search engines for news want them. One query."""
    since = timezone.now() - NEWS
    rows = (
        Article.objects.live()
        .filter(first_published_at__gt=since)
        .newest_first()
        .select_related("live_version__image")
        .only(
            "first_published_at", "live_slug", "live_version__headline", "live_version__language",
            *(f"live_version__image__{name}" for name in ("sha256", "extension", "width", "height", "renditions")),
        )[:FILE]
    )  # fmt: skip
    lines = [_news_line(row, row.live_version) for row in rows if row.live_version]
    return _written("urlset", lines, f' xmlns:news="{_NEWS}" xmlns:image="{_IMAGE}"')


def _news_line(article: Article, version: ArticleVersion) -> str:
    image = version.image
    at = f"{article.first_published_at:%Y-%m-%dT%H:%M:%SZ}"
    picture = (
        f"<image:image><image:loc>{escape(absolute(image.shared_url))}</image:loc></image:image>"
        if image
        else ""
    )
    return (
        f"<url><loc>{escape(absolute(article.get_absolute_url()))}</loc><news:news>"
        f"<news:publication><news:name>{_text(settings.SITE_NAME)}</news:name>"
        f"<news:language>{_text(news_language(version.language))}</news:language></news:publication>"
        f"<news:publication_date>{at}</news:publication_date>"
        f"<news:title>{_text(version.headline)}</news:title></news:news>{picture}</url>"
    )


def news_language(code: str) -> str:
    """Return a language as news sitemaps write it: two or three letters, and Chinese with its script."""
    language, _, rest = code.casefold().partition("-")
    if language == "zh":
        return "zh-tw" if rest.startswith(("hant", "tw", "hk", "mo")) else "zh-cn"
    return language


def _text(text: str) -> str:
    return escape(drop_controls(text))


def articles_of(number: int) -> ArticleQuerySet:
    """Return the live articles of a file: originals by their keys, and their translations."""
    keys = _keys(number)
    originals, translations = (
        Q(pk__range=keys, live_original=None),
        Q(live_original__pk__range=keys),
    )
    return Article.objects.live().filter(originals | translations)


def _keys(number: int) -> tuple[int, int]:
    return number * FILE, (number + 1) * FILE - 1


def _last_note() -> Subquery:
    """Return the moment of an article's newest correction, by the index of them."""
    of_article = Correction.objects.filter(article=OuterRef("pk")).order_by("-at", "-pk")
    return Subquery(of_article.values("at")[:1])


def _by_file(rows: QuerySet, key: Combinable, moment: str) -> QuerySet[Any, tuple[int, datetime]]:
    """Return the files that rows fall into by the primary key of an article, each with its newest."""
    file = ExpressionWrapper(key / FILE, output_field=IntegerField())
    by_file = rows.order_by().annotate(file=file).values("file").annotate(newest=Max(moment))
    found: QuerySet[Any, tuple[int, datetime]] = by_file.values_list("file", "newest")
    return found


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment), default=None)


def _answer(whole: str, part: str, listed: Iterable[Listed]) -> HttpResponse:
    return _written(whole, [_line(part, one) for one in listed])


def _written(whole: str, lines: Iterable[str], namespaces: str = "") -> HttpResponse:
    begin = f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{_NAMESPACE}"{namespaces}>'
    xml = "\n".join([begin, *lines, f"</{whole}>", ""])
    response = HttpResponse(xml, content_type="application/xml; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _line(part: str, one: Listed, more: str = "") -> str:
    at = (
        f"<lastmod>{one.changed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>"
        if one.changed_at
        else ""
    )
    return f"<{part}><loc>{escape(absolute(one.path))}</loc>{at}{more}</{part}>"
