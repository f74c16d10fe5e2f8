import io
import json
import time
from base64 import b64encode

import pytest
from django.contrib.auth.models import Permission
from django.core.files.storage import default_storage
from PIL import Image as Pillow

from articles.clipboard import take_out
from articles.models import Article, Image
from articles.prose import render
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
    with django_assert_num_queries(3):
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


# Pictures in the HTML itself


def inlined(body, **attributes):
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<img{said} src="data:image/png;base64,{b64encode(body).decode()}">'


def png(colour="navy", size=(30, 20)):
    out = io.BytesIO()
    Pillow.new("RGB", size, colour).save(out, format="PNG")
    return out.getvalue()


def test_pictures_in_the_html_are_uploaded_and_stand_where_they_stood(writer):
    html = f"<p>Before.</p><p>{inlined(png(), alt='A [navy] boat')}</p><p>After.{inlined(png('teal'))}</p>"

    said = send(writer, html=html, text="Before.\nAfter.").json()

    navy, teal = Image.objects.order_by("pk")
    assert said["markdown"] == (
        f"Before.\n\n![A (navy) boat](image:{navy.pk})\n\nAfter. ![](image:{teal.pk})"
    )
    assert said["note"] == "2 pictures were uploaded."
    assert navy.alt == "A [navy] boat"
    assert default_storage.exists(teal.filename)
    prose = render(said["markdown"], pictures=Image.objects.pictures_in(said["markdown"]))
    assert prose.pictures == (navy.pk, teal.pk)


def test_a_picture_alone_is_uploaded(writer):
    said = send(writer, html=inlined(png()), text="").json()

    assert said["markdown"] == f"![](image:{Image.objects.get().pk})"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"hello", "This is not an image that can be read"),
        (png()[:50], "This image file is damaged or was cut short"),
    ],
)
def test_a_picture_that_cannot_be_read_is_refused_in_words_and_the_text_stays(writer, body, why):
    said = send(writer, html=f"<p>Before.</p>{inlined(body)}<p>After.</p>", text="x").json()

    assert said["markdown"] == "Before.\n\nAfter."
    assert said["note"].startswith("Not uploaded: 1 picture.")
    assert why in said["note"]
    assert not Image.objects.exists()


def test_base64_that_is_none_is_refused_in_words(writer):
    html = '<p>Before.</p><img src="data:image/png;base64,QQ"><p>After.</p>'

    said = send(writer, html=html, text="x").json()

    assert said["markdown"] == "Before.\n\nAfter."
    assert said["note"].startswith("Not uploaded: 1 picture. This image file is damaged")


def test_pixels_that_count_readers_and_emoji_are_no_pictures(writer):
    html = f"<p>Before.{inlined(png(size=(1, 1)))}</p><p>Closed {inlined(png(), alt='🚢')}.</p>"

    said = send(writer, html=html, text="x").json()

    assert said["markdown"] == "Before.\n\nClosed 🚢."
    assert not Image.objects.exists()


def test_no_more_pictures_are_taken_than_an_article_shows(writer):
    html = "".join(f"<p>{inlined(png(size=(9, n + 3)))}</p>" for n in range(22))

    said = send(writer, html=html, text="x").json()

    assert Image.objects.count() == 20
    assert said["note"].startswith(
        "20 pictures were uploaded. Not uploaded: 2 pictures. At most 20"
    )
    assert "picture" not in said["markdown"]


def test_who_may_not_upload_gets_the_text_alone(client, db):
    user = make_user(group="Writer")
    user.groups.get().permissions.remove(Permission.objects.get(codename="add_image"))
    client.force_login(user)

    said = send(client, html=f"<p>Before.{inlined(png())}</p>", text="x").json()

    assert said["markdown"] == "Before."
    assert "You may not upload images." in said["note"]


@pytest.mark.parametrize("html", ["<img " * 100_000, '<img src="data:image/png;base64,' * 50_000])
def test_pictures_that_never_end_are_read_in_no_time(html):
    begun = time.process_time()
    take_out(html, word="picture0")

    assert time.process_time() - begun < 2
