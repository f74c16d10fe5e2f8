"""An empty place for a site, and a server of buckets."""

import os

import pytest
from django.db import connection, connections

from newsroom import file_stores

REGION, KEY = "eu-central-1", "only-for-this-test"


@pytest.fixture
def empty(tmp_path, django_db_blocker):
    """Return the environment of an empty place for a site, and its database as a connection."""
    own = dict(connections.settings["default"])
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    if connection.vendor == "sqlite":
        own["NAME"] = str(folder / "newsroom.sqlite3")
        url = f"sqlite:///{own['NAME']}"
    else:
        own["NAME"] = f"restored_{os.getpid()}_{tmp_path.name}".replace("-", "_").lower()[:60]
        on_server(f'CREATE DATABASE "{own["NAME"]}"')
        url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**own)
    connections.settings["restored"] = own
    environment = {"DATABASE_URL": url, "RUNTIME_DIR": str(folder), "MEDIA_ROOT": str(folder / "m")}
    with django_db_blocker.unblock():
        yield environment, connections["restored"]
        connections["restored"].close()
        del connections["restored"], connections.settings["restored"]
        if connection.vendor != "sqlite":
            on_server(f'DROP DATABASE "{own["NAME"]}" WITH (FORCE)')


def on_server(statement):
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture(scope="session")
def bucket_server():
    """Run a server of buckets on loopback, and yield its address."""
    # Slow to import, and few tests need it.
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(bucket_server):
    """Return the settings that reach two empty buckets, paper-media and paper-backup, as variables."""
    import boto3

    client = boto3.client(
        "s3",
        endpoint_url=bucket_server,
        region_name=REGION,
        aws_access_key_id=KEY,
        aws_secret_access_key=KEY,
    )
    for name in ("paper-media", "paper-backup"):
        client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    yield {
        "S3_ENDPOINT": bucket_server,
        "S3_REGION": REGION,
        "S3_ACCESS_KEY": KEY,
        "S3_SECRET_KEY": KEY,
        "MEDIA_BUCKET": "paper-media",
        "BACKUP_BUCKET": "paper-backup/nightly",
    }
    for name in ("paper-media", "paper-backup"):
        for page in client.get_paginator("list_objects_v2").paginate(Bucket=name):
            for entry in page.get("Contents", ()):
                client.delete_object(Bucket=name, Key=entry["Key"])
        client.delete_bucket(Bucket=name)


@pytest.fixture
def on_s3(s3, settings, monkeypatch):
    """Let this process keep its pictures and backups in the buckets, and return their settings."""
    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    settings.S3 = file_stores.read_s3()
    settings.STORAGES = file_stores.read_stores(s3=settings.S3, is_static_plain=True)
    return s3
