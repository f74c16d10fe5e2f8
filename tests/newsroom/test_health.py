"""What load balancers are told, however they ask."""

import os
import threading
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from newsroom import health
from newsroom.health import Looking, answer_at_any_host
from newsroom.version import release
from tests.waiting import CEILING, Stopwatch, wait_until


@pytest.mark.django_db
def test_ready_says_so_of_each_part(client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.content.decode().splitlines() == [
        "database: ok", "migrations: ok", "static files: ok", "disk: ok", f"release: {release()}",
    ]  # fmt: skip
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_release_whose_migrations_are_not_applied_is_not_ready(client):
    MigrationRecorder.Migration.objects.filter(app="articles", name__startswith="0002").delete()

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert b"migrations: 1 not applied" in answer.content


@pytest.mark.django_db
def test_a_release_whose_static_files_are_not_collected_is_not_ready(client, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "newsroom.storage.Static"},
    }

    assert b"static files: not collected" in client.get("/readyz").content
    (tmp_path / "staticfiles.json").write_text("{}")
    assert b"static files: ok" in client.get("/readyz").content


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (SimpleNamespace(f_flag=0, f_bavail=10**9, f_frsize=4096), "ok"),
        (SimpleNamespace(f_flag=os.ST_RDONLY, f_bavail=10**9, f_frsize=4096), "read-only"),
        (SimpleNamespace(f_flag=0, f_bavail=512, f_frsize=4096), "2 MB left"),
    ],
)
def test_a_full_or_closed_disk_is_told(monkeypatch, found, said):
    monkeypatch.setattr(health.os, "statvfs", lambda path: found)

    assert health.disk() == said


def test_a_disk_that_is_gone_is_told(settings, tmp_path):
    settings.RUNTIME_DIR = tmp_path / "gone"

    assert health.disk() == "No such file or directory"


class Questions:
    """A database that answers when it may, and counts how often it is asked."""

    def __init__(self):
        self.asked = 0
        self.may_answer = threading.Event()

    def __call__(self):
        self.asked += 1
        self.may_answer.wait(CEILING)
        return {"database": "ok", "migrations": "ok"}


@pytest.fixture
def questions(monkeypatch):
    asked = Questions()
    monkeypatch.setattr(health, "of_database", asked)
    yield asked
    asked.may_answer.set()


def test_however_often_it_is_asked_it_looks_once_a_second(questions):
    questions.may_answer.set()
    now = [5.0]
    looking = Looking(clock=lambda: now[0])

    for now[0] in (5.0, 5.3, 5.9, 6.1, 6.2):
        assert looking.look().is_ready

    assert questions.asked == 2


def test_a_database_that_hangs_is_told_within_a_second_and_holds_one_thread(questions):
    now = [5.0]
    looking = Looking(clock=lambda: now[0])
    watch = Stopwatch()

    first = looking.look()
    took = watch.lap()
    now[0] = 7.0
    second = looking.look()
    questions.may_answer.set()
    assert wait_until(lambda: looking._database.asked.done())
    now[0] = 9.0

    assert not first.is_ready
    assert first.parts["database"] == second.parts["database"] == "no answer"
    # Less than a second is the goal; a busy machine may add to it.
    assert took < 3
    assert questions.asked == 1
    assert looking.look().is_ready


@pytest.mark.django_db
def test_a_database_without_tables_answers_and_is_not_migrated(monkeypatch):
    def fail(execute, sql, *arguments):
        if "django_migrations" in sql:
            message = "no such table"
            raise OperationalError(message)
        return execute(sql, *arguments)

    with connection.execute_wrapper(fail):
        assert health.of_database() == {"database": "ok", "migrations": "none applied"}


@pytest.mark.parametrize("sent", [{}, {"HTTP_HOST": "10.0.0.7"}, {"HTTP_HOST": "\xff"}])
def test_health_is_told_at_any_host_and_pages_are_not(settings, sent):
    settings.ALLOWED_HOSTS = [".paper.example"]
    asked = []
    application = answer_at_any_host(lambda environ, start: asked.append(environ) or [b""])

    for path in ("/healthz", "/readyz", "/"):
        application({"PATH_INFO": path, **sent}, None)

    assert [environ.get("HTTP_HOST") for environ in asked] == [
        "paper.example", "paper.example", sent.get("HTTP_HOST"),
    ]  # fmt: skip
