"""Where erasures are noted, in a file and in a bucket: what is written, read again and missed."""

import errno
import os
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from articles.erasure.journal import (
    BucketJournal,
    FileJournal,
    NotedErasure,
    UnreadableJournal,
    noted_of,
    read,
)
from articles.models import Erasure
from tests.clock import NOON

ONE = NotedErasure("post", 7, "ab" * 32, "2026-06-25T12:00:00+00:00")
TWO = NotedErasure("version", 7, "2 2026-06-24T12:00:00+00:00", "2026-06-25T13:00:00+00:00")
LATER = "2026-06-26T12:00:00+00:00"


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a bucket: a file of the same name takes the place of the one before."""
    return tmp_path / "bucket"


@pytest.fixture(params=["file", "bucket"])
def journal(request, folder):
    if request.param == "file":
        return FileJournal(folder / "erasures.jsonl")
    return BucketJournal(FileSystemStorage(folder, allow_overwrite=True))


def test_what_was_noted_is_read_again(journal):
    journal.add([ONE])
    journal.add([TWO])

    assert {*journal.read()} == {ONE, TWO}


def test_a_journal_is_begun_though_nothing_was_erased(journal):
    with pytest.raises(FileNotFoundError):
        journal.read()

    journal.add([])

    assert journal.read() == []


def test_an_erasure_is_missing_until_it_is_noted_whenever_it_was(journal):
    journal.add([ONE])

    again = replace(ONE, erased_at=LATER)
    missing = journal.lacks([again, TWO, replace(ONE, owner=8), replace(ONE, kind="version")])

    assert missing == [TWO, replace(ONE, owner=8), replace(ONE, kind="version")]


def test_a_bucket_has_a_file_for_each_erasure_though_two_hosts_note_it(folder):
    for at in (ONE.erased_at, LATER):
        bucket = BucketJournal(FileSystemStorage(folder, allow_overwrite=True))
        bucket.add([replace(ONE, erased_at=at), TWO])

    names = {path.name for path in (folder / "erasures").iterdir()}
    assert names == {"begun", ONE.file_name, TWO.file_name}
    assert (folder / "erasures" / "begun").read_bytes() == b""
    assert {*bucket.read()} == {replace(ONE, erased_at=LATER), TWO}


def test_a_bucket_that_nobody_began_is_lost_and_not_empty(folder):
    storage = FileSystemStorage(folder, allow_overwrite=True)
    storage.save(f"erasures/{ONE.file_name}", ContentFile(b"{}"))

    with pytest.raises(FileNotFoundError) as error:
        BucketJournal(storage).read()

    assert error.value.filename == f"{storage}/erasures"


@pytest.mark.parametrize("body", ["", "{", "[]", '{"kind": "post"}'])
def test_an_erasure_in_a_bucket_that_cannot_be_read_is_named(folder, body):
    storage = FileSystemStorage(folder, allow_overwrite=True)
    journal = BucketJournal(storage)
    journal.add([])
    storage.save("erasures/broken.json", ContentFile(body.encode()))

    with pytest.raises(UnreadableJournal, match=r"/erasures/broken\.json cannot be read"):
        journal.read()


def test_an_erasure_has_one_file_in_a_bucket_whenever_it_is_noted():
    """The name is part of every backup there is: another would note all of them again."""
    assert replace(ONE, erased_at=LATER).file_name == ONE.file_name
    assert replace(ONE, mark="a" * 64, owner=4).file_name == (
        "076e5804bc14237d8e5d52293b8d1a113daf69f1fd1077b0b1952bbde72d990c.json"
    )
    assert ONE.file_name != TWO.file_name


def test_a_line_that_a_full_disk_cuts_short_is_taken_back(tmp_path, monkeypatch):
    path = tmp_path / "erasures.jsonl"
    FileJournal(path).add([ONE])
    whole = os.write
    monkeypatch.setattr(os, "write", lambda number, body: whole(number, body[:9]))

    with pytest.raises(OSError, match="No space left") as refused:
        FileJournal(path).add([TWO])

    assert refused.value.errno == errno.ENOSPC
    monkeypatch.undo()
    assert read(path) == [ONE]


def test_empty_lines_of_the_file_are_no_erasures(tmp_path):
    path = tmp_path / "erasures.jsonl"
    FileJournal(path).add([ONE])
    path.write_text(f"\n{path.read_text()}\n")

    assert read(path) == [ONE]


def test_an_erasure_of_what_is_gone_cannot_be_noted():
    gone = Erasure(subject="Post 7 of PORT", at=NOON)

    with pytest.raises(ValueError, match="Post 7 of PORT is gone"):
        noted_of(gone)
