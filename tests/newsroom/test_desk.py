"""The whole desk: no anonymous access, and every page has the strict CSP."""

import re
from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from mail.models import Email
from tests.articles.factories import make_article, make_live_article, make_source
from tests.clock import NOON, later
from tests.markets.factories import make_held, make_instrument, make_provider
from tests.newsroom.factories import make_user
from tests.pages import shown
from tests.wires.factories import make_channel, make_post

pytestmark = pytest.mark.django_db

# Public by design: login, logout, a forgotten password, and the translations of admin's scripts.
OPEN = {
    "login", "logout", "jsi18n", "admin_password_reset", "password_reset_done",
    "password_reset_confirm", "password_reset_complete",
}  # fmt: skip
SAMPLES = {"slug": "x", "str": "wires", "uuid": str(uuid4())}


def addresses(resolver, pk, prefix=""):
    """Return every URL below a resolver, with this key and sample arguments, and its name."""
    samples = SAMPLES | {"int": str(pk), "path": str(pk)}
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, pk, route)
        elif isinstance(pattern, URLPattern):
            filled = re.sub(r"<(?:(\w+):)?\w+>", lambda m: samples[m[1] or "str"], route)
            filled = re.sub(r"\(\?P<\w+>[^)]*\)", "wires", filled).strip("^$").replace("\\", "")
            yield f"/{filled}", pattern.name


def desk_addresses(pk=1):
    return [
        (path, name) for path, name in addresses(get_resolver(), pk) if path.startswith("/desk/")
    ]


def test_a_superuser_reads_a_draft_on_several_of_these_urls(client):
    """Otherwise the refusals below would be of pages that show nothing to anybody."""
    secret = make_article(headline="A secret draft")
    client.force_login(make_user(is_superuser=True))

    telling = [
        name
        for path, name in desk_addresses(secret.pk)
        if "A secret draft" in client.get(path, follow=True).content.decode()
    ]

    assert {"index", "preview_stored", "articles_article_change"} <= set(telling)


def test_the_list_of_desk_urls_includes_the_known_ones():
    names = {name for _, name in desk_addresses()}

    assert len(desk_addresses()) > 80
    assert {
        "preview", "preview_page", "preview_stored", "upload", "vet", "autocomplete",
        "wires_post_paste", "articles_article_change", "articles_article_withdraw",
        "wires_channel_start", "auth_user_changelist", "alerts", "alerts_check", "usage", "account",
    } <= names  # fmt: skip


@pytest.mark.parametrize("method", ["get", "post", "head", "options", "put", "delete"])
def test_an_anonymous_visitor_is_refused_on_every_desk_url(method):
    secret = make_article(headline="A secret draft", body="Secret words [@r1].")
    make_live_article()
    client = Client()

    paths = [path for path, name in desk_addresses(secret.pk) if name not in OPEN]
    assert len(paths) > 80
    for path in paths:
        response = getattr(client, method)(path, {"content": "x"} if method == "post" else None)
        assert response.status_code in {302, 301, 403, 404, 405}, (method, path)
        assert "ecret" not in response.content.decode(), path
        if response.status_code in {301, 302}:
            assert response.url.startswith(("/desk/login/", f"{path}/")), (path, response.url)


@pytest.mark.parametrize("kind", ["reader", "dismissed"])
def test_a_user_who_is_not_staff_is_refused_on_every_desk_url(kind):
    reader = make_user(name="reader")
    type(reader).objects.update(is_staff=kind != "reader", is_active=kind != "dismissed")
    client = Client()
    client.force_login(reader)

    statuses = {
        path: client.get(path).status_code for path, name in desk_addresses() if name not in OPEN
    }

    assert len(statuses) > 80
    assert set(statuses.values()) <= {301, 302, 403, 404, 405}, statuses


def test_staff_without_a_group_can_read_nothing():
    secret = make_article(headline="A secret draft")
    client = Client()
    client.force_login(make_user())

    everybody = OPEN | {
        "password_change", "password_change_done", "index", "account", "second_factor",
        "second_factor_qr",
    }  # fmt: skip
    paths = [path for path, name in desk_addresses(secret.pk) if name not in everybody]
    assert len(paths) > 80
    for path in paths:
        response = client.get(path)
        assert response.status_code in {301, 302, 403, 404, 405}, path
        assert "A secret draft" not in response.content.decode(), path


def test_every_desk_page_has_the_strict_csp_and_nothing_inline(client):
    client.force_login(make_user(is_superuser=True))
    source = make_source(make_article(), key="t1")
    paths = [
        "/desk/", "/desk/login/?next=/", "/desk/password_change/", "/desk/account/",
        "/desk/second-factor/", "/desk/forgotten/", "/desk/forgotten/sent/", "/desk/lockouts/", "/desk/health/",
        "/desk/forgotten/done/", "/desk/forgotten/x/y/", "/desk/wires/post/",
        "/desk/wires/post/?q=x&cited=no", f"/desk/wires/post/{make_post().pk}/change/",
        "/desk/wires/post/paste/", "/desk/wires/channel/", "/desk/wires/channel/add/",
        "/desk/wires/outlet/add/", "/desk/articles/article/", "/desk/articles/article/add/",
        f"/desk/articles/article/{source.article_id}/change/",
        f"/desk/articles/article/{source.article_id}/history/",
        f"/desk/articles/article/{source.article_id}/delete/",
        f"/desk/preview/{source.article_id}/",
        "/desk/articles/image/", "/desk/articles/image/add/", "/desk/articles/section/add/",
        "/desk/articles/act/", "/desk/alerts/", f"/desk/usage/post/{source.post_id}/",
        f"/desk/wires/post/{source.post_id}/history/", "/desk/auth/user/", "/desk/auth/user/add/", "/desk/auth/group/",
    ]  # fmt: skip

    for path in ["/desk/login/", *paths]:
        response = (Client() if "login" in path else client).get(path)
        assert response.status_code == 200, path
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy, path
        assert "unsafe" not in policy, path
        page = response.content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*src=)", page), path
        assert not re.search(r'(?:src|href)="(?:https?:)?//(?!harbour\.example)', page), path
        # Django allows caching the password change form: it contains no personal data.
        if "password_change" not in path:
            assert "no-store" in response.headers["Cache-Control"], path


def test_the_desk_index_shows_what_needs_attention(client, django_assert_num_queries):
    client.force_login(make_user(group="Editor"))
    waiting = make_article(headline="Waiting for an editor", status="review")
    make_article(headline="Half written", sources=False)
    make_live_article(headline="Already public")
    make_channel(code="NAHR", health="failing", last_error="the server answered 503")
    make_post(title="Ships wait")
    make_post(title="Hidden words", hidden_at=later(), hidden_reason="Wrong.")
    make_held(make_instrument("Gold"), reason="its price is zero")
    make_held(make_instrument("Lead"), reason="It is over.", over_at=later())
    make_provider("ecb", health="failing", last_error="the answer is empty")
    client.get("/desk/")
    with CaptureQueriesContext(connection) as few:
        page = client.get("/desk/").content.decode()
    for n in range(8):
        make_article(headline=f"Draft {n}", sources=False)
        make_post()
        make_held()

    with django_assert_num_queries(len(few)) as many:
        client.get("/desk/")

    shown = page[page.index('class="work"') : page.index('id="content-main"')]
    assert f"/desk/articles/article/{waiting.pk}/change/" in shown
    for words in (
        "Waiting for an editor", "Half written", "Ships wait", "NAHR", "Cannot be read: the server answered 503.", "1 channel",
        "its price is zero", "European Central Bank", "the answer is empty",
    ):  # fmt: skip
        assert words in shown
    assert "It is over." not in shown
    # The front page, as a short list.
    assert shown.count("Already public") == 1
    assert "Hidden words" not in shown
    assert not [q for q in many.captured_queries if "COUNT(" in q["sql"]]


def test_the_desk_index_says_that_an_email_does_not_go_out(client, at_noon):
    times = {"asked_at": NOON, "next_attempt_at": NOON, "expires_at": later(hours=1)}
    who = {"to": "mara@paper.example", "subject": "A new password"}
    Email.objects.create(**who, **times, attempts=2, last_error="Connection refused")
    client.force_login(make_user())

    page = shown(client, "/desk/")

    for words in ("A new password", "not sent yet", "tried 2 times", "Connection refused"):
        assert words in page
    assert "mara" not in page


def test_the_desk_index_queries_nothing_the_user_may_not_see(client):
    make_article(headline="A secret draft", status="review")
    client.force_login(make_user())

    with CaptureQueriesContext(connection) as asked:
        page = shown(client, "/desk/")

    assert "secret" not in page
    assert [query["sql"] for query in asked if '"articles_' in query["sql"]] == []


# Shown on the pages of what they belong to, or not wired yet.
WITHOUT_A_PAGE = {
    "articles.wiresource", "articles.versionsource", "wires.postversion", "wires.capture",
    "wires.evidence", "wires.story", "articles.erasure",
}  # fmt: skip


def test_every_model_a_group_may_view_is_listed_at_the_desk():
    registered = {model._meta.label_lower for model in admin.site._registry}
    viewed = Permission.objects.filter(group__isnull=False, codename__startswith="view_")
    models = {f"{right.content_type.app_label}.{right.content_type.model}" for right in viewed}

    assert len(models) > 10
    assert models - registered == WITHOUT_A_PAGE


def test_the_desk_navigation_shows_what_the_group_may_open(client):
    def links(group):
        client.force_login(make_user(group=group))
        page = client.get("/desk/").content.decode()
        bar = page[page.index("desk-bar__links") :]
        return re.findall(r">([A-Z]\w+)</a>", bar[: bar.index("</ul>")])

    assert links("Wire desk") == [
        "Wire", "Articles", "Alerts", "Channels", "Outlets", "Markets",
    ]  # fmt: skip
    assert links("Writer") == [
        "Wire", "Articles", "Alerts", "Images", "Channels", "Outlets", "Markets", "Log",
    ]  # fmt: skip
    assert links("Publisher")[-1] == "People"


# What the desk keeps. Who asks, and whose rights they are, is looked up in all others.
KEPT = re.compile(r'FROM "((?:articles|wires|markets)_\w+|auth_user)"', re.IGNORECASE)
OWN_ROW = re.compile(r'FROM "auth_user" WHERE "auth_user"."id" = ')


def tables_read(queries):
    return {
        table
        for query in queries
        for table in KEPT.findall(query["sql"])
        if not OWN_ROW.search(query["sql"])
    }


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_desk_view_reads_a_row_before_it_asks_for_the_right(client, method):
    article = make_live_article()
    client.force_login(make_user())

    paths = [path for path, name in desk_addresses(article.pk) if name not in OPEN]
    read, refused = {}, 0
    for path in paths:
        with CaptureQueriesContext(connection) as queries:
            answer = getattr(client, method)(path)
        if answer.status_code == 403:
            refused += 1
            read |= {path: tables} if (tables := tables_read(queries.captured_queries)) else {}

    assert refused > 60
    assert read == {}


@pytest.mark.parametrize("text", [" ", "x", "1;DROP", "9" * 30, "9" * 5000, "-1", "1.5", "٣", "½"])
@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/desk/wires/channel/add/", "outlet"),
        ("/desk/articles/article/add/", "authors"),
        ("/desk/articles/article/add/", "image"),
        ("/desk/articles/article/add/", "wire_sources-0-post"),
    ],
)
def test_what_is_no_id_is_an_error_of_the_form(client, path, field, text):
    client.force_login(make_user(is_superuser=True))
    rows = {f"wire_sources-{name}": value for name, value in FORMSET.items()}

    answer = client.post(path, {**rows, field: text})

    assert answer.status_code == 200
    assert "errornote" in answer.content.decode()


FORMSET = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}


@pytest.mark.parametrize("verb", ["change", "delete"])
def test_a_column_without_a_name_is_taken_for_none(client, verb):
    article = make_article()
    client.force_login(make_user(is_superuser=True))

    answer = client.get(f"/desk/articles/article/{article.pk}/{verb}/?_to_field=")

    assert answer.status_code == 200
