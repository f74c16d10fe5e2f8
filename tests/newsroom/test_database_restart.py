"""A restart of PostgreSQL fails no request and makes the worker log one line."""

import http.client
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.db import connection
from pytest_httpserver import HTTPServer

from tests.processes import clean_environment, free_port
from tests.waiting import CEILING, wait_until
from tests.wires.databases import run_beside, shared_database
from tests.wires.factories import make_channel

__all__ = ["shared_database"]

# On PostgreSQL: every other connection to this database.
END_THE_OTHERS = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
# One that asks the database each time, and needs no static files.
PAGE = "/sitemaps/sections.xml"
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title><item><title>One</title>'
    "<link>https://harbour.example/one</link></item></channel></rss>"
)


def end_the_other_connections():
    with connection.cursor() as cursor:
        cursor.execute(END_THE_OTHERS)
        return cursor.fetchone()[0]


def status_of(port, path):
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=CEILING)
    try:
        web.request("GET", path)
        return web.getresponse().status
    finally:
        web.close()


def answers(port):
    try:
        return status_of(port, "/healthz") == 200
    except OSError:
        return False


@pytest.fixture
def postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server that restarts")


@pytest.fixture
def site():
    server = HTTPServer(port=0)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def serve(tmp_path):
    """Return a function that runs gunicorn with one worker and returns its port."""
    started = []

    def begin(environment):
        port = free_port()
        with (tmp_path / "said").open("w") as said:
            web = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1"],
                cwd=settings.BASE_DIR,
                env=clean_environment(**environment),
                stdout=said,
                stderr=said,
            )
        started.append(web)
        log = tmp_path / "said"
        # Each worker binds for itself, some time after it says that it boots.
        assert wait_until(lambda: answers(port) or web.poll() is not None)
        assert web.poll() is None, log.read_text()
        return port

    yield begin
    for web in started:
        web.terminate()
        web.wait(CEILING)


@pytest.mark.django_db(transaction=True)
def test_the_next_request_succeeds_after_pooled_connections_died(
    postgresql, shared_database, serve
):
    with shared_database({"PAGE_CACHE_MB": "0"}) as environment:
        port = serve(environment)
        before = status_of(port, PAGE)
        ended = end_the_other_connections()
        after = [status_of(port, PAGE) for _ in range(4)]

    assert before == 200
    assert ended
    assert after == [200, 200, 200, 200]


@pytest.mark.django_db(transaction=True)
def test_the_worker_logs_one_line_and_continues_after_its_connection_died(
    postgresql, shared_database, site
):
    asked, answered = threading.Event(), threading.Event()

    def answer(request):
        # The worker holds a connection and the lease of this channel while it waits for us.
        asked.set()
        answered.wait(CEILING)
        return FEED

    site.expect_request("/feed").respond_with_handler(answer)
    site.expect_request("/other").respond_with_data(FEED)
    make_channel(address=site.url_for("/feed"))
    # Under another host name: the lease of the first site is lost with its connection.
    other = f"127.0.0.1:{site.port}"
    trusted = f"{site.host}:{site.port},{other}"

    with shared_database({"WIRE_TRUSTED_HOSTS": trusted}) as environment:
        worker = run_beside(environment, "work")
        assert asked.wait(CEILING)
        end_the_other_connections()
        answered.set()
        complaint = worker.stderr.readline()
        make_channel(address=f"http://{other}/other")
        news = worker.stdout.readline()
        worker.terminate()
        status = worker.wait(timeout=CEILING)

    assert complaint.startswith(b"The database does not answer. Trying again: ")
    assert news.startswith(b"poll_wires: ")
    assert b" 1 new posts, 0 new versions, 0 known" in news
    assert (status, worker.stderr.read()) == (0, b"")
