"""Failed logins are logged, counted and rate-limited, and nobody is locked out for ever."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import User
from django.test import RequestFactory

from accounts import login_limits
from accounts.login_limits import KEEP_LOGINS, Lockout, client_address, unlock
from accounts.models import AccountAct
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db

LOGIN = "/desk/login/"
RIGHT, WRONG = "correct horse battery", "wrong"  # the default password of make_user
NOON = datetime(2026, 6, 25, 12, 0, tzinfo=UTC)
HOME, CAFE = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ada(clock):
    return make_user(group="Writer", name="ada")


def log_in(client, name, password=WRONG, *, at=HOME, **headers):
    data = {"username": name, "password": password, "next": "/desk/"}
    return client.post(LOGIN, data, REMOTE_ADDR=at, **headers)


def fail(client, times, *, name="ada", at=HOME):
    return [log_in(client, name, at=at).status_code for _ in range(times)]


def fail_from_many_addresses(client, *, name="ada"):
    return [
        status for n in range(13) for status in fail(client, 4, name=name, at=f"203.0.113.{n + 1}")
    ]


# One user at one address


def test_the_fifth_failed_login_locks_the_account_out(client, ada):
    statuses = fail(client, 5)

    refused = log_in(client, "ada", RIGHT)

    assert statuses == [200, 200, 200, 200, 429]
    assert (refused.status_code, refused["Retry-After"]) == (429, "900")
    assert refused["Cache-Control"] == "no-store"
    page = refused.content.decode()
    assert "<h1>Too many failed logins</h1>" in page
    assert "Wait 15 minutes" in page
    assert "_auth_user_id" not in client.session


def test_trying_during_a_lockout_does_not_extend_it(client, ada, clock):
    fail(client, 5)
    clock.shift(timedelta(minutes=14))
    fail(client, 3)
    clock.shift(timedelta(minutes=1, seconds=1))

    assert log_in(client, "ada", RIGHT).url == "/desk/"


def test_a_successful_login_resets_the_failure_count(client, ada):
    fail(client, 4)
    log_in(client, "ada", RIGHT)
    client.logout()

    assert fail(client, 4) == [200] * 4
    assert log_in(client, "ada", RIGHT).url == "/desk/"


def test_another_user_at_the_same_address_can_log_in_during_a_lockout(client, ada):
    make_user(name="bea")
    fail(client, 5)

    assert log_in(client, "bea", RIGHT).url == "/desk/"


# Many users from one address, one user from many


def test_failures_for_many_names_lock_out_the_address(client, ada):
    statuses = [fail(client, 1, name=f"guess{n}")[0] for n in range(20)]

    assert statuses == [200] * 19 + [429]
    assert log_in(client, "ada", RIGHT).status_code == 429
    assert log_in(client, "ada", RIGHT, at=CAFE).url == "/desk/"


def test_guessing_one_password_from_many_addresses_is_rate_limited(client, ada):
    statuses = fail_from_many_addresses(client)

    assert statuses[:49] == [200] * 49
    assert set(statuses[49:]) == {429}
    assert log_in(client, "ada", RIGHT, at=CAFE).status_code == 429


def test_a_guessing_attack_does_not_lock_an_editor_out_of_a_known_address(client, ada):
    log_in(client, "ada", RIGHT, at=HOME)
    client.logout()

    fail_from_many_addresses(client)

    assert log_in(client, "ada", RIGHT, at=HOME).url == "/desk/"
    assert fail(client, 5, at=HOME)[-1] == 429


# What is logged and stored


def test_each_failed_login_is_logged_in_one_line_without_the_password(client, ada, caplog):
    with caplog.at_level(logging.WARNING):
        log_in(client, "ada\r\n2026 ERROR \x1b[31mforged \u202e" + "x" * 80, "hunter2hunter2")
        log_in(client, "ada", "hunter2hunter2")

    lines = [record.getMessage() for record in caplog.records if record.name != "django.request"]
    assert lines == [
        r"Login failed: 'ada\r\n2026 ERROR \x1b[31mforged \u202e" + "x" * 35 + f"' from {HOME}",
        f"Login failed: 'ada' from {HOME}",
    ]
    assert "hunter2" not in caplog.text
    assert not AccessAttempt.objects.filter(post_data__contains="hunter2").exists()


def test_a_login_refused_by_lockout_is_logged_and_not_counted(client, ada, caplog):
    fail(client, 5)
    caplog.clear()

    log_in(client, "ada", RIGHT)

    lines = [record.getMessage() for record in caplog.records if record.name != "django.request"]
    assert lines == [f"Login refused, too many failures: 'ada' from {HOME}"]
    assert AccessAttempt.objects.get().failures_since_start == 5


def test_old_login_records_are_deleted(client, ada, clock):
    fail(client, 2, name="eve", at=CAFE)
    log_in(client, "ada", RIGHT)
    clock.shift(KEEP_LOGINS + timedelta(minutes=1))

    log_in(client, "ada", RIGHT)

    assert not AccessAttempt.objects.exists()
    assert [login.attempt_time for login in AccessLog.objects.all()] == [
        NOON + KEEP_LOGINS + timedelta(minutes=1)
    ]


# Where a request comes from


@pytest.mark.parametrize(
    ("proxies", "asked_from", "forwarded", "address"),
    [
        (0, HOME, "", HOME),
        (0, HOME, "203.0.113.9", HOME),
        (1, "127.0.0.1", HOME, HOME),
        (1, "127.0.0.1", f"203.0.113.9, {HOME}", HOME),
        (2, "127.0.0.1", f"203.0.113.9, {HOME}, 10.0.0.2", HOME),
        (2, "127.0.0.1", HOME, "127.0.0.1"),
        (1, "127.0.0.1", "", "127.0.0.1"),
        (1, "127.0.0.1", "<script>", "127.0.0.1"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        (0, "::ffff:192.0.2.1", "", HOME),
        (0, "", "", None),
    ],
)
def test_the_client_address_is_taken_from_trusted_proxies(
    settings, proxies, asked_from, forwarded, address
):
    settings.TRUSTED_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=asked_from, **headers)

    assert client_address(request) == address


def test_a_server_that_knows_no_address_has_none_of_the_client(settings):
    settings.TRUSTED_PROXIES = 1
    request = RequestFactory().get("/")
    del request.META["REMOTE_ADDR"]

    assert client_address(request) is None


def test_a_forged_forwarded_header_does_not_evade_the_login_limit(client, ada, settings):
    settings.TRUSTED_PROXIES = 1

    statuses = [
        log_in(
            client, "ada", at="127.0.0.1", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, {HOME}"
        ).status_code
        for n in range(5)
    ]

    assert statuses[-1] == 429
    assert AccessAttempt.objects.get().ip_address == HOME


# A whole office behind one address


def test_failures_from_an_office_lock_out_nobody_who_works_there(client, ada):
    make_user(group="Writer", name="newcomer")
    log_in(client, "ada", RIGHT)
    client.logout()
    for n in range(20):
        fail(client, 1, name=f"guess{n}")

    known, unknown = log_in(client, "ada", RIGHT), log_in(client, "newcomer", RIGHT)

    assert known.status_code == 302
    assert unknown.status_code == 429


def test_somebody_who_works_in_an_office_is_still_locked_out_by_their_own_failures(client, ada):
    log_in(client, "ada", RIGHT)
    client.logout()
    fail(client, 5)

    assert log_in(client, "ada", RIGHT).status_code == 429


# Who has to wait


def make_failures(count, *, username="ada", address=HOME, minutes=0):
    attempt = AccessAttempt.objects.create(
        username=username, ip_address=address, failures_since_start=count, user_agent=address,
    )  # fmt: skip
    AccessAttempt.objects.filter(pk=attempt.pk).update(
        attempt_time=NOON - timedelta(minutes=minutes)
    )


def test_who_has_to_wait_is_listed_latest_first_with_how_long(clock, monkeypatch):
    make_failures(5, username="ada", minutes=3)
    make_failures(4, username="eve", minutes=1)
    make_failures(16, username="ida", address=CAFE, minutes=2)
    make_failures(4, username="ben", address=CAFE, minutes=4)
    make_failures(50, username="bo", address="203.0.113.9", minutes=14)
    make_failures(50, username="old", address="203.0.113.8", minutes=15)

    def until(minutes):
        return NOON + timedelta(minutes=15 - minutes)

    assert login_limits.locked(at=NOON) == [
        Lockout("ida", CAFE, 16, until(2)),
        Lockout("", CAFE, 20, until(2)),
        Lockout("ada", HOME, 5, until(3)),
        Lockout("bo", "203.0.113.9", 50, until(14)),
        Lockout("", "203.0.113.9", 50, until(14)),
        Lockout("bo", "", 50, until(14)),
    ]
    monkeypatch.setattr(login_limits, "MOST_SHOWN", 1)
    assert [one.username for one in login_limits.locked(at=NOON)] == ["ida", "", "bo"]


def test_unlocking_forgets_the_failures_of_a_person_or_of_an_address_and_counts_them(clock):
    make_failures(5)
    make_failures(5, address=CAFE)
    make_failures(5, username="bo", address=CAFE)

    assert unlock(username="", address=CAFE) == 2
    assert unlock(username="bo") == 0
    assert unlock(username="ada") == 1


# Unlocking at the desk


def test_an_administrator_sees_who_is_locked_out_and_unlocks_them(client, ada):
    fail(client, 5)
    fail_from_many_addresses(client, name="bo")
    fail(client, 20, name="x", at=CAFE)
    make_user(name="root", is_superuser=True)
    client.force_login(User.objects.get(username="root"))

    page = client.get("/desk/lockouts/").content.decode()
    client.post("/desk/lockouts/unlock/", {"username": "ada"})
    client.post("/desk/lockouts/unlock/", {"address": CAFE})
    client.get("/desk/lockouts/")  # shows the messages
    after = client.get("/desk/lockouts/").content.decode()
    client.logout()

    assert log_in(client, "ada", RIGHT).status_code == 302
    for locked in ("ada", HOME, CAFE, "<bdi>bo</bdi>"):
        assert locked in page
    assert CAFE not in after
    assert "<bdi>bo</bdi>" in after
    acts = AccountAct.objects.filter(verb=AccountAct.Verb.UNLOCKED).order_by("pk")
    assert [(act.person, act.name) for act in acts] == [(ada, "ada"), (None, CAFE)]


def test_nobody_is_listed_whose_lockout_is_over(client, ada, clock):
    fail(client, 5)
    client.force_login(make_user(is_superuser=True))
    clock.shift(timedelta(minutes=15, seconds=1))

    assert "Nobody is locked out." in client.get("/desk/lockouts/").content.decode()


@pytest.mark.parametrize("group", ["Writer", "Publisher"])
def test_only_who_administers_accounts_sees_or_unlocks(group, client):
    client.force_login(make_user(group=group))

    assert client.get("/desk/lockouts/").status_code == 403
    assert client.post("/desk/lockouts/unlock/", {"username": "ada"}).status_code == 403


def test_an_unlock_that_names_nobody_is_refused(client):
    client.force_login(make_user(is_superuser=True))

    assert client.post("/desk/lockouts/unlock/").status_code == 400
