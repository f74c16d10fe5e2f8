"""Where erasures are noted beside the backups: in a file, or in a bucket."""

import errno
import os

import pytest
from django.core.files.storage import InMemoryStorage

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

POST = NotedErasure("post", 4, "a" * 64, "2026-06-25T12:00")
VERSION = NotedErasure("version", 9, "2 2026-06-25T12:00:00+00:00", "2026-06-26T12:00")


class Bucket(InMemoryStorage):
    """One that writes over what has the same name, as a bucket does."""

    def get_available_name(self, name, max_length=None):
        self.delete(name)
        return name


@pytest.fixture(params=["file", "bucket"])
def journal(request, tmp_path):
    if request.param == "file":
        return FileJournal(tmp_path / "erasures.jsonl")
    return BucketJournal(Bucket())


def test_what_is_noted_is_read_again_and_only_the_rest_is_lacking(journal):
    journal.add([POST])
    lacking = journal.lacks([POST, VERSION])
    journal.add([VERSION])

    assert lacking == [VERSION]
    assert {*journal.read()} == {POST, VERSION}
    assert journal.lacks([VERSION, POST]) == []


def test_a_journal_that_nobody_began_is_lost_and_one_without_erasures_is_empty(journal):
    with pytest.raises(FileNotFoundError):
        journal.read()

    journal.add([])

    assert journal.read() == []


def test_an_erasure_has_one_file_in_a_bucket_whenever_and_wherever_it_is_noted():
    """The name is part of every backup there is: another would note all of them again."""
    again = NotedErasure(POST.kind, POST.owner, POST.mark, "2027-01-01T00:00")

    assert again.what == POST.what
    assert (
        again.file_name
        == POST.file_name
        == ("076e5804bc14237d8e5d52293b8d1a113daf69f1fd1077b0b1952bbde72d990c.json")
    )
    assert again.file_name != VERSION.file_name


def test_a_broken_file_in_a_bucket_is_told_by_its_name():
    bucket = Bucket()
    journal = BucketJournal(bucket)
    journal.add([POST])
    bucket.delete(f"erasures/{POST.file_name}")
    with bucket.open(f"erasures/{POST.file_name}", "w") as file:
        file.write('{"kind": "post"}')

    with pytest.raises(UnreadableJournal, match=f"erasures/{POST.file_name} cannot be read"):
        journal.read()


def test_a_line_that_a_full_disk_cuts_short_is_taken_back(tmp_path, monkeypatch):
    path = tmp_path / "erasures.jsonl"
    FileJournal(path).add([POST])
    whole = os.write
    monkeypatch.setattr(os, "write", lambda number, body: whole(number, body[:9]))

    with pytest.raises(OSError, match="No space left") as refused:
        FileJournal(path).add([VERSION])

    assert refused.value.errno == errno.ENOSPC
    monkeypatch.undo()
    assert read(path) == [POST]


def test_empty_lines_of_the_file_are_no_erasures(tmp_path):
    path = tmp_path / "erasures.jsonl"
    FileJournal(path).add([POST])
    path.write_text(f"\n{path.read_text()}\n")

    assert read(path) == [POST]


def test_an_erasure_of_what_is_gone_cannot_be_noted():
    gone = Erasure(subject="Post 7 of PORT", at=NOON)

    with pytest.raises(ValueError, match="Post 7 of PORT is gone"):
        noted_of(gone)
