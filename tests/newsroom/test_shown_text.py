"""Overrides of direction: none is stored by the desk, and none is shown."""

import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from articles.models import Article, Author
from newsroom.shown_text import drop_overrides
from tests.articles.factories import make_author, make_live_article
from tests.newsroom.factories import make_user
from wires.html import clean_prose
from wires.models import Outlet

OVERRIDE = re.compile("[\u202a-\u202e]")


@pytest.mark.django_db
def test_an_override_in_a_stored_name_or_text_is_on_no_page(client):
    make_live_article(headline="Ships \u202eturn\u202c back", body="Ships &#8238;wait\u202e. [@r1]")
    Author.objects.update(name="Ines \u202eOkonjo")
    Outlet.objects.update(name="Harbour \u202dWire")

    article = Article.objects.get()
    pages = [client.get(path) for path in (article.get_absolute_url(), "/", "/feed/", "/wire/")]

    assert [page.status_code for page in pages] == [200] * 4
    assert not [page for page in pages if OVERRIDE.search(page.content.decode())]


@pytest.mark.django_db
def test_the_desk_stores_no_override(client):
    client.force_login(make_user(is_superuser=True))
    author = make_author()

    client.post(
        f"/desk/articles/author/{author.pk}/change/",
        {"name": "Ines \u202eOkonjo\u2067", "slug": author.slug, "bio": ""},
    )
    author.refresh_from_db()

    assert author.name == "Ines Okonjo"


def test_a_page_in_arabic_keeps_its_isolates():
    text = "قال \u2068Reuters\u2069 إن 3\u200f سفن"
    middleware = drop_overrides(lambda request: HttpResponse(text))

    assert middleware(RequestFactory().get("/")).content.decode() == text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (rb'{"title": "a\u202Eb"}', b'{"title": "ab"}'),
        (rb'{"title": "\\\u202eb"}', rb'{"title": "\\b"}'),
        # A backslash, and letters after it.
        (rb'{"title": "\\u202eb"}', rb'{"title": "\\u202eb"}'),
    ],
)
def test_an_override_written_as_json_does_is_dropped(written, shown):
    middleware = drop_overrides(lambda request: HttpResponse(written, "application/feed+json"))

    assert middleware(RequestFactory().get("/")).content == shown


def test_a_picture_is_sent_as_it_is():
    picture = b"\xe2\x80\xae"
    middleware = drop_overrides(lambda request: HttpResponse(picture, "image/png"))

    assert middleware(RequestFactory().get("/")).content == picture


def test_our_own_prose_has_no_override_and_keeps_isolates():
    assert clean_prose("<p>a&#x202e;b \u2068c\u2069</p>") == "<p>ab \u2068c\u2069</p>"
