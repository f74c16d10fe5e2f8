import logging
from pathlib import Path

import pytest

from articles import media
from articles.models import Image, ReplacedFile
from articles.pictures import render_image
from tests.articles.pictures.drawing import drawn, make_image
from tests.clock import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendered():
    image = make_image(size=(400, 200), body=drawn((400, 200), quality=95))
    render_image(image)
    return image


def address_of(image, row):
    return f"/media/{image.file_of(row)}"


@pytest.mark.parametrize("extension", ["avif", "webp", "jpg"])
def test_a_rendition_is_served_for_good_under_its_own_media_type(client, rendered, extension):
    row = next(row for row in rendered.stored if row.extension == extension)

    answer = client.get(address_of(rendered, row))

    kind = {"jpg": "jpeg"}.get(extension, extension)
    assert answer["Content-Type"] == f"image/{kind}"
    assert len(b"".join(answer)) == row.size
    assert "immutable" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer


def test_a_rendition_is_served_with_one_query(client, rendered, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get(address_of(rendered, rendered.stored[0]))

    assert answer.status_code == 200


def test_a_rendition_that_the_browser_has_is_not_sent_again(client, rendered):
    address = address_of(rendered, rendered.stored[0])
    tag = client.get(address)["ETag"]

    answer = client.get(address, headers={"If-None-Match": tag})

    assert (answer.status_code, answer.content) == (304, b"")
    tags = {client.get(address_of(rendered, row))["ETag"] for row in rendered.stored}
    assert len(tags) == len(rendered.stored)


def test_a_rendition_that_is_cut_short_is_not_served(client, rendered, settings, caplog):
    row = rendered.stored[0]
    path = Path(settings.MEDIA_ROOT) / rendered.file_of(row)
    path.write_bytes(path.read_bytes()[:50])

    answer = client.get(address_of(rendered, row))

    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    assert "cut short" in caplog.text
    assert [r.exc_info for r in caplog.records if r.levelno >= logging.ERROR] == [None]


def test_the_address_of_a_rendition_that_is_no_more_leads_to_one_that_is(client, rendered):
    gone = client.get(f"/media/{rendered.sha256}-320-00000000.avif")
    Image.objects.update(renditions=[])
    none = client.get(f"/media/{rendered.sha256}-320-00000000.avif")

    assert (gone.status_code, gone.url) == (302, rendered.url_for(320))
    assert (none.status_code, none.url) == (302, rendered.url)
    assert gone["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "name",
    [
        "{sha}.png",
        "{other}.jpg",
        "{other}-320-00000000.avif",
        "{sha}-320-00000000.gif",
        "{sha}-320.avif",
        "{sha}-320-0000000g.avif",
    ],
)
def test_what_is_no_picture_is_not_found(client, rendered, name):
    address = name.format(sha=rendered.sha256, other="0" * 64)

    assert client.get(f"/media/{address}").status_code == 404


def test_the_address_of_a_replaced_file_leads_to_the_new_one(client, rendered):
    ReplacedFile.objects.create(image=rendered, sha256="a" * 64, replaced_at=NOON)

    whole = client.get(f"/media/{'a' * 64}.jpg")
    small = client.get(f"/media/{'a' * 64}-320-00000000.webp")

    assert (whole.status_code, whole.url) == (302, rendered.url)
    assert small.url == rendered.url_for(320)


def test_an_unknown_picture_costs_two_queries(rf, django_assert_num_queries):
    with django_assert_num_queries(2):
        refused = media.original(rf.get("/"), "0" * 64, "jpg")

    assert (refused.status_code, refused.content) == (404, b"No such picture.")
