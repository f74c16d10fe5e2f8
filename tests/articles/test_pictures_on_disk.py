"""Pictures on a full disk, and truncated files."""

import io
import logging
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from PIL import Image as Pillow

from articles.models import Image
from newsroom.demo.edition import Edition
from newsroom.demo.loading import _image
from tests.clock import NOON

pytestmark = pytest.mark.django_db

UPLOAD = "/desk/upload/"
LIBRARY = "/desk/articles/image/add/"


@pytest.fixture
def media_folder(settings):
    return Path(settings.MEDIA_ROOT)


def upload(client, *, to=UPLOAD):
    out = io.BytesIO()
    Pillow.effect_noise((120, 120), 50).save(out, format="PNG")
    file = SimpleUploadedFile("boat.png", out.getvalue(), content_type="image/png")
    return client.post(to, {"image": file})


def files_in(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("to", [UPLOAD, LIBRARY])
def test_an_upload_is_refused_in_one_line_when_the_disk_is_full(
    writer, media_folder, small_disk, caplog, to
):
    response = upload(writer, to=to)

    page = response.content.decode()
    assert page.count("The image could not be stored: File too large. Tell the people") == 1
    assert response.status_code == (400 if to == UPLOAD else 200)
    assert not Image.objects.exists()
    assert files_in(media_folder) == []
    logged = [record.levelname for record in caplog.records if record.levelno >= logging.ERROR]
    assert logged == ["ERROR"]
    assert "could not be stored: File too large" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("length", [0, 100])
def test_a_file_cut_short_is_not_served(writer, media_folder, caplog, length):
    upload(writer)
    image = Image.objects.get()
    path = media_folder / image.filename
    path.write_bytes(path.read_bytes()[:length])

    answer = writer.get(image.url)

    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    assert "ETag" not in answer
    (line,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert line.exc_info is None
    assert f"has {length} bytes of {image.size}; upload it again" in line.getMessage()


@pytest.mark.parametrize("length", [0, 100])
def test_uploading_a_picture_again_repairs_its_file(writer, media_folder, length):
    upload(writer)
    image = Image.objects.get()
    path = media_folder / image.filename
    whole = path.read_bytes()
    path.write_bytes(whole[:length])

    # The same pixels, so the same re-encoded file.
    file = SimpleUploadedFile("again.png", whole, content_type="image/png")
    writer.post(UPLOAD, {"image": file})
    answer = writer.get(image.url)

    assert Image.objects.get() == image
    assert path.read_bytes() == whole == b"".join(answer)
    assert "immutable" in answer["Cache-Control"]
    assert files_in(media_folder) == [image.filename]


def test_the_demo_edition_repairs_a_picture_that_was_cut_short(media_folder):
    picture = Edition.read().pictures[0]
    image = _image(picture, at=NOON)
    (media_folder / image.filename).write_bytes(b"")

    again = _image(picture, at=NOON)

    assert again == image
    assert (media_folder / image.filename).read_bytes() == picture.path.read_bytes()


def test_the_demo_edition_is_refused_in_one_line_when_the_disk_is_full(media_folder, small_disk):
    with pytest.raises(CommandError, match="The image could not be stored: File too large"):
        call_command("load_demo")

    assert files_in(media_folder) == []
    assert not Image.objects.exists()
