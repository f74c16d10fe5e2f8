"""What a site refuses to start with, and who can read its files."""

import secrets
import stat

import pytest

from newsroom import checks
from newsroom.checks import is_random, production_is_whole
from tests.newsroom.factories import make_user
from tests.processes import run_python


@pytest.mark.parametrize(
    "key",
    [
        "",
        "Jr0vX9w-3kQmT7bLhZ2sYcN8uGdPfA5eHiKo6RtVxWy",
        "a1" * 40,
        "abcdefghij" * 6,
        "1234567890" * 6,
        "password1" * 8,
        "change-me-" * 6 + "1234",
        "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
        "correct horse battery staple, said the editor to the printer",
        "thequickbrownfoxjumpsoverthelazydogandrunsawayfromhome",
        "31415926535897932384626433832795028841971693993751058209749445923",
        "django-insecure-Jr0vX9w-3kQmT7bLhZ2sYcN8uGdPfA5eHiKo6RtVxWy4Bq1MnE",
    ],
)
def test_a_key_that_can_be_guessed_is_refused(key):
    assert not is_random(key)


@pytest.mark.parametrize("make", [lambda: secrets.token_urlsafe(50), lambda: secrets.token_hex(32)])
def test_a_random_key_is_taken(make):
    refused = [key for key in (make() for _ in range(500)) if not is_random(key)]

    assert refused == []


def ids_of(errors):
    return {error.id for error in errors}


def test_production_does_not_start_with_a_key_that_can_be_guessed(settings, monkeypatch):
    settings.PRODUCTION = True
    monkeypatch.setenv("SECRET_KEY", "abcdefghij" * 6)
    settings.SECRET_KEY_FALLBACKS = ["old" * 30]

    assert {"newsroom.E001", "newsroom.E007"} <= ids_of(production_is_whole(None))


@pytest.mark.parametrize("host", ["*", ".paper.example"])
def test_debug_does_not_start_with_a_wildcard_host(settings, host):
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["localhost", host]

    assert "newsroom.E008" in ids_of(production_is_whole(None))


def test_debug_starts_with_names_of_hosts(settings):
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["localhost", "paper.test"]

    assert production_is_whole(None) == []


def test_the_hint_for_a_key_makes_one_that_is_taken():
    code = checks.MAKES_A_KEY.split("'")[1]

    done = run_python("-c", code)

    assert is_random(done.stdout.strip())


def test_what_the_site_writes_is_closed_to_other_users(tmp_path):
    folder = tmp_path / "runtime"

    done = run_python(
        "manage.py", "migrate", "--verbosity", "0", "sessions", RUNTIME_DIR=str(folder)
    )
    files = [path for path in folder.rglob("*") if path.is_file()]

    assert done.returncode == 0, done.stderr
    assert {path.name for path in files} >= {"newsroom.sqlite3", "secret_key"}
    assert not [
        path for path in (folder, *files) if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("onward", ["", "//evil.example/", "https://evil.example/", "\0"])
def test_a_login_that_leads_nowhere_leads_to_the_desk(client, onward):
    user = make_user(name="ada")

    answer = client.post(
        "/desk/login/",
        {"username": user.username, "password": "correct horse battery", "next": onward},
    )

    assert answer.status_code == 302
    assert answer["Location"] == "/desk/"
