"""Where a picture is shown, another file for it, and pictures that are deleted."""

import io
import re
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image as Pillow

from articles.models import Image, ReplacedFile
from articles.pictures import NotReplaced, articles_showing, render_image, replace_file
from desk.pictures import decode
from desk.renditions import RECIPE
from tests.articles.factories import make_article, make_live_article
from tests.articles.pictures.drawing import drawn, make_image
from tests.newsroom.factories import make_user
from wires import generations

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk_editor(editor):
    browser = Client()
    browser.force_login(editor)
    return browser


def plain(colour="navy", size=(60, 30)):
    out = io.BytesIO()
    Pillow.new("RGB", size, colour).save(out, format="PNG")
    return out.getvalue()


def upload(client, address, body):
    return client.post(address, {"image": SimpleUploadedFile("boat.png", body)})


def replace(client, image, body):
    return upload(client, f"/desk/articles/image/{image.pk}/replace/", body)


def files_in(settings):
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).iterdir())


def mark(image):
    return f"The harbour is closed [@r1].\n\n![](image:{image.pk})"


# Where it is shown


def test_articles_that_show_a_picture_are_found_by_head_and_text_published_and_in_drafts():
    image, other = make_image(), make_image()
    at_head = make_live_article(headline="Head", image=image)
    in_text = make_live_article(headline="Text", body=mark(image))
    draft = make_article(headline="Draft", body=mark(image))
    taken_out = make_live_article(headline="Out", image=image)
    type(taken_out).objects.filter(pk=taken_out.pk).update(image=None)
    make_live_article(headline="Other", image=other)

    found = {
        each.article.pk: (each.to_readers, each.in_draft)
        for each in articles_showing(image, most=100)
    }

    assert found == {
        at_head.pk: (True, True),
        in_text.pk: (True, True),
        draft.pk: (False, True),
        taken_out.pk: (True, False),
    }


def test_a_picture_whose_number_begins_alike_is_another():
    image = make_image(pk=17)
    make_article(body="![](image:170)")

    assert articles_showing(image, most=100) == []


@pytest.mark.parametrize("articles", [1, 5])
def test_articles_that_show_a_picture_take_one_query(django_assert_num_queries, articles):
    image = make_image()
    for n in range(articles):
        make_live_article(headline=f"Head {n}", image=image)

    with django_assert_num_queries(1):
        assert len(articles_showing(image, most=100)) == articles


def test_the_page_of_a_picture_says_where_it_is_shown(desk_editor):
    image = make_image()
    make_live_article(headline="Ships turn back", image=image)

    page = desk_editor.get(f"/desk/articles/image/{image.pk}/change/").content.decode()

    assert re.search(r"Ships turn back</a>:\s+published, and in its draft", page)
    assert "Replace file…" in page


# Another file


@pytest.mark.django_db(transaction=True)
def test_a_replaced_file_keeps_its_words_and_leads_to_the_new_one(desk_editor, client, settings):
    image = make_image(alt="A boat", credit="Ines", caption="At noon", rights="Ours")
    render_image(image)
    article = make_live_article(image=image, body=mark(image))
    old, before = image.url, generations.reader("pages")()

    said = desk_editor.get(f"/desk/articles/image/{image.pk}/replace/").content.decode()
    answer = replace(desk_editor, image, plain())

    image.refresh_from_db()
    assert "readers see the new file at once" in said
    assert article.headline in said
    assert answer.url == f"/desk/articles/image/{image.pk}/change/"
    assert (image.alt, image.credit, image.caption, image.rights) == (
        "A boat", "Ines", "At noon", "Ours"
    )  # fmt: skip
    assert (image.width, image.height, image.extension, image.recipe) == (60, 30, "png", 0)
    assert files_in(settings) == [image.filename]
    assert client.get(old).url == image.url
    page = client.get(article.get_absolute_url()).content.decode()
    assert page.count(f'src="{image.url}" width="60" height="30"') == 2
    assert old not in page
    assert generations.reader("pages")() != before
    assert LogEntry.objects.get().change_message == "Replaced the file."


def test_a_replaced_file_can_come_back_and_be_replaced_again(desk_editor):
    image = make_image(body=decode(plain("teal")).body, kind="PNG", size=(60, 30))
    first = image.sha256

    for colour in ("navy", "teal", "navy"):
        replace(desk_editor, image, plain(colour))

    image.refresh_from_db()
    assert image.sha256 != first
    assert [row.sha256 for row in ReplacedFile.objects.all()] == [first]


def test_a_replaced_file_does_not_come_into_the_library_as_a_new_picture(desk_editor):
    image = make_image(body=decode(plain("teal")).body, kind="PNG", size=(60, 30))
    replace(desk_editor, image, plain("navy"))

    answer = upload(desk_editor, "/desk/upload/", plain("teal"))

    assert answer.status_code == 400
    assert f"was in the library as image {image.pk}, and was replaced" in answer.content.decode()
    assert Image.objects.count() == 1


def test_a_file_that_the_library_has_replaces_no_other(desk_editor):
    image = make_image()
    upload(desk_editor, "/desk/upload/", plain())
    other = Image.objects.latest("pk")

    answer = replace(desk_editor, image, plain()).content.decode()

    assert f"The library has this file already, as image {other.pk}." in answer
    assert not ReplacedFile.objects.exists()


def test_the_same_file_replaces_nothing(desk_editor):
    upload(desk_editor, "/desk/upload/", plain())
    image = Image.objects.get()

    assert (
        "This is the file that the image has"
        in replace(desk_editor, image, plain()).content.decode()
    )


@pytest.mark.parametrize("body", [b"hello", plain()[:50]])
def test_what_is_no_picture_replaces_nothing(desk_editor, settings, body):
    image = make_image()

    page = replace(desk_editor, image, body).content.decode()

    assert "errorlist" in page
    assert files_in(settings) == [image.filename]


def test_what_readers_see_is_replaced_by_those_who_may_update_articles(writer, desk_editor):
    drafted, public = make_image(), make_image()
    make_article(image=drafted)
    make_live_article(image=public)

    assert replace(writer, public, plain()).status_code == 403
    assert (
        "Replace file…"
        not in writer.get(f"/desk/articles/image/{public.pk}/change/").content.decode()
    )
    assert replace(writer, drafted, plain()).status_code == 302


def test_a_file_that_somebody_else_replaced_meanwhile_stays(editor):
    image = make_image()
    Image.objects.update(sha256="d" * 64)

    with pytest.raises(NotReplaced, match="a moment ago"):
        replace_file(image, decode(plain()), by=editor, at=image.uploaded_at)
    assert Image.objects.get().sha256 == "d" * 64


# Deleted


@pytest.fixture
def superuser(client, db):
    client.force_login(make_user(is_superuser=True))
    return client


def delete(client, image):
    return client.post(f"/desk/articles/image/{image.pk}/delete/", {"post": "yes"})


def test_a_deleted_picture_takes_its_files_along(
    superuser, settings, django_capture_on_commit_callbacks
):
    image, other = make_image(body=drawn(quality=95)), make_image()
    render_image(image)
    assert len(image.files) > 3

    with django_capture_on_commit_callbacks(execute=True):
        delete(superuser, image)

    assert [row.pk for row in Image.objects.all()] == [other.pk]
    assert files_in(settings) == [other.filename]


@pytest.mark.parametrize("shown", ["at the head of a draft", "in a draft", "in an old version"])
def test_a_picture_that_is_shown_is_not_deleted(superuser, settings, shown):
    image = make_image()
    if shown == "at the head of a draft":
        make_article(image=image)
    elif shown == "in a draft":
        make_article(body=mark(image))
    else:
        article = make_live_article(body=mark(image))
        type(article).objects.filter(pk=article.pk).update(body="")

    answer = delete(superuser, image)

    assert answer.url == f"/desk/articles/image/{image.pk}/change/"
    assert "Replace its file instead." in superuser.get(answer.url).content.decode()
    assert files_in(settings) == [image.filename]


def test_a_picture_is_not_rendered_after_its_file_was_replaced_meanwhile(desk_editor, settings):
    image = make_image(body=drawn(quality=95))
    stale = Image.objects.get()
    replace(desk_editor, image, plain())

    assert render_image(stale) is False
    row = Image.objects.get()
    assert (row.recipe, row.renditions) == (0, [])
    assert row.recipe < RECIPE


def test_many_drafts_do_not_hide_that_readers_see_a_picture(writer):
    image = make_image(pk=1)
    make_live_article(headline="Live", image=image)
    for n in range(101):
        make_article(headline=f"Draft {n}", slug=f"draft-{n}", sources=False, body=mark(image))

    answer = replace(writer, image, plain())

    image.refresh_from_db()
    assert answer.status_code == 403
    assert image.extension == "jpg"


def test_pictures_whose_number_begins_alike_do_not_crowd_out_one_that_is_shown():
    image = make_image(pk=1)
    article = make_live_article(headline="Live", body=mark(image))
    for n in range(10, 13):
        make_article(headline=f"Draft {n}", slug=f"draft-{n}", body=f"![](image:{n})")

    found = [each.article.pk for each in articles_showing(image, most=2)]

    assert found == [article.pk]


@pytest.mark.parametrize("address", ["library/{}/", "{}/change/"])
def test_saving_words_leaves_the_file_alone_which_may_be_replaced_meanwhile(writer, address):
    image = make_image()
    words = {"alt": "A quay", "credit": "Ines", "focus_x": 10, "focus_y": 50}
    sent = words | {f"image{image.pk}-{name}": value for name, value in words.items()}

    with CaptureQueriesContext(connection) as queries:
        writer.post(f"/desk/articles/image/{address.format(image.pk)}", sent)

    image.refresh_from_db()
    (stored,) = [q["sql"] for q in queries if q["sql"].startswith('UPDATE "articles_image"')]
    assert (image.alt, image.focus_x) == ("A quay", 10)
    assert "sha256" not in stored.partition("WHERE")[0]
    assert "renditions" not in stored
