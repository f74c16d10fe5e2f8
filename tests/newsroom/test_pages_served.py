"""The page cache in real gunicorn with two workers: what a publish, a host or an outage does."""

import http.client
import re
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.articles.factories import make_live_article
from tests.newsroom.test_web_worker import Gunicorn
from tests.processes import run_manage, run_python
from tests.relay import Relay
from tests.waiting import CEILING, Stopwatch, wait_until
from tests.wires.databases import shared_database

__all__ = ["shared_database"]

pytestmark = pytest.mark.django_db(transaction=True)
# Each is a connection of its own: that all of them fall to one of two workers is not seen.
OFTEN = 30
CHANGE = """
import django
django.setup()
from django.utils import timezone
from articles import publishing
from articles.models import Article
article = Article.objects.get()
article.headline = "The gates are open again"
article.save()
publishing.update(article, by=None, at=timezone.now(), note="They opened.")
"""


@pytest.fixture(scope="module")
def static(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    assert not run_manage("collectstatic", "--no-input", "-v0", RUNTIME_DIR=str(folder)).returncode
    return folder / "static"


@pytest.fixture
def serve(tmp_path, static):
    """Return a function that starts gunicorn with two workers on a database."""
    started = []

    def begin(environment):
        folder = environment["RUNTIME_DIR"]
        tmp_path.joinpath(folder).mkdir(exist_ok=True)
        if not (link := tmp_path / folder / "static").exists():
            link.symlink_to(static)
        started.append(
            Gunicorn(tmp_path, "--workers", "2", "--threads", "4", DEBUG="0", **environment)
        )
        return started[-1]

    yield begin
    for server in started:
        server.stop()


def ask(server, path="/", **headers):
    web = http.client.HTTPConnection("127.0.0.1", server.port, timeout=CEILING)
    try:
        web.request("GET", path, headers=headers)
        answer = web.getresponse()
        return SimpleNamespace(
            status=answer.status, headers=answer.headers, text=answer.read().decode()
        )
    finally:
        web.close()


def change(environment):
    done = run_python("-c", CHANGE, DJANGO_SETTINGS_MODULE="newsroom.settings", **environment)
    assert not done.returncode, done.stderr


def test_a_publish_is_in_every_worker_at_the_next_request(serve, shared_database):
    address = make_live_article(headline="The gates are shut").get_absolute_url()
    with shared_database({}) as environment:
        server = serve(environment)
        before = {ask(server, path).text for path in (address, "/") for _ in range(OFTEN)}
        tag = ask(server).headers["ETag"]

        change(environment)
        after = [ask(server, path) for path in (address, "/", "/feed/") for _ in range(OFTEN)]
        known = [ask(server, **{"If-None-Match": tag}).status for _ in range(OFTEN)]

    assert all("The gates are shut" in text for text in before)
    assert {answer.status for answer in after} == {200}
    assert not [answer for answer in after if "The gates are open again" not in answer.text]
    assert {*known} == {200}


def test_a_publish_on_one_host_shows_on_another_that_shares_no_directory(
    serve, shared_database, tmp_path
):
    address = make_live_article(headline="The gates are shut").get_absolute_url()
    with shared_database({"SEVERAL_HOSTS": "1"}) as environment:
        there = serve({**environment, "RUNTIME_DIR": str(tmp_path / "there")})
        before = {ask(there, address).text for _ in range(OFTEN)}

        change({**environment, "RUNTIME_DIR": str(tmp_path / "here")})
        shown = wait_until(lambda: "The gates are open again" in ask(there, address).text)
        assert wait_until(lambda: all_show(there, address))

    assert all("The gates are shut" in text for text in before)
    assert shown


def all_show(server, address):
    return all("The gates are open again" in ask(server, address).text for _ in range(OFTEN))


def test_no_header_changes_what_others_get(serve, shared_database):
    address = make_live_article().get_absolute_url()
    poison = {
        "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Original-URL": "/desk/",
        "X-HTTP-Method-Override": "DELETE", "Forwarded": "host=evil.example", "X-Host": "evil.example",
        "Accept-Encoding": "gzip;q=evil.example, *;q=0", "Accept-Language": "ar", "Range": "bytes=0-3",
        "X-Forwarded-Prefix": "/evil.example", "Cookie": "csrftoken=evil.example",
    }  # fmt: skip
    with shared_database({}) as environment:
        server = serve(environment)
        for _ in range(OFTEN // 2):
            first = ask(server, f"{address}?from=evil.example", **poison)
            unknown = ask(server, address, Host="evil.example")
            assert (first.status, unknown.status) == (200, 400)
        answers = [ask(server, address) for _ in range(OFTEN)]
        health = [ask(server, path, Host="") for path in ("/healthz", "/readyz")]

    assert {answer.status for answer in answers} == {200}
    assert not re.search("evil", "".join(f"{each.headers}{each.text}" for each in answers))
    assert len({answer.text for answer in answers}) <= 2  # a minute may have passed
    assert [answer.status for answer in health] == [200, 200]


@pytest.fixture
def relayed(shared_database):
    """Yield a relay to the database, and the environment of processes that ask it."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server that can be away")
    with shared_database({}) as environment:
        address = urlsplit(environment["DATABASE_URL"])
        relay = Relay((address.hostname, address.port))
        place = address._replace(netloc=f"{address.netloc.rpartition(':')[0]}:{relay.port}")
        yield relay, {**environment, "DATABASE_URL": place.geturl()}
        relay.cut()


def test_a_database_that_is_away_is_told_quickly_and_back_within_seconds(serve, relayed):
    address = make_live_article().get_absolute_url()
    relay, environment = relayed
    server = serve(environment)
    assert ask(server, address).status == 200
    relay.cut()
    watch = Stopwatch()

    answers = [ask(server, "/wire/") for _ in range(10)]
    away = watch.lap()
    ready = ask(server, "/readyz")
    health = ask(server, "/healthz").status
    relay.come_back()
    watch.lap()
    assert wait_until(lambda: all(ask(server, "/wire/").status == 200 for _ in range(10)))
    back = watch.lap()

    assert {answer.status for answer in answers} == {503}
    assert {answer.headers["Retry-After"] for answer in answers} == {"3"}
    assert (ready.status, health) == (503, 200)
    assert "database: no answer" in ready.text
    # One waits two seconds in each worker; a busy machine may add to what is otherwise 3.
    assert away < 8
    assert back < 6


@pytest.mark.long
def test_while_the_database_is_away_kept_pages_are_given_for_a_minute(serve, relayed):
    address = make_live_article().get_absolute_url()
    relay, environment = relayed
    server = serve(environment)
    assert {ask(server, address).status for _ in range(OFTEN)} == {200}
    relay.cut()
    watch, seen, seconds = Stopwatch(), [], 0.0

    # The minute of the page, then the minute for which it is given though it is over.
    while seconds < 135:
        answer = ask(server, address)
        seen.append((answer.status, answer.headers["Warning"]))
        seconds += watch.lap()

    kinds = [kind for n, kind in enumerate(seen) if not n or kind != seen[n - 1]]
    assert (200, '110 - "Response is Stale"') in kinds
    assert kinds[-1][0] == 503


def test_a_public_statement_that_takes_too_long_frees_its_thread(serve, shared_database):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no lock that readers wait for")
    # The front page was kept when the worker began.
    address = make_live_article().get_absolute_url()
    with shared_database({}) as environment:
        server = serve(environment)
        with connection.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE articles_article")
        try:
            answer = ask(server, address)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
        after = ask(server, address)

    assert (answer.status, after.status) == (503, 200)
    assert "This page is not available just now" in answer.text
