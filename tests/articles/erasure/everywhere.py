"""Whatever the database holds and whatever pages say, to look for words in."""

import contextlib
import zlib

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.feeds import FORMATS
from articles.models import Article, ArticleVersion, Author, Erasure, Topic
from articles.templatetags.articles import archive_day
from tests.newsroom.factories import make_user
from wires.models import Channel, Outlet, Post, PostVersion, Story


def read_value(column, value):
    """Return a value of a column as text: bytes unpacked, sessions decoded."""
    if isinstance(value, memoryview | bytes):
        raw = bytes(value)
        with contextlib.suppress(zlib.error):
            raw = zlib.decompress(raw)
        return raw.decode("utf-8", "replace")
    if column == "session_data":
        return f"{value} {SessionStore().decode(value)}"
    return str(value)


def dump(on=connection):
    """Yield table, column and text of every value in a database."""
    with on.cursor() as cursor:
        for table in on.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {on.ops.quote_name(table)}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if value is not None:
                        text = read_value(column, value)
                        # JSON on SQLite writes other letters as escapes.
                        yield (
                            table,
                            column,
                            text + text.encode().decode("unicode_escape", "replace"),
                        )


def columns_with(word, on=connection):
    """Return where a word stands, in any case, as table.column."""
    found = {
        f"{table}.{column}"
        for table, column, text in dump(on)
        if word.casefold() in text.casefold()
    }
    return sorted(found)


# Of these the first have feeds.
WITH_FEEDS = ("/", "/wire/", "/corrections/")
WITHOUT = (
    "/wire/live/", "/archive/", "/sources/", "/topics/", "/authors/", "/sitemap.xml", "/robots.txt",
    "/sitemaps/news.xml", "/sitemaps/articles-0.xml", "/search/?q=harbour",
    "/search/?q=harbour&in=wire",
)  # fmt: skip


OF_ROW = (
    (Post, "wires:post", "pk"),
    (Story, "articles:story", "pk"),
    (Outlet, "wires:outlet", "slug"),
    (Outlet, "articles:source", "slug"),
)


def public_addresses():
    yield from WITHOUT
    for post, n in PostVersion.objects.values_list("post", "n"):
        yield reverse("articles:cited_version", args=[post, n])
    for model, name, key in OF_ROW:
        yield from (
            reverse(name, args=[value]) for value in model.objects.values_list(key, flat=True)
        )
    with_feeds = [*WITH_FEEDS]
    with_feeds += [row.get_absolute_url() for row in (*Author.objects.all(), *Topic.objects.all())]
    for article in Article.objects.all():
        if article.was_ever_public:
            yield article.get_absolute_url()
            yield f"{article.get_absolute_url()}corrections/"
            yield archive_day(article.first_published_at.date())
            with_feeds.append(article.live_section.get_absolute_url())
    for page in dict.fromkeys(with_feeds):
        yield page
        yield from (form.address(page) for form in FORMATS)


LISTS = (
    "/desk/", "/desk/alerts/", "/desk/erasures/", "/desk/wires/post/", "/desk/wires/channel/",
    "/desk/wires/outlet/", "/desk/articles/article/", "/desk/articles/articleversion/",
    "/desk/articles/act/", "/desk/articles/correction/",
)  # fmt: skip
OF_ROWS = {
    Post: ("/desk/wires/post/{}/change/", "/desk/wires/post/{}/history/", "/desk/usage/post/{}/"),
    Channel: ("/desk/wires/channel/{}/change/",),
    Article: (
        "/desk/articles/article/{}/change/", "/desk/articles/article/{}/history/", "/desk/preview/{}/",
    ),
    ArticleVersion: ("/desk/articles/articleversion/{}/change/",),
    Erasure: ("/desk/erasures/{}/",),
}  # fmt: skip


def desk_addresses():
    yield from LISTS
    for model, pages in OF_ROWS.items():
        for pk in model.objects.values_list("pk", flat=True):
            yield from (page.format(pk) for page in pages)


def pages_with(word):
    """Return the addresses, public and of the desk, whose page has a word. Each page must answer."""
    reader, member = Client(), Client()
    member.force_login(make_user(is_superuser=True))
    found = []
    # A hidden post is not found, a withdrawn article is gone, and what none cites leads to its post.
    public, of_desk = {200, 302, 404, 410}, {200}
    for client, addresses, usual in (
        (reader, public_addresses(), public),
        (member, desk_addresses(), of_desk),
    ):
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code in usual, f"{address} answered {answer.status_code}"
            body = b"".join(answer) if answer.streaming else answer.content
            if word.casefold() in body.decode().casefold():
                found.append(address)
    return found
