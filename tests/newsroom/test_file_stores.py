"""Which storage the settings choose, without asking any bucket."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import file_stores
from newsroom.backups.places import backups_among, made_at, name_of
from tests.clock import NOON


def stores(monkeypatch, **variables):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return file_stores.read_stores(s3=file_stores.read_s3(), is_static_plain=False)


def test_without_a_bucket_files_are_kept_in_folders(monkeypatch):
    assert stores(monkeypatch) == {
        "default": {"BACKEND": "newsroom.storage.Media"},
        "staticfiles": {"BACKEND": "newsroom.storage.Static"},
    }


def test_pictures_and_backups_have_a_bucket_each_with_its_folder(monkeypatch):
    found = stores(
        monkeypatch,
        MEDIA_BUCKET="paper-media",
        BACKUP_BUCKET="s3://paper-backup/a/b/",
        S3_ENDPOINT="https://s3.example",
        S3_ACCESS_KEY="key",
        S3_SECRET_KEY="secret",
    )

    assert found["default"]["OPTIONS"] == {
        "bucket_name": "paper-media",
        "location": "",
        "endpoint_url": "https://s3.example",
        "region_name": None,
        "access_key": "key",
        "secret_key": "secret",
    }
    assert found["backups"]["OPTIONS"]["bucket_name"] == "paper-backup"
    assert found["backups"]["OPTIONS"]["location"] == "a/b"


def test_half_of_a_key_is_refused(monkeypatch):
    with pytest.raises(ImproperlyConfigured, match="Set both S3_ACCESS_KEY and S3_SECRET_KEY"):
        stores(monkeypatch, S3_ACCESS_KEY="key")


def test_a_backup_is_known_by_its_name_and_its_name_tells_when_it_was_made():
    name = name_of(NOON, is_encrypted=True)

    assert made_at(name) == NOON
    assert backups_among(["mine.gz", name, "erasures.jsonl"]) == [name]
