"""Every address that anybody may ask for, by the name of its view: of the demo and of the hostile site."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.contrib import admin
from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from articles import sitemaps
from articles.feeds import FORMATS, Format
from articles.models import Article, Author, Correction, Image, Section, SitePage, Topic
from articles.templatetags.articles import archive_day
from benchmarks.anonymous.hostile import Site
from web.keyset import Cursor
from wires.models import Outlet, Post, Story

DESK = "the desk to a stranger"
NOT_FOUND = "not found"
# Places in a list at which a page is asked for, both ways.
DEPTHS = 8

# What somebody writes behind the address of any page.
QUERIES = (
    "older=99999999999999999-999999999999999999",
    "newer=99999999999999999-999999999999999999",
    "older=0-0",
    "newer=0-0",
    "older=1-1&newer=1-1",
    "older=x",
    "older=%00-%00",
    f"older={quote('٣-٣')}",
    f"older={'9' * 3_000}",
    "&".join(["older=1-1"] * 300),
    "after=1",
    "before=",
    "page=999999999",
    "p=5000",
    "section=articles",
    "image=1;DROP",
    f"q={quote('💩' * 300)}",
    "%FF%FE=%FF",
    f"outlet={'a' * 3_000}",
    "language=cy",
    f"language={'z' * 3_000}",
    "platform=mastodon",
    "&".join(["platform=rss"] * 280),
    "language=cy&platform=rss",
)
# The views that read what stands behind the question mark.
LISTS = (
    "wires:wire",
    "wires:outlet",
    "articles:section",
    "articles:topic",
    "articles:author",
    "articles:corrections_log",
    "articles:archive",
    "articles:archive_day",
    "articles:search",
)
# What is searched for: common words, all forms of many, everything but a word, what is not there.
SEARCHES = (
    "the",
    "the a of to in",
    quote('"of the"'),
    "-zeppelin",
    "zeppelinn",
    quote("qwrtz " * 20),
    quote("harbour ports ships closed open rain fog gates master union " * 3),
)


@dataclass(frozen=True, slots=True)
class Pages:
    """The addresses of one view on the demo, and on the hostile site."""

    demo: Callable[[], list[str]]
    hostile: Callable[[Site], list[str]]


def fixed(address: str) -> Pages:
    return Pages(lambda: [address], lambda site: [address])


def of_rows(rows: QuerySet) -> list[str]:
    return [row.get_absolute_url() for row in rows]


def article_pages(site: Site) -> list[str]:
    rows = (site.large, site.corrected, site.withdrawn, site.ordinary)
    gone = site.large.get_absolute_url().replace("/20", "/19", 1)
    return [*(row.get_absolute_url() for row in rows), site.moved.path, gone]


def post_pages(site: Site) -> list[str]:
    rows = (site.often_cited, site.large_post, site.withdrawn_post, site.hidden_post)
    return [*(row.get_absolute_url() for row in rows), "/wire/posts/9223372036854775808/"]


def outlet_pages(site: Site) -> list[str]:
    outlet = site.flood.get_absolute_url()
    posts = Post.objects.filter(channel__outlet=site.flood)
    quiet = Outlet.objects.order_by("-pk")[:2]
    return [*of_rows(quiet), *paged(outlet, posts, "wire_at")]


def wire_pages(site: Site) -> list[str]:
    of_outlet = f"outlet={site.flood.slug}"
    last = Outlet.objects.order_by("-pk").values_list("slug", flat=True)[0]
    asked = (of_outlet, f"outlet={last}", f"{of_outlet}&language=cy", f"{of_outlet}&platform=rss")
    return [
        *paged("/wire/", Post.objects.all(), "wire_at"),
        *(f"/wire/?{query}" for query in asked),
        *paged("/wire/", Post.objects.all(), "wire_at", query="language=cy"),
    ]


def searches(site: Site) -> list[str]:
    topic = Topic.objects.order_by("-pk").values_list("slug", flat=True).first() or "none"
    narrowed = (
        f"section={site.section.slug}&topic={topic}&outlet={site.flood.slug}&since=2020-01-01"
    )
    asked = [f"q={words}" for words in SEARCHES]
    asked += [f"q=the&{narrowed}", narrowed]
    return [f"/search/?{query}{group}" for query in asked for group in ("", "&in=wire")]


def section_pages(site: Site) -> list[str]:
    last = Section.objects.order_by("-pk")[:1]
    address = site.section.get_absolute_url()
    return [*of_rows(last), *paged(address, Article.objects.live(), "first_published_at")]


def paged(address: str, rows: QuerySet, field: str, *, query: str = "") -> list[str]:
    """Return a list's first page and pages all the way down, in both directions."""
    count = rows.count()
    ordered = rows.order_by(field, "pk")
    cursors = [
        str(Cursor.of(row, field))
        for place in range(0, count, max(count // DEPTHS, 1))
        for row in ordered[place : place + 1]
    ]
    pages = [f"{way}={cursor}" for cursor in cursors for way in ("older", "newer")]
    return [
        f"{address}?{'&'.join(filter(None, (query, page)))}".rstrip("?") for page in ["", *pages]
    ]


def sitemap_files() -> list[str]:
    """Return the files of the sitemap that hold the oldest, a middle and the newest article."""
    keys = Article.objects.live().order_by("pk").values_list("pk", flat=True)
    places = {0, len(keys) // 2, len(keys) - 1}
    files = {keys[place] // sitemaps.FILE for place in places}
    return [reverse("articles:sitemap_articles", args=[file]) for file in (*files, 10**11)]


def feed_pages(name: str) -> Pages:
    """Return the feed of a section by the name of its view."""

    def of(section: Section | None) -> list[str]:
        return [reverse(name, args=[section.slug])] if section else []

    return Pages(lambda: of(Section.objects.first()), lambda site: of(site.section))


def label_pages(model: type[Topic | Author]) -> list[str]:
    """Return the pages of the topics, or of the authors; one that is not there where there is none."""
    return of_rows(model._default_manager.order_by("pk")[:DEPTHS]) or [
        f"/{model._meta.model_name}s/none/"
    ]


def label_feed(model: type[Topic | Author], form: Format) -> Pages:
    """Return the feed of a topic or an author in a format."""

    def pages() -> list[str]:
        return [form.address(page) for page in label_pages(model)[:1]]

    return Pages(pages, lambda site: pages())


def archive_days() -> list[str]:
    """Return the days of the archive on which the newest and the oldest article came out."""
    days = Article.objects.live().order_by("first_published_at")
    found = [row.first_published_at for row in (days.first(), days.last()) if row]
    return [archive_day(at.date()) for at in found if at] or ["/archive/2026/01/01/"]


def note_page(note: Correction) -> str:
    """Return the page of a note on a live article, or of a withdrawal, which has none."""
    return f"{note.article.get_absolute_url()}corrections/{note.pk}/"


def cited_page(post: Post, *, n: int = 0) -> str:
    """Return the page of a version of a post, its newest if not another is asked for."""
    newest = post.latest_version.n if post.latest_version else 1
    return reverse("articles:cited_version", args=[post.pk, n or newest])


def ways_to_article(post: Post) -> str:
    return reverse("wires:in_an_article", args=[post.pk])


def cited_posts() -> QuerySet[Post]:
    return Post.objects.filter(versions__citations__isnull=False).distinct().order_by("pk")[:DEPTHS]


def joined_stories() -> list[int]:
    """Return stories that there are, or one that is not: the demo may have none."""
    return [*Story.objects.order_by("pk").values_list("pk", flat=True)[:DEPTHS]] or [1]


def rendition_of(address: str) -> str:
    """Return the address of a rendition of an original that nobody made."""
    return f"{address.rpartition('.')[0]}-320-00000000.webp"


PAGES: Mapping[str, Pages] = {
    "front": fixed("/"),
    "wires:wire": Pages(lambda: ["/wire/"], wire_pages),
    "wires:fragment": fixed("/wire/live/"),
    "wires:post": Pages(lambda: of_rows(Post.objects.order_by("pk")[:DEPTHS]), post_pages),
    "wires:in_an_article": Pages(
        lambda: [ways_to_article(post) for post in cited_posts()],
        lambda site: [ways_to_article(post) for post in (site.often_cited, site.large_post)],
    ),
    "wires:outlet": Pages(lambda: of_rows(Outlet.objects.order_by("pk")[:DEPTHS]), outlet_pages),
    "articles:article": Pages(lambda: of_rows(Article.objects.live()), article_pages),
    "articles:search": Pages(
        lambda: ["/search/", "/search/?q=the"], lambda site: ["/search/", *searches(site)]
    ),
    "articles:section": Pages(lambda: of_rows(Section.objects.all()), section_pages),
    **{
        f"articles:section_feed{form.name}": feed_pages(f"articles:section_feed{form.name}")
        for form in FORMATS
    },
    **{
        f"articles:{kind}{form.name}": fixed(form.address(page))
        for kind, page in (
            ("feed", "/"),
            ("corrections_feed", "/corrections/"),
            ("wire_feed", "/wire/"),
        )
        for form in FORMATS
    },
    **{
        f"articles:{kind}_feed{form.name}": label_feed(model, form)
        for kind, model in (("topic", Topic), ("author", Author))
        for form in FORMATS
    },
    "articles:topics": fixed("/topics/"),
    "articles:authors": fixed("/authors/"),
    "articles:topic": Pages(
        lambda: of_rows(Topic.objects.all()) or ["/topics/none/"], lambda site: label_pages(Topic)
    ),
    "articles:author": Pages(
        lambda: of_rows(Author.objects.all()) or ["/authors/none/"],
        lambda site: label_pages(Author),
    ),
    "articles:media": Pages(
        lambda: [image.url for image in Image.objects.all()[:1]],
        lambda site: [
            site.picture.url,
            site.picture.url.replace("/media/", "/media/0")[:-5] + ".png",
        ],
    ),
    # Of one that is not there, so that what there is instead has to be found.
    "articles:rendition": Pages(
        lambda: [rendition_of(image.url) for image in Image.objects.all()[:1]],
        lambda site: [rendition_of(site.picture.url), rendition_of(f"/media/{'0' * 64}.jpg")],
    ),
    "articles:card": fixed(f"/cards/{'0' * 64}.jpg"),
    "articles:shared_preview": fixed(f"/preview/{'x' * 43}/"),
    "markets:page": fixed("/markets/"),
    "markets:strip": fixed("/markets/strip/"),
    "articles:corrections": Pages(
        lambda: [f"{row}corrections/" for row in of_rows(Article.objects.live()[:1])],
        lambda site: paged(
            f"{site.corrected.get_absolute_url()}corrections/", site.corrected.corrections, "at"
        ),
    ),
    "articles:correction": Pages(
        lambda: [note_page(note) for note in Correction.objects.all()[:DEPTHS]],
        lambda site: [note_page(site.rewrite), note_page(site.corrected.corrections.first())],
    ),
    "articles:corrections_log": Pages(
        lambda: ["/corrections/", "/corrections/?kind=withdraw"],
        lambda site: paged("/corrections/", Correction.objects.all(), "at"),
    ),
    "articles:archive": fixed("/archive/"),
    "articles:methods": fixed("/methods/"),
    "articles:sources": fixed("/sources/"),
    "articles:source": Pages(
        lambda: [f"/sources/{row.slug}/" for row in Outlet.objects.order_by("pk")[:DEPTHS]],
        lambda site: [f"/sources/{site.flood.slug}/"],
    ),
    "articles:archive_day": Pages(
        archive_days, lambda site: [*archive_days(), "/archive/2026/02/30/"]
    ),
    "articles:cited_version": Pages(
        lambda: [cited_page(post) for post in cited_posts()],
        lambda site: [
            cited_page(post, n=n) for post in (site.often_cited, site.large_post) for n in (0, 1)
        ],
    ),
    "articles:story": Pages(
        lambda: [reverse("articles:story", args=[pk]) for pk in joined_stories()],
        lambda site: paged(
            reverse("articles:story", args=[site.story.pk]), site.story.posts.all(), "wire_at"
        ),
    ),
    "articles:sitemap": fixed("/sitemap.xml"),
    "articles:sitemap_news": fixed("/sitemaps/news.xml"),
    "articles:sitemap_sections": fixed("/sitemaps/sections.xml"),
    "articles:sitemap_pages": fixed("/sitemaps/pages.xml"),
    "articles:sitemap_articles": Pages(sitemap_files, lambda site: sitemap_files()),
    "security_txt": fixed("/.well-known/security.txt"),
    "trust_txt": fixed("/trust.txt"),
    "well_known_trust_txt": fixed("/.well-known/trust.txt"),
    "opensearch": fixed("/opensearch.xml"),
    "manifest": fixed("/manifest.webmanifest"),
    "icon": fixed("/icon-512.png"),
    "offline": fixed("/offline/"),
    "service_worker": fixed("/service-worker.js"),
    "site_page": Pages(
        lambda: of_rows(SitePage.objects.all()) or ["/about/"], lambda site: ["/about/", "/none/"]
    ),
    "robots": fixed("/robots.txt"),
    "healthz": fixed("/healthz"),
    "readyz": fixed("/readyz"),
    "metrics": fixed("/metrics"),
    DESK: Pages(
        lambda: ["/desk/", "/desk/login/"],
        lambda site: ["/desk/", "/desk/login/", f"/desk/articles/article/{site.large.pk}/change/"],
    ),
    "admin_password_reset": fixed("/desk/forgotten/"),
    "password_reset_done": fixed("/desk/forgotten/sent/"),
    "password_reset_confirm": fixed("/desk/forgotten/x/y/"),
    "password_reset_complete": fixed("/desk/forgotten/done/"),
    NOT_FOUND: Pages(
        lambda: ["/nothing/"],
        lambda site: [
            "/nothing/",
            f"/{'a' * 4_000}/",
            f"/{'a/' * 2_000}",
            f"/{quote('💩' * 300)}/",
        ],
    ),
}


def public_views() -> set[str]:
    """Return the names of all views but the desk's, from the addresses of the site."""
    return set(_names(get_resolver().url_patterns, ""))


def _names(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        elif pattern.namespace != admin.site.name:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _names(pattern.url_patterns, space + inner)


def unlisted() -> set[str]:
    """Return the views that no address here asks for: a new one is listed, or nobody measures it."""
    return public_views() - PAGES.keys()


def with_queries(view: str, addresses: list[str]) -> list[str]:
    """Return the addresses, and the first of them with everything a stranger may add.

    A view that reads none of it gets a few.
    """
    plain = addresses[0].partition("?")[0] if addresses else ""
    queries = QUERIES if view in LISTS else QUERIES[::9]
    return [*addresses, *(f"{plain}?{query}" for query in queries if plain)]
