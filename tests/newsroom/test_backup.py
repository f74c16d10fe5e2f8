"""`manage.py backup` and `restore`: the whole site into one file, and back into an empty place."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.base import CommandError
from django.db import connection

from articles import erasure
from articles.erasure import again, journal
from articles.models import Article, Erasure
from newsroom.backups import BadBackup, NotEmpty, NotWritten, make_backup, restoring
from newsroom.backups.archive import Manifest
from newsroom.management.commands.restore import Command
from tests.articles.erasure.everywhere import columns_with, dump
from tests.articles.erasure.scene import SECRET, make_scene
from tests.articles.factories import make_live_article
from tests.clock import NOON, later
from tests.commands import run_command
from tests.processes import ROOT, clean_environment, run_manage
from tests.waiting import wait_until
from tests.wires.factories import make_post

PICTURE = "a" * 64 + ".png"
# Which rows a restore itself may change.
OWN = {
    "django_migrations", "articles_erasure", "django_content_type", "sqlite_sequence",
    "django_session"}  # fmt: skip


def rows_of(on):
    return sorted(one for one in dump(on) if one[0] not in OWN)


def backup_of(settings, *arguments):
    ran = run_command("backup", *arguments)
    assert ran.status == 0, ran
    return next(Path(settings.BACKUP_DIR).glob("newsroom-*"))


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_restored_with_every_row_picture_and_trigger_and_its_secrets_erased(
    settings, empty, tmp_path
):
    environment, restored = empty
    key = tmp_path / "key"
    run_command("backup", "--make-key", key)
    post, _ = make_scene()
    default_storage.save(PICTURE, ContentFile(b"not red"))
    rows = rows_of(connection)
    backup = backup_of(settings, "--key", key)
    # What was erased since the backup is in it still.
    erasure.erase_post(post, reason="Court order 12/26", by=None, at=later(hours=6))

    before_erasure = run_manage("restore", backup, "--key", key, "--no-erasures", **environment)

    assert before_erasure.returncode == 0, before_erasure
    assert "Restored: made at " in before_erasure.stdout
    assert "1 file of pictures" in before_erasure.stdout
    assert rows_of(restored) == rows
    assert (Path(environment["MEDIA_ROOT"]) / PICTURE).read_bytes() == b"not red"
    with restored.cursor() as cursor, pytest.raises(Exception, match=r"append-only|never change"):
        cursor.execute("UPDATE articles_articleversion SET headline = 'Another'")

    after_erasure = run_manage(
        "restore", "--erasures-only", "--erasures", journal.journal_path(), **environment
    )

    assert after_erasure.returncode == 0, after_erasure
    assert "1 erased" in after_erasure.stdout
    assert columns_with(SECRET, restored) == columns_with(SECRET)
    assert SECRET not in journal.journal_path().read_text()


def test_a_backup_that_is_killed_has_no_name_and_the_next_one_removes_what_it_left(tmp_path):
    folder, media = tmp_path / "backup", tmp_path / "media"
    media.mkdir()
    # A picture that is never read to its end, as on a disk that hangs.
    os.mkfifo(media / "a.png")
    program = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC; import django;"
        " django.setup(); from newsroom.backups import make_backup;"
        " make_backup(Path(sys.argv[1]), keys=None, at=datetime.now(UTC), say=lambda line: None)"
    )
    environment = clean_environment(
        RUNTIME_DIR=str(tmp_path), MEDIA_ROOT=str(media), DJANGO_SETTINGS_MODULE="newsroom.settings"
    )

    def begin():
        arguments = [sys.executable, "-c", program, str(folder)]
        return subprocess.Popen(arguments, cwd=ROOT, env=environment, stderr=subprocess.PIPE)

    killed = begin()
    assert wait_until(lambda: list(folder.glob(".*.unfinished/archive")))
    killed.send_signal(signal.SIGKILL)
    killed.communicate()

    assert list(folder.glob("newsroom-*")) == []

    (media / "a.png").unlink()
    _, said = (second := begin()).communicate(timeout=120)

    assert (second.returncode, said) == (0, b"")
    assert len(list(folder.glob("newsroom-*.tar.gz"))) == 1
    assert list(folder.glob(".*.unfinished")) == []


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_leaves_nothing_of_a_backup(settings, tmp_path, small_disk):
    with pytest.raises(
        CommandError, match=r"No backup was made|could not be copied|pg_dump failed"
    ):
        run_command("backup")

    assert list(Path(settings.BACKUP_DIR).glob("newsroom-*")) == []
    assert list(Path(settings.BACKUP_DIR).glob(".*.unfinished")) == []


@pytest.mark.django_db(transaction=True)
def test_two_backups_at_once_are_one_and_a_refusal(settings, tmp_path):
    def another(line):
        with pytest.raises(NotWritten, match="Another backup is being made"):
            make_backup(tmp_path, keys=None, at=NOON, say=lambda line: None)

    make_backup(tmp_path, keys=None, at=NOON, say=another)

    assert [path.name for path in tmp_path.glob("newsroom-*")] == [
        f"newsroom-{NOON:%Y%m%dT%H%M%SZ}.tar.gz"
    ]


@pytest.mark.django_db(transaction=True)
def test_only_the_newest_backups_are_kept_and_nothing_else_is_touched(settings):
    folder = Path(settings.BACKUP_DIR)
    folder.mkdir()
    for name in ("newsroom-20250101T000000Z.tar.gz", "newsroom-20250102T000000Z.tar.gz", "mine.gz"):
        (folder / name).touch()

    ran = run_command("backup", "--keep", "2")

    assert "Deleted newsroom-20250101T000000Z.tar.gz." in ran.out
    left = sorted(path.name for path in folder.iterdir())
    assert "newsroom-20250102T000000Z.tar.gz" in left
    assert {"mine.gz", "erasures.jsonl"} < {*left}
    assert len([name for name in left if name.startswith("newsroom-")]) == 2


def test_postgresql_without_its_programs_says_what_to_install(monkeypatch):
    from newsroom.backups import NoDump, databases

    monkeypatch.setattr(shutil, "which", lambda name: None)

    with pytest.raises(NoDump, match=r"pg_dump is not installed.*postgresql-client"):
        databases._run("pg_dump", [], {})


# What a restore refuses


@pytest.mark.django_db
def test_articles_and_posts_are_never_restored_over():
    make_post()

    for is_forced in (False, True):
        with pytest.raises(NotEmpty, match=r"holds 1 posts, which a restore would replace"):
            restoring.refuse_what_is_there(is_forced=is_forced)


@pytest.mark.django_db
def test_tables_and_pictures_are_restored_over_only_when_that_is_forced():
    with pytest.raises(NotEmpty, match=r"has \d+ tables, without articles and posts"):
        restoring.refuse_what_is_there(is_forced=False)

    restoring.refuse_what_is_there(is_forced=True)


def manifest(**fields):
    about = {"release": "9.0.0", "made_at": "2026-06-25T12:00", "migrations": []}
    return Manifest(**about | {"database": connection.vendor} | fields)


@pytest.mark.django_db
def test_a_backup_of_a_newer_release_is_refused_by_its_number():
    newer = manifest(migrations=[("wires", "0001_initial"), ("wires", "9999_comments")])

    with pytest.raises(BadBackup, match=r"newer release: 9.0.0, this is .*wires.9999_comments"):
        restoring.refuse_what_does_not_fit(newer)


@pytest.mark.django_db
def test_a_backup_of_the_other_database_is_refused():
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]

    with pytest.raises(
        BadBackup, match=r"The backup is of .*, not of .*, which DATABASE_URL names"
    ):
        restoring.refuse_what_does_not_fit(manifest(database=other))


def test_a_restore_asks_what_was_erased_since(tmp_path):
    with pytest.raises(CommandError, match=r"There is no .*erasures.jsonl.*--no-erasures"):
        Command().read_erasures(str(tmp_path / "backup.tar.gz"), None, is_waived=False)


# The file of erasures


@pytest.mark.django_db
def test_an_erasure_is_noted_beside_the_backups_without_a_word(
    django_capture_on_commit_callbacks,
):
    post, article = make_scene()
    version = article.live_version

    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase_post(post, reason=f"{SECRET} v. us", by=None, at=NOON)
        erasure.erase_version(version, reason=f"{SECRET} v. us", by=None, at=NOON)

    noted = journal.read(journal.journal_path())
    assert [one.kind for one in noted] == ["post", "version"]
    assert [again.find_noted(one) for one in noted] == [post, version]
    assert SECRET not in journal.journal_path().read_text()
    assert again.erase_again(noted, at=NOON) == {again.ERASED_ALREADY: 2}


@pytest.mark.django_db
def test_an_erasure_that_cannot_be_noted_is_done_said_and_noted_by_the_next_backup(
    settings, caplog, django_capture_on_commit_callbacks
):
    post, _ = make_scene()
    # A file where the folder should be.
    Path(settings.BACKUP_DIR).touch()

    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase_post(post, reason="Court order 12/26", by=None, at=NOON)

    assert Erasure.objects.count() == 1
    (line,) = [record.getMessage() for record in caplog.records]
    assert "could not be noted in" in line
    assert "manage.py backup" in line
    Path(settings.BACKUP_DIR).unlink()
    assert journal.count_missing() == 1
    assert journal.note_missing() == 1
    assert [again.find_noted(one) for one in journal.read(journal.journal_path())] == [post]
    assert journal.note_missing() == 0


@pytest.mark.django_db
def test_a_disk_that_fills_up_leaves_no_half_line(settings, small_disk):
    path = journal.journal_path()
    path.parent.mkdir()
    path.write_text("\n" * 4090)
    line = journal.NotedErasure("post", 1, "a" * 64, "2026-06-25T12:00")

    with pytest.raises(OSError, match="No space left"):
        journal.FileJournal(path).add([line])

    assert path.read_text() == "\n" * 4090


def test_the_folders_of_the_file_are_made_and_are_nobody_elses(tmp_path):
    path = tmp_path / "far" / "backups" / "erasures.jsonl"
    line = journal.NotedErasure("post", 1, "a" * 64, "2026-06-25T12:00")

    journal.FileJournal(path).add([line])

    assert journal.read(path) == [line]
    assert (path.parent.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_broken_line_of_the_file_is_told_by_its_number(tmp_path):
    path = tmp_path / "erasures.jsonl"
    path.write_text('{"kind": "post", "owner": 1, "mark": "x", "erased_at": ""}\n{"kind": "po\n')

    with pytest.raises(journal.UnreadableJournal, match=r"Line 2 of .* cannot be read"):
        journal.read(path)


@pytest.mark.django_db
def test_what_a_restored_site_counts_on_is_not_erased_for_another():
    article = make_live_article()
    noted = journal.NotedErasure("version", article.pk, "1 2026-01-01T00:00:00+00:00", "2026")
    gone = journal.NotedErasure("post", 999, "b" * 64, "2026")

    assert again.erase_again([noted, gone], at=NOON) == {again.NOT_THERE: 2}
    assert not Article.objects.get().live_version.is_erased
