"""A disk that is full: said in those words, once; reading goes on, and polling once there is room."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest
from django.db import OperationalError, connection
from werkzeug import Response

from newsroom.management.commands.work import OUTAGE_OVER, Outage
from tests.waiting import CEILING, wait_until
from tests.wires.databases import run_beside, shared_database
from tests.wires.factories import make_channel, make_feed

__all__ = ["shared_database"]

FULL = OperationalError("database or disk is full")
AWAY = OperationalError("connection refused")


def test_an_outage_is_said_again_only_once_it_was_over():
    said = []
    outage = Outage(said.append)

    for at in (100, 130, 190, 190 + OUTAGE_OVER, 251 + OUTAGE_OVER):
        outage.met(FULL, at=at)
    outage.met(AWAY, at=252 + OUTAGE_OVER)
    outage.met(AWAY, at=1000)
    outage.met(FULL, at=1001)

    full = "The disk of the database is full: make room. Trying again: database or disk is full"
    away = "The database does not answer. Trying again: connection refused"
    assert said == [full, full, away, full]


@pytest.fixture
def small_disk(tmp_path):
    """Return a folder on a disk of its own, of a few megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["/usr/bin/mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if os.getuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk, and not everywhere")
    yield folder
    subprocess.run(["/usr/bin/umount", "-l", str(folder)], check=True)


def fill(disk):
    """Fill a disk to the last block; return the file that does."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return ballast


def count_posts(path):
    with closing(sqlite3.connect(path, timeout=CEILING)) as database:
        return database.execute("SELECT count(*) FROM wires_post").fetchone()[0]


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_worker_whose_disk_is_full_says_so_and_polls_once_there_is_room(
    shared_database, small_disk, httpserver
):
    if connection.vendor != "sqlite":
        pytest.skip("the disk is that of an SQLite file")
    posts = [f"Post{n}" for n in range(200)]
    body = make_feed(*posts, text="The ferry leaves an hour later today. " * 40)
    ballast = []

    def answer(request):
        if not ballast:
            ballast.append(fill(small_disk))
        return Response(body)

    httpserver.expect_request("/feed").respond_with_handler(answer)
    make_channel(address=httpserver.url_for("/feed"))
    trusted = f"{httpserver.host}:{httpserver.port}"

    with shared_database({"WIRE_TRUSTED_HOSTS": trusted, "WIRE_LEASE": "10"}) as environment:
        path = small_disk / "posts.sqlite3"
        shutil.copy(environment["DATABASE_URL"].removeprefix("sqlite:///"), path)
        worker = run_beside(environment | {"DATABASE_URL": f"sqlite:///{path}"}, "work")
        said = worker.stderr.readline().decode()
        posts_before = count_posts(path)
        ballast[0].unlink()
        is_stored = wait_until(lambda: count_posts(path) == len(posts))
        worker.terminate()
        _, more = worker.communicate(timeout=CEILING)

    assert said.startswith("The disk of the database is full: make room. Trying again: ")
    assert (posts_before, is_stored, worker.returncode, more.decode()) == (0, True, 0, "")
