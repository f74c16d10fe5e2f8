"""Forms refused before a view sees them: the text is returned, and nothing is saved."""

import re
from html import unescape

import pytest
from django.test import Client

from articles.models import Article
from tests.articles.factories import make_article
from tests.articles.form_fields import fields_of
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db


def change(article):
    return f"/desk/articles/article/{article.pk}/change/"


def text_of(answer):
    return answer.content.decode()


def test_text_posted_without_a_session_is_returned_with_a_login_link(client):
    article = make_article(headline="Ships turn back")
    data = fields_of(article, body="Typed <b>just</b> now.", standfirst="A new line.")

    answer = client.post(change(article), data)

    page = text_of(answer)
    assert answer.status_code == 403
    assert "You are no longer logged in" in page
    assert "Typed &lt;b&gt;just&lt;/b&gt; now." in page
    assert "A new line." in page
    assert f"/desk/login/?next={change(article).replace('/', '%2F')}" in page
    assert "no-store" in answer["Cache-Control"]
    article.refresh_from_db()
    assert article.body != "Typed <b>just</b> now."


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/desk/articles/article/add/", "headline"),
        ("/desk/articles/article/1/withdraw/", "note"),
        (f"/desk/articles/article/1/override/{'a' * 64}/", "note"),
        ("/desk/wires/post/", "reason"),
        ("/desk/wires/post/paste/", "text"),
        ("/desk/markets/instrument/1/correct/", "reason"),
        ("/desk/articles/article/1/change/", "wire_sources-0-note"),
        ("/desk/vet/", f"note-{'a' * 64}"),
    ],
)
def test_the_text_of_every_form_is_returned_when_the_session_has_ended(client, path, field):
    answer = client.post(path, {field: "Two hours of work."})

    assert answer.status_code == 403
    assert "Two hours of work." in text_of(answer)


def test_a_form_without_text_is_redirected_to_the_login(client):
    answer = client.post("/desk/wires/post/", {"action": "hide", "_selected_action": "1"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/login/?next=")


def test_a_page_opened_without_a_session_is_redirected_to_the_login(client):
    answer = client.get("/desk/articles/article/add/?headline=Ships")

    assert answer.status_code == 302


def test_logging_out_twice_redirects_to_the_login(client):
    answer = client.post("/desk/logout/", {"note": "x"})

    assert answer.status_code in {302, 403}


def test_a_csrf_failure_says_what_to_do_and_shows_the_posted_text():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(group="Writer"))
    article = make_article()
    data = fields_of(article, body="Typed <b>just</b> now.")

    answer = client.post(change(article), data)

    page = text_of(answer)
    assert answer.status_code == 403
    assert "This form was not accepted" in page
    assert "Typed &lt;b&gt;just&lt;/b&gt; now." in page
    assert f'href="{change(article)}">Open the page again' in page
    assert "CSRF" not in page
    assert Article.objects.get().body != "Typed <b>just</b> now."


def test_a_csrf_failure_at_login_shows_no_password():
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/desk/login/", {"username": "ann", "password": "correct horse"})

    assert answer.status_code == 403
    assert "correct horse" not in text_of(answer)
    assert "What you typed" not in text_of(answer)


@pytest.mark.parametrize("path", ["//evil.example/", "/desk/%22onload=x/", "/"])
def test_the_return_link_stays_on_the_site(path):
    client = Client(enforce_csrf_checks=True)

    answer = client.post(path, {"note": "x"})

    page = text_of(answer)
    assert answer.status_code == 403
    assert "This form was not accepted" in page
    assert 'href="//' not in page
    assert '"onload' not in page


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("Ships\0 wait.", "Ships wait."),
        ("\u202eShips wait.", "Ships wait."),
        ("x" * 100_000, "x" * 100_000),
        ("</pre><script>alert(1)</script>", "&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
    ],
    ids=["nul", "direction", "long", "script"],
)
def test_hostile_posted_text_is_returned_escaped(client, value, kept):
    answer = client.post("/desk/articles/article/add/", {"body": value})

    page = text_of(answer)
    assert answer.status_code == 403
    assert kept in page
    assert "<script>alert" not in page


# Sent again from the page that refuses it


def refused(path, data, *, user=None, **headers):
    """Send a form without a token; return the browser and the answer."""
    browser = Client(enforce_csrf_checks=True)
    if user:
        browser.force_login(user)
    return browser, browser.post(path, data, headers=headers)


def fields_to_send(answer):
    """Return the fields of the form on a page, as a browser sends them."""
    form = re.search(r'<form class="ask".*?</form>', text_of(answer), re.DOTALL)[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    typed = re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL)
    return {name: unescape(value) for name, value in [*hidden, *typed]}


def test_a_refused_form_is_sent_again_from_the_page_that_refused_it():
    article = make_article()
    body = 'Typed "just" now & <b>here</b>.'
    data = fields_of(article, body=body, _publish="1")
    browser, answer = refused(
        change(article), data, user=make_user(group="Editor"), origin="http://testserver"
    )

    again = fields_to_send(answer)
    sent = browser.post(change(article), again, headers={"origin": "http://testserver"})

    article.refresh_from_db()
    assert sent.status_code == 302
    assert (article.body, article.status) == (body, "draft")
    assert article.wire_sources.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
        {"origin": "http://testserver", "sec-fetch-site": "same-site"},
        {"origin": "https://testserver"},
        {"referer": "http://[evil"},
        {},
    ],
    ids=str,
)
def test_the_form_of_another_site_is_never_offered_to_be_sent_with_a_token(headers):
    user = make_user(group="Editor")

    _, answer = refused(change(make_article()), {"body": "Forged."}, user=user, **headers)

    assert answer.status_code == 403
    assert "Send again" not in text_of(answer)
    assert 'value="Forged.' not in text_of(answer)


def test_a_refused_form_gives_back_no_password_and_no_old_token():
    data = {
        "note": "x",
        "password": "hunter2",
        "csrfmiddlewaretoken": "stale" * 8,
        "code": "123456",
    }

    _, answer = refused("/desk/account/", data, origin="http://testserver")

    page = text_of(answer)
    assert "Send again" in page
    assert not any(secret in page for secret in ("hunter2", "stalestale", "123456"))


def test_names_and_values_of_a_refused_form_are_escaped():
    hostile = '"><script>alert(1)</script>'

    _, answer = refused(
        "/desk/articles/article/add/",
        {"body": hostile, hostile: hostile},
        origin="http://testserver",
    )

    assert "Send again" in text_of(answer)
    assert "<script>alert" not in text_of(answer)


def test_a_form_sent_after_the_session_ended_can_be_sent_again(client):
    article = make_article()
    data = fields_of(article, body="Typed just now [@r1].")
    answer = client.post(change(article), data, headers={"origin": "http://testserver"})

    client.force_login(make_user(group="Writer"))
    client.post(change(article), fields_to_send(answer))

    article.refresh_from_db()
    assert answer.status_code == 403
    assert article.body == "Typed just now [@r1]."
