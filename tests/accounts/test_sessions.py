"""Sessions that expire when nobody works, and logins that leave threads for readers."""

import os
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Event

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from accounts import hashers, middleware
from accounts.views import where_to
from tests.newsroom.factories import make_user
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db

LOGIN = "/desk/login/"
WORDS = "correct horse battery"  # the password of make_user


def log_in(client, user):
    return client.post(LOGIN, {"username": user.username, "password": WORDS})


def test_a_session_expires_after_twelve_idle_hours(client, at_noon):
    log_in(client, make_user(group="Writer"))
    at_noon.shift(timedelta(hours=12, seconds=1))

    assert client.get("/desk/").status_code == 302


def test_a_session_lasts_as_long_as_somebody_works(client, at_noon):
    log_in(client, make_user(group="Writer"))

    statuses = []
    for _ in range(4):
        at_noon.shift(timedelta(hours=11))
        statuses.append(client.get("/desk/").status_code)

    assert statuses == [200] * 4


def test_a_session_is_written_at_most_every_five_minutes(client, at_noon):
    log_in(client, make_user(group="Writer"))

    def writes():
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/desk/").status_code == 200
        return sum('UPDATE "django_session"' in query["sql"] for query in asked)

    at_once = writes()
    at_noon.shift(timedelta(minutes=5))

    assert (at_once, writes(), writes()) == (0, 1, 0)


@pytest.mark.parametrize(
    ("path", "is_background", "is_renewed"),
    [("/desk/", False, True), ("/desk/keep/", True, False), ("/wire/", False, False)],
)
def test_a_session_goes_on_by_what_a_person_does_at_the_desk_alone(
    rf, path, is_background, is_renewed
):
    request = rf.get(path)
    request.COOKIES["sessionid"] = "a" * 32
    request.session = {middleware.SEEN_AT: 0.0}
    if is_background:
        request.is_background = True

    middleware.DeskSessions(lambda _: HttpResponse())(request)

    assert (request.session[middleware.SEEN_AT] > 0) is is_renewed


@pytest.mark.parametrize(("seconds", "is_noted"), [(299, False), (300, True), (301, True)])
def test_the_use_of_a_session_is_noted_once_in_five_minutes(rf, seconds, is_noted):
    request = rf.get("/desk/")
    request.session = {middleware.SEEN_AT: 1_000.0}

    middleware.renew(request, now=1_000.0 + seconds)

    assert (request.session[middleware.SEEN_AT] == 1_000.0 + seconds) is is_noted


def test_no_other_error_is_taken_for_too_many_logins(rf):
    sessions = middleware.DeskSessions(lambda _: HttpResponse())

    assert sessions.process_exception(rf.get("/desk/"), ValueError()) is None


def test_readers_carry_no_session(client, at_noon):
    answer = client.get("/")

    assert answer.cookies == {}


@pytest.fixture
def every_turn_taken(monkeypatch):
    monkeypatch.setattr(hashers, "LONGEST_WAIT", 0.01)
    with hashing_under_way():
        yield


@contextmanager
def hashing_under_way():
    """Keep the thread that hashes busy until the block ends."""
    over = Event()
    under_way = hashers._thread.submit(over.wait)
    try:
        yield
    finally:
        over.set()
        under_way.result()


@pytest.fixture
def real_hashes(settings):
    settings.PASSWORD_HASHERS = ["accounts.hashers.BoundedArgon2"]


@pytest.fixture
def ada(real_hashes):
    return make_user(group="Writer", name="ada")


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_a_login_beyond_those_under_way_is_told_to_come_again(name, client, ada, every_turn_taken):
    answer = client.post(LOGIN, {"username": name, "password": WORDS})

    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert answer["Cache-Control"] == "no-store"
    assert "<h1>Too many logins at once</h1>" in answer.content.decode()
    assert "try again in a few seconds" in answer.content.decode()


@contextmanager
def logins_under_way(number):
    for _ in range(number):
        assert middleware._logins.acquire(blocking=False)
    try:
        yield
    finally:
        for _ in range(number):
            middleware._logins.release()


def test_a_login_beyond_those_let_in_is_refused_before_anything_is_read(
    client, ada, django_assert_num_queries
):
    with logins_under_way(middleware.LOGINS_AT_ONCE), django_assert_num_queries(0):
        answer = client.post(LOGIN, {"username": "ada", "password": WORDS})

    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert "try again in a few seconds" in answer.content.decode()


def test_logins_give_their_place_back_however_they_end(client, ada):
    with logins_under_way(middleware.LOGINS_AT_ONCE - 1):
        wrong = [client.post(LOGIN, {"username": "ada", "password": "no"}) for _ in range(3)]
        right = client.post(LOGIN, {"username": "ada", "password": WORDS})

    assert [answer.status_code for answer in wrong] == [200, 200, 200]
    assert right.status_code == 302


def test_whoever_reads_takes_no_place_of_a_login(client):
    with logins_under_way(middleware.LOGINS_AT_ONCE):
        answers = [client.get("/").status_code, client.get(LOGIN).status_code]

    assert answers == [200, 200]


def test_a_password_is_hashed_on_one_core(real_hashes):
    stored = make_password(WORDS)

    assert "p=1$" in stored
    assert check_password(WORDS, stored)


def test_a_turn_is_given_back_though_hashing_fails(real_hashes):
    with pytest.raises((ValueError, AssertionError)):
        hashers.BoundedArgon2().verify(WORDS, "argon2$broken")

    assert check_password(WORDS, make_password(WORDS))


def test_passwords_are_hashed_one_after_the_other_in_the_order_in_which_they_came(monkeypatch):
    monkeypatch.setattr(hashers, "LONGEST_WAIT", 60)
    begun, waiting = [], []
    with ThreadPoolExecutor(3) as people, hashing_under_way():
        for n in range(3):
            waiting.append(people.submit(hashers.hash_in_turn, begun.append, n))
            assert wait_until(lambda n=n: hashers._thread._work_queue.qsize() == n + 1)
        before = list(begun)
    for each in waiting:
        each.result()

    assert (before, begun) == ([], [0, 1, 2])


def test_who_gave_up_waiting_is_not_hashed_for_afterwards(every_turn_taken):
    begun = []

    with pytest.raises(hashers.TooBusy):
        hashers.hash_in_turn(begun.append, 1)

    hashers._thread._work_queue.get_nowait().run()
    assert begun == []


def test_a_hash_that_has_begun_is_waited_for(monkeypatch):
    begun = Future()
    begun.set_running_or_notify_cancel()
    monkeypatch.setattr(hashers, "LONGEST_WAIT", 0)
    monkeypatch.setattr(hashers._thread, "submit", lambda work: begun)
    threading.Timer(0.05, begun.set_result, ["hash"]).start()

    assert hashers.hash_in_turn(str) == "hash"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread has no priority of its own")
def test_hashing_gives_way_to_readers():
    of_thread = hashers.hash_in_turn(
        lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    )
    ours = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    assert of_thread == max(ours, hashers.NICENESS)
    assert ours != of_thread or ours >= hashers.NICENESS


def test_refused_logins_are_a_line_of_the_log_a_minute_and_one_page(client, caplog, at_noon):
    with logins_under_way(middleware.LOGINS_AT_ONCE):
        first, second = (
            client.post(LOGIN, {"username": "ada", "password": "no"}) for _ in range(2)
        )
        said = [(record.levelname, record.name) for record in caplog.records]
        at_noon.shift(timedelta(minutes=1))
        client.post(LOGIN, {"username": "ada", "password": "no"})

    assert first.content == second.content
    assert said == [("WARNING", "accounts.middleware")]
    assert len(caplog.records) == 2


def test_the_page_of_refused_logins_names_nobody(client):
    client.force_login(make_user(group="Writer", name="ada"))

    with logins_under_way(middleware.LOGINS_AT_ONCE):
        answer = client.post(LOGIN, {"username": "ada", "password": WORDS})

    assert answer.status_code == 503
    assert "ada" not in answer.content.decode()


@pytest.mark.parametrize(
    ("wanted", "secure", "leads"),
    [
        ("https://testserver/desk/wire/", True, "https://testserver/desk/wire/"),
        ("http://testserver/desk/wire/", True, "/desk/"),
        ("http://testserver/desk/wire/", False, "http://testserver/desk/wire/"),
        ("https://elsewhere.example/", True, "/desk/"),
    ],
)
def test_a_login_leads_on_to_a_page_of_this_site_alone_and_never_back_to_plain_http(
    rf, wanted, secure, leads
):
    assert where_to(rf.get("/desk/login/", {"next": wanted}, secure=secure)) == leads
