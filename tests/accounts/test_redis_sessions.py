"""Sessions in a Redis: as good as in the database, and what is said when it is away."""

import http.client
import logging
from functools import partial
from types import SimpleNamespace

import pytest
from django.conf import settings as site_settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from redis.exceptions import ConnectionError as Disconnected
from redis.exceptions import ResponseError
from redis.exceptions import TimeoutError as SlowAnswer

from accounts import redis_sessions
from accounts.redis_sessions import PREFIX, RedisLine, SessionsAway, SessionStore
from articles.erasure.steps import MESSAGES, waiting_messages
from newsroom import checks
from newsroom.health import Looking
from tests.newsroom.factories import make_user
from tests.newsroom.web_server import Gunicorn
from tests.redis_server import PASSWORD, QUOTED, RedisServer
from tests.waiting import CEILING, Stopwatch, wait_until
from tests.wires.databases import shared_database

__all__ = ["shared_database"]

LOGIN = "/desk/login/"
WORDS = "correct horse battery"  # the password of make_user
COOKIE = "sessionid"


@pytest.fixture
def redis(tmp_path, settings):
    """Yield a server that keeps the sessions of this process."""
    server = RedisServer(tmp_path)
    settings.SESSIONS_URL = server.url
    settings.SESSION_ENGINE = "accounts.redis_sessions"
    yield server
    server.kill()


@pytest.fixture
def impatient(monkeypatch):
    """Let a frozen server be given up soon."""
    monkeypatch.setattr(redis_sessions, "SECONDS", 0.1)
    monkeypatch.setattr(redis_sessions, "PAUSE", 0)


def log_in(user):
    client = Client()
    client.post(LOGIN, {"username": user.username, "password": WORDS})
    return client


def keys(redis):
    return [key.decode() for key in redis.client().keys("*")]


@pytest.mark.django_db
def test_somebody_works_logs_out_and_leaves_nothing(redis):
    client = log_in(make_user(group="Writer"))
    key = PREFIX + client.cookies[COOKIE].value

    at_work = client.get("/desk/").status_code
    kept, seconds = keys(redis), redis.client().ttl(key)
    client.post("/desk/logout/")

    assert at_work == 200
    assert kept == [key]
    assert 0 <= 12 * 3_600 - seconds < 60
    assert keys(redis) == []
    assert not Session.objects.exists()


def test_a_session_is_made_over_no_other_and_not_written_once_it_was_ended(redis):
    first = SessionStore()
    first["who"] = "ada"
    first.create()

    second = SessionStore(first.session_key)
    second["who"] = "eve"
    with pytest.raises(CreateError):
        second.save(must_create=True)
    kept = dict(SessionStore(first.session_key).items())
    first.delete()
    with pytest.raises(UpdateError):
        first.save()
    redis_sessions.replace(f"{PREFIX}{first.session_key}", {"who": "ada"})

    assert kept == {"who": "ada"}
    assert keys(redis) == []


def test_a_session_whose_time_is_over_is_kept_for_a_second_at_most(redis):
    store = SessionStore()
    store.set_expiry(-5)
    store.create()

    assert redis.client().pttl(PREFIX + store.session_key) <= 1_000


@pytest.mark.django_db
def test_a_new_password_ends_the_sessions_that_were_there(redis):
    user = make_user(group="Writer")
    client = log_in(user)
    user.set_password("another horse battery")
    user.save()

    assert client.get("/desk/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("forged", [b"x", b"", b"\xff", b"\x80\x04}\x94."])
def test_who_can_write_to_redis_is_nobody_else_for_that(redis, forged):
    client = log_in(make_user(group="Writer"))
    redis.client().set(PREFIX + client.cookies[COOKIE].value, forged)

    assert client.get("/desk/").status_code == 302


@pytest.mark.django_db
def test_a_cookie_that_is_no_key_is_nobody(redis, client):
    client.cookies[COOKIE] = "*" * 5_000

    assert client.get("/desk/").status_code == 302


@pytest.mark.django_db
def test_nobody_is_logged_out_or_loses_text_while_redis_hangs(redis, impatient, caplog):
    client = log_in(make_user(group="Writer"))
    redis_sessions.line_to.cache_clear()
    cookie = client.cookies[COOKIE].value

    redis.freeze()
    page = client.get("/desk/")
    sent = client.post("/desk/articles/article/add/", {"body": "The gates are shut."})
    script = client.post("/desk/keep/", {"body": "x"}, headers={"Accept": "application/json"})
    login = Client().post(LOGIN, {"username": "u", "password": WORDS})
    reader = Client().get("/healthz")
    redis.thaw()
    after = client.get("/desk/")

    assert [answer.status_code for answer in (page, sent, script)] == [503] * 3
    assert (login.status_code, reader.status_code, after.status_code) == (200, 200, 200)
    assert page["Retry-After"] == "3"
    assert "Nobody is logged out by this" in page.content.decode()
    assert "The gates are shut." in sent.content.decode()
    assert "cannot see who is logged in" in script.json()["message"]
    assert client.cookies[COOKIE].value == cookie
    said = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert len(said) == 2
    assert "does not answer" in said[0]
    assert said[1] == "The Redis of SESSIONS_URL answers again"


@pytest.mark.django_db
def test_a_login_without_redis_says_so_and_no_line_shows_the_password_of_it(
    redis, impatient, caplog
):
    caplog.set_level(logging.DEBUG)
    redis.kill()
    user = make_user(group="Writer")

    answer = Client().post(LOGIN, {"username": user.username, "password": WORDS})
    warned = checks.sessions_are_reachable(None)

    assert answer.status_code == 503
    assert [warning.id for warning in warned] == ["newsroom.W012"]
    everything = f"{caplog.text}{answer.content.decode()}{warned}"
    assert PASSWORD not in everything
    assert QUOTED not in everything


@pytest.mark.django_db
def test_a_host_without_redis_stays_in_service_and_says_so(redis, impatient):
    found = [str(Looking().look())]
    redis.kill()
    ready = Looking().look()

    assert "sessions: ok\n" in found[0]
    assert "sessions: no answer\n" in str(ready)
    assert ready.is_ready


@pytest.mark.django_db
def test_an_erasure_drops_messages_that_were_not_shown_yet(redis):
    store = SessionStore()
    storage = SessionStorage(SimpleNamespace(session=store))
    store[MESSAGES] = storage.serialize_messages([Message(constants.INFO, "secret words")])
    store["stays"] = 1
    store.save()
    other = SessionStore()
    other["stays"] = 2
    other.save()

    steps = [step for step in waiting_messages() if step.name.endswith("in Redis")]
    for step in steps:
        step.apply()

    assert [step.rows for step in steps] == [1]
    assert dict(SessionStore(store.session_key).items()) == {"stays": 1}
    assert dict(SessionStore(other.session_key).items()) == {"stays": 2}
    assert redis.client().ttl(PREFIX + store.session_key) > 0


@pytest.mark.django_db
def test_all_sessions_end_after_a_restore_and_none_begins_without_redis(redis, impatient, tmp_path):
    client = log_in(make_user(group="Writer"))
    redis.client().set("of-somebody-else", "1")

    redis_sessions.end_all()
    left = keys(redis)
    redis.kill()
    (tmp_path / "backup.tar.gz").write_bytes(b"")
    with pytest.raises(CommandError, match="The Redis of SESSIONS_URL does not answer"):
        call_command("restore", str(tmp_path / "backup.tar.gz"), "--no-erasures")

    assert client.cookies[COOKIE].value
    assert left == ["of-somebody-else"]
    redis.start()
    assert client.get("/desk/").status_code == 302


# Without a server


class Answers:
    """A client whose answers are given, exceptions among them."""

    def __init__(self, *answers):
        self._answers = iter(answers)

    def ping(self):
        answer = next(self._answers)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_after_a_failure_nobody_waits_for_a_second_and_one_line_says_it(caplog):
    now = [5.0]
    client = Answers(Disconnected("refused"), Disconnected("refused"), b"PONG")
    line = RedisLine(lambda: client, clock=lambda: now[0])

    for now[0] in (5.0, 5.5, 5.9, 6.1):
        with pytest.raises(SessionsAway):
            line.ask(lambda redis: redis.ping())
    now[0] = 8.0

    assert line.ask(lambda redis: redis.ping()) == b"PONG"
    assert ["(refused)" in record.getMessage() for record in caplog.records] == [True, False]


def test_a_full_redis_refuses_what_is_written_and_is_read_on(caplog):
    client = Answers(ResponseError("OOM command not allowed"), b"PONG")
    line = RedisLine(lambda: client)

    with pytest.raises(SessionsAway):
        line.ask(lambda redis: redis.ping())

    assert line.ask(lambda redis: redis.ping()) == b"PONG"
    assert [record.getMessage() for record in caplog.records] == [
        "Redis refuses a session: OOM command not allowed"
    ]


def test_a_line_to_redis_waits_a_second_and_tries_a_dead_connection_once_more():
    known = redis_sessions.connect("redis://sessions.example:6380/2").connection_pool
    retry = known.connection_kwargs["retry"]
    tried = []

    def fail(kind):
        tried.append(kind)
        raise kind

    for kind in (Disconnected, SlowAnswer):
        with pytest.raises(kind):
            retry.call_with_retry(partial(fail, kind), lambda error: None)

    assert tried == [Disconnected, Disconnected, SlowAnswer]
    names = ("host", "port", "db", "socket_timeout", "socket_connect_timeout", "protocol")
    assert [known.connection_kwargs[name] for name in names] == [
        "sessions.example", 6380, 2, 1.0, 1.0, 2,
    ]  # fmt: skip


def test_what_redis_holds_is_read_as_text_whatever_it_is():
    assert redis_sessions.text_of(b"abc\xff") == "abc\N{REPLACEMENT CHARACTER}"
    assert redis_sessions.text_of("abc") == "abc"


# A host of its own


def status_of(web, path, cookie=""):
    asked = http.client.HTTPConnection("127.0.0.1", web.port, timeout=CEILING)
    try:
        asked.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        return asked.getresponse().status
    finally:
        asked.close()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_sessions_outlive_a_redis_that_is_killed_and_keeps_a_file(
    shared_database, tmp_path, settings, client
):
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "secret_key").write_text(site_settings.SECRET_KEY)
    server = RedisServer(tmp_path, is_durable=True)
    settings.SESSIONS_URL, settings.SESSION_ENGINE = server.url, "accounts.redis_sessions"
    client.force_login(make_user(group="Writer"))
    cookie = f"{COOKIE}={client.cookies[COOKIE].value}"
    with shared_database({"SESSIONS_URL": server.url}) as environment:
        web = Gunicorn(tmp_path / "web", **environment | {"RUNTIME_DIR": str(tmp_path / "web")})
        try:
            before = status_of(web, "/desk/account/", cookie)
            server.kill()
            while_away = [status_of(web, "/desk/account/", cookie) for _ in range(3)]
            readers = status_of(web, "/sitemap.xml")
            ready = status_of(web, "/readyz")
            server.start()
            watch = Stopwatch()
            is_back = wait_until(lambda: status_of(web, "/desk/account/", cookie) == 200)
            took = watch.lap()
        finally:
            web.stop()
            server.kill()

    assert before == 200
    assert while_away == [503] * 3
    assert (readers, ready) == (200, 200)
    assert is_back
    assert took < 10, f"back after {took:.1f} s"
    lines = [line for line in web.text().splitlines() if "SESSIONS_URL" in line]
    assert len(lines) == 2, lines
    assert QUOTED not in web.text()
    assert PASSWORD not in web.text()
