"""The worker: its jobs, how it stops, and how it behaves without a database."""

import signal
import sqlite3

import pytest
from pytest_httpserver import HTTPServer

from newsroom.worker_jobs import JOBS
from tests.waiting import CEILING, wait_until
from tests.wires.databases import run_beside, shared_database
from tests.wires.factories import make_channel

__all__ = ["shared_database"]

FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title><item><title>One</title>'
    "<link>https://harbour.example/one</link></item></channel></rss>"
)


@pytest.fixture
def site():
    server = HTTPServer(port=0)
    server.start()
    server.expect_request("/feed").respond_with_data(FEED)
    yield server
    server.stop()


# The lease of a killed worker expires two minutes later.
FORGET_LEASES = """
from wires.models import Channel, Domain
Channel.objects.update(lease_until=None, next_poll_at=None)
Domain.objects.update(lease_until=None, not_before=None)
"""


def test_the_worker_has_its_jobs():
    names = [job.name for job in JOBS]

    assert names == [
        "publish_due", "poll_wires", "recheck_posts", "answer_links", "test_addresses",
        "join_stories", "poll_markets",
        "vet_archive", "vet_drafts", "tally_alerts", "run_tasks",
        "measure_channels", "render_parts", "count_sources", "render_pictures", "draw_cards",
        "draw_old_cards",
        "prune_captures", "prune_posts", "prune_logins",
        "prune_unsaved",
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_polls_and_stops_cleanly_within_seconds(number, shared_database, site):
    make_channel(address=site.url_for("/feed"))
    trusted = f"{site.host}:{site.port}"

    with shared_database({"WIRE_TRUSTED_HOSTS": trusted}) as environment:
        worker = run_beside(environment, "work")
        output = worker.stdout.readline()
        worker.send_signal(number)
        status = worker.wait(timeout=CEILING)

    assert output.startswith(b"poll_wires: 1 channels polled, 0 unchanged, 0 failed: 1 new posts")
    assert status == 0
    assert worker.stderr.read() == b""


def test_the_worker_reports_an_unreachable_database_once(tmp_path):
    environment = {"DATABASE_URL": "postgres://a:b@127.0.0.1:1/x", "RUNTIME_DIR": str(tmp_path)}
    worker = run_beside(environment, "work")

    output = worker.stderr.readline()
    worker.terminate()

    assert output.startswith(b"The database does not answer. Trying again: connection")
    assert worker.wait(timeout=CEILING) == 0
    assert worker.stderr.read() == b""


def test_the_worker_reports_missing_tables_once_and_retries(tmp_path):
    path = tmp_path / "nothing.sqlite3"
    environment = {"DATABASE_URL": f"sqlite:///{path}", "RUNTIME_DIR": str(tmp_path)}
    worker = run_beside(environment, "work")

    output = worker.stderr.readline()
    migrated = run_beside(environment, "migrate", "-v0").wait(timeout=CEILING)
    with sqlite3.connect(path) as database:
        database.execute("SELECT count(*) FROM wires_channel")
    database.close()
    worker.terminate()

    assert output == b"The database is not set up: run manage.py migrate.\n"
    assert migrated == 0
    assert worker.wait(timeout=CEILING) == 0
    assert worker.stderr.read() == b""


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_is_replaced_by_the_next_one(shared_database, site):
    make_channel(address=site.url_for("/feed"))
    trusted = f"{site.host}:{site.port}"

    with shared_database({"WIRE_TRUSTED_HOSTS": trusted}) as environment:
        first = run_beside(environment, "work")
        assert wait_until(lambda: site.log)
        first.kill()
        first.wait(timeout=CEILING)
        forget = run_beside(environment, "shell", "-v0", "-c", FORGET_LEASES)
        assert forget.wait(timeout=CEILING) == 0
        second = run_beside(environment, "work")
        assert wait_until(lambda: len(site.log) == 2)
        second.terminate()
        _, said = second.communicate(timeout=CEILING)

    assert second.returncode == 0, said
