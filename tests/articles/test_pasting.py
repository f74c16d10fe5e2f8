import json

import pytest

from articles.models import Article
from tests.newsroom.factories import make_user

PASTE = "/desk/paste/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client):
    client.force_login(make_user(group="Writer"))
    return client


def send(client, **clipboard):
    return client.post(PASTE, json.dumps(clipboard), content_type="application/json")


def test_html_is_answered_with_markdown_and_nothing_is_stored(writer):
    answer = send(writer, html="<p>The <b>harbour</b>.</p><p>Closed.</p><img src=x>", text="x")

    assert answer.json() == {
        "markdown": "The **harbour**.\n\nClosed.",
        "is_inline": False,
        "note": "Not taken over: 1 picture.",
    }
    assert not Article.objects.exists()


def test_plain_text_is_answered_in_paragraphs(writer):
    answer = send(writer, text="The harbour is closed.\nNobody leaves.")

    assert answer.json()["markdown"] == "The harbour is closed.\n\nNobody leaves."


def test_html_without_words_is_answered_with_the_plain_text(writer):
    answer = send(writer, html="<meta charset='utf-8'><style>p{}</style>", text="Words.")

    assert answer.json() == {"markdown": "Words.", "is_inline": True, "note": ""}


@pytest.mark.parametrize("html", ["<s>Words.</s>", "<img src=x>", "<p hidden>Words.</p>"])
def test_words_that_only_the_plain_text_has_are_never_lost(writer, html):
    assert send(writer, html=html, text="Words.").json()["markdown"] == "Words."


def test_a_word_keeps_the_spaces_that_it_was_copied_with(writer):
    answer = send(writer, html="<i>harbour</i>", text="harbour ")

    assert answer.json()["markdown"] == "*harbour* "


def test_control_characters_and_overrides_are_not_pasted(writer):
    answer = send(writer, html="<p>The \u202eharbour\x07\ud800</p>", text="x")

    assert answer.json()["markdown"] == "The harbour"


def test_pasting_asks_the_database_for_nothing_but_the_session(writer, django_assert_num_queries):
    # The session, the user, and the permissions of the user and of the group.
    with django_assert_num_queries(4):
        answer = send(writer, html="<p>x</p>" * 1_000, text="x")

    assert answer.json()["markdown"].count("x") == 1_000


def test_a_paste_of_more_than_five_megabytes_is_refused_in_words(writer):
    answer = send(writer, html="x" * (5 * 1024 * 1024), text="x")

    assert answer.status_code == 413
    assert "More than 5 MB was pasted" in answer.json()["note"]


@pytest.mark.parametrize(
    ("html", "said"),
    [("<div>" * 100_000, "too complicated"), ("<p>word " * 50_000, "more than an article holds")],
)
def test_a_paste_that_cannot_be_read_is_refused_in_words(writer, html, said):
    answer = send(writer, html=html, text="x")

    assert answer.status_code == 422
    assert said in answer.json()["note"]


@pytest.mark.parametrize("body", ["", "[]", "nonsense", "[" * 100_000, '"x"', b"\xff\xfe"])
def test_a_body_that_is_no_clipboard_is_refused(writer, body):
    answer = writer.post(PASTE, body, content_type="application/json")

    assert answer.status_code == 400


def test_a_form_instead_of_json_is_refused(writer):
    answer = writer.post(PASTE, {"text": "Words."})

    assert answer.status_code == 400


def test_the_wire_desk_may_not_paste(client):
    client.force_login(make_user(group="Wire desk"))

    assert send(client, text="x").status_code == 403


def test_pasting_needs_the_token_of_the_form():
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(group="Writer"))

    assert send(client, text="x").status_code == 403
