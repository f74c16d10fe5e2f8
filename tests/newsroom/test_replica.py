"""Public pages from a copy of the database, never older than their numbers."""

import os
import signal
import subprocess
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings as site_settings
from django.db import OperationalError, connection

from newsroom import replica as module
from newsroom.database_away import DatabaseWatch
from newsroom.pagecache import PageCache
from newsroom.replica import Replica, ReplicaRouter, read_numbers
from tests.articles.factories import make_live_article
from tests.newsroom.test_several_hosts import Site, ask, publish_on
from tests.processes import run_manage
from tests.waiting import Stopwatch, wait_until
from tests.wires.databases import shared_database
from wires import generations

__all__ = ["shared_database"]


class Servers:
    """A primary and its copy: how far each is, and how often each was asked."""

    def __init__(self):
        self.at, self.copied = 100, 100
        self.numbers = (1, 1, 1)
        self.asked = {"primary": 0, "copy": 0}
        self.error = None
        self.replica = Replica(
            written=self.written,
            has_replayed=self.has_replayed,
            answers=lambda: self.error is None,
            numbers=lambda: self.numbers,
        )

    def written(self):
        self.asked["primary"] += 1
        return str(self.at)

    def has_replayed(self, wanted):
        self.asked["copy"] += 1
        if self.error:
            raise self.error
        return self.copied >= int(wanted)

    def publish(self):
        self.at += 10
        self.numbers = (self.numbers[0] + 1, *self.numbers[1:])


@pytest.fixture
def servers(monkeypatch):
    # Nobody asks the database that there is not.
    monkeypatch.setattr(module, "limited", lambda note: nullcontext())
    return Servers()


def test_a_copy_that_has_everything_is_asked_once_for_the_same_numbers(servers):
    found = [servers.replica.numbers_it_has() for _ in range(3)]

    assert found == [servers.numbers] * 3
    assert servers.asked == {"primary": 1, "copy": 1}


def test_a_copy_that_is_behind_is_not_read_until_it_has_what_was_published(servers):
    servers.replica.numbers_it_has()
    servers.publish()

    behind = servers.replica.numbers_it_has()
    # What the primary writes from now on is not promised by these numbers.
    servers.at += 1_000
    servers.copied = 110
    caught_up = servers.replica.numbers_it_has()

    assert behind is None
    assert caught_up == servers.numbers
    assert servers.asked == {"primary": 2, "copy": 3}


def test_a_copy_that_was_away_is_asked_anew_what_it_has(servers, caplog):
    servers.replica.numbers_it_has()
    servers.publish()
    servers.error = OperationalError()

    away = servers.replica.numbers_it_has()
    servers.copied = 50  # It was made again from a backup.
    servers.error = None
    assert wait_until(lambda: servers.replica.watch.seconds_away() is None)
    servers.numbers = (1, 1, 1)

    assert away is None
    assert servers.replica.numbers_it_has() is None
    assert [record.getMessage() for record in caplog.records] == [module.AWAY, module.BACK]


def test_a_primary_that_does_not_answer_is_no_fault_of_the_copy(servers):
    def fail():
        raise OperationalError

    servers.replica._written = fail

    assert servers.replica.numbers_it_has() is None
    assert servers.replica.watch.seconds_away() is None


def test_only_a_page_being_made_reads_the_copy_and_only_until_something_changes(servers):
    router = ReplicaRouter()
    reads = [router.db_for_read(None)]

    with servers.replica.reading(read_numbers()):
        reads.append(router.db_for_read(None))
        writes = router.db_for_write(None)
        generations.bump("quotes")
        reads.append(router.db_for_read(None))

    assert reads == ["default", "replica", "default"]
    assert writes == "default"
    assert not router.allow_migrate("replica", "articles")


@pytest.mark.django_db
def test_in_a_transaction_the_primary_is_read(servers):
    with servers.replica.reading(read_numbers()):
        assert ReplicaRouter().db_for_read(None) == "default"


@pytest.mark.parametrize(
    ("by_copy", "by_primary", "given", "asked"),
    [
        ("200 OK", "200 OK", b"replica", ["replica"]),
        ("503 Service Unavailable", "200 OK", b"default", ["replica", "default"]),
        ("500 Internal Server Error", "404 Not Found", b"default", ["replica", "default"]),
    ],
)
def test_a_page_that_the_copy_fails_is_made_by_the_primary(
    servers, by_copy, by_primary, given, asked
):
    servers.numbers = read_numbers()
    made_by = []

    def application(environ, start):
        made_by.append(ReplicaRouter().db_for_read(None))
        start(by_copy if made_by[-1] == "replica" else by_primary, [])
        return [made_by[-1].encode()]

    pages = PageCache(
        application, most=1_000_000, watch=DatabaseWatch(lambda: True), replica=servers.replica
    )
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
    }  # fmt: skip

    assert pages(environ, lambda status, headers: None) == [given]
    assert made_by == asked


# Real servers

PAGES_READ = (
    "SELECT max(query_start) FROM pg_stat_activity"
    " WHERE datname = current_database() AND position('articles_' in query) > 0 AND pid <> pg_backend_pid()"
)
PROCESSES = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
BIN = str(site_settings.BASE_DIR / "bin/postgres")


class Copy:
    """A PostgreSQL that follows the one of the tests, and what a test does to it."""

    def __init__(self, url, name):
        self.url = f"{url.rpartition('/')[0]}/{name}"
        self._frozen = []

    def tell(self, sql, *values):
        with psycopg.connect(self.url, autocommit=True) as copy:
            return copy.execute(sql, values).fetchone()[0]

    def pages_read(self):
        """Return when a web process last asked it for what is on a page."""
        return self.tell(PAGES_READ)

    def catch_up(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
            (wanted,) = cursor.fetchone()
        asked = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
        assert wait_until(lambda: self.tell(asked, wanted))

    def freeze(self):
        """Stop its processes where they are, as a disk does that never answers."""
        with psycopg.connect(self.url, autocommit=True) as copy:
            backends = [pid for (pid,) in copy.execute(PROCESSES).fetchall()]
        fields = Path(f"/proc/{backends[0]}/stat").read_text().rpartition(")")[2].split()
        self._frozen = [int(fields[1]), *backends]
        self._signal(signal.SIGSTOP)

    def thaw(self):
        self._signal(signal.SIGCONT)
        self._frozen = []

    def _signal(self, number):
        for pid in self._frozen:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue


@pytest.fixture
def copy(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no replica")
    done = subprocess.run([BIN, "replica"], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no replica can be made here: {done.stderr.strip()}")
    address = done.stdout.strip()
    assert urlsplit(address).port
    server = Copy(address, connection.settings_dict["NAME"])
    yield server
    server.thaw()
    subprocess.run([BIN, "replica-stop"], check=True)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_readers_get_what_was_published_however_far_behind_the_copy_is(
    copy, shared_database, tmp_path
):
    done = run_manage("collectstatic", "--no-input", "-v0", RUNTIME_DIR=str(tmp_path / "built"))
    assert done.returncode == 0, done.stderr
    address = make_live_article(headline="The gates are shut").get_absolute_url()
    copy.catch_up()
    with shared_database({"REPLICA_URL": copy.url, "SEVERAL_HOSTS": "1"}) as environment:
        site = Site(tmp_path / "web", environment, tmp_path / "built/static")
        try:
            before, by_copy = ask(site, address).body, copy.pages_read()

            copy.tell("SELECT pg_wal_replay_pause()")
            lag = publish_on(site, site, address)
            behind, by_primary = ask(site, "/").body, copy.pages_read()

            copy.tell("SELECT pg_wal_replay_resume()")
            copy.catch_up()
            caught_up, by_copy_again = ask(site, "/archive/"), copy.pages_read()

            copy.freeze()
            watch = Stopwatch()
            frozen, took_frozen = ask(site, "/corrections/").status, watch.lap()
            ready = ask(site, "/readyz")
            copy.thaw()
            assert wait_until(lambda: b"replica: ok" in ask(site, "/readyz").body)

            subprocess.run([BIN, "replica-stop"], check=True)
            watch.lap()
            gone, took_gone = ask(site, "/sources/").status, watch.lap()
        finally:
            site.web.stop()

    assert b"The gates are shut" in before
    assert by_copy is not None
    assert lag < 2, f"seen after {lag:.2f} s"
    assert b"The gates are open again" in behind
    # What a connection asked last is all that the server tells: now how far it is.
    assert by_primary in {by_copy, None}
    assert (caught_up.status, frozen, gone) == (200, 200, 200)
    assert by_copy_again > by_copy
    assert took_frozen < 8, f"{took_frozen:.1f} s"
    assert took_gone < 8, f"{took_gone:.1f} s"
    assert ready.status == 200
    assert b"replica: no answer" in ready.body
    lines = [line for line in site.web.text().splitlines() if "ERROR" in line]
    assert [line.split("database_away ")[-1].partition(" [")[0] for line in lines] == [
        module.AWAY, module.BACK, module.AWAY,
    ]  # fmt: skip
