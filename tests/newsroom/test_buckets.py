"""Pictures and backups in buckets, against a server of them on loopback.

Slow, because the library of S3 and the server take seconds to load.
"""

import errno
import socket
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management.base import CommandError
from django.utils import timezone

from articles import erasure
from articles.erasure import journal
from articles.pictures import render_image
from articles.pictures.files import PictureNotStored, store_picture
from newsroom.figures import figures
from tests.articles.erasure.everywhere import columns_with
from tests.articles.erasure.scene import SECRET, make_scene
from tests.articles.pictures.drawing import drawn, make_image
from tests.clock import later
from tests.commands import run_command
from tests.newsroom.test_backup import PICTURE
from tests.processes import run_manage
from tests.waiting import Stopwatch

pytestmark = pytest.mark.long


@pytest.mark.django_db
def test_a_picture_is_rendered_into_a_bucket_and_served_from_it(on_s3, client, settings):
    image = make_image(size=(400, 200), body=drawn((400, 200), quality=95))
    render_image(image)

    answers = {name: client.get(f"/media/{name}") for name in image.files}

    for name, answer in answers.items():
        assert answer.status_code == 200, name
        assert len(b"".join(answer)) == default_storage.size(name)
    again = client.get(
        f"/media/{image.filename}", headers={"If-None-Match": answers[image.filename]["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert not Path(settings.MEDIA_ROOT).exists()


@pytest.mark.django_db
def test_a_bucket_that_is_away_is_one_line_and_no_crash(on_s3, client, caplog, monkeypatch):
    image = make_image(body=drawn((40, 20)))
    monkeypatch.setattr(default_storage._wrapped, "bucket_name", "no-such-bucket")
    monkeypatch.setattr(default_storage._wrapped, "_bucket", None)

    missing = client.get(f"/media/{image.filename}")
    with pytest.raises(PictureNotStored, match="the bucket no-such-bucket refuses"):
        store_picture(PICTURE, b"red")

    assert missing.status_code == 404
    (line,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert line.startswith(f"Picture {PICTURE} could not be stored: the bucket no-such-bucket")


def test_a_server_that_nobody_runs_is_an_oserror_that_names_the_bucket(on_s3):
    from newsroom.buckets import Bucket

    options = storages.backends["default"]["OPTIONS"] | {"endpoint_url": "http://127.0.0.1:9"}
    bucket = Bucket(**options)

    for asked in (bucket.exists, bucket.size, bucket.open, bucket.delete, bucket.listdir):
        with pytest.raises(OSError, match="the bucket paper-media: Could not connect") as caught:
            asked("a.png")
        assert caught.value.errno == errno.EIO


def test_files_of_a_bucket_are_read_as_they_were_saved_and_replaced_whole(on_s3):
    bucket = storages["backups"]
    bucket.save("a/b.tar.gz", ContentFile(b"one"))
    bucket.save("a/b.tar.gz", ContentFile(b"second"))

    with bucket.open("a/b.tar.gz") as file:
        assert file.size == 6
        assert [file.read(3), file.read(), file.read()] == [b"sec", b"ond", b""]
    assert bucket.listdir("") == (["a"], [])
    assert str(bucket) == "s3://paper-backup/nightly"
    with pytest.raises(FileNotFoundError, match=r"b\.tar is not in paper-backup"):
        bucket.open("a/b.tar")


@pytest.mark.django_db(transaction=True)
def test_a_backup_goes_to_a_bucket_and_is_restored_from_it_with_what_was_erased_since(
    on_s3, empty, settings
):
    environment, restored = empty
    environment = environment | on_s3 | {"MEDIA_BUCKET": "paper-media/restored"}
    post, _ = make_scene()
    default_storage.save(PICTURE, ContentFile(b"not red"))

    refused = run_manage("restore", "s3://paper-backup/nightly/none.tar.gz", **environment)
    made = run_command("backup")
    erasure.erase_post(post, reason="Court order 12/26", by=None, at=later(hours=6))
    address = made.out.partition(": ")[0]
    done = run_manage("restore", address, **environment)

    assert refused.returncode == 1
    assert "says what was erased since the backup" in refused.stderr
    assert address.startswith("s3://paper-backup/nightly/newsroom-")
    assert list(Path(settings.BACKUP_DIR).glob("newsroom-*")) == []
    assert done.returncode == 0, done
    assert "Erasures made since: 1 erased." in done.stdout
    assert "Pictures: s3://paper-media/restored" in done.stderr
    assert columns_with(SECRET, restored) == columns_with(SECRET)
    assert default_storage.open(f"restored/{PICTURE}").read() == b"not red"
    assert journal.count_missing() == 0


@pytest.mark.django_db(transaction=True)
def test_old_backups_are_deleted_from_the_bucket_and_the_newest_is_told_to_monitors(on_s3):
    bucket = storages["backups"]
    for day in (1, 2):
        bucket.save(f"newsroom-2025010{day}T000000Z.tar.gz", ContentFile(b"old"))
    bucket.save("mine.gz", ContentFile(b"mine"))

    ran = run_command("backup", "--keep", "2")

    told = {figure.name: figure.samples for figure in figures(timezone.now())}
    assert "Deleted newsroom-20250101T000000Z.tar.gz." in ran.out
    names = bucket.listdir("")[1]
    assert "newsroom-20250102T000000Z.tar.gz" in names
    assert "mine.gz" in names
    assert len(names) == 3
    assert told["backup_age_seconds"][0].value < 600
    assert "media" not in [dict(one.labels)["place"] for one in told["disk_free_bytes"]]


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_the_bucket_refuses_leaves_nothing(on_s3, settings):
    backups = settings.STORAGES["backups"]
    backups["OPTIONS"] |= {"bucket_name": "no-such-bucket"}
    settings.STORAGES = settings.STORAGES | {"backups": backups}

    with pytest.raises(CommandError, match="the bucket no-such-bucket refuses"):
        run_command("backup")

    assert list(Path(settings.BACKUP_DIR).glob("*.gz")) == []


@pytest.mark.django_db(transaction=True)
def test_a_bucket_that_never_answers_delays_the_figures_by_two_seconds_at_most(on_s3, settings):
    figures(timezone.now())
    with socket.create_server(("127.0.0.1", 0)) as silent:
        backups = settings.STORAGES["backups"]
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        backups["OPTIONS"] |= {"endpoint_url": address}
        settings.STORAGES = settings.STORAGES | {"backups": backups}
        watch = Stopwatch()
        told = [{one.name: one.samples for one in figures(timezone.now())} for _ in range(2)]
        took = watch.lap()

    # Two questions; the library alone would wait for each of them four times as long.
    assert took < 2 * 2
    assert [one["backup_place_up"][0].value for one in told] == [0, 0]
    assert told[1]["backup_place_answered_age_seconds"][0].value >= 1
