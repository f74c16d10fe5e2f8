import io
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from articles.models import Image
from articles.pictures import render_image, render_missing
from desk.pictures import decode
from desk.renditions import RECIPE
from newsroom.tasks import run_tasks
from newsroom.worker_jobs import JOBS
from tests.articles.pictures.drawing import drawn, make_image
from tests.clock import NOON
from wires import generations

pytestmark = pytest.mark.django_db

UPLOAD = "/desk/upload/"
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def media_folder(settings):
    return Path(settings.MEDIA_ROOT)


def files_in(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def errors_of(caplog):
    return [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_the_renditions_of_an_upload(writer, media_folder):
    file = SimpleUploadedFile("boat.jpg", drawn(quality=95), content_type="image/jpeg")
    writer.post(UPLOAD, {"image": file})
    before = Image.objects.get()

    run_tasks()

    image = Image.objects.get()
    assert (before.renditions, before.srcset, before.sources) == ([], "", [])
    assert {row.width for row in image.stored} == {320, 640, 800}
    assert image.recipe == RECIPE
    assert files_in(media_folder) == sorted(image.files)
    for row in image.stored:
        assert (media_folder / image.file_of(row)).stat().st_size == row.size


def test_renditions_are_offered_the_lightest_format_first_each_with_its_widths():
    image = make_image(body=drawn(quality=95))

    render_image(image)

    image.refresh_from_db()
    assert [source.media_type for source in image.sources] == ["image/avif", "image/webp"]
    offered = [part.split()[1] for part in image.srcset.split(", ")]
    assert offered == ["320w", "640w", "800w"]
    # Its own width is the original itself.
    assert image.srcset.endswith(f"{image.url} 800w")
    assert image.thumbnail_url.startswith(f"/media/{image.sha256}-320-")


def test_a_picture_with_renditions_is_not_rendered_again_by_a_task_that_comes_late(media_folder):
    image = make_image()
    render_image(image)
    for name in image.files[1:]:
        (media_folder / name).unlink()

    assert render_missing(at=LATER) == 0


def test_what_no_task_made_is_made_when_it_is_overdue():
    old, new = make_image(), make_image(uploaded_at=LATER)

    done = render_missing(at=LATER)

    old.refresh_from_db()
    new.refresh_from_db()
    assert (done, old.recipe, new.recipe) == (1, RECIPE, 0)
    assert "render_pictures" in {job.name for job in JOBS}


def test_an_older_recipe_is_made_again_and_its_files_go(media_folder):
    image = make_image()
    render_image(image)
    stale = f"{image.sha256}-320-00000000.webp"
    (media_folder / stale).write_bytes(b"old")
    Image.objects.update(recipe=0, renditions=[["webp", 320, 160, 3, "00000000"]])
    image.refresh_from_db()

    render_image(image)

    image.refresh_from_db()
    assert stale not in files_in(media_folder)
    assert files_in(media_folder) == sorted(image.files)


def test_pages_are_said_to_have_changed_once_there_are_renditions():
    before = generations.reader("pages")()

    render_image(make_image())

    assert generations.reader("pages")() != before


def test_words_that_are_written_while_renditions_are_made_stay():
    image = make_image()
    Image.objects.update(alt="Two boats")

    render_image(image)

    assert Image.objects.get().alt == "Two boats"


def test_a_picture_that_is_deleted_meanwhile_leaves_no_files(media_folder):
    image = make_image()
    Image.objects.all().delete()

    assert render_image(image) is False
    assert files_in(media_folder) == [image.filename]


@pytest.mark.parametrize("length", [None, 100])
def test_a_picture_without_a_whole_file_is_said_once_and_not_tried_again(
    media_folder, caplog, length
):
    image = make_image()
    path = media_folder / image.filename
    if length is None:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:length])

    done = [render_missing(at=LATER), render_missing(at=LATER)]

    assert done == [0, 0]
    (line,) = errors_of(caplog)
    assert "upload it again" in line.getMessage()
    assert line.exc_info is None


def test_a_full_disk_leaves_the_original_and_is_tried_again(media_folder, request, caplog):
    body = drawn(quality=95)
    image = make_image(body=body)
    request.getfixturevalue("small_disk")

    done = render_image(image)

    assert done is False
    assert [row.recipe for row in Image.objects.all()] == [0]
    assert (media_folder / image.filename).read_bytes() == body
    assert not any(name.endswith(".part") for name in files_in(media_folder))
    assert "File too large" in errors_of(caplog)[0].getMessage()


def test_uploading_a_damaged_picture_again_makes_its_renditions(writer, media_folder):
    # Without loss, so that it is the same file again.
    body = decode(drawn(kind="PNG")).body
    image = make_image(kind="PNG", body=body)
    Image.objects.update(recipe=RECIPE)
    file = SimpleUploadedFile("boat.png", body, content_type="image/png")

    writer.post(UPLOAD, {"image": file})

    assert Image.objects.get().recipe == 0
    queued = DBTaskResult.objects.filter(task_path__endswith="render_picture", status="READY")
    assert [row.args_kwargs["args"] for row in queued] == [[image.pk]]


def test_the_command_renders_what_is_missing_and_says_how_many():
    make_image()
    done = make_image()
    render_image(done)
    out, progress = io.StringIO(), io.StringIO()

    call_command("render_pictures", dry_run=True, stdout=out)
    call_command("render_pictures", stdout=out, stderr=progress)
    call_command("render_pictures", all=True, dry_run=True, stdout=out)

    assert out.getvalue().splitlines() == [
        "1 picture would be rendered. Nothing was changed.",
        "1 picture rendered.",
        "2 pictures would be rendered. Nothing was changed.",
    ]
    assert not Image.objects.to_render(RECIPE).exists()


def test_the_command_fails_where_a_picture_has_no_file(media_folder):
    image = make_image()
    (media_folder / image.filename).unlink()

    with pytest.raises(CommandError, match="1 picture could not be rendered"):
        call_command("render_pictures", stdout=io.StringIO(), stderr=io.StringIO())
